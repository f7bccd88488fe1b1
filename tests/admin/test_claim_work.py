"""What editors do with claims beyond their forms: asked first, refused in words, closed to whom it is not for."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Correction,
    Operation,
    Quote,
    RelationKind,
    Verification,
)
from claims.services import amend, relate
from claims.services.correct import GRACE, Note
from tests import factories as make
from tests.admin.acting import act, address, said, step
from tests.admin.test_claims_and_speakers import claim_form
from tests.admin.test_permissions import signed_in
from tests.services import verdicts

pytestmark = pytest.mark.django_db

NOTE = {"note-what": "The wording.", "note-why": "It was unclear."}
EDITOR = ("view_claim", "change_claim", "view_quote", "change_quote", "decide_quote", "view_speaker", "view_topic")


@pytest.fixture
def junior(db: None) -> Client:
    """Somebody who edits, and may not correct what readers see."""
    return signed_in(*EDITOR)


def public(**given: object) -> Claim:
    """A claim that readers have seen for a while."""
    claim = make.QuoteFactory(accepted=True, **given).claim
    Claim.objects.filter(pk=claim.pk).update(released_at=timezone.now() - 2 * GRACE)
    return Claim.objects.get(pk=claim.pk)


def page(name: str, claim: Claim) -> str:
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def body(response: HttpResponse) -> str:
    return response.content.decode()


# --- Asked first ----------------------------------------------------------------------------------------------------


def test_what_readers_see_is_changed_only_with_a_note(client: Client) -> None:
    claim = public()
    was = claim.text
    given = claim_form(claim, text="Rivers rise.")
    asked = client.post(address("change", claim), given)
    assert "The wording that readers see would change" in body(asked)
    assert "<ins>rise" in body(asked)
    assert Claim.objects.get().text == was
    assert said(asked) == [], "nothing was done, and nothing is said to be"
    half = client.post(address("change", claim), given | {"note-what": "The wording.", "note-why": " "})
    assert "This field is required." in body(half)
    assert Claim.objects.get().text == was
    client.post(address("change", claim), given | NOTE)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.released().get().reason == "It was unclear."


def test_what_was_typed_is_posted_again(client: Client) -> None:
    claim, topics = public(), make.TopicFactory.create_batch(2)
    given = claim_form(claim, text='"Rivers" & <rise>', topics=[topic.pk for topic in topics])
    asked = client.post(address("change", claim), given)
    fields = asked.context["fields"]
    assert [value for name, value in fields if name == "topics"] == [str(topic.pk) for topic in topics]
    assert dict(fields)["text"] == '"Rivers" & <rise>'
    assert 'value="&quot;Rivers&quot; &amp; &lt;rise&gt;"' in body(asked)
    client.post(address("change", claim), dict(fields) | {"topics": [topic.pk for topic in topics]} | NOTE)
    assert Claim.objects.get().topics.count() == 2


def test_verdicts_that_would_go_back_are_shown_first(client: Client) -> None:
    verdict = verdicts.published()
    asked = client.post(address("change", verdict.claim), claim_form(verdict.claim, text="Rivers rise."))
    assert [row.pk for row in asked.context["verifications"]] == [verdict.pk]
    assert "a copy waits for approval" in body(asked)
    assert Verification.objects.get().state == "published"


def test_a_submitted_one_is_shown_first_where_no_note_is_needed(client: Client) -> None:
    row = verdicts.submitted()
    given = claim_form(row.claim, text="Rivers rise.")
    asked = client.post(address("change", row.claim), given)
    assert "a draft of its author again" in body(asked)
    assert asked.context["form"] is None
    assert Verification.objects.get().state == "submitted"
    client.post(address("change", row.claim), given | {"_confirmed": "1"})
    assert Verification.objects.get().state == "draft"
    assert not Correction.objects.exists()


def test_a_decision_on_a_quote_asks_as_well(client: Client) -> None:
    claim = public()
    quote = claim.quotes.get()
    asked = step(client, "reject", quote)
    assert "This changes what readers see of this claim" in body(asked)
    assert Quote.objects.get().decision == "accepted"
    step(client, "reject", quote, **NOTE)
    assert Quote.objects.get().decision == "rejected"
    assert Claim.objects.withdrawn().get() == claim, "what readers saw leaves a stub"


def test_another_speaker_in_the_quotes_form_asks_as_well(client: Client) -> None:
    claim, other = public(), make.SpeakerFactory()
    quote = claim.quotes.get()
    given = {"speaker": other.pk, "claim": claim.pk, "role": "", "outlet": ""}
    assert "Public note" in body(client.post(address("change", quote), given))
    quote.refresh_from_db()
    assert quote.speaker != other
    client.post(address("change", quote), given | NOTE)
    quote.refresh_from_db()
    assert quote.speaker == other


def test_who_may_not_correct_is_told_so(junior: Client) -> None:
    claim = public()
    told = said(step(junior, "reject", claim.quotes.get(), **NOTE))
    assert "Somebody who may correct claims does that." in told[0]
    assert Quote.objects.get().decision == "accepted"
    assert not Correction.objects.exists()
    assert step(junior, "retract", claim, reason="Wrong.").status_code == 403
    act(junior, "retract_chosen", claim, reason="Wrong.")
    assert not Claim.objects.withdrawn().exists()


def test_a_slip_of_the_hand_is_put_right_by_the_one_who_slipped(junior: Client) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    junior.post(address("change", claim), claim_form(claim, text="Rivers rise."))
    assert Claim.objects.get().text == "Rivers rise."


# --- As a draft -----------------------------------------------------------------------------------------------------


def test_who_may_not_correct_keeps_a_draft_that_another_publishes(junior: Client, client: Client) -> None:
    claim, topic = public(), make.TopicFactory()
    was = claim.text
    given = claim_form(claim, text="Rivers rise.", topics=[topic.pk])
    asked = body(junior.post(address("change", claim), given))
    assert "Keep as a draft" in asked
    assert "publish the note" not in asked
    assert "Keep as a draft" in body(junior.post(address("change", claim), given | NOTE)), "a note alone is no right"
    assert Claim.objects.get().text == was
    told = said(junior.post(address("change", claim), given | NOTE | {"_draft": "1"}))
    assert "readers see the old wording" in told[0]
    now = Claim.objects.get()
    assert (now.text, list(now.topics.all())) == (was, [topic]), "what readers are not told of is stored"
    draft = ClaimAmendment.objects.get()
    shown = body(client.get(address("change", claim)))
    assert "Draft correction by somebody" in shown
    assert "<ins>rise" in shown
    assert step(junior, "publish", draft).status_code == 403
    assert [each["step"].name for each in junior.get(address("change", draft)).context["steps"]] == ["discard"]
    step(client, "publish", draft)
    assert Claim.objects.get().text == "Rivers rise."
    assert Correction.objects.get().made_by.username == "editor"


def test_a_draft_without_a_whole_note_is_refused(client: Client) -> None:
    claim = public()
    given = claim_form(claim, text="Rivers rise.") | {"_draft": "1", "note-what": "The wording."}
    assert said(client.post(address("change", claim), given)) == [
        "A draft takes the public note it will have: give why."
    ]
    assert not ClaimAmendment.objects.exists()


def test_a_draft_of_another_is_discarded_with_a_comment_by_who_may_publish(junior: Client, client: Client) -> None:
    claim = public()
    author = make.UserFactory()
    draft = amend.draft_amendment(
        claim=claim, text="Other.", speaker=None, said_on=None, note=Note("All.", "Wrong."), author=author
    )
    assert step(junior, "discard", draft, comment="No.").status_code == 403
    assert "Say in a comment" in said(step(client, "discard", draft, comment=""))[0]
    step(client, "discard", draft, comment="The gauge says so.")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == ("discarded", "The gauge says so.")


def test_an_outdated_draft_says_so(client: Client) -> None:
    claim = public()
    draft = amend.draft_amendment(
        claim=claim, text="Other.", speaker=None, said_on=None, note=Note("All.", "Wrong."), author=make.UserFactory()
    )
    Claim.objects.update(text="Changed.")
    assert "cannot be published" in body(client.get(address("change", draft)))
    assert "changed after this draft" in said(step(client, "publish", draft))[0]


# --- Quotes move, claims are split and merged -----------------------------------------------------------------------


def test_a_quote_is_linked_in_one_click_and_back_where_one_came_from(client: Client) -> None:
    quote = make.QuoteFactory()
    claim = make.ClaimFactory(text="Rivers are full.", speaker=quote.speaker)
    shown = body(client.get(address("change", quote)))
    assert "100 %: same speaker, the same words" in shown
    assert page("take", claim) in shown
    response = client.post(page("take", claim), {"quote": quote.pk, "back": "/admin/?q=1"})
    assert response.url == "/admin/?q=1"
    quote.refresh_from_db()
    assert quote.claim == claim


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(client: Client, back: str) -> None:
    quote, claim = make.QuoteFactory(), make.ClaimFactory()
    response = client.post(page("take", claim), {"quote": quote.pk, "back": back})
    assert response.url == address("change", quote)


def test_a_quote_gets_a_new_claim_in_one_click(client: Client) -> None:
    first = make.QuoteFactory()
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    client.post(reverse("admin:claims_claim_own"), {"quote": second.pk})
    second.refresh_from_db()
    assert second.claim != first.claim


def test_splitting_and_undoing(client: Client, editor: User) -> None:
    first = make.QuoteFactory()
    second = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    claim = first.claim
    assert page("split", claim) in body(client.get(address("change", claim)))
    assert client.get(page("split", claim)).status_code == 200
    response = client.post(page("split", claim), {"quotes": [second.pk], "wording": "Roads are dry."})
    assert "1 quote makes a claim of its own now" in said(response)[0]
    assert Claim.objects.get(quotes=second).text == "Roads are dry."
    done = Operation.objects.get()
    assert done.editor == editor
    undo = reverse("admin:claims_claim_undo", args=[done.pk])
    assert undo in body(client.get(address("change", claim)))
    client.post(undo)
    assert claim.quotes.count() == 2
    assert Claim.objects.count() == 1
    refused = client.post(page("split", claim), {"quotes": [first.pk, second.pk, "x", "99999999999999999999"]})
    assert "nothing would be left" in said(refused)[-1]


def test_merging_two_claims_side_by_side(client: Client) -> None:
    first = make.QuoteFactory().claim
    second = make.QuoteFactory(speaker=first.speaker).claim
    asked = act(client, "merge_chosen", first, second)
    shown = body(client.get(asked.url))
    assert first.text in shown
    assert second.text in shown
    assert Claim.objects.filter(merged_into=None).count() == 2, "looking merges nothing"
    response = client.post(asked.url, {"other": second.pk, "kept": second.pk})
    assert response.url == address("change", second)
    first.refresh_from_db()
    assert first.merged_into == second
    told = body(client.get(address("change", first)))
    assert "was merged into" in told
    assert 'name="text"' not in told, "a redirect stays as it is"
    assert list(client.get(address("changelist", Claim), {"publication": "merged"}).context["cl"].queryset) == [first]


def test_merging_needs_exactly_two_claims(client: Client) -> None:
    assert said(act(client, "merge_chosen", *make.ClaimFactory.create_batch(3))) == [
        "Select exactly two claims to merge."
    ]


def test_merging_what_readers_see_asks_for_the_note(client: Client) -> None:
    kept = public()
    other = public(speaker=kept.speaker)
    given = {"other": other.pk, "kept": kept.pk}
    asked = client.post(page("merge", kept), given)
    assert "Public note" in body(asked)
    client.post(page("merge", kept), given | NOTE)
    assert Claim.objects.get(pk=other.pk).merged_into == kept


# --- Relations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "stored"),
    [("repeats", (0, "repeats", 1)), ("by-repeats", (1, "repeats", 0)), ("contradicts", (0, "contradicts", 1))],
)
def test_how_two_claims_stand_is_said_from_the_page_of_one(
    client: Client, editor: User, kind: str, stored: tuple[int, str, int]
) -> None:
    claims = [make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")]
    shown = body(client.get(address("change", claims[0])))
    assert page("relate", claims[0]) in shown
    assert "the same words" in shown
    client.post(page("relate", claims[0]), {"other": claims[1].pk, "kind": kind})
    row = ClaimRelation.objects.get()
    assert (row.first, row.kind, row.second) == (claims[stored[0]], stored[1], claims[stored[2]])
    assert (row.state, row.decided_by) == ("confirmed", editor)


def test_suggestions_are_asked_for_confirmed_and_dismissed(client: Client) -> None:
    claim = make.ClaimFactory(text="Rivers are full.")
    make.ClaimFactory(text="Rivers are full!"), make.ClaimFactory(text="The rivers are full.")
    assert "2 claims may be related" in said(step(client, "suggest", claim))[0]
    first, second = ClaimRelation.objects.order_by("pk")
    assert (first.state, bool(first.score), bool(first.reason)) == ("suggested", True, True)
    step(client, "confirm", first)
    step(client, "dismiss", second)
    assert [row.state for row in ClaimRelation.objects.order_by("pk")] == ["confirmed", "dismissed"]
    assert "beyond those already" in said(step(client, "suggest", claim))[-1]
    shown = client.get(address("change", claim)).context["relations"]
    assert [each["row"] for each in shown] == [first], "what was dismissed is not shown again"


def test_a_relation_is_added_by_hand(client: Client) -> None:
    low, high = make.ClaimFactory(), make.ClaimFactory()
    form = client.get(address("add", ClaimRelation), {"first": high.pk})
    assert form.context["adminform"].form.initial["first"] == str(high.pk)
    client.post(address("add", ClaimRelation), {"first": high.pk, "second": low.pk, "kind": "contradicts"})
    row = ClaimRelation.objects.get()
    assert (row.first, row.second, row.state) == (low, high, "confirmed"), "in order, whichever way it was said"
    told = said(client.post(address("add", ClaimRelation), {"first": low.pk, "second": low.pk, "kind": "same"}))
    assert "to itself" in told[-1]


def test_neither_stubs_nor_redirects_are_offered(client: Client) -> None:
    claim = make.ClaimFactory()
    make.ClaimFactory(merged_into=claim)
    make.ClaimFactory(released=True, retracted_at=timezone.now())
    asked = {"app_label": "claims", "model_name": "claimrelation", "field_name": "second", "term": "rivers"}
    found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [each["id"] for each in found] == [str(claim.pk)]


def test_not_related(client: Client) -> None:
    claims = [make.ClaimFactory(text="Rivers are full."), make.ClaimFactory(text="Rivers are full.")]
    client.post(page("relate", claims[0]), {"other": claims[1].pk, "kind": "none"})
    assert ClaimRelation.objects.get().state == "dismissed"
    assert client.get(address("change", claims[0])).context["similar"] == []


@pytest.mark.parametrize("kind", ["", "echoes", "by-", "by-none"])
def test_no_other_kind(client: Client, kind: str) -> None:
    claims = make.ClaimFactory.create_batch(2)
    told = said(client.post(page("relate", claims[0]), {"other": claims[1].pk, "kind": kind}))
    assert told == ["Choose how the two stand to each other."]
    assert not ClaimRelation.objects.exists()


# --- In bulk --------------------------------------------------------------------------------------------------------


def ticked(*names: str, **values: object) -> dict[str, object]:
    given = {f"bulk-{name}": value for name, value in values.items()}
    return given | {f"bulk-set_{name}": "on" for name in names} | {"bulk-apply": "1"}


def test_the_count_and_some_of_them_are_shown_first(client: Client) -> None:
    claims = make.ClaimFactory.create_batch(12)
    shown = act(client, "change_chosen", *claims)
    assert "Change 12 claims" in body(shown)
    assert "and 2 more" in body(shown)
    assert not Operation.objects.exists()


def test_only_what_is_ticked_is_touched(client: Client) -> None:
    claims, topic, speaker = make.ClaimFactory.create_batch(2), make.TopicFactory(), make.SpeakerFactory()
    given = ticked("add_topics", "said_on", add_topics=[topic.pk], said_on="2025-05-16", speaker=speaker.pk)
    told = said(act(client, "change_chosen", *claims, **given))
    address_of_undo = reverse("admin:claims_claim_undo", args=[Operation.objects.get().pk])
    assert told[0].startswith("2 changed.")
    assert address_of_undo in told[0]
    for claim in Claim.objects.all():
        assert (claim.said_on, list(claim.topics.all())) == (dt.date(2025, 5, 16), [topic])
        assert claim.speaker != speaker, "chosen, and not ticked"
    assert "2 claims changed" in body(client.get(address_of_undo))
    assert Claim.objects.filter(said_on__isnull=False).count() == 2, "looking undoes nothing"
    client.post(address_of_undo)
    assert not Claim.objects.filter(said_on__isnull=False).exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (ticked(said_on="2025-05-16"), "Tick what shall be changed."),
        (ticked("add_topics"), "Choose what, or take the tick away."),
        (ticked("said_on", said_on="soon"), "Enter a valid date."),
        (ticked("publication", publication="shred"), "Select a valid choice."),
        (ticked("speaker", speaker="999999"), "Select a valid choice."),
        (ticked("publication", publication="retract"), "Retracting takes a public note"),
    ],
    ids=["nothing-ticked", "ticked-and-empty", "no-date", "no-such-state", "no-such-speaker", "no-note"],
)
def test_what_makes_no_sense_changes_nothing(client: Client, given: dict[str, object], why: str) -> None:
    claim = public()
    response = act(client, "change_chosen", claim, **given)
    assert why in body(response)
    assert response.context["form"]["set_said_on"].value() == ("bulk-set_said_on" in given), "ticks are kept"
    assert not Operation.objects.exists()


def test_a_topic_is_not_both_added_and_removed(client: Client) -> None:
    claim, topic = make.ClaimFactory(), make.TopicFactory()
    given = ticked("add_topics", "remove_topics", add_topics=[topic.pk], remove_topics=[topic.pk])
    assert "both added and removed" in body(act(client, "change_chosen", claim, **given))


def test_what_readers_see_is_changed_in_bulk_with_one_note(client: Client) -> None:
    claims = [public(), public()]
    given = ticked("said_on", said_on="2025-05-16")
    assert "Readers see this" in body(act(client, "change_chosen", *claims, **given))
    assert not Claim.objects.filter(said_on__isnull=False).exists()
    act(client, "change_chosen", *claims, **given, **NOTE)
    assert Claim.objects.filter(said_on__isnull=False).count() == Correction.objects.count() == 2


def test_retracting_in_bulk_is_for_those_who_may_correct(client: Client, junior: Client) -> None:
    claims = [public(), make.ClaimFactory()]
    given = ticked("publication", publication="retract") | NOTE
    assert "Somebody who may correct" in body(act(junior, "change_chosen", *claims, **given))
    told = said(act(client, "change_chosen", *claims, **given))
    assert told[0].startswith("1 changed")
    assert "nothing to retract" in told[1]
    assert Claim.objects.withdrawn().get() == claims[0]


def test_the_speaker_of_many_quotes(client: Client) -> None:
    quotes, speaker = make.QuoteFactory.create_batch(2), make.SpeakerFactory()
    assert "Change 2 quotes" in body(act(client, "change_quotes", *quotes))
    act(client, "change_quotes", *quotes, **ticked("speaker", speaker=speaker.pk))
    assert Quote.objects.filter(speaker=speaker).count() == 2


def test_more_than_can_be_looked_at_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.bulk.MOST", 2)
    told = said(act(client, "change_chosen", *make.ClaimFactory.create_batch(3)))
    assert told == ["More than 2 rows at once: choose fewer."]


# --- Closed, and never a fault --------------------------------------------------------------------------------------

VIEWS = ["split", "merge", "take", "relate"]


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("permissions", [(), ("view_claim", "view_quote")], ids=["none", "looks"])
def test_who_may_not_is_refused(name: str, permissions: tuple[str, ...]) -> None:
    claim, client = make.QuoteFactory().claim, signed_in(*permissions)
    for ask in (client.get, client.post):
        assert ask(page(name, claim)).status_code == 403
        assert ask(reverse("admin:claims_claim_own")).status_code == 403
    assert not Operation.objects.exists()


def test_others_are_sent_to_the_login() -> None:
    claim = make.ClaimFactory()
    for name in VIEWS:
        assert Client().post(page(name, claim)).url.startswith(reverse("admin:login"))


def test_what_another_did_is_not_undone_here(client: Client, colleague: Client) -> None:
    claim = public()
    step(client, "retract", claim, reason="Wrong.")
    undo = reverse("admin:claims_claim_undo", args=[Operation.objects.get().pk])
    assert colleague.get(undo).status_code == colleague.post(undo).status_code == 403
    assert signed_in("view_claim").post(undo).status_code == 403
    assert client.post(reverse("admin:claims_claim_undo", args=[99999])).status_code == 404
    asked = client.post(undo, {"back": address("change", claim)})
    assert "Public note" in body(asked), "what was taken back in public comes back in public"
    assert client.post(undo, NOTE | {"back": address("change", claim)}).url == address("change", claim)
    assert Claim.objects.released().get() == claim


@pytest.mark.parametrize("asked", ["", "x", "-1", "9" * 30, "١", "1 OR 1=1", "\x00"])
def test_what_names_no_row_is_not_found(client: Client, asked: str) -> None:
    claim = make.ClaimFactory()
    assert client.post(page("take", claim), {"quote": asked}).status_code == 404
    assert client.post(page("relate", claim), {"other": asked, "kind": "same"}).status_code == 404
    assert client.get(page("merge", claim), {"other": asked}).status_code == 404
    assert client.post(reverse("admin:claims_claim_own"), {"quote": asked}).status_code == 404
    assert client.get(f"/admin/claims/claim/{'9' * 30}/split/").status_code == 404


def test_what_only_acts_is_not_looked_at(client: Client) -> None:
    quote = make.QuoteFactory()
    assert client.get(page("take", quote.claim), {"quote": quote.pk}).status_code == 404
    assert client.get(page("relate", quote.claim), {"other": quote.claim_id, "kind": "same"}).status_code == 404
    assert client.get(reverse("admin:claims_claim_own"), {"quote": quote.pk}).status_code == 404


@pytest.mark.parametrize("given", [{}, {"kept": "x"}, {"kept": "0"}])
def test_merging_with_nothing_kept_asks_again(client: Client, given: dict[str, str]) -> None:
    first, second = make.ClaimFactory.create_batch(2)
    assert client.post(page("merge", first), {"other": second.pk} | given).status_code == 200
    assert not Claim.objects.filter(merged_into__isnull=False).exists()


def test_a_claims_page_costs_the_same_for_many_related_ones(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(claim__text="Rivers are full.").claim

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address("change", claim)).status_code == 200
        return len(captured)

    def more(count: int) -> None:
        for _ in range(count):
            make.ClaimFactory(text="Rivers are full.")
            other = make.ClaimFactory()
            relate.relate(first=claim, second=other, kind=RelationKind.UPDATES, editor=editor)
            make.QuoteFactory(claim=claim, speaker=claim.speaker)

    more(2)
    queries()
    few = queries()
    more(4)
    assert queries() == few


def test_the_warning_about_the_junior_is_no_mistake(junior: Client) -> None:
    """The permissions that these tests deny are the only ones that lack."""
    claim = make.QuoteFactory(accepted=True).claim
    assert junior.get(page("split", claim)).status_code == 200
    assert step(junior, "reject", claim.quotes.get()).status_code == 302
    assert Quote.objects.get().decision == "rejected"
