"""Suggests pairs of speakers that may be the same, with a reason; an editor decides."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from claims.models import (
    MergeSuggestion,
    MergeSuggestionState,
    OperationVerb,
    Position,
    Quote,
    Speaker,
    SpeakerKind,
    SpeakerName,
)
from claims.models.name_keys import family_key, name_key
from claims.search.name_similarity import (
    REASON_ACRONYM,
    REASON_LAST_NAME_ONLY,
    are_similar_names,
    compare_organization_names,
    compare_person_names,
    have_same_last_name,
    is_acronym,
    list_acronyms,
)
from claims.services.history import audit
from claims.services.locks import lock_speakers
from claims.services.transitions import change_state
from claims.truncation import truncate

MAX_NAMES_PER_FAMILY = 200  # compared with each name of the same last name; more would be noise, and slow
MAX_COMPARISONS = 10_000  # of names in one call, which holds the write lock: about a second
MAX_POSITION_HOLDERS = 200  # compared with each holder of the same position
MAX_NAMES_PER_LETTER = 2_000  # names of organizations that are compared with an acronym of the same first letter
MAX_SHARED_SOURCES = 200  # latest sources of a speaker that is known by a last name only
SAME_SOURCE_SCORE, UNIQUE_LAST_NAME_SCORE, ACRONYM_SCORE, POSITION_SCORE = 0.75, 0.7, 0.72, 0.85
MAX_SHOWN_NAME = 60  # characters of a name within a reason
MAX_REASON_LENGTH = 200  # of the column
_COLLECTIVE_KINDS = {SpeakerKind.ORGANIZATION, SpeakerKind.GROUP}

SpeakerPair = tuple[int, int]


@dataclass(slots=True)
class _MergeCandidates:
    """The best score and reason for each pair of speakers, by their ids in order."""

    best: dict[SpeakerPair, tuple[float, str]] = field(default_factory=dict)

    def add(self, first: int, second: int, score: float, reason: str) -> None:
        pair = (min(first, second), max(first, second))
        # With equal scores the later reason in the alphabet wins, so that the order of the rows does not matter.
        self.best[pair] = max(self.best.get(pair, (0.0, "")), (score, reason[:MAX_REASON_LENGTH]))


@transaction.atomic
def suggest_merges(speakers: Sequence[Speaker]) -> int:
    """Suggest merging each of `speakers` with similar ones; returns the number of new suggestions.

    Two speakers with a Wikidata ID each are never suggested, and a pair that was decided stays decided. At most
    MAX_COMPARISONS pairs of names are compared, those with the rarest last names first.
    """
    lock_speakers()
    by_id = {speaker.pk: speaker for speaker in speakers if not speaker.merged_into_id}
    candidates = _MergeCandidates()
    _compare_last_names(by_id, candidates)
    _compare_positions(by_id, candidates)
    _compare_acronyms(by_id, candidates)
    return _store_suggestions(candidates)


def dismiss_merge_suggestion(*, suggestion: MergeSuggestion, editor: User) -> None:
    """Decide that the two speakers are different; the pair is not suggested again.

    Raises RefusedError if they are merged.
    """
    summary = (
        f"Different speakers: {suggestion.first} (#{suggestion.first_id}) and {suggestion.second}"
        f" (#{suggestion.second_id})"
    )
    with audit.operation(verb=OperationVerb.DISMISS, summary=summary, editor=editor):
        suggestion = MergeSuggestion.objects.select_for_update().get(pk=suggestion.pk)
        if suggestion.state == MergeSuggestionState.DISMISSED:
            return
        refusal = f"“{suggestion}” are already merged. Undo the merge first."
        change_state(suggestion, MergeSuggestionState.DISMISSED, refusal=refusal)
        suggestion.decided_by = editor
        audit.update([suggestion], ["state", "decided_by"], user=editor, reason="not the same")


def refresh_merge_suggestions(*, batch_size: int = 200) -> Iterator[tuple[int, int]]:
    """Compare all speakers again, one transaction per batch; yields how many were compared and suggested so far.

    Needed after an upgrade that finds more reasons, or names under other keys.
    """
    _renew_family_keys()
    last_pk, compared, suggested = 0, 0, 0
    while speakers := list(Speaker.objects.current().filter(pk__gt=last_pk).order_by("pk")[:batch_size]):
        last_pk = speakers[-1].pk
        compared += len(speakers)
        suggested += suggest_merges(speakers)
        yield compared, suggested


def _renew_family_keys() -> None:
    """Store the current family key of each name whose stored one is another."""
    names = SpeakerName.objects.order_by("pk").iterator()
    outdated = [name for name in names if name.family_key != family_key(name.name)]
    for name in outdated:
        name.family_key = family_key(name.name)
    SpeakerName.objects.bulk_update(outdated, ["family_key"], batch_size=500)


def _are_distinct(first: Speaker, second: Speaker) -> bool:
    return bool(first.kind != second.kind or (first.wikidata_id and second.wikidata_id))


def _truncate_name(name: str) -> str:
    return truncate(name, MAX_SHOWN_NAME)


def _format_reason(reason: str, *names: str) -> str:
    quoted = dict.fromkeys(f"“{_truncate_name(name)}”" for name in names)
    return f"{reason}: {', '.join(quoted)}"


def _compare_last_names(by_id: dict[int, Speaker], candidates: _MergeCandidates) -> None:
    families = SpeakerName.objects.filter(speaker__in=by_id).values("family_key")
    by_family: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    names = SpeakerName.objects.filter(family_key__in=families, speaker__merged_into=None).select_related("speaker")
    for name in names.order_by("id"):
        by_family[name.family_key].append(name)
    pairs = (
        (name, other)
        for family in sorted(by_family.values(), key=len)
        for name in family
        if name.speaker_id in by_id
        for other in family[:MAX_NAMES_PER_FAMILY]
        if name.speaker_id != other.speaker_id
        and not (other.speaker_id in by_id and other.pk > name.pk)  # two of the compared speakers are compared once
        and not _are_distinct(name.speaker, other.speaker)
    )
    partial: list[tuple[SpeakerName, SpeakerName]] = []
    for name, other in islice(pairs, MAX_COMPARISONS):
        compare = compare_organization_names if name.speaker.kind in _COLLECTIVE_KINDS else compare_person_names
        score, reason = compare(name.name, other.name)
        if reason == REASON_LAST_NAME_ONLY:
            is_shorter = len(name.name.split()) <= len(other.name.split())
            partial.append((name, other) if is_shorter else (other, name))
        elif score > 0:
            reason = _format_reason(reason, *sorted([name.name, other.name]))
            candidates.add(name.speaker_id, other.speaker_id, score, reason)
    _compare_partial_names(partial, by_family, candidates)


def _compare_partial_names(
    pairs: list[tuple[SpeakerName, SpeakerName]],
    by_family: dict[str, list[SpeakerName]],
    candidates: _MergeCandidates,
) -> None:
    """A last name alone counts only if both speakers are quoted in one source, or if nobody else has that name.

    Each pair is a last name and a full name.
    """
    by_speaker: defaultdict[int, set[int]] = defaultdict(set)
    for short, full in pairs:
        by_speaker[short.speaker_id].add(full.speaker_id)
    shared_sources = {speaker: _shared_source_titles(speaker, others) for speaker, others in by_speaker.items()}
    for short, full in pairs:
        reason = _format_reason("last name only", short.name, full.name)
        title = shared_sources[short.speaker_id].get(full.speaker_id)
        family = (name for name in by_family[short.family_key] if have_same_last_name(name.name, short.name))
        bearers = {name.speaker_id for name in family} - {short.speaker_id}
        if title:
            reason = f"{reason}, both in “{_truncate_name(title)}”"
            candidates.add(short.speaker_id, full.speaker_id, SAME_SOURCE_SCORE, reason)
        elif len(bearers) == 1:
            reason = f"{reason}, the only speaker with this name"
            candidates.add(short.speaker_id, full.speaker_id, UNIQUE_LAST_NAME_SCORE, reason)


def _shared_source_titles(speaker: int, others: set[int]) -> dict[int, str]:
    """For each of the others that is quoted in a source of the speaker, the title of such a source."""
    latest = Quote.objects.filter(speaker=speaker).order_by("-pk").values_list("snapshot__source_id", flat=True)
    quotes = Quote.objects.filter(speaker__in=others, snapshot__source__in=set(latest[:MAX_SHARED_SOURCES]))
    titles = quotes.order_by("pk").values_list("speaker", "snapshot__source__title").distinct()
    return {other: title or "the same source" for other, title in titles}


def _compare_positions(by_id: dict[int, Speaker], candidates: _MergeCandidates) -> None:
    """Similar names in the same position of the same organization, at times that overlap."""
    positions = list(Position.objects.filter(speaker__in=by_id).order_by("pk")[:MAX_COMPARISONS])
    if not positions:
        return
    titles = {title for position in positions for title in (position.title, position.title.lower())}
    rows = Position.objects.annotate(low=Lower("title")).filter(Q(title__in=titles) | Q(low__in=titles))
    by_office: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for row in rows.filter(speaker__merged_into=None).select_related("speaker").order_by("pk")[:MAX_COMPARISONS]:
        by_office[name_key(row.title), name_key(row.organization)].append(row)
    for position in positions:
        for other in by_office[name_key(position.title), name_key(position.organization)][:MAX_POSITION_HOLDERS]:
            first, second = by_id[position.speaker_id], other.speaker
            if first.pk == second.pk or _are_distinct(first, second) or not position.overlaps(other):
                continue
            if are_similar_names(first.name, second.name):
                reason = _format_reason("same position and similar names", *sorted([first.name, second.name]))
                candidates.add(first.pk, second.pk, POSITION_SCORE, f"{reason}: {_truncate_name(str(position))}")


def _compare_acronyms(by_id: dict[int, Speaker], candidates: _MergeCandidates) -> None:
    """ "WHO" and "World Health Organization"."""
    names = SpeakerName.objects.filter(speaker__in=by_id, speaker__kind=SpeakerKind.ORGANIZATION)
    others = SpeakerName.objects.filter(speaker__kind=SpeakerKind.ORGANIZATION, speaker__merged_into=None)
    by_acronym: defaultdict[str, list[SpeakerName]] = defaultdict(list)
    for name in names.order_by("pk")[:MAX_COMPARISONS]:
        if is_acronym(name.name):
            letters = name_key(name.name.replace(".", ""))
            near = others.filter(key__gte=letters[0], key__lt=chr(ord(letters[0]) + 1)).select_related("speaker")
            for other in near.order_by("key", "pk")[:MAX_NAMES_PER_LETTER]:
                if letters in list_acronyms(other.name):
                    _add_acronym_candidate(name, other, by_id, candidates)
        else:
            for letters in list_acronyms(name.name):
                by_acronym[letters].append(name)
    for other in others.filter(key__in=by_acronym).select_related("speaker").order_by("pk"):
        for name in by_acronym[other.key] if is_acronym(other.name) else ():
            _add_acronym_candidate(other, name, by_id, candidates)


def _add_acronym_candidate(
    acronym: SpeakerName, full: SpeakerName, by_id: dict[int, Speaker], candidates: _MergeCandidates
) -> None:
    first, second = (by_id.get(name.speaker_id) or name.speaker for name in (acronym, full))
    if first.pk != second.pk and not _are_distinct(first, second):
        reason = _format_reason(REASON_ACRONYM, acronym.name, full.name)
        candidates.add(first.pk, second.pk, ACRONYM_SCORE, reason)


def _store_suggestions(candidates: _MergeCandidates) -> int:
    """Store new pairs, and better reasons for open suggestions; returns the number of new ones."""
    first, second = ({pair[side] for pair in candidates.best} for side in (0, 1))
    existing = {
        (suggestion.first_id, suggestion.second_id): suggestion
        for suggestion in MergeSuggestion.objects.filter(first__in=first, second__in=second).order_by("pk")
    }
    new, improved = [], []
    for pair, (score, reason) in candidates.best.items():
        suggestion = existing.get(pair)
        if suggestion is None:
            new.append(MergeSuggestion(first_id=pair[0], second_id=pair[1], score=score, reason=reason))
        elif suggestion.state == MergeSuggestionState.OPEN and (
            score > suggestion.score or ":" not in suggestion.reason  # a reason of an old version, without the names
        ):
            suggestion.score, suggestion.reason = score, reason
            improved.append(suggestion)
    audit.create(new, user=None, reason="they look alike")
    audit.update(improved, ["score", "reason"], user=None, reason="they look more alike")
    return len(new)
