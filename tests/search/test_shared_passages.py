"""Texts are found by the passages that they share, on both databases alike."""

import pytest
from django.db import connection

from claims.database import full_text_index
from claims.models import Snapshot
from claims.search.passages import shared_passages
from claims.search.passages.shared_passages import find_snapshots_with_shingles
from claims.search.passages.shingles import indexed_shingles, text_shingles
from tests import factories as make

TEXTS = [
    "The bridge is closed for two years.",
    "“The bridge’s closed,” she said – for 40,000 people.",
    "Закрыт ли мост? Ёлки зелёные.",
    "关闭大桥 for\u00a0ever, Straße ﬁve",
    "two words",
    "",
    "-- … --",
    "a\x1eb c d",
    "w" * 100 + " x y",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_shingle_is_three_words(text: str) -> None:
    assert len(indexed_shingles(text).split()) == len(set(text_shingles(text)))


def test_case_marks_and_digit_groups_make_no_difference() -> None:
    assert text_shingles("It’s 40,000 — at LEAST") == text_shingles("it's 40 000 at least")
    assert text_shingles("one two three") != text_shingles("three two one")


@pytest.mark.django_db
@pytest.mark.parametrize("text", [text for text in TEXTS if text])
def test_database_has_the_same_shingles(text: str) -> None:
    snapshot = make.SnapshotFactory(text=text)
    found = find_snapshots_with_shingles(text_shingles(text))
    assert set(found) == set(text_shingles(text))
    assert all(ids == {snapshot.pk} for ids in found.values())


@pytest.mark.django_db
def test_a_passage_is_found_wherever_it_stands_and_whoever_stored_it() -> None:
    words = " ".join(f"word{n}" for n in range(20_000))
    long_text = make.SnapshotFactory(text=f"{words} rivers are full of fish today")
    other = make.SnapshotFactory(text="Rivers are full, of course.")
    shingles = text_shingles("“Rivers are full of fish!”")
    found = find_snapshots_with_shingles(shingles)
    assert [found.get(shingle, set()) for shingle in shingles] == [
        {long_text.pk, other.pk},
        {long_text.pk, other.pk},
        {long_text.pk},
    ]
    assert find_snapshots_with_shingles(text_shingles("nobody wrote this here")) == {}
    assert find_snapshots_with_shingles([]) == {}


@pytest.mark.django_db
def test_index_forgets_deleted_texts_and_can_be_rebuilt() -> None:
    first, second = make.SnapshotFactory(), make.SnapshotFactory()
    shingles = text_shingles("Rivers are full")
    Snapshot.objects.filter(pk=first.pk).delete()
    assert find_snapshots_with_shingles(shingles) == {shingles[0]: {second.pk}}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {shared_passages.SHINGLE_TABLE}")
    assert any(shared_passages.SHINGLE_TABLE in fault for fault in full_text_index.find_index_faults())
    full_text_index.rebuild_index()
    assert full_text_index.find_index_faults() == []
    assert find_snapshots_with_shingles(shingles) == {shingles[0]: {second.pk}}


@pytest.mark.django_db
def test_of_a_frequent_passage_some_texts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_passages, "MAX_SNAPSHOTS_PER_SHINGLE", 2)
    make.SnapshotFactory.create_batch(3)
    shingles = text_shingles("rivers are full")
    assert len(find_snapshots_with_shingles(shingles)[shingles[0]]) == 2
