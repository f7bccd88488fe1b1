"""Which merges are suggested, and for which reason."""

import datetime as dt

import pytest

from claims.models import MergeSuggestion, MergeSuggestionState, Position, Speaker, SpeakerKind, SpeakerName
from claims.search.name_similarity import compare_person_names
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.speakers import merge_suggestions
from claims.services.speakers.merge import merge_speakers
from claims.services.speakers.merge_suggestions import (
    dismiss_merge_suggestion,
    refresh_merge_suggestions,
    suggest_merges,
)
from tests import factories as make
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db
ORGANIZATION = SpeakerKind.ORGANIZATION


def list_reasons() -> list[str]:
    return [row.reason for row in MergeSuggestion.objects.order_by("pk")]


def make_organization(name: str, **fields: object) -> Speaker:
    speaker: Speaker = make.SpeakerFactory(name=name, kind=ORGANIZATION, **fields)
    return speaker


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"name": "Ann Lee"}, {"name": "Ann Lee"}, "same name: “Ann Lee”"),
        ({"name": "Ann Lee"}, {"name": "Lee"}, "last name only: “Lee”, “Ann Lee”, the only speaker with this name"),
        ({"name": "Ann Lee"}, {"name": "A. Lee"}, "same initial and last name: “A. Lee”, “Ann Lee”"),
        ({"name": "Ann Lee"}, {"name": "Anne Lee"}, "spellings of one name: “Ann Lee”, “Anne Lee”"),
        ({"name": "Анна Ли"}, {"name": "Anna Li"}, "same name in two alphabets: “Anna Li”, “Анна Ли”"),
        ({"name": "Ann Lee", "wikidata_id": "Q1"}, {"name": "Ann Lee"}, "same name: “Ann Lee”"),
        ({"name": "Ann Lee", "wikidata_id": "Q1"}, {"name": "Anne Lee", "wikidata_id": "Q2"}, None),
        ({"name": "Ann Lee"}, {"name": "Lee", "kind": ORGANIZATION}, None),
        ({"name": "Ann Lee"}, {"name": "Tom Lee"}, None),
        ({"name": "Ann Lee"}, {"name": "Ann Oak"}, None),
        (
            {"name": "World Health Organization", "kind": ORGANIZATION},
            {"name": "WHO", "kind": ORGANIZATION},
            "acronym of the other name: “WHO”, “World Health Organization”",
        ),
        (
            {"name": "WHO", "kind": ORGANIZATION},
            {"name": "World Health Organization", "kind": ORGANIZATION},
            "acronym of the other name: “WHO”, “World Health Organization”",
        ),
        ({"name": "World Health Organization"}, {"name": "WHO", "kind": ORGANIZATION}, None),
        ({"name": "Who", "kind": ORGANIZATION}, {"name": "World Health Organization", "kind": ORGANIZATION}, None),
        (
            {"name": "WHO", "kind": ORGANIZATION, "wikidata_id": "Q1"},
            {"name": "World Health Organization", "kind": ORGANIZATION, "wikidata_id": "Q2"},
            None,
        ),
        (
            {"name": "Ministry of Foreign Affairs", "kind": ORGANIZATION},
            {"name": "Ministry of Internal Affairs", "kind": ORGANIZATION},
            None,
        ),
    ],
    ids=[
        *("same-name", "last-name", "initial", "spelling", "alphabets", "one-wikidata-id", "two-wikidata-ids", "kind"),
        *("given", "last", "acronym", "acronym-first", "acronym-of-a-person", "no-acronym", "acronym-two-ids"),
        "another-ministry",
    ],
)  # fmt: skip
def test_suggestions_and_reasons(first: dict[str, str], second: dict[str, str], reason: str | None) -> None:
    make.SpeakerFactory(**first)
    new = suggest_merges([make.SpeakerFactory(**second)])
    assert list_reasons() == ([reason] if reason else [])
    assert new == len(list_reasons())
    assert suggest_merges(list(Speaker.objects.all())) == 0, "nothing new the second time"
    assert list_reasons() == ([reason] if reason else [])


