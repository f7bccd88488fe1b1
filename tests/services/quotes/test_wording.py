"""Changing the wording of quotes, and what this has in common with splitting and joining them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Anchor, AnchorState, Claim, Operation, Quote, QuoteDecision, Verification
from claims.services.claims.corrections import PublicNote, PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.add_quote import add_quote
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.split_join import join_quotes, split_quote
from claims.services.quotes.wording import change_wording
from tests import factories as make
from tests import verifications
from tests.services.quotes.quoted_text import WORDS, make_quote_of, make_snapshot, matches_text, select_words
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", [row[1] for row in WORDS], ids=[row[0] for row in WORDS])
def test_the_quote_becomes_the_selection(editor: User, words: str) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Ford added")
    change_wording(quote=quote, selection=select_words(snapshot, words), editor=editor)
    assert matches_text(quote)
    assert quote.exact == words
    assert quote.history.latest().history_user == editor


def test_a_quote_may_have_several_parts(editor: User) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Roads")
    change_wording(quote=quote, selection=select_words(snapshot, "Roads,", "are dry."), editor=editor)
    assert matches_text(quote)
    assert quote.exact == "Roads, are dry."


def test_a_duplicate_is_refused(editor: User) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Roads,")
    with pytest.raises(RefusedError, match="already"):
        change_wording(quote=quote, selection=select_words(snapshot, "Roads, "[:6]), editor=editor)
    make_quote_of(snapshot, "Rivers are full")
    with pytest.raises(RefusedError, match="exactly these words"):
        change_wording(quote=quote, selection=select_words(snapshot, "Rivers are full"), editor=editor)
    with pytest.raises(RefusedError, match="exactly these words"):
        add_quote(snapshot=snapshot, selection=select_words(snapshot, "Roads,"), editor=editor)
    assert Operation.objects.count() == 0


def test_an_outdated_version_is_not_overwritten(editor: User) -> None:
    snapshot, other = make_snapshot(), make.UserFactory(username="ann")
    quote = make_quote_of(snapshot, "Roads,")
    quote.save()  # its history begins
    seen = get_version(quote)
    change_wording(quote=quote, selection=select_words(snapshot, "are dry"), editor=other, seen=seen)
    for late in (
        lambda: change_wording(quote=quote, selection=select_words(snapshot, "Rivers"), editor=editor, seen=seen),
        lambda: split_quote(quote=quote, at=quote.start + 3, editor=editor, seen=seen),
        lambda: join_quotes(first=quote, second=make_quote_of(snapshot, "Rivers"), editor=editor, seen=seen),
    ):
        with pytest.raises(ChangedError, match="ann"):
            late()
    assert matches_text(quote)
    assert quote.exact == "are dry"


def test_a_locked_quote_is_refused_unless_taken_over(editor: User) -> None:
    snapshot, other = make_snapshot(), make.UserFactory(username="ann")
    quote = make_quote_of(snapshot, "Roads,")
    review_lock.acquire_review_lock(quote=quote, editor=other)
    with pytest.raises(RefusedError, match="ann is reviewing this quote"):
        change_wording(quote=quote, selection=select_words(snapshot, "are dry"), editor=editor)
    change_wording(quote=quote, selection=select_words(snapshot, "are dry"), editor=editor, take_over=True)
    assert matches_text(quote)


# id, what happens to the claim first, whether its text is updated
CLAIMS: list[tuple[str, Callable[[Quote], object], bool]] = [
    ("proposed-by-it", lambda quote: None, True),
    ("reworded", lambda quote: Claim.objects.update(text="Roads are not wet."), False),
    ("of-another-quote-too", lambda quote: make.QuoteFactory(claim=quote.claim), False),
    ("confirmed", lambda quote: Claim.objects.update(wording_confirmed_at=timezone.now()), False),
    (
        "of-an-accepted-quote",
        lambda quote: decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory()),
        True,
    ),
]


@pytest.mark.parametrize(("prepare", "is_updated"), [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS])
def test_when_the_text_of_the_claim_is_updated(
    editor: User, prepare: Callable[[Quote], object], is_updated: bool
) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Roads,", claim=make.ClaimFactory(text="Roads", proposed=True))
    prepare(quote)
    change_wording(quote=quote, selection=select_words(snapshot, "are dry."), editor=editor)
    assert (Claim.objects.get(pk=quote.claim_id).text == "Are dry.") is is_updated


def test_anchors_in_later_snapshots_are_refreshed(editor: User) -> None:
    snapshot = make_snapshot("Ford said: “Roads are dry.”")
    later = make.SnapshotFactory(source=snapshot.source, text="Today Ford said: “Roads are dry, rivers are full.”")
    quote = make_quote_of(snapshot, "Roads are dry.")
    Anchor.objects.create(quote=quote, snapshot=later, state=AnchorState.ORPHANED)
    change_wording(quote=quote, selection=select_words(snapshot, "Roads are dry"), editor=editor)
    anchor = quote.anchors.get()
    assert (anchor.state, anchor.spans) == ("moved", [[18, 31]])
    added = add_quote(snapshot=snapshot, selection=select_words(snapshot, "Ford"), editor=editor)
    assert added.anchors.get().state == "moved"
    undo_operation(operation=Operation.objects.earliest("pk"), editor=editor)
    assert quote.anchors.get().state == "orphaned"


def change(quote: Quote, editor: User, **more: Any) -> object:
    return change_wording(quote=quote, selection=select_words(quote.snapshot, "Rivers are full"), editor=editor, **more)


def split(quote: Quote, editor: User, **more: Any) -> object:
    return split_quote(quote=quote, at=quote.snapshot.text.index("Ford added"), editor=editor, **more)


def join(quote: Quote, editor: User, **more: Any) -> object:
    other = make_quote_of(quote.snapshot, "Rivers are full", speaker=quote.speaker)
    return join_quotes(first=quote, second=other, editor=editor, **more)


CHANGES = [change, split, join]


@pytest.mark.parametrize("do", CHANGES, ids=["change", "split", "join"])
def test_a_change_is_one_operation_and_can_be_undone(editor: User, do: Callable[..., object]) -> None:
    quote = make_quote_of(make_snapshot(), "Roads,", "are dry.", claim=make.ClaimFactory(text="Roads, are dry."))
    before = dump_models("Claim") | dump_models("Quote")
    do(quote, editor)
    assert dump_models("Claim") | dump_models("Quote") != before
    operation = last_operation(editor)
    assert operation
    assert Operation.objects.count() == 1
    undo_operation(operation=operation, editor=editor)
    after = dump_models("Claim") | dump_models("Quote")
    assert {
        name: [row for row in after[name] if row["id"] in {old["id"] for old in before[name]}] for name in after
    } == before
    assert matches_text(quote)


@pytest.mark.parametrize("do", CHANGES[:2], ids=["change", "split"])
def test_changing_a_quote_of_a_published_verdict_needs_a_note(editor: User, do: Callable[..., object]) -> None:
    quote = make_quote_of(make_snapshot(), "Roads,", "are dry.", accepted=True)
    verdict = verifications.make_published(quote.claim)
    before = dump_models("Quote", "Verification")
    with pytest.raises(PublicNoteRequiredError) as required:
        do(quote, editor)
    assert list(required.value.verifications) == [verdict]
    assert dump_models("Quote", "Verification") == before
    do(quote, editor, note=PublicNote("The quote was cut too short.", "A reader told us."))
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]


@pytest.mark.parametrize("do", CHANGES, ids=["change", "split", "join"])
def test_a_failure_rolls_the_change_back(
    editor: User, do: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    quote = make_quote_of(make_snapshot(), "Roads,", "are dry.")
    before = dump_models("Quote", "Claim", "Operation")
    monkeypatch.setattr("claims.services.verification.workflow.reopen_outdated", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        do(quote, editor)
    assert dump_models("Quote", "Claim", "Operation")["Quote"][:1] == before["Quote"]
    assert Operation.objects.count() == 0
