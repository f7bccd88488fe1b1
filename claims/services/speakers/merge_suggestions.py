"""Which speakers may be one, and why: suggestions for an editor, few and with a reason, never a decision."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from claims.models import MergeSuggestion, MergeSuggestionState, Position, Quote, Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import name_key
from claims.search.name_similarity import (
    REASON_ACRONYM,
    REASON_LAST_NAME_ONLY,
    are_similar_names,
    compare_organization_names,
    compare_person_names,
    is_acronym,
    list_acronyms,
)
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.locks import lock_speakers

MAX_NAMES_PER_FAMILY = 200  # of one family name: beyond it, suggestions would be noise and the comparison slow
MAX_COMPARISONS = 10_000  # of names in one call, which holds the write lock: about a second
MAX_POSITION_HOLDERS = 200  # of one title that are compared
MAX_NAMES_PER_LETTER = 2_000  # names of organizations that an acronym's first letter is looked for among
MAX_SHARED_SOURCES = 200  # latest of a speaker that is known by a last name only
SAME_SOURCE_SCORE, UNIQUE_LAST_NAME_SCORE, ACRONYM_SCORE, POSITION_SCORE = 0.75, 0.7, 0.72, 0.85
MAX_SHOWN_NAME = 60  # code points of a name within a reason
_COLLECTIVE_KINDS = {SpeakerKind.ORGANIZATION, SpeakerKind.GROUP}

SpeakerPair = tuple[int, int]


@dataclass(slots=True)
class _MergeCandidates:
    """The best reason for each pair, by the ids in order."""

    best: dict[SpeakerPair, tuple[float, str]] = field(default_factory=dict)

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
    lock_speakers()
    ours = {speaker.pk: speaker for speaker in speakers if not speaker.merged_into_id}
    found = _MergeCandidates()
    _compare_last_names(ours, found)
    _compare_positions(ours, found)
    _compare_acronyms(ours, found)
    return _store_suggestions(found)


def dismiss_merge_suggestion(*, suggestion: MergeSuggestion, editor: User) -> None:
    """Note that the two are not the same; the pair is not suggested again.

    Raises RefusedError if they were merged: that merge is undone first.
    """
    summary = f"Said that {suggestion.first} (#{suggestion.first_id}) is not {suggestion.second}"
    with audit.operation(verb="dismiss", summary=f"{summary} (#{suggestion.second_id})", editor=editor):
        suggestion = MergeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
        if suggestion.state == MergeSuggestionState.MERGED:
            raise RefusedError(f"“{suggestion}” were merged: undo the merge first.")
        if suggestion.state == MergeSuggestionState.DISMISSED:
            return
        suggestion.state, suggestion.decided_by = MergeSuggestionState.DISMISSED, editor
        audit.update([suggestion], ["state", "decided_by"], user=editor, reason="not the same")


def refresh_merge_suggestions(*, batch: int = 200) -> Iterator[tuple[int, int]]:
    """Look through all speakers anew, a batch a transaction: after each, how many were looked at and newly suggested.

    For reasons that came with a later version, and for what has become known since.
    """
    last, looked_at, new = 0, 0, 0
    while speakers := list(Speaker.objects.current().filter(pk__gt=last).order_by("pk")[:batch]):
        last = speakers[-1].pk
        looked_at += len(speakers)
        new += suggest_merges(speakers)
        yield looked_at, new


def _are_distinct(first: Speaker, second: Speaker) -> bool:
    return bool(first.kind != second.kind or (first.wikidata_id and second.wikidata_id))


def _format_reason(why: str, first: str, second: str) -> str:
    names = [
        f"“{name if len(name) <= MAX_SHOWN_NAME else f'{name[: MAX_SHOWN_NAME - 1]}…'}”" for name in (first, second)
    ]
    return f"{why}: {', '.join(dict.fromkeys(names))}"


def _compare_last_names(ours: dict[int, Speaker], found: _MergeCandidates) -> None:
    families = SpeakerName.objects.filter(speaker__in=ours).values("family_key")
    by_family: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    rows = SpeakerName.objects.filter(family_key__in=families, speaker__merged_into=None).select_related("speaker")
    for row in rows.order_by("id"):
        by_family[row.family_key].append(row)
    pairs = (
        (mine, theirs)
        for family in sorted(by_family.values(), key=len)
        for mine in (row for row in family if row.speaker_id in ours)
        for theirs in family[:MAX_NAMES_PER_FAMILY]
        if mine.speaker_id != theirs.speaker_id
        and not (theirs.speaker_id in ours and theirs.pk > mine.pk)  # two of ours are compared once
        and not _are_distinct(mine.speaker, theirs.speaker)
    )
    parts: list[tuple[SpeakerName, SpeakerName]] = []
    for mine, theirs in islice(pairs, MAX_COMPARISONS):
        alike = compare_organization_names if mine.speaker.kind in _COLLECTIVE_KINDS else compare_person_names
        score, why = alike(mine.name, theirs.name)
        if why == REASON_LAST_NAME_ONLY:
            # The one with fewer words is the part.
            parts.append((mine, theirs) if len(mine.name.split()) <= len(theirs.name.split()) else (theirs, mine))
        elif score > 0:
            found.add(mine.speaker_id, theirs.speaker_id, score, _format_reason(why, *sorted([mine.name, theirs.name])))
    _compare_partial_names(parts, by_family, found)


def _compare_partial_names(
    parts: list[tuple[SpeakerName, SpeakerName]], by_family: dict[str, list[SpeakerName]], found: _MergeCandidates
) -> None:
    """A last name alone says little: only of the one who is quoted in the same source, or is the only one so called."""
    sources: dict[int, dict[int, str]] = {}
    whole: defaultdict[int, list[tuple[SpeakerName, SpeakerName]]] = defaultdict(list)
    for short, full in parts:
        whole[short.speaker_id].append((short, full))
    for speaker, pairs in whole.items():
        latest = Quote.objects.filter(speaker=speaker).order_by("-pk").values_list("snapshot__source_id", flat=True)
        candidates = {full.speaker_id for _, full in pairs}
        there = Quote.objects.filter(speaker__in=candidates, snapshot__source__in=set(latest[:MAX_SHARED_SOURCES]))
        sources[speaker] = {
            who: title or "the same source"
            for who, title in there.order_by("pk").values_list("speaker", "snapshot__source__title").distinct()
        }
    for short, full in parts:
        same = sources[short.speaker_id].get(full.speaker_id)
        bearers = {row.speaker_id for row in by_family[short.family_key]} - {short.speaker_id}
        if same:
            where = same if len(same) <= MAX_SHOWN_NAME else f"{same[: MAX_SHOWN_NAME - 1]}…"
            reason = f"{_format_reason('last name only', short.name, full.name)}, both in “{where}”"
            found.add(short.speaker_id, full.speaker_id, SAME_SOURCE_SCORE, reason[:200])
        elif len(bearers) == 1:
            reason = f"{_format_reason('last name only', short.name, full.name)}, the only one so called"
            found.add(short.speaker_id, full.speaker_id, UNIQUE_LAST_NAME_SCORE, reason)


def _compare_positions(ours: dict[int, Speaker], found: _MergeCandidates) -> None:
    """The same title in the same organization at times that overlap, by people whose names are alike."""
    held = list(Position.objects.filter(speaker__in=ours).order_by("pk")[:MAX_COMPARISONS])
    if not held:
        return
    titles = {title for row in held for title in (row.title, row.title.lower())}
    rows = Position.objects.annotate(low=Lower("title")).filter(Q(title__in=titles) | Q(low__in=titles))
    by_office: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for row in rows.filter(speaker__merged_into=None).select_related("speaker").order_by("pk")[:MAX_COMPARISONS]:
        by_office[name_key(row.title), name_key(row.organization)].append(row)
    for mine in held:
        for theirs in by_office[name_key(mine.title), name_key(mine.organization)][:MAX_POSITION_HOLDERS]:
            first, second = ours[mine.speaker_id], theirs.speaker
            if first.pk == second.pk or _are_distinct(first, second) or not mine.overlaps(theirs):
                continue
            if are_similar_names(first.name, second.name):
                office = str(mine) if len(str(mine)) <= MAX_SHOWN_NAME else f"{str(mine)[: MAX_SHOWN_NAME - 1]}…"
                reason = (
                    f"{_format_reason('same position and alike names', *sorted([first.name, second.name]))}: {office}"
                )
                found.add(first.pk, second.pk, POSITION_SCORE, reason[:200])


def _compare_acronyms(ours: dict[int, Speaker], found: _MergeCandidates) -> None:
    """ "WHO" and "World Health Organization"."""
    names = SpeakerName.objects.filter(speaker__in=ours, speaker__kind=SpeakerKind.ORGANIZATION)
    others = SpeakerName.objects.filter(speaker__kind=SpeakerKind.ORGANIZATION, speaker__merged_into=None)
    made: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    for mine in names.order_by("pk")[:MAX_COMPARISONS]:
        if is_acronym(mine.name):
            letters = name_key(mine.name.replace(".", ""))
            near = others.filter(key__gte=letters[0], key__lt=chr(ord(letters[0]) + 1)).select_related("speaker")
            for theirs in near.order_by("key", "pk")[:MAX_NAMES_PER_LETTER]:
                if letters in list_acronyms(theirs.name):
                    _add_acronym_candidate(mine, theirs, ours, found)
        else:
            for letters in list_acronyms(mine.name):
                made[letters].append(mine)
    for theirs in others.filter(key__in=made).select_related("speaker").order_by("pk"):
        for mine in made[theirs.key] if is_acronym(theirs.name) else ():
            _add_acronym_candidate(theirs, mine, ours, found)


def _add_acronym_candidate(
    short: SpeakerName, full: SpeakerName, ours: dict[int, Speaker], found: _MergeCandidates
) -> None:
    first, second = (ours.get(row.speaker_id) or row.speaker for row in (short, full))
    if first.pk != second.pk and not _are_distinct(first, second):
        found.add(first.pk, second.pk, ACRONYM_SCORE, _format_reason(REASON_ACRONYM, short.name, full.name))


def _store_suggestions(found: _MergeCandidates) -> int:
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
        elif row.state == MergeSuggestionState.OPEN and (score > row.score or ":" not in row.reason):
            row.score, row.reason = score, reason
            better.append(row)
    audit.create(new, user=None, reason="they look alike")
    audit.update(better, ["score", "reason"], user=None, reason="they look more alike")
    return len(new)