def test_a_last_name_is_suggested_for_a_speaker_in_the_same_source() -> None:
    """Of several speakers with that name, only the one quoted in the same source is suggested."""
    source = make.SourceFactory(title="Talks in Istanbul")
    tom, ann = make.SpeakerFactory(name="Tom Lee"), make.SpeakerFactory(name="Ann Lee")
    short = make.SpeakerFactory(name="Lee")
    make.QuoteFactory(speaker=tom)
    suggest_merges([short])
    assert list_reasons() == []
    for speaker in (ann, short):
        make.QuoteFactory(speaker=speaker, snapshot__source=source)
    suggest_merges([short])
    assert list_reasons() == ["last name only: “Lee”, “Ann Lee”, both in “Talks in Istanbul”"]
    assert MergeSuggestion.objects.get().first == ann


@pytest.mark.parametrize(
    ("name", "title", "since", "until", "suggested"),
    [
        pytest.param("Bohdan Bespalko", "Minister", 2021, None, True, id="overlaps"),
        pytest.param("Bohdan Bespalko", "minister", 2021, None, True, id="case"),
        pytest.param("Bohdan Bespalko", "Minister", None, None, True, id="dates-unknown"),
        pytest.param("Bohdan Bespalko", "Minister", 2010, 2015, False, id="before"),
        pytest.param("Bohdan Bespalko", "Deputy", 2021, None, False, id="another-title"),
        pytest.param("Tobias Reck", "Minister", 2021, None, False, id="another-name"),
    ],
)
def test_similar_names_in_the_same_position(
    name: str, title: str, since: int | None, until: int | None, suggested: bool
) -> None:
    def day(year: int | None) -> dt.date | None:
        return dt.date(year, 1, 1) if year else None

    first, second = make.SpeakerFactory(name="Bogdan Bezpalko"), make.SpeakerFactory(name=name)
    Position.objects.create(speaker=first, title="Minister", organization="Rivers", held_from=day(2020))
    Position.objects.create(
        speaker=second, title=title, organization="Rivers", held_from=day(since), held_to=day(until)
    )
    suggest_merges([first])
    reason = "same position and similar names: “Bogdan Bezpalko”, “Bohdan Bespalko”: Minister, Rivers"
    assert list_reasons() == ([reason] if suggested else [])


def test_two_wikidata_ids_in_the_same_position_are_two_people() -> None:
    for number, name in enumerate(("Bogdan Bezpalko", "Bohdan Bespalko"), 1):
        speaker = make.SpeakerFactory(name=name, wikidata_id=f"Q{number}")
        Position.objects.create(speaker=speaker, title="Minister")
    suggest_merges(list(Speaker.objects.all()))
    assert list_reasons() == []


def test_only_the_best_reason_of_a_pair_is_stored() -> None:
    first = make.SpeakerFactory(name="Ann Lee")
    second = make.SpeakerFactory(name="Nan Lee")
    SpeakerName.build(second, "Anne Lee").save()
    suggest_merges([first, second])
    suggestion = MergeSuggestion.objects.get()
    assert (suggestion.first, suggestion.second) == (first, second)
    assert suggestion.reason == "spellings of one name: “Ann Lee”, “Anne Lee”"
    assert suggestion.score > 0.9


def test_a_better_reason_replaces_that_of_an_open_suggestion_only() -> None:
    first, second = make.SpeakerFactory(name="Ann Lee"), make.SpeakerFactory(name="A. Lee")
    suggest_merges([second])
    SpeakerName.build(second, "Ann Lee").save()
    suggest_merges([second])
    suggestion = MergeSuggestion.objects.get()
    assert (suggestion.score, suggestion.reason) == (1, "same name: “Ann Lee”")
    assert [entry.score for entry in suggestion.history.all()] == [1, 0.8]
    dismiss_merge_suggestion(suggestion=suggestion, editor=make.UserFactory())
    MergeSuggestion.objects.update(score=0.1)
    suggest_merges([first, second])
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.score) == (MergeSuggestionState.DISMISSED, 0.1)


