"""Adding quotes by hand."""

import pytest
from django.contrib.auth.models import User

from claims.models import Quote
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes.add_quote import APOSTROPHES, QUOTE_MARKS, add_quote, infer_quote_kind
from tests import factories as make
from tests.services.quotes.quoted_text import TEXT, WORDS, make_snapshot, matches_text, select_words
from tests.table_contents import count_rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", [row[1] for row in WORDS], ids=[row[0] for row in WORDS])
def test_an_added_quote_is_the_selection(editor: User, words: str) -> None:
    snapshot = make_snapshot()
    quote = add_quote(snapshot=snapshot, selection=select_words(snapshot, words), editor=editor)
    assert matches_text(quote)
    assert (quote.exact, quote.extractor, quote.confidence, quote.decision) == (words, "editor", 1.0, "pending")
    assert quote.claim is not None


def test_an_added_quote_with_a_speaker_may_be_accepted_at_once(editor: User) -> None:
    snapshot, speaker = make_snapshot(), make.SpeakerFactory()
    selection = select_words(snapshot, "Rivers are full,")
    quote = add_quote(
        snapshot=snapshot,
        selection=selection,
        speaker=speaker,
        mention=select_words(snapshot, "Lena Ford"),
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
    other = add_quote(snapshot=snapshot, selection=select_words(snapshot, "are dry."), editor=editor, accept=True)
    assert other.decision == "pending", "it has no speaker"


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
def test_the_kind_is_inferred_from_quote_marks(words: list[str], kind: str) -> None:
    spans = [(TEXT.index(part), TEXT.index(part) + len(part)) for part in words]
    assert infer_quote_kind(TEXT, spans) == kind


@pytest.mark.parametrize("mark", QUOTE_MARKS)
def test_every_quote_mark_counts(mark: str) -> None:
    text = f"Ford: {mark}Rivers are full{mark}."
    assert infer_quote_kind(text, [(7, 22)]) == "direct"
    assert infer_quote_kind(text, [(0, 23)]) == ("indirect" if mark in APOSTROPHES else "mixed")


def test_adding_can_be_undone(editor: User) -> None:
    snapshot = make_snapshot()
    before = count_rows()
    add_quote(
        snapshot=snapshot,
        selection=select_words(snapshot, "Rivers"),
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
