"""Merging speakers in the admin and undoing it; links to merged speakers redirect."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import MergeSuggestion, MergeSuggestionState, Operation, Speaker, SpeakerMerge
from claims.services.speakers import directory, merge
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action

pytestmark = pytest.mark.django_db


def create_merge_suggestion(
    editor: User, first: str = "Bogdan Bezpalko", second: str = "Bohdan Bezpalko"
) -> MergeSuggestion:
    for name in (first, second):
        directory.add_speaker(name=name, editor=editor)
    return MergeSuggestion.objects.latest("pk")


def test_page_shows_what_moves_and_which_verdicts_reopen(client: Client, editor: User) -> None:
    kept, quote = make.SpeakerFactory(name="Ann Wu"), make.QuoteFactory(accepted=True)
    verdict = verifications.make_published(quote.claim)
    page = client.get(f"{reverse('admin:claims_speaker_merge')}?first={kept.pk}&second={quote.speaker_id}")
    first, second = page.context["sides"]
    assert (first["preview"].quotes, first["preview"].reopened) == (1, [verdict])
    assert (second["preview"].quotes, second["preview"].reopened) == (0, [])
    html = page.content.decode()
    assert "1 quote and 1 claim move here." in html
    assert "1 verdict goes back to review. Undoing the merge does not publish it again." in html
    assert f'href="{admin_url("change", verdict)}"' in html
    assert not Operation.objects.exists()


def test_no_merge_button_for_two_wikidata_ids(client: Client) -> None:
    speakers = [make.SpeakerFactory(wikidata_id=f"Q{n}") for n in (1, 2)]
    page = client.get(f"{reverse('admin:claims_speaker_merge')}?first={speakers[0].pk}&second={speakers[1].pk}")
    html = page.content.decode()
    assert "have different Wikidata IDs" in html
    assert 'name="kept"' not in html


@pytest.mark.parametrize("kept", ["", "x", "0", "99999999999999999999"])
def test_forged_choice_merges_nothing(client: Client, kept: str) -> None:
    first, second = make.SpeakerFactory(), make.SpeakerFactory()
    page = f"{reverse('admin:claims_speaker_merge')}?first={first.pk}&second={second.pk}"
    assert client.post(page, {"kept": kept}).status_code == 200
    assert Speaker.objects.current().count() == 2


def test_url_of_merged_speaker_redirects(client: Client, editor: User) -> None:
    first, second, third = (make.SpeakerFactory(name=name) for name in ("Ann Wu", "Anne Wu", "A. Wu"))
    merge.merge_speakers(kept=second, merged=first, editor=editor)
    merge.merge_speakers(kept=third, merged=second, editor=editor)
    response = client.get(admin_url("change", first), {"_popup": "1"})
    assert (response.status_code, response.url) == (302, f"{admin_url('change', third)}?_popup=1")
    assert displayed_messages(response) == [
        f"“Ann Wu” (#{first.pk}) was merged into “A. Wu” (#{third.pk}), shown here."
    ]
    page = client.get(response.url)
    assert "Merged speakers" in page.content.decode()
    assert client.get(admin_url("history", first)).status_code == 200, "its history stays where it was"
    assert client.post(admin_url("change", first), {"name": "Forged", "kind": "person"}).status_code == 403


def test_redirect_requires_permission(db: None) -> None:
    merged = make.SpeakerFactory(merged_into=make.SpeakerFactory())
    client = Client()
    client.force_login(User.objects.create_user("somebody", is_staff=True))
    assert client.get(admin_url("change", merged)).status_code == 403


def test_decision_advances_to_the_next_suggestion(client: Client, editor: User) -> None:
    first = create_merge_suggestion(editor)
    second = create_merge_suggestion(editor, "Tom Oak", "Thom Oak")
    page = client.get(admin_url("change", first))
    assert (page.context["n_pending"], page.context["next_suggestion"]) == (2, second)
    response = run_object_action(client, "not-the-same", first)
    assert response.url == admin_url("change", second)
    response = run_object_action(client, "into-second", second)
    assert response.url == admin_url("changelist", MergeSuggestion), "none is left"
    assert displayed_messages(client.get(response.url))[0].endswith("They will not be suggested again.")


def test_refused_decision_stays_on_the_page(client: Client, editor: User) -> None:
    row = create_merge_suggestion(editor)
    for number, speaker in enumerate((row.first, row.second), 1):
        Speaker.objects.filter(pk=speaker.pk).update(wikidata_id=f"Q{number}")
    assert client.get(admin_url("change", row)).context["object_actions"] == []
    response = run_object_action(client, "into-first", row)
    assert response.url == admin_url("change", row)
    assert "different Wikidata IDs" in displayed_messages(response)[0]


def test_decision_from_the_list_returns_to_the_list(client: Client, editor: User) -> None:
    row = create_merge_suggestion(editor)
    listing = admin_url("changelist", MergeSuggestion)
    html = client.get(listing).content.decode()
    button = reverse("admin:claims_mergesuggestion_step", args=[row.pk, "into-first"])
    assert f'formaction="{button}"' in html
    for referer, back in ((f"http://testserver{listing}?q=bez", f"{listing}?q=bez"), ("http://evil.example/", None)):
        MergeSuggestion.objects.update(state=MergeSuggestionState.OPEN)
        response = client.post(
            reverse("admin:claims_mergesuggestion_step", args=[row.pk, "not-the-same"]), headers={"referer": referer}
        )
        assert response.url == (back or listing)


def test_list_shows_both_speakers_their_quotes_and_the_reason(client: Client, editor: User) -> None:
    row = create_merge_suggestion(editor)
    make.QuoteFactory(speaker=row.first)
    make.QuoteFactory(speaker=row.first)
    make.QuoteFactory(speaker=row.second, accepted=True)
    html = client.get(admin_url("changelist", MergeSuggestion)).content.decode()
    for words in ("2 pending", "1 accepted", "Spellings of one name", "“Bogdan Bezpalko”, “Bohdan Bezpalko”"):
        assert words in html


def test_list_shows_open_suggestions_by_default(client: Client, editor: User) -> None:
    waiting, dismissed = create_merge_suggestion(editor), create_merge_suggestion(editor, "Tom Oak", "Thom Oak")
    run_list_action(client, "not_the_same", dismissed)
    listing = admin_url("changelist", MergeSuggestion)

    def shown(**asked: str) -> list[MergeSuggestion]:
        return list(client.get(listing, asked).context["cl"].queryset.order_by("pk"))

    assert shown() == [waiting]
    assert shown(state="dismissed") == [dismissed]
    assert shown(state="all") == [waiting, dismissed]
    assert shown(state="nonsense") == [waiting]


def test_undo_reports_what_was_restored(client: Client, editor: User) -> None:
    row = create_merge_suggestion(editor)
    quote = make.QuoteFactory(speaker=row.second)
    make.QuoteFactory(speaker=row.second)
    run_object_action(client, "into-first", row)
    quote.speaker = make.SpeakerFactory()
    quote.save()
    done = SpeakerMerge.objects.get()
    messages = displayed_messages(run_object_action(client, "undo", done))
    assert "1 quote was reassigned or deleted after the merge and stays as it is." in messages
    assert "Merge undone: 1 quote, 2 claims and 1 name restored." in messages
    assert client.get(admin_url("history", done)).status_code == 200
