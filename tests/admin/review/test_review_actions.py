"""Actions on the review screen."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from claims.admin.review import undo_last_view
from claims.admin.review.review_actions import REVIEW_ACTIONS, ReviewAction
from claims.models import Hold, Operation, Quote, Speaker
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import get_version
from claims.services.history.undo import undo_operation
from claims.services.quotes import review_lock
from claims.services.speakers.directory import add_speaker
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import displayed_messages
from tests.admin.review.review_client import QUEUE_URL, post_review_action, selection_json, stored_decision
from tests.services.quotes.quoted_text import TEXT, make_quote_of
from tests.table_contents import dump_database

pytestmark = pytest.mark.django_db


def test_decision_on_changed_quote_is_refused(client: Client, colleague: Client) -> None:
    quote = make_quote_of(make.SnapshotFactory(text=TEXT), "Roads,")
    quote.save()
    seen = client.get(QUEUE_URL, {"quote": quote.pk}).context["version"]
    assert seen == get_version(quote)
    post_review_action(colleague, "words", quote, selection=selection_json(quote.snapshot, "are dry."), seen=seen)
    for name, given in (("accept", {}), ("reject", {"why": "duplicate"}), ("split", {"at": quote.start + 2})):
        response = post_review_action(client, name, quote, seen=seen, **given)
        assert response.url == f"{QUEUE_URL}?quote={quote.pk}"
        assert "was changed by colleague at " in displayed_messages(response)[0]
        assert "are dry." in displayed_messages(response)[0]
    assert stored_decision(quote) == "pending"


def test_quote_without_history_is_shown(client: Client, quote: Quote) -> None:
    quote.history.all().delete()
    assert client.get(QUEUE_URL, {"quote": quote.pk}).context["activity"] == []
    post_review_action(client, "accept", quote, seen=0)
    assert stored_decision(quote) == "accepted"


def test_colleague_sees_the_review_lock(client: Client, colleague: Client, quote: Quote) -> None:
    address = reverse("admin:claims_review_hold", args=[quote.pk])
    assert client.post(address).json() == {"other": "", "version": get_version(quote)}
    assert "editor is reviewing this quote (until" in colleague.post(address).json()["other"]
    assert "editor is reviewing this quote (until" in colleague.get(QUEUE_URL, {"quote": quote.pk}).content.decode()
    assert "is reviewing this quote" in displayed_messages(post_review_action(colleague, "accept", quote))[0]
    client.post(address, {"go": "1"})
    assert not Hold.objects.exists()
    assert post_review_action(colleague, "accept", quote).status_code == 302
    assert stored_decision(quote) == "accepted"


def test_refused_action_is_rolled_back(client: Client, quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
    def change_and_refuse(quote: Quote, editor: User, data: QueryDict) -> str:
        Quote.objects.filter(pk=quote.pk).update(role="changed")
        raise RefusedError("No.")

    monkeypatch.setitem(REVIEW_ACTIONS, "accept", ReviewAction(run=change_and_refuse))
    assert displayed_messages(post_review_action(client, "accept", quote)) == ["No."]
    quote.refresh_from_db()
    assert quote.role != "changed"


@pytest.mark.parametrize("name", ["accept", "reject"])
def test_action_that_fails_after_its_last_write_stores_nothing(
    client: Client, editor: User, quote: Quote, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    review_lock.acquire_review_lock(quote=quote, editor=editor)
    release = review_lock.release_review_locks

    def release_and_fail(**kwargs: Any) -> None:
        release(**kwargs)
        raise OSError

    monkeypatch.setattr(review_lock, "release_review_locks", release_and_fail)
    before = dump_database()
    with pytest.raises(OSError, match=r"^$"):
        post_review_action(client, name, quote, why="duplicate")
    assert dump_database() == before


def test_undo_that_fails_after_its_last_write_stores_nothing(
    client: Client, quote: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_review_action(client, "accept", quote)

    def undo_and_fail(**kwargs: Any) -> None:
        undo_operation(**kwargs)
        raise OSError

    monkeypatch.setattr(undo_last_view, "undo_operation", undo_and_fail)
    before = dump_database()
    with pytest.raises(OSError, match=r"^$"):
        client.post(reverse("admin:claims_review_undo"), {"operation": Operation.objects.get().pk})
    assert dump_database() == before


def test_speaker_search_by_any_name(client: Client, editor: User) -> None:
    reck = add_speaker(name="Tobias Reck", aliases=["Tobi", "T. Récke"], editor=editor)
    add_speaker(name="Bo Chan", editor=editor)
    make.QuoteFactory(accepted=True, speaker=reck)
    for asked in ("Tobias", "reck", "TOBI", "récke", "t. ré"):
        results = client.get(reverse("admin:claims_review_speakers"), {"q": asked}).json()["results"]
        assert [result["id"] for result in results] == [reck.pk], asked
        assert "1 accepted quote" in results[0]["about"]
    assert client.get(reverse("admin:claims_review_speakers"), {"q": " "}).json() == {"results": []}
    assert client.get(reverse("admin:claims_review_speakers"), {"q": "\0"}).status_code == 400


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("officials", "group"),
        ("a source", "unnamed"),
        ("Lena Ford", "person"),
        ("", "unnamed"),
        ("German officials", "group"),
        ("The expert community", "group"),
    ],
)
def test_new_speaker_form_is_prefilled(client: Client, mention: str, kind: str) -> None:
    text = f"{mention} said: Roads are dry."
    spans = [[0, len(mention)]] if mention else []
    quote = make_quote_of(
        make.SnapshotFactory(text=text), "Roads are dry.", speaker=None, mention=mention, mention_spans=spans
    )
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    assert (page.context["new_name"], page.context["new_kind"]) == (mention, kind)
    post_review_action(client, "new-speaker", quote, name=mention or "An insider", kind=kind, position="Minister")
    speaker = Speaker.objects.get(quotes=quote)
    assert (speaker.kind, speaker.positions.get().title) == (kind, "Minister")


@pytest.mark.parametrize(("mention", "kind"), [("he", "person"), ("She", "person"), ("they", "group")])
def test_pronoun_suggests_a_kind_but_no_name(client: Client, mention: str, kind: str) -> None:
    snapshot = make.SnapshotFactory(text=f"Roads are dry, {mention} said.")
    quote = make_quote_of(
        snapshot, "Roads are dry", speaker=None, mention=mention, mention_spans=[[15, 15 + len(mention)]]
    )
    page = client.get(QUEUE_URL, {"quote": quote.pk})
    assert (page.context["new_name"], page.context["new_kind"]) == ("", kind)


def test_existing_speaker_is_not_created_again(client: Client, editor: User, quote: Quote) -> None:
    add_speaker(name="Bo Chan", editor=editor)
    response = post_review_action(client, "new-speaker", quote, name="bo  chan", kind="person")
    assert "Bo Chan already exists" in displayed_messages(response)[0]
    post_review_action(client, "new-speaker", quote, name="Bo Chan", kind="person", namesake="1")
    assert Speaker.objects.filter(name="Bo Chan").count() == 2
    for name in ("", "  ", "x" * 201):
        response = post_review_action(client, "new-speaker", quote, name=name, kind="group")
        assert "The name must have 1 to 200 characters" in displayed_messages(response)[-1]


def test_change_of_public_quote_requires_a_note(client: Client) -> None:
    quote = make_quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    verifications.make_published(quote.claim)
    data = {"selection": selection_json(quote.snapshot, "are dry."), "queue": "decision=accepted"}
    before = dump_database()
    response = post_review_action(client, "words", quote, **data)
    assert response.status_code == 200
    assert "These verifications go back to review" in response.content.decode()
    assert dump_database() == before
    blank = post_review_action(client, "words", quote, **data, note_text=" ", note_reason="")
    assert "The public note must say what was changed and why" in displayed_messages(blank)[0]
    post_review_action(client, "words", quote, **data, note_text="Other words.", note_reason="A slip.")
    quote.refresh_from_db()
    assert quote.exact == "are dry."
    assert quote.claim.corrections.filter(text="Other words.", reason="A slip.").exists()


def test_reopening_a_verification_asks_for_confirmation(client: Client) -> None:
    quote = make_quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    row = verifications.make_submitted(quote.claim)
    before = dump_database()
    response = post_review_action(client, "reject", quote, why="duplicate")
    assert "These verifications go back to review" in response.content.decode()
    assert "note_text" not in response.content.decode()
    assert dump_database() == before
    post_review_action(client, "reject", quote, why="duplicate", _confirmed="1")
    row.refresh_from_db()
    assert (stored_decision(quote), row.state) == ("rejected", "draft")


def test_bulk_accept_from_the_preview(client: Client) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=0.95) for _ in range(3)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.5)
    address = reverse("admin:claims_review_source", args=[snapshot.source_id])
    page = client.get(address)
    assert [previewed.quote for previewed, _ in page.context["rows"]] == sure
    ticked = [f"{previewed.quote.pk}-{previewed.version}" for previewed, _ in page.context["rows"]][:2]
    response = client.post(address, {"least": "90", "seen": ticked})
    assert displayed_messages(response)[0] == "2 quotes accepted. Undo restores all of them."
    assert list(Quote.objects.accepted().order_by("pk")) == sure[:2]
    assert Operation.objects.count() == 1
    client.post(reverse("admin:claims_review_undo"), {"operation": Operation.objects.get().pk})
    assert not Quote.objects.accepted().exists()
    for nonsense in (["x"], ["1-x"], ["-"], ["9" * 30]):
        assert client.post(address, {"seen": nonsense}).status_code == 400


def test_quote_list_and_page_link_to_the_review_screen(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    address = f"{QUEUE_URL}?decision=accepted&amp;quote={quote.pk}"
    assert address in client.get(reverse("admin:claims_quote_changelist")).content.decode()
    assert address in client.get(reverse("admin:claims_quote_change", args=[quote.pk])).content.decode()
