"""Which speakers may be one, and why: suggestions for an editor, few and with a reason, never a decision."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from claims.models import MergeSuggestion, Position, Quote, Speaker, SpeakerKind, SpeakerName, SuggestionState
from claims.models.names import key
from claims.search.likeness import (
    ACRONYM,
    PART,
    acronyms,
    are_alike,
    is_acronym,
    likeness,
    likeness_of_organizations,
)
from claims.services import record
from claims.services.refusal import RefusedError
from claims.services.turn import wait_for_turn

MOST_CANDIDATES = 200  # of one family name: beyond it, suggestions would be noise and the comparison slow
MOST_COMPARISONS = 10_000  # of names in one call, which holds the write lock: about a second
MOST_HOLDERS = 200  # of one title that are compared
MOST_OF_A_LETTER = 2_000  # names of organizations that an acronym's first letter is looked for among
MOST_SOURCES = 200  # latest of a speaker that is known by a last name only
LAST_NAME_THERE, LAST_NAME_ALONE, FIRST_LETTERS, POSITION = 0.75, 0.7, 0.72, 0.85
SHOWN = 60  # code points of a name within a reason
_ORGANIZED = {SpeakerKind.ORGANIZATION, SpeakerKind.GROUP}

Pair = tuple[int, int]


@dataclass(slots=True)
class _Found:
    """The best reason for each pair, by the ids in order."""

    best: dict[Pair, tuple[float, str]] = field(default_factory=dict)

    def add(self, first: int, second: int, score: float, reason: str) -> None:
        pair = (min(first, second), max(first, second))
        # Of two that score alike the same one wins, whichever came first.
        self.best[pair] = max(self.best.get(pair, (0.0, "")), (score, reason))


@transaction.atomic
def suggest_merges(speakers: Sequence[Speaker]) -> int:
    """Suggest to merge each of `speakers` with those that look like it: how many suggestions are new.

    Two Wikidata ids are two entities, whatever their names. At most MOST_COMPARISONS pairs of names are compared, the
    rarest last names first: what is left out is the noise of the commonest. A pair that was decided stays decided.
    """
    wait_for_turn()
    ours = {speaker.pk: speaker for speaker in speakers if not speaker.merged_into_id}
    found = _Found()
    _by_last_name(ours, found)
    _by_position(ours, found)
    _by_acronym(ours, found)
    return _store(found)


def dismiss_suggestion(*, suggestion: MergeSuggestion, editor: User) -> None:
    """Note that the two are not the same; the pair is not suggested again.

    Raises RefusedError if they were merged: that merge is undone first.
    """
    summary = f"Said that {suggestion.first} (#{suggestion.first_id}) is not {suggestion.second}"
    with record.operation(verb="dismiss", summary=f"{summary} (#{suggestion.second_id})", editor=editor):
        suggestion = MergeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
        if suggestion.state == SuggestionState.MERGED:
            raise RefusedError(f"“{suggestion}” were merged: undo the merge first.")
        if suggestion.state == SuggestionState.DISMISSED:
            return
        suggestion.state, suggestion.decided_by = SuggestionState.DISMISSED, editor
        record.update([suggestion], ["state", "decided_by"], user=editor, reason="not the same")


def refresh_suggestions(*, batch: int = 200) -> Iterator[tuple[int, int]]:
    """Look through all speakers anew, a batch a transaction: after each, how many were looked at and newly suggested.

    For reasons that came with a later version, and for what has become known since.
    """
    last, looked_at, new = 0, 0, 0
    while speakers := list(Speaker.objects.current().filter(pk__gt=last).order_by("pk")[:batch]):
        last = speakers[-1].pk
        looked_at += len(speakers)
        new += suggest_merges(speakers)
        yield looked_at, new


def _are_two(first: Speaker, second: Speaker) -> bool:
    return bool(first.kind != second.kind or (first.wikidata_id and second.wikidata_id))


def _said(why: str, first: str, second: str) -> str:
    names = [f"“{name if len(name) <= SHOWN else f'{name[: SHOWN - 1]}…'}”" for name in (first, second)]
    return f"{why}: {', '.join(dict.fromkeys(names))}"


def _by_last_name(ours: dict[int, Speaker], found: _Found) -> None:
    families = SpeakerName.objects.filter(speaker__in=ours).values("family_key")
    by_family: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    rows = SpeakerName.objects.filter(family_key__in=families, speaker__merged_into=None).select_related("speaker")
    for row in rows.order_by("id"):
        by_family[row.family_key].append(row)
    pairs = (
        (mine, theirs)
        for family in sorted(by_family.values(), key=len)
        for mine in (row for row in family if row.speaker_id in ours)
        for theirs in family[:MOST_CANDIDATES]
        if mine.speaker_id != theirs.speaker_id
        and not (theirs.speaker_id in ours and theirs.pk > mine.pk)  # two of ours are compared once
        and not _are_two(mine.speaker, theirs.speaker)
    )
    parts: list[tuple[SpeakerName, SpeakerName]] = []
    for mine, theirs in islice(pairs, MOST_COMPARISONS):
        alike = likeness_of_organizations if mine.speaker.kind in _ORGANIZED else likeness
        score, why = alike(mine.name, theirs.name)
        if why == PART:
            # The one with fewer words is the part.
            parts.append((mine, theirs) if len(mine.name.split()) <= len(theirs.name.split()) else (theirs, mine))
        elif score > 0:
            found.add(mine.speaker_id, theirs.speaker_id, score, _said(why, *sorted([mine.name, theirs.name])))
    _by_part(parts, by_family, found)


def _by_part(
    parts: list[tuple[SpeakerName, SpeakerName]], by_family: dict[str, list[SpeakerName]], found: _Found
) -> None:
    """A last name alone says little: only of the one who is quoted in the same source, or is the only one so called."""
    sources: dict[int, dict[int, str]] = {}
    whole: defaultdict[int, list[tuple[SpeakerName, SpeakerName]]] = defaultdict(list)
    for short, full in parts:
        whole[short.speaker_id].append((short, full))
    for speaker, pairs in whole.items():
        latest = Quote.objects.filter(speaker=speaker).order_by("-pk").values_list("snapshot__source_id", flat=True)
        candidates = {full.speaker_id for _, full in pairs}
        there = Quote.objects.filter(speaker__in=candidates, snapshot__source__in=set(latest[:MOST_SOURCES]))
        sources[speaker] = {
            who: title or "the same source"
            for who, title in there.order_by("pk").values_list("speaker", "snapshot__source__title").distinct()
        }
    for short, full in parts:
        same = sources[short.speaker_id].get(full.speaker_id)
        bearers = {row.speaker_id for row in by_family[short.family_key]} - {short.speaker_id}
        if same:
            where = same if len(same) <= SHOWN else f"{same[: SHOWN - 1]}…"
            reason = f"{_said('last name only', short.name, full.name)}, both in “{where}”"
            found.add(short.speaker_id, full.speaker_id, LAST_NAME_THERE, reason[:200])
        elif len(bearers) == 1:
            reason = f"{_said('last name only', short.name, full.name)}, the only one so called"
            found.add(short.speaker_id, full.speaker_id, LAST_NAME_ALONE, reason)


def _by_position(ours: dict[int, Speaker], found: _Found) -> None:
    """The same title in the same organization at times that overlap, by people whose names are alike."""
    held = list(Position.objects.filter(speaker__in=ours).order_by("pk")[:MOST_COMPARISONS])
    if not held:
        return
    titles = {title for row in held for title in (row.title, row.title.lower())}
    rows = Position.objects.annotate(low=Lower("title")).filter(Q(title__in=titles) | Q(low__in=titles))
    by_office: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for row in rows.filter(speaker__merged_into=None).select_related("speaker").order_by("pk")[:MOST_COMPARISONS]:
        by_office[key(row.title), key(row.organization)].append(row)
    for mine in held:
        for theirs in by_office[key(mine.title), key(mine.organization)][:MOST_HOLDERS]:
            first, second = ours[mine.speaker_id], theirs.speaker
            if first.pk == second.pk or _are_two(first, second) or not mine.overlaps(theirs):
                continue
            if are_alike(first.name, second.name):
                office = str(mine) if len(str(mine)) <= SHOWN else f"{str(mine)[: SHOWN - 1]}…"
                reason = f"{_said('same position and alike names', *sorted([first.name, second.name]))}: {office}"
                found.add(first.pk, second.pk, POSITION, reason[:200])


def _by_acronym(ours: dict[int, Speaker], found: _Found) -> None:
    """ "WHO" and "World Health Organization"."""
    names = SpeakerName.objects.filter(speaker__in=ours, speaker__kind=SpeakerKind.ORGANIZATION)
    others = SpeakerName.objects.filter(speaker__kind=SpeakerKind.ORGANIZATION, speaker__merged_into=None)
    made: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    for mine in names.order_by("pk")[:MOST_COMPARISONS]:
        if is_acronym(mine.name):
            letters = key(mine.name.replace(".", ""))
            near = others.filter(key__gte=letters[0], key__lt=chr(ord(letters[0]) + 1)).select_related("speaker")
            for theirs in near.order_by("key", "pk")[:MOST_OF_A_LETTER]:
                if letters in acronyms(theirs.name):
                    _add_acronym(mine, theirs, ours, found)
        else:
            for letters in acronyms(mine.name):
                made[letters].append(mine)
    for theirs in others.filter(key__in=made).select_related("speaker").order_by("pk"):
        for mine in made[theirs.key] if is_acronym(theirs.name) else ():
            _add_acronym(theirs, mine, ours, found)


def _add_acronym(short: SpeakerName, full: SpeakerName, ours: dict[int, Speaker], found: _Found) -> None:
    first, second = (ours.get(row.speaker_id) or row.speaker for row in (short, full))
    if first.pk != second.pk and not _are_two(first, second):
        found.add(first.pk, second.pk, FIRST_LETTERS, _said(ACRONYM, short.name, full.name))


def _store(found: _Found) -> int:
    """Store what is new, and a better reason for what still waits: how many are new."""
    first, second = ({pair[side] for pair in found.best} for side in (0, 1))
    known = {
        (row.first_id, row.second_id): row
        for row in MergeSuggestion.objects.filter(first__in=first, second__in=second).order_by("pk")
    }
    new, better = [], []
    for pair, (score, reason) in found.best.items():
        row = known.get(pair)
        if row is None:
            new.append(MergeSuggestion(first_id=pair[0], second_id=pair[1], score=score, reason=reason))
        elif row.state == SuggestionState.OPEN and (score > row.score or ":" not in row.reason):
            row.score, row.reason = score, reason
            better.append(row)
    record.create(new, user=None, reason="they look alike")
    record.update(better, ["score", "reason"], user=None, reason="they look more alike")
    return len(new)
