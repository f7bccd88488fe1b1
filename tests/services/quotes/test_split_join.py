"""Splitting and joining quotes."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Quote, QuoteKind
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_versions
from claims.services.quotes.split_join import join_quotes, split_quote
from claims.services.quotes.wording import change_wording
from tests import factories as make
from tests.services.quotes.quoted_text import TEXT, make_quote_of, make_snapshot, matches_text, select_words
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db


def test_a_quote_is_split_at_an_offset(editor: User) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Rivers are full,\r\nand cafe\u0301s", role="Minister")
    first, second = split_quote(quote=quote, at=snapshot.text.index("\r\nand"), editor=editor)
    assert matches_text(first)
    assert matches_text(second)
    assert (first.pk, first.exact, second.exact) == (quote.pk, "Rivers are full,", "and cafe\u0301s")
    assert (second.speaker, second.role, second.decision) == (quote.speaker, "Minister", "pending")
    assert second.claim not in {None, first.claim}


@pytest.mark.parametrize(
    ("at", "until", "expected"),
    [
        ("are full", ",\r\nand", ["Rivers", "and cafe\u0301s"]),
        ("\u0301s", None, ["Rivers are full,\r\nand caf", "e\u0301s"]),
        ("\nand", None, ["Rivers are full,", "and cafe\u0301s"]),
    ],
    ids=["text-between-is-dropped", "not-inside-a-grapheme", "not-inside-a-crlf"],
)
def test_where_a_quote_is_split(editor: User, at: str, until: str | None, expected: list[str]) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Rivers are full,\r\nand cafe\u0301s")
    end = snapshot.text.index(until) + 3 if until else None
    parts = split_quote(quote=quote, at=snapshot.text.index(at), until=end, editor=editor)
    assert [part.exact for part in parts] == expected
    assert all(map(matches_text, parts))


def test_a_quote_is_split_between_its_parts(editor: User) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Roads,", "are dry.")
    first, second = split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
    assert (first.exact, second.exact) == ("Roads,", "are dry.")
    assert matches_text(first)
    assert matches_text(second)


def test_after_a_split_the_first_part_stays_accepted(editor: User) -> None:
    snapshot = make_snapshot()
    quote = make_quote_of(snapshot, "Roads,", "are dry.", accepted=True)
    first, second = split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
    assert (first.decision, second.decision) == ("accepted", "pending")
    assert second.decided_by is None


@pytest.mark.parametrize("at", [-1, 0, 10**9], ids=["before", "far-before", "beyond"])
def test_a_quote_is_only_split_inside(editor: User, at: int) -> None:
    quote = make_quote_of(make_snapshot(), "Roads,")
    for offset in (at, quote.start, quote.end):
        with pytest.raises(RefusedError, match="inside the quote"):
            split_quote(quote=quote, at=offset, editor=editor)
    with pytest.raises(RefusedError, match="would be empty"):
        split_quote(quote=make_quote_of(make_snapshot("a\u0301\u0300"), "a\u0301\u0300"), at=1, editor=editor)


def test_two_quotes_become_one_in_two_parts(editor: User) -> None:
    snapshot = make_snapshot()
    first, second = make_quote_of(snapshot, "are dry."), make_quote_of(snapshot, "Roads,")
    second.speaker = first.speaker
    second.save()
    joined = join_quotes(first=first, second=second, editor=editor)
    assert matches_text(joined)
    assert (joined.pk, joined.exact, len(joined.spans)) == (first.pk, "Roads, are dry.", 2)
    second.refresh_from_db()
    assert (second.decision, second.decided_by) == ("rejected", editor)
    assert second.history.latest().history_change_reason == f"joined into quote {first.pk}"


def test_joining_checks_the_versions_of_both(editor: User) -> None:
    snapshot = make_snapshot()
    first = make_quote_of(snapshot, "Roads,")
    second = make_quote_of(snapshot, "are dry.", speaker=first.speaker)
    seen = get_versions(Quote, [first.pk, second.pk])
    change_wording(quote=second, selection=select_words(snapshot, "are dry"), editor=make.UserFactory(username="ann"))
    with pytest.raises(ChangedError, match="“are dry” was changed by ann at "):
        join_quotes(first=first, second=second, editor=editor, seen=seen[first.pk], seen_second=seen[second.pk])
    assert [row.decision for row in Quote.objects.all()] == ["pending", "pending"]


def test_a_joined_quote_takes_the_known_speaker(editor: User) -> None:
    snapshot, speaker = make_snapshot(), make.SpeakerFactory()
    first = make_quote_of(snapshot, "Roads,", speaker=None, kind=QuoteKind.INDIRECT)
    second = make_quote_of(snapshot, "are dry.", speaker=speaker)
    joined = join_quotes(first=first, second=second, editor=editor)
    joined.refresh_from_db()
    assert (joined.speaker, joined.kind) == (speaker, "mixed")


def test_what_cannot_be_joined(editor: User) -> None:
    snapshot = make_snapshot()
    first = make_quote_of(snapshot, "Roads,")
    before = dump_models("Quote", "Claim", without=())
    for second, why in (
        (first, "another quote"),
        (make_quote_of(snapshot, "are dry."), "different speakers"),
        (make_quote_of(make_snapshot(TEXT + "!"), "are dry.", speaker=first.speaker), "from the same text"),
        (make_quote_of(snapshot, "Rivers", speaker=first.speaker, rejected=True), "is rejected"),
    ):
        with pytest.raises(RefusedError, match=why):
            join_quotes(first=first, second=second, editor=editor)
    assert dump_models("Quote", without=())["Quote"][0] == before["Quote"][0]


def test_the_number_of_queries_does_not_grow_with_the_other_quotes(editor: User) -> None:
    snapshot = make_snapshot()

    def queries() -> int:
        quote = make_quote_of(snapshot, "Roads,", "are dry.")
        with CaptureQueriesContext(connection) as captured:
            split_quote(quote=quote, at=snapshot.text.index("Ford added"), editor=editor)
        return len(captured)

    first = queries()
    make.QuoteFactory.create_batch(
        10, snapshot=snapshot, start=0, end=4, cue="", cue_spans=[], mention="", mention_spans=[]
    )
    assert queries() == first
