"""Resolving ambiguous and orphaned anchors, always to the quote's exact words."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Anchor, AnchorState, Quote, Snapshot
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes.decisions import decide_quotes
from claims.services.sources.anchors import carry_over_quotes, refresh_anchors
from claims.services.sources.resolve_anchor import list_candidate_spans, resolve_anchor
from tests import factories as make
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db
OLD = 'Ford said: "No." Reck said: "Yes."'
WITHOUT_CUE_AND_MENTION = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}


def make_quote_of(old: str = OLD, words: str = "No.") -> Quote:
    at = old.index(words)
    row: Quote = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=old),
        start=at,
        end=at + len(words),
        prefix="",
        suffix="",
        **WITHOUT_CUE_AND_MENTION,
    )
    return row


def anchor_in(row: Quote, text: str) -> Anchor:
    """The quote's anchor in a later snapshot with this text."""
    snapshot: Snapshot = make.SnapshotFactory(source=row.snapshot.source, text=text)
    (anchor,) = carry_over_quotes(snapshot)
    return anchor


def test_an_editor_chooses_one_of_several_matches(editor: User) -> None:
    row = make_quote_of()
    anchor = anchor_in(row, 'Twice "No." and "No." he said.')
    assert anchor.state == AnchorState.AMBIGUOUS
    candidates = list_candidate_spans(row, OLD, anchor.snapshot.text)
    assert candidates == [[[7, 10]], [[17, 20]]]
    before = dump_models("Anchor")
    returned = resolve_anchor(anchor=anchor, spans=candidates[1], editor=editor)
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == (AnchorState.MOVED, [[17, 20]], editor)
    assert anchor.settled_at
    assert returned == anchor
    assert not Anchor.objects.unresolved().exists()
    versions = anchor.history.count()
    resolve_anchor(anchor=anchor, spans=candidates[1], editor=editor)
    assert anchor.history.count() == versions, "twice is once"
    resolve_anchor(anchor=anchor, spans=candidates[0], editor=editor)
    anchor.refresh_from_db()
    assert anchor.spans == candidates[0], "it can be changed"
    for _ in range(2):
        operation = last_operation(editor)
        assert operation
        undo_operation(operation=operation, editor=editor)
    assert dump_models("Anchor") == before


def test_an_editor_confirms_that_a_quote_is_gone(editor: User) -> None:
    row = make_quote_of()
    anchor = anchor_in(row, "All else.")
    assert (anchor.state, list(Anchor.objects.unresolved())) == (AnchorState.ORPHANED, [anchor])
    assert list_candidate_spans(row, OLD, anchor.snapshot.text) == []
    resolve_anchor(anchor=anchor, spans=None, editor=editor)
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == (AnchorState.ORPHANED, None, editor)
    assert not Anchor.objects.unresolved().exists()
    assert anchor.history.first().history_change_reason == "it is gone"


def test_matches_inside_a_word_are_only_candidates(editor: User) -> None:
    row = make_quote_of('He said "No" then.', "No")
    anchor = anchor_in(row, "Nobody said a thing.")
    assert anchor.state == AnchorState.ORPHANED
    assert list_candidate_spans(row, row.snapshot.text, anchor.snapshot.text) == [[[0, 2]]]


def test_the_parts_of_a_quote_may_move_apart(editor: User) -> None:
    old = '"Rivers," said Ford, "are full."'
    row = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=old), spans=[[1, 8], [22, 31]], start=1, end=31,
        exact="Rivers, are full.", prefix="", suffix="", **WITHOUT_CUE_AND_MENTION,
    )  # fmt: skip
    new = '"Rivers," said Lena Ford on Monday, "are full."'
    anchor = anchor_in(row, new)
    assert anchor.state == AnchorState.ORPHANED, "the text between the parts differs"
    candidates = list_candidate_spans(row, old, new)
    assert candidates == [[[1, 8], [37, 46]]]
    resolve_anchor(anchor=anchor, spans=candidates[0], editor=editor)
    anchor.refresh_from_db()
    assert anchor.state == AnchorState.MOVED


@pytest.mark.parametrize(
    "spans",
    [[[0, 3]], [[7, 11]], [[7, 9]], [], [[10, 7]], [[7, 10], [17, 20]], [[-3, 0]], [[7, 999]], "x", [["7", "10"]]],
    ids=str,
)
def test_inexact_spans_are_refused(editor: User, spans: object) -> None:
    anchor = anchor_in(make_quote_of(), 'Twice "No." and "No." he said.')
    before = count_rows(), dump_models("Anchor", without=())
    with pytest.raises(RefusedError, match="Only exact matches"):
        resolve_anchor(anchor=anchor, spans=spans, editor=editor)
    assert (count_rows(), dump_models("Anchor", without=())) == before


def test_an_automatic_match_cannot_be_resolved(editor: User) -> None:
    anchor = anchor_in(make_quote_of(), f"{OLD} More.")
    assert anchor.state == AnchorState.EXACT
    with pytest.raises(RefusedError, match="nothing to resolve"):
        resolve_anchor(anchor=anchor, spans=None, editor=editor)


def test_a_resolution_survives_decisions_and_their_undo(editor: User) -> None:
    """Undoing a decision refreshes the anchors; the editor's resolution stays."""
    row = make_quote_of()
    chosen = anchor_in(row, 'Twice "No." and "No." he said.')
    orphaned = anchor_in(row, "All else.")
    resolve_anchor(anchor=chosen, spans=[[17, 20]], editor=editor)
    resolve_anchor(anchor=orphaned, spans=None, editor=editor)
    before = dump_models("Anchor")
    decide_quotes(quotes=[row.pk], decision="rejected", editor=editor)
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Anchor") == before


def test_a_resolution_is_dropped_when_the_wording_changes(editor: User) -> None:
    row = make_quote_of()
    anchor = anchor_in(row, 'Twice "No." and "No." or "Yes." he said.')
    resolve_anchor(anchor=anchor, spans=[[17, 20]], editor=editor)
    at = OLD.index("Yes.")
    row.spans, row.start, row.end, row.exact = [[at, at + 4]], at, at + 4, "Yes."
    row.save()
    refresh_anchors([row])
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans) == (AnchorState.MOVED, [[26, 30]])
    assert (anchor.settled_by, anchor.settled_at) == (None, None), "found automatically"


@pytest.mark.parametrize("columns", [("settled_by",), ("settled_at",), ("settled_by", "settled_at")], ids=str)
def test_the_database_refuses_half_a_resolution(editor: User, columns: tuple[str, ...]) -> None:
    anchor = anchor_in(make_quote_of(), 'Twice "No." and "No." he said.')
    values = {"settled_by": editor, "settled_at": timezone.now()}
    with pytest.raises(IntegrityError, match="anchor_is_settled_by_somebody"), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(**{name: values[name] for name in columns})
