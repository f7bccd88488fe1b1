"""Quotes that a later text has at several places or nowhere: an editor says where, and never other words."""

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
PLAIN = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}


@pytest.fixture
def editor() -> User:
    user: User = make.UserFactory()
    return user


def quote(old: str = OLD, words: str = "No.") -> Quote:
    at = old.index(words)
    row: Quote = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=old), start=at, end=at + len(words), prefix="", suffix="", **PLAIN
    )
    return row


def later(row: Quote, text: str) -> Anchor:
    snapshot: Snapshot = make.SnapshotFactory(source=row.snapshot.source, text=text)
    (anchor,) = carry_over_quotes(snapshot)
    return anchor


def test_one_of_several_places_is_chosen_by_hand(editor: User) -> None:
    row = quote()
    anchor = later(row, 'Twice "No." and "No." he said.')
    assert anchor.state == AnchorState.AMBIGUOUS
    offered = list_candidate_spans(row, OLD, anchor.snapshot.text)
    assert offered == [[[7, 10]], [[17, 20]]]
    before = dump_models("Anchor")
    done = resolve_anchor(anchor=anchor, spans=offered[1], editor=editor)
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == (AnchorState.MOVED, [[17, 20]], editor)
    assert anchor.settled_at
    assert done == anchor
    assert not Anchor.objects.waiting().exists()
    versions = anchor.history.count()
    resolve_anchor(anchor=anchor, spans=offered[1], editor=editor)
    assert anchor.history.count() == versions, "twice is once"
    resolve_anchor(anchor=anchor, spans=offered[0], editor=editor)
    anchor.refresh_from_db()
    assert anchor.spans == offered[0], "one may think again"
    for _ in range(2):
        operation = last_operation(editor)
        assert operation
        undo_operation(operation=operation, editor=editor)
    assert dump_models("Anchor") == before


def test_what_is_nowhere_is_gone_when_an_editor_says_so(editor: User) -> None:
    row = quote()
    anchor = later(row, "All else.")
    assert (anchor.state, list(Anchor.objects.waiting())) == (AnchorState.ORPHANED, [anchor])
    assert list_candidate_spans(row, OLD, anchor.snapshot.text) == []
    resolve_anchor(anchor=anchor, spans=None, editor=editor)
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans, anchor.settled_by) == (AnchorState.ORPHANED, None, editor)
    assert not Anchor.objects.waiting().exists()
    assert anchor.history.first().history_change_reason == "it is gone"


def test_words_in_a_longer_word_are_offered_and_never_taken_by_themselves(editor: User) -> None:
    row = quote('He said "No" then.', "No")
    anchor = later(row, "Nobody said a thing.")
    assert anchor.state == AnchorState.ORPHANED
    assert list_candidate_spans(row, row.snapshot.text, anchor.snapshot.text) == [[[0, 2]]]


def test_a_quote_in_two_parts_can_stand_apart(editor: User) -> None:
    old = '"Rivers," said Ford, "are full."'
    row = make.QuoteFactory(
        snapshot=make.SnapshotFactory(text=old), spans=[[1, 8], [22, 31]], start=1, end=31,
        exact="Rivers, are full.", prefix="", suffix="", **PLAIN,
    )  # fmt: skip
    new = '"Rivers," said Lena Ford on Monday, "are full."'
    anchor = later(row, new)
    assert anchor.state == AnchorState.ORPHANED, "not found by itself: what lies between is other"
    offered = list_candidate_spans(row, old, new)
    assert offered == [[[1, 8], [37, 46]]]
    resolve_anchor(anchor=anchor, spans=offered[0], editor=editor)
    anchor.refresh_from_db()
    assert anchor.state == AnchorState.MOVED


@pytest.mark.parametrize(
    "spans",
    [[[0, 3]], [[7, 11]], [[7, 9]], [], [[10, 7]], [[7, 10], [17, 20]], [[-3, 0]], [[7, 999]], "x", [["7", "10"]]],
    ids=str,
)
def test_other_words_are_refused(editor: User, spans: object) -> None:
    anchor = later(quote(), 'Twice "No." and "No." he said.')
    before = count_rows(), dump_models("Anchor", without=())
    with pytest.raises(RefusedError, match="very words"):
        resolve_anchor(anchor=anchor, spans=spans, editor=editor)  # type: ignore[arg-type]  # as forged
    assert (count_rows(), dump_models("Anchor", without=())) == before


def test_what_was_found_by_itself_is_not_settled(editor: User) -> None:
    anchor = later(quote(), f"{OLD} More.")
    assert anchor.state == AnchorState.EXACT
    with pytest.raises(RefusedError, match="nothing to settle"):
        resolve_anchor(anchor=anchor, spans=None, editor=editor)


def test_what_was_settled_outlives_decisions_and_their_undoing(editor: User) -> None:
    """An undone decision places anchors anew: what a person chose stays chosen, what is gone stays gone."""
    row = quote()
    chosen = later(row, 'Twice "No." and "No." he said.')
    gone = later(row, "All else.")
    resolve_anchor(anchor=chosen, spans=[[17, 20]], editor=editor)
    resolve_anchor(anchor=gone, spans=None, editor=editor)
    before = dump_models("Anchor")
    decide_quotes(quotes=[row.pk], decision="rejected", editor=editor)
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Anchor") == before


def test_other_words_of_the_quote_are_looked_for_anew(editor: User) -> None:
    row = quote()
    anchor = later(row, 'Twice "No." and "No." or "Yes." he said.')
    resolve_anchor(anchor=anchor, spans=[[17, 20]], editor=editor)
    at = OLD.index("Yes.")
    row.spans, row.start, row.end, row.exact = [[at, at + 4]], at, at + 4, "Yes."
    row.save()
    refresh_anchors([row])
    anchor.refresh_from_db()
    assert (anchor.state, anchor.spans) == (AnchorState.MOVED, [[26, 30]])
    assert (anchor.settled_by, anchor.settled_at) == (None, None), "nobody chose that"


@pytest.mark.parametrize("columns", [("settled_by",), ("settled_at",), ("settled_by", "settled_at")], ids=str)
def test_who_and_when_belong_together_and_ambiguous_is_not_settled(editor: User, columns: tuple[str, ...]) -> None:
    anchor = later(quote(), 'Twice "No." and "No." he said.')
    values = {"settled_by": editor, "settled_at": timezone.now()}
    with pytest.raises(IntegrityError, match="anchor_is_settled_by_somebody"), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(**{name: values[name] for name in columns})
