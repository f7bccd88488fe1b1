"""Claims and speakers are edited, retracted, merged and restored through services."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimState,
    MergeSuggestion,
    MergeSuggestionState,
    Quote,
    Speaker,
    SpeakerMerge,
    VerificationState,
)
from claims.services.speakers import directory
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action


def claim_form(claim: Claim, **changed: object) -> dict[str, object]:
    released = claim.released_at
    return {
        "text": claim.text,
        "speaker": claim.speaker_id,
        "said_on": "",
        "released_at_0": f"{released:%Y-%m-%d}" if released else "",
        "released_at_1": f"{released:%H:%M:%S}" if released else "",
    } | changed


def test_rewording_sends_the_verdict_back_to_review(client: Client) -> None:
    claim = verifications.make_published().claim
    topic = make.TopicFactory()
    data = claim_form(claim, text="Rivers are quite full.", topics=[topic.pk])
    response = client.post(admin_url("change", claim), data)
    assert response.status_code == 200
    assert claim.verifications.get().state == VerificationState.PUBLISHED, "it is only asked for"
    client.post(admin_url("change", claim), data | {"note-what": "A word.", "note-why": "It was unclear."})
    claim.refresh_from_db()
    assert (claim.text, list(claim.topics.all())) == ("Rivers are quite full.", [topic])
    states = sorted(claim.verifications.values_list("state", flat=True))
    assert states == [VerificationState.SUBMITTED, VerificationState.SUPERSEDED]
    assert claim.history.first().history_user.username == "editor"


def test_saving_without_changes_keeps_the_verdict(client: Client) -> None:
    claim = verifications.make_published().claim
    client.post(admin_url("change", claim), claim_form(claim))
    assert claim.verifications.get().state == VerificationState.PUBLISHED


@pytest.mark.parametrize("taken_back", ["cleared", "embargo"])
def test_public_claim_cannot_be_unpublished_without_retraction(client: Client, taken_back: str) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    before = (claim.text, claim.released_at)
    later = {"released_at_0": "2999-01-01", "released_at_1": "00:00:00"}
    never = {"released_at_0": "", "released_at_1": ""}
    data = claim_form(claim, text="Forged.", **(never if taken_back == "cleared" else later))
    versions = claim.history.count()
    response = client.post(admin_url("change", claim), data)
    assert response.status_code == 200
    page = response.content.decode()
    assert "This claim is public. Retract it with a reason instead of hiding it." in page
    assert response.context["adminform"].form["text"].value() == "Forged.", "what was typed stays"
    claim.refresh_from_db()
    assert (claim.text, claim.released_at) == before
    assert claim.history.count() == versions
    assert Claim.objects.released().filter(pk=claim.pk).exists()


def test_unpublished_claim_can_be_withheld(client: Client) -> None:
    claim = make.ClaimFactory(released_at=timezone.now() + timezone.timedelta(days=1))
    client.post(admin_url("change", claim), claim_form(claim, released_at_0="", released_at_1=""))
    claim.refresh_from_db()
    assert claim.released_at is None


def test_row_is_locked_by_post_but_not_by_get(client: Client) -> None:
    claim = make.ClaimFactory()

    def locks(ask: Callable[..., object], *given: object) -> bool:
        with CaptureQueriesContext(connection) as captured:
            ask(admin_url("change", claim), *given)
        return any("claims_claim" in each["sql"] and "FOR UPDATE" in each["sql"] for each in captured)

    assert locks(client.post, claim_form(claim)) == connection.features.has_select_for_update  # SQLite has one writer
    assert not locks(client.get)


def test_retraction_requires_a_reason(client: Client) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    assert run_object_action(client, "retract", claim, reason="").status_code == 200
    claim.refresh_from_db()
    assert claim.retracted_at is None
    run_object_action(client, "retract", claim, reason="Wrong person.")
    claim.refresh_from_db()
    assert claim.retracted_at is not None
    assert claim.corrections.get().reason == "Wrong person."
    page = client.get(admin_url("change", claim)).content.decode()
    assert 'name="text"' not in page, "a stub stays as it is"
    client.post(admin_url("change", claim), claim_form(claim, text="Forged."))
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_retract_several_claims(client: Client) -> None:
    claims = [make.QuoteFactory(accepted=True).claim for _ in range(2)]
    unreleased = make.ClaimFactory()
    response = run_list_action(client, "retract_chosen", *claims, unreleased)
    assert response.status_code == 200
    assert not Claim.objects.filter(retracted_at__isnull=False).exists()
    messages = displayed_messages(run_list_action(client, "retract_chosen", *claims, unreleased, reason="A hoax."))
    assert [("is not public" in each) for each in messages] == [False, False, True]
    assert Claim.objects.filter(retracted_at__isnull=False).count() == 2


def test_export_of_published_claims_only(client: Client) -> None:
    chosen, other = (make.QuoteFactory(accepted=True).claim for _ in range(2))
    hidden = make.ClaimFactory()
    response = run_list_action(client, "export_csv", chosen, hidden)
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["claim_id", str(chosen.pk)]
    everything = run_list_action(client, "export_csv", chosen, select_across=1)
    assert len(b"".join(everything.streaming_content).decode().splitlines()) == 3
    assert "nothing to export" in displayed_messages(run_list_action(client, "export_csv", hidden))[0]
    assert other.pk != chosen.pk


@pytest.mark.parametrize(
    ("publication", "shown"),
    [
        ("unreleased", [0]),
        ("released", [1]),
        ("embargo", [2]),
        ("retracted", [3]),
        ("proposal", [4]),
        ("", [3, 2, 1, 0]),
    ],
)
def test_publication_filter(client: Client, publication: str, shown: list[int]) -> None:
    now = timezone.now()
    claims = [
        make.ClaimFactory(),
        make.QuoteFactory(accepted=True).claim,
        make.ClaimFactory(released_at=now + timezone.timedelta(days=1)),
        make.ClaimFactory(released_at=now, retracted_at=now),
        make.ClaimFactory(proposed=True),
    ]
    displayed = client.get(admin_url("changelist", Claim), {"publication": publication}).context["cl"].queryset
    assert list(displayed) == [claims[index] for index in shown]


def test_new_speaker_has_its_name_and_merge_suggestions(client: Client) -> None:
    directory.add_speaker(name="Bogdan Bezpalko", editor=None)
    form = {"name": "Bohdan Bezpalko", "kind": "person", "description": "Expert.", "wikidata_id": "Q5"}
    client.post(admin_url("add", Speaker), form)
    speaker = Speaker.objects.get(wikidata_id="Q5")
    assert (speaker.description, speaker.names.get().name) == ("Expert.", "Bohdan Bezpalko")
    assert MergeSuggestion.objects.filter(second=speaker).exists()


def names_form(speaker: Speaker, *new: str, **changed: object) -> dict[str, object]:
    names = list(speaker.names.order_by("pk"))
    form: dict[str, object] = {
        "name": speaker.name,
        "kind": speaker.kind,
        "names-TOTAL_FORMS": len(names) + len(new),
        "names-INITIAL_FORMS": len(names),
        "positions-TOTAL_FORMS": 0,
        "positions-INITIAL_FORMS": 0,
    }
    for number, row in enumerate(names):
        form |= {f"names-{number}-id": row.pk, f"names-{number}-name": row.name, f"names-{number}-speaker": speaker.pk}
    for number, name in enumerate(new, len(names)):
        form |= {f"names-{number}-name": name, f"names-{number}-speaker": speaker.pk}
    return form | changed


def test_renamed_speaker_keeps_both_names(client: Client) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    client.post(admin_url("change", speaker), names_form(speaker, "Léna Ford", name="Lena Ford-Hill"))
    assert set(speaker.names.values_list("name", flat=True)) == {"Lena Ford", "Léna Ford", "Lena Ford-Hill"}


def test_duplicate_name_is_explained(client: Client) -> None:
    speaker = make.SpeakerFactory(name="Lena Ford")
    response = client.post(admin_url("change", speaker), names_form(speaker, "LENA  ford"))
    assert "is listed twice" in response.content.decode()


def test_duplicate_wikidata_id_is_explained(client: Client) -> None:
    make.SpeakerFactory(wikidata_id="Q5")
    speaker = make.SpeakerFactory()
    response = client.post(admin_url("change", speaker), names_form(speaker, wikidata_id="Q5"))
    assert "Another speaker has this Wikidata ID." in response.content.decode()


def test_merge_two_speakers_from_the_list(client: Client, editor: User) -> None:
    first, second = make.QuoteFactory().speaker, make.QuoteFactory().speaker
    response = run_list_action(client, "merge_chosen", first, second)
    page = client.get(response.url)
    assert [side["n_quotes"] for side in page.context["sides"]] == [1, 1]
    assert Speaker.objects.current().count() == 2
    client.post(response.url, {"kept": second.pk})
    first.refresh_from_db()
    assert first.merged_into == second
    assert second.quotes.count() == 2
    assert SpeakerMerge.objects.get().merged_by == editor


def test_merge_requires_exactly_two_speakers(client: Client) -> None:
    speakers = make.SpeakerFactory.create_batch(3)
    assert displayed_messages(run_list_action(client, "merge_chosen", *speakers)) == [
        "Select exactly two speakers to merge."
    ]


def test_speakers_with_two_wikidata_ids_cannot_be_merged(client: Client) -> None:
    first, second = make.SpeakerFactory(wikidata_id="Q1"), make.SpeakerFactory(wikidata_id="Q2")
    page = f"{reverse('admin:claims_speaker_merge')}?first={first.pk}&second={second.pk}"
    assert "different Wikidata IDs" in displayed_messages(client.post(page, {"kept": first.pk}))[0]
    assert Speaker.objects.current().count() == 2


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("into_first", MergeSuggestionState.MERGED),
        ("into_second", MergeSuggestionState.MERGED),
        ("not_the_same", MergeSuggestionState.DISMISSED),
    ],
)
def test_decide_a_suggestion_and_undo_the_merge(client: Client, action: str, state: str, editor: User) -> None:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko"):
        directory.add_speaker(name=name, editor=editor)
    suggestion = MergeSuggestion.objects.get()
    run_list_action(client, action, suggestion)
    suggestion.refresh_from_db()
    assert suggestion.state == state
    if state == MergeSuggestionState.MERGED:
        kept = suggestion.first if action == "into_first" else suggestion.second
        assert list(Speaker.objects.current()) == [kept]
        run_list_action(client, "undo", SpeakerMerge.objects.get())
    assert Speaker.objects.current().count() == 2


def test_merged_speakers_are_hidden_by_default(client: Client) -> None:
    kept = make.SpeakerFactory()
    merged = make.SpeakerFactory(merged_into=kept)
    listing = admin_url("changelist", Speaker)
    assert list(client.get(listing).context["cl"].queryset) == [kept]
    assert list(client.get(listing, {"merged": "merged"}).context["cl"].queryset) == [merged]
    query = {"app_label": "claims", "model_name": "quote", "field_name": "speaker", "term": "Ford"}
    result = client.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [each["id"] for each in result] == [str(kept.pk)]


def test_objects_in_use_cannot_be_deleted(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    for row in (quote, quote.speaker, quote.claim, quote.snapshot.source, verifications.make_published()):
        assert client.post(admin_url("delete", row), {"post": "yes"}).status_code == 403
    assert run_list_action(client, "delete_selected", quote, post="yes").status_code in {200, 302}
    assert Quote.objects.filter(pk=quote.pk).exists()
    unused = make.SpeakerFactory()
    assert client.post(admin_url("delete", unused), {"post": "yes"}).status_code == 302


def test_saving_a_proposal_confirms_its_wording(client: Client) -> None:
    claim = make.QuoteFactory().claim
    assert "was proposed from a quote" in client.get(admin_url("change", claim)).content.decode()
    client.post(admin_url("change", claim), claim_form(claim))
    assert Claim.objects.get().state == ClaimState.DRAFT


def test_a_claim_is_released_from_its_page(client: Client) -> None:
    pending, accepted = make.QuoteFactory().claim, make.QuoteFactory(before_claim=True).claim
    assert "release" not in offered_actions(client, pending)
    assert "release" in offered_actions(client, accepted)
    run_object_action(client, "release", accepted)
    assert list(Claim.objects.released()) == [accepted]
    assert "release" not in offered_actions(client, accepted)


def offered_actions(client: Client, claim: Claim) -> set[str]:
    return {offer["action"].name for offer in client.get(admin_url("change", claim)).context["object_actions"]}


def test_a_proposal_is_not_suggested(client: Client) -> None:
    make.ClaimFactory(text="Rivers rise.", proposed=True)
    confirmed = make.ClaimFactory(text="Rivers rise.")
    query = {"app_label": "claims", "model_name": "verification", "field_name": "claim", "term": "rivers"}
    results = client.get("/admin/autocomplete/", query).json()["results"]
    assert [row["id"] for row in results] == [str(confirmed.pk)]