def test_the_number_of_comparisons_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commonest last names are left out, not the rare ones."""
    compared: list[tuple[str, str]] = []

    def count(first: str, second: str) -> tuple[float, str]:
        compared.append((first, second))
        return compare_person_names(first, second)

    monkeypatch.setattr(merge_suggestions, "compare_person_names", count)
    many = [make.SpeakerFactory(name=f"{letter}nn Lee") for letter in "ABCDEFGH"]
    two = [make.SpeakerFactory(name=name) for name in ("Tom Oak", "Thom Oak")]
    suggest_merges(many + two)
    assert len(compared) == 8 * 7 / 2 + 1, "each pair once"
    MergeSuggestion.objects.all().delete()
    compared.clear()
    monkeypatch.setattr(merge_suggestions, "MAX_COMPARISONS", 5)
    suggest_merges(many + two)
    assert len(compared) == 5
    assert MergeSuggestion.objects.filter(first=two[0], second=two[1]).exists()


def test_refreshing_compares_all_speakers_in_batches() -> None:
    for name in ("Ann Lee", "Anne Lee", "Lena Ford"):
        make.SpeakerFactory(name=name)
    assert list(refresh_merge_suggestions(batch_size=2)) == [(2, 1), (3, 1)]
    assert list(refresh_merge_suggestions(batch_size=2))[-1] == (3, 0)


def test_dismissing_happens_once_and_is_undone() -> None:
    make.SpeakerFactory(name="Ann Lee")
    suggest_merges([make.SpeakerFactory(name="Anne Lee")])
    row, editor = MergeSuggestion.objects.get(), make.UserFactory()
    before = dump_models("MergeSuggestion")
    dismiss_merge_suggestion(suggestion=row, editor=editor)
    versions = row.history.count()
    dismiss_merge_suggestion(suggestion=row, editor=editor)
    assert row.history.count() == versions
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("MergeSuggestion") == before


def test_a_merged_pair_cannot_be_dismissed() -> None:
    first = make.SpeakerFactory(name="Ann Lee")
    suggest_merges([second := make.SpeakerFactory(name="Anne Lee")])
    merge_speakers(kept=first, merged=second, editor=make.UserFactory())
    with pytest.raises(RefusedError, match="Undo the merge first"):
        dismiss_merge_suggestion(suggestion=MergeSuggestion.objects.get(), editor=make.UserFactory())


def test_pending_suggestions_can_be_merged() -> None:
    """Not those of speakers that got a Wikidata ID each, or that were merged since."""
    names = ("Ann Lee", "Anne Lee", "Tom Oak", "Thom Oak", "Una Elm", "Unna Elm")
    speakers = [make.SpeakerFactory(name=name) for name in names]
    suggest_merges(speakers)
    assert MergeSuggestion.objects.pending().count() == 3
    Speaker.objects.filter(pk=speakers[0].pk).update(wikidata_id="Q1")
    assert MergeSuggestion.objects.pending().count() == 3
    Speaker.objects.filter(pk=speakers[1].pk).update(wikidata_id="Q2")
    merge_speakers(kept=make.SpeakerFactory(), merged=speakers[2], editor=make.UserFactory())
    assert [row.first.name for row in MergeSuggestion.objects.pending()] == ["Una Elm"]


@pytest.mark.parametrize("n", [2, 12])
def test_query_count_does_not_grow_with_speakers(n: int, django_assert_max_num_queries: object) -> None:
    speakers = [make.SpeakerFactory(name=f"Lena{chr(97 + i) * 3} Ford") for i in range(n)]
    speakers += [make_organization(f"River Board {i}") for i in range(n)]
    with django_assert_max_num_queries(16):
        suggest_merges(speakers)
