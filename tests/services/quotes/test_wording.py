"""The words of a quote, corrected by an editor."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Anchor, AnchorState, Claim, Operation, Quote, QuoteDecision, QuoteKind, Snapshot, Verification
from claims.services.claims.corrections import PublicNote, PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version, get_versions
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import review_lock
from claims.services.quotes.add_quote import add_quote, infer_quote_kind
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.split_join import join_quotes, split_quote
from claims.services.quotes.text_selection import TextSelection
from claims.services.quotes.wording import change_wording
from tests import factories as make
from tests import verifications
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

# Everything a text can hold that makes offsets go wrong: CRLF, marks of their own, astral letters, right to left.
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PEACE = "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e8\u05d1"
TEXT = (
    f"Caf\u00e9 \u2013 Lena Ford said: \u201cRivers are full,\r\nand cafe\u0301s {FAMILY} are open.\u201d "
    f"\u05d4\u05d9\u05d0 \u05d0\u05de\u05e8\u05d4: \u00ab{PEACE}\u00bb. \U0001d4d0nd then: "
    "\u201cRoads,\u201d Ford added, \u201care dry.\u201d"
)
WORDS = [
    ("plain", "Rivers are full"),
    ("over-a-crlf", "full,\r\nand"),
    ("combining", "cafe\u0301s"),
    ("emoji-family", "\U0001f468\u200d\U0001f469\u200d\U0001f467 are open."),
    ("right-to-left", "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd \u05e8\u05d1"),
    ("astral", "\U0001d4d0nd then"),
]


def text_of(text: str = TEXT) -> Snapshot:
    return make.SnapshotFactory(text=text)


def select(snapshot: Snapshot, *words: str) -> TextSelection:
    spans = [(at := snapshot.text.index(each), at + len(each)) for each in words]
    return TextSelection(snapshot.sha256, spans, words)


def quote_of(snapshot: Snapshot, *words: str, **fields: Any) -> Quote:
    spans = [list(span) for span in select(snapshot, *words).spans]
    plain: dict[str, Any] = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}
    given = plain | {
        "snapshot": snapshot,
        "spans": spans,
        "start": spans[0][0],
        "end": spans[-1][1],
        "exact": " ".join(words),
        "prefix": snapshot.text[max(0, spans[0][0] - 32) : spans[0][0]],
        "suffix": snapshot.text[spans[-1][1] : spans[-1][1] + 32],
    }
    quote: Quote = make.QuoteFactory(**(given | fields))
    return quote


def holds(quote: Quote) -> bool:
    """Whether the invariant holds, as a reader checks it."""
    quote.refresh_from_db()
    text = quote.snapshot.text
    return (
        quote.exact == " ".join(text[start:end] for start, end in quote.spans)
        and (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])
        and quote.prefix == text[max(0, quote.start - 32) : quote.start]
        and quote.suffix == text[quote.end : quote.end + 32]
        and quote.snapshot.sha256 == hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize("words", [row[1] for row in WORDS], ids=[row[0] for row in WORDS])
def test_the_quote_is_what_was_selected(editor: User, words: str) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Ford added")
    change_wording(quote=quote, selection=select(snapshot, words), editor=editor)
    assert holds(quote)
    assert quote.exact == words
    assert quote.history.latest().history_user == editor


@pytest.mark.parametrize("words", [row[1] for row in WORDS], ids=[row[0] for row in WORDS])
def test_what_was_missed_is_added_as_it_was_selected(editor: User, words: str) -> None:
    snapshot = text_of()
    quote = add_quote(snapshot=snapshot, selection=select(snapshot, words), editor=editor)
    assert holds(quote)
    assert (quote.exact, quote.extractor, quote.confidence, quote.decision) == (words, "editor", 1.0, "pending")
    assert quote.claim is not None


def test_a_quote_may_have_several_parts(editor: User) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Roads")
    change_wording(quote=quote, selection=select(snapshot, "Roads,", "are dry."), editor=editor)
    assert holds(quote)
    assert quote.exact == "Roads, are dry."


def test_the_same_words_again_are_refused(editor: User) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Roads,")
    with pytest.raises(RefusedError, match="already"):
        change_wording(quote=quote, selection=select(snapshot, "Roads, "[:6]), editor=editor)
    quote_of(snapshot, "Rivers are full")
    with pytest.raises(RefusedError, match="exactly these words"):
        change_wording(quote=quote, selection=select(snapshot, "Rivers are full"), editor=editor)
    with pytest.raises(RefusedError, match="exactly these words"):
        add_quote(snapshot=snapshot, selection=select(snapshot, "Roads,"), editor=editor)
    assert Operation.objects.count() == 0


def test_words_that_changed_meanwhile_are_not_overwritten(editor: User) -> None:
    snapshot, other = text_of(), make.UserFactory(username="ann")
    quote = quote_of(snapshot, "Roads,")
    quote.save()  # its history begins
    seen = get_version(quote)
    change_wording(quote=quote, selection=select(snapshot, "are dry"), editor=other, seen=seen)
    for late in (
        lambda: change_wording(quote=quote, selection=select(snapshot, "Rivers"), editor=editor, seen=seen),
        lambda: split_quote(quote=quote, at=quote.start + 3, editor=editor, seen=seen),
        lambda: join_quotes(first=quote, second=quote_of(snapshot, "Rivers"), editor=editor, seen=seen),
    ):
        with pytest.raises(ChangedError, match="ann"):
            late()
    assert holds(quote)
    assert quote.exact == "are dry"


def test_a_quote_that_somebody_looks_at_is_left_alone_unless_taken_over(editor: User) -> None:
    snapshot, other = text_of(), make.UserFactory(username="ann")
    quote = quote_of(snapshot, "Roads,")
    review_lock.acquire_review_lock(quote=quote, editor=other)
    with pytest.raises(RefusedError, match="ann is reviewing this quote"):
        change_wording(quote=quote, selection=select(snapshot, "are dry"), editor=editor)
    change_wording(quote=quote, selection=select(snapshot, "are dry"), editor=editor, take_over=True)
    assert holds(quote)


# id, how the claim is, whether its wording follows
CLAIMS: list[tuple[str, Callable[[Quote], object], bool]] = [
    ("proposed-by-it", lambda quote: None, True),
    ("reworded", lambda quote: Claim.objects.update(text="Roads are not wet."), False),
    ("of-another-quote-too", lambda quote: make.QuoteFactory(claim=quote.claim), False),
    (
        "seen-by-readers",
        lambda quote: decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory()),
        False,
    ),
]


@pytest.mark.parametrize(("given", "follows"), [row[1:] for row in CLAIMS], ids=[row[0] for row in CLAIMS])
def test_the_claims_wording_follows(editor: User, given: Callable[[Quote], object], follows: bool) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Roads,", claim=make.ClaimFactory(text="Roads"))
    given(quote)
    change_wording(quote=quote, selection=select(snapshot, "are dry."), editor=editor)
    assert (Claim.objects.get(pk=quote.claim_id).text == "Are dry.") is follows


def test_later_texts_are_looked_through_again(editor: User) -> None:
    snapshot = text_of("Ford said: “Roads are dry.”")
    later = make.SnapshotFactory(source=snapshot.source, text="Today Ford said: “Roads are dry, rivers are full.”")
    quote = quote_of(snapshot, "Roads are dry.")
    Anchor.objects.create(quote=quote, snapshot=later, state=AnchorState.ORPHANED)
    change_wording(quote=quote, selection=select(snapshot, "Roads are dry"), editor=editor)
    anchor = quote.anchors.get()
    assert (anchor.state, anchor.spans) == ("moved", [[18, 31]])
    added = add_quote(snapshot=snapshot, selection=select(snapshot, "Ford"), editor=editor)
    assert added.anchors.get().state == "moved"
    undo_operation(operation=Operation.objects.earliest("pk"), editor=editor)
    assert quote.anchors.get().state == "orphaned"


def test_a_quote_is_split_at_an_offset(editor: User) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Rivers are full,\r\nand cafe\u0301s", role="Minister")
    first, second = split_quote(quote=quote, at=snapshot.text.index("\r\nand"), editor=editor)
    assert holds(first)
    assert holds(second)
    assert (first.pk, first.exact, second.exact) == (quote.pk, "Rivers are full,", "and cafe\u0301s")
    assert (second.speaker, second.role, second.decision) == (quote.speaker, "Minister", "pending")
    assert second.claim not in {None, first.claim}


@pytest.mark.parametrize(
    ("at", "until", "left"),
    [
        ("are full", ",\r\nand", ["Rivers", "and cafe\u0301s"]),
        ("\u0301s", None, ["Rivers are full,\r\nand caf", "e\u0301s"]),
        ("\nand", None, ["Rivers are full,", "and cafe\u0301s"]),
    ],
    ids=["what-lies-between-goes", "not-through-a-letter", "not-through-a-crlf"],
)
def test_where_a_quote_is_split(editor: User, at: str, until: str | None, left: list[str]) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Rivers are full,\r\nand cafe\u0301s")
    end = snapshot.text.index(until) + 3 if until else None
    two = split_quote(quote=quote, at=snapshot.text.index(at), until=end, editor=editor)
    assert [each.exact for each in two] == left
    assert all(map(holds, two))


def test_parts_are_split_between_them(editor: User) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Roads,", "are dry.")
    first, second = split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
    assert (first.exact, second.exact) == ("Roads,", "are dry.")
    assert holds(first)
    assert holds(second)


def test_an_accepted_quote_stays_accepted_when_it_is_split_and_the_rest_waits(editor: User) -> None:
    snapshot = text_of()
    quote = quote_of(snapshot, "Roads,", "are dry.", accepted=True)
    first, second = split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
    assert (first.decision, second.decision) == ("accepted", "pending")
    assert second.decided_by is None


@pytest.mark.parametrize("at", [-1, 0, 10**9], ids=["before", "far-before", "beyond"])
def test_a_quote_is_split_within_itself_only(editor: User, at: int) -> None:
    quote = quote_of(text_of(), "Roads,")
    for offset in (at, quote.start, quote.end):
        with pytest.raises(RefusedError, match="inside the quote"):
            split_quote(quote=quote, at=offset, editor=editor)
    with pytest.raises(RefusedError, match="would be empty"):
        split_quote(quote=quote_of(text_of("a\u0301\u0300"), "a\u0301\u0300"), at=1, editor=editor)


def test_two_quotes_become_one_in_two_parts(editor: User) -> None:
    snapshot = text_of()
    first, second = quote_of(snapshot, "are dry."), quote_of(snapshot, "Roads,")
    second.speaker = first.speaker
    second.save()
    joined = join_quotes(first=first, second=second, editor=editor)
    assert holds(joined)
    assert (joined.pk, joined.exact, len(joined.spans)) == (first.pk, "Roads, are dry.", 2)
    second.refresh_from_db()
    assert (second.decision, second.decided_by) == ("rejected", editor)
    assert second.history.latest().history_change_reason == f"joined into quote {first.pk}"


def test_two_are_joined_as_both_were_seen(editor: User) -> None:
    snapshot = text_of()
    first = quote_of(snapshot, "Roads,")
    second = quote_of(snapshot, "are dry.", speaker=first.speaker)
    seen = get_versions(Quote, [first.pk, second.pk])
    change_wording(quote=second, selection=select(snapshot, "are dry"), editor=make.UserFactory(username="ann"))
    with pytest.raises(ChangedError, match="“are dry” was changed by ann at "):
        join_quotes(first=first, second=second, editor=editor, seen=seen[first.pk], seen_second=seen[second.pk])
    assert [row.decision for row in Quote.objects.all()] == ["pending", "pending"]


def test_one_who_speaks_is_enough_for_two(editor: User) -> None:
    snapshot, speaker = text_of(), make.SpeakerFactory()
    first = quote_of(snapshot, "Roads,", speaker=None, kind=QuoteKind.INDIRECT)
    second = quote_of(snapshot, "are dry.", speaker=speaker)
    joined = join_quotes(first=first, second=second, editor=editor)
    joined.refresh_from_db()
    assert (joined.speaker, joined.kind) == (speaker, "mixed")


def test_what_cannot_be_joined(editor: User) -> None:
    snapshot = text_of()
    first = quote_of(snapshot, "Roads,")
    before = dump_models("Quote", "Claim", without=())
    for second, why in (
        (first, "another quote"),
        (quote_of(snapshot, "are dry."), "different speakers"),
        (quote_of(text_of(TEXT + "!"), "are dry.", speaker=first.speaker), "from the same text"),
        (quote_of(snapshot, "Rivers", speaker=first.speaker, rejected=True), "is rejected"),
    ):
        with pytest.raises(RefusedError, match=why):
            join_quotes(first=first, second=second, editor=editor)
    assert dump_models("Quote", without=())["Quote"][0] == before["Quote"][0]


def test_an_added_quote_with_a_speaker_may_be_accepted_at_once(editor: User) -> None:
    snapshot, speaker = text_of(), make.SpeakerFactory()
    selection = select(snapshot, "Rivers are full,")
    quote = add_quote(
        snapshot=snapshot,
        selection=selection,
        speaker=speaker,
        mention=select(snapshot, "Lena Ford"),
        editor=editor,
        accept=True,
    )
    assert (quote.decision, quote.decided_by, quote.speaker, quote.mention) == (
        "accepted",
        editor,
        speaker,
        "Lena Ford",
    )
    assert quote in Quote.objects.released()
    other = add_quote(snapshot=snapshot, selection=select(snapshot, "are dry."), editor=editor, accept=True)
    assert other.decision == "pending", "nobody is known to have said it"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["Rivers are full,\r\nand cafe\u0301s \U0001f468\u200d\U0001f469\u200d\U0001f467 are open."], "direct"),
        (["Roads,", "are dry."], "direct"),
        (["then: “Roads,” Ford"], "mixed"),
        (["Lena Ford"], "indirect"),
    ],
    ids=["within-marks", "parts-within-marks", "marks-inside", "no-marks"],
)
def test_the_kind_is_read_from_the_marks(words: list[str], kind: str) -> None:
    spans = [(TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
    assert infer_quote_kind(TEXT, spans) == kind


def _change(quote: Quote, editor: User, **more: Any) -> object:
    return change_wording(quote=quote, selection=select(quote.snapshot, "Rivers are full"), editor=editor, **more)


def _split(quote: Quote, editor: User, **more: Any) -> object:
    return split_quote(quote=quote, at=quote.snapshot.text.index("Ford added"), editor=editor, **more)


def _join(quote: Quote, editor: User, **more: Any) -> object:
    other = quote_of(quote.snapshot, "Rivers are full", speaker=quote.speaker)
    return join_quotes(first=quote, second=other, editor=editor, **more)


DOINGS = [_change, _split, _join]


@pytest.mark.parametrize("do", DOINGS, ids=["change", "split", "join"])
def test_everything_is_one_operation_and_can_be_undone(editor: User, do: Callable[..., object]) -> None:
    quote = quote_of(text_of(), "Roads,", "are dry.", claim=make.ClaimFactory(text="Roads, are dry."))
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
    assert holds(quote)


def test_adding_can_be_undone(editor: User) -> None:
    snapshot = text_of()
    before = count_rows()
    add_quote(
        snapshot=snapshot,
        selection=select(snapshot, "Rivers"),
        speaker=make.SpeakerFactory(),
        editor=editor,
        accept=True,
    )
    operation = last_operation(editor)
    assert operation
    assert operation.summary.startswith("Added: ")
    undo_operation(operation=operation, editor=editor)
    now = count_rows()
    assert (now["Quote"], now["Claim"]) == (before["Quote"], before["Claim"])


@pytest.mark.parametrize("do", DOINGS[:2], ids=["change", "split"])
def test_a_published_verdict_takes_a_note_and_goes_back_to_review(editor: User, do: Callable[..., object]) -> None:
    quote = quote_of(text_of(), "Roads,", "are dry.", accepted=True)
    verdict = verifications.make_published(quote.claim)
    before = dump_models("Quote", "Verification")
    with pytest.raises(PublicNoteRequiredError) as asked:
        do(quote, editor)
    assert list(asked.value.verifications) == [verdict]
    assert dump_models("Quote", "Verification") == before
    do(quote, editor, note=PublicNote("The quote was cut too short.", "A reader told us."))
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]


@pytest.mark.parametrize("do", DOINGS, ids=["change", "split", "join"])
def test_half_a_change_is_none(editor: User, do: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    quote = quote_of(text_of(), "Roads,", "are dry.")
    before = dump_models("Quote", "Claim", "Operation")
    monkeypatch.setattr("claims.services.verification.workflow.reopen_outdated", broken)
    with pytest.raises(RuntimeError, match="half-way"):
        do(quote, editor)
    assert dump_models("Quote", "Claim", "Operation")["Quote"][:1] == before["Quote"]
    assert Operation.objects.count() == 0


def test_the_number_of_queries_does_not_grow_with_the_other_quotes(editor: User) -> None:
    snapshot = text_of()

    def queries() -> int:
        quote = quote_of(snapshot, "Roads,", "are dry.")
        with CaptureQueriesContext(connection) as captured:
            split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
        return len(captured)

    first = queries()
    make.QuoteFactory.create_batch(
        10, snapshot=snapshot, start=0, end=4, cue="", cue_spans=[], mention="", mention_spans=[]
    )
    assert queries() == first
