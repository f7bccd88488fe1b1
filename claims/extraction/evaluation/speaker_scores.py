"""Scores resolved speakers: whether the name given to a quotation is that of its annotated speaker.

Of the quotations whose annotated speaker is a person or an organization with a name, a prediction is right with that
name: the same words, or a part with the last word that no other speaker of the text shares. For groups and unnamed
speakers, a prediction is wrong if it gives the name of another speaker of the text.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claims.extraction.corpus import AnnotatedSpeaker
from claims.extraction.evaluation.comparable_quotes import ComparableQuote
from claims.extraction.evaluation.comparison import Comparison, MatchCounts
from claims.extraction.evaluation.scoring import scoring_of
from claims.extraction.quotation import EntityKind, MentionKind, Resolved

NAMED_KINDS = frozenset({EntityKind.PERSON, EntityKind.ORGANIZATION})


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNRESOLVED = "unresolved"
    # The quotation itself is missed.
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class SpeakerScores:
    """The outcomes of quotations by a named speaker, by the kind of mention (None: all kinds and labels).

    `unnamed` counts matched quotations of others, which are right if they get none of the text's names. `kinds` counts
    the kinds of resolved speakers, `persons` of those that are resolved as a person.
    """

    outcomes: Mapping[MentionKind | None, Counter[Outcome]]
    unnamed: MatchCounts
    kinds: MatchCounts
    persons: MatchCounts


def score_speakers(comparisons: Iterable[Comparison]) -> SpeakerScores | None:
    """Score the texts whose annotations say who the speakers are; None if there are none."""
    outcomes: dict[MentionKind | None, Counter[Outcome]] = {kind: Counter() for kind in (*MentionKind, None)}
    unnamed, kinds, persons = MatchCounts(), MatchCounts(), MatchCounts()
    has_speakers = False
    for comparison in comparisons:
        names, titles = _speaker_names(comparison), scoring_of(comparison.words.text).titles
        for speaker, prediction in _annotated_pairs(comparison):
            has_speakers = True
            resolved = prediction.resolved_speaker if prediction else None
            if speaker.kind in NAMED_KINDS:
                outcome = _outcome(speaker.name, prediction, names, titles)
                for kind in {speaker.mention, None}:
                    outcomes[kind][outcome] += 1
            elif prediction:
                unnamed = unnamed.plus(MatchCounts(not _is_one_of(resolved, names, titles), 1, 1))
            if resolved:
                is_right = resolved.kind is speaker.kind
                kinds = kinds.plus(MatchCounts(is_right, 1, 1))
                if resolved.kind is EntityKind.PERSON:
                    persons = persons.plus(MatchCounts(is_right, 1, 1))
    return SpeakerScores(outcomes, unnamed, kinds, persons) if has_speakers else None


def speaker_outcomes(comparison: Comparison) -> Iterator[tuple[ComparableQuote, bool]]:
    """Yield each matched prediction with a resolved speaker, and whether it is right about who that is."""
    names, titles = _speaker_names(comparison), scoring_of(comparison.words.text).titles
    for speaker, prediction in _annotated_pairs(comparison):
        resolved = prediction.resolved_speaker if prediction else None
        if prediction is None or resolved is None:
            continue
        if speaker.kind in NAMED_KINDS:
            yield prediction, is_same_name(resolved.name, speaker.name, names, titles)
        else:
            yield prediction, not _is_one_of(resolved, names, titles) and resolved.kind is not EntityKind.PERSON


def is_same_name(name: str, annotated: str, names: Iterable[str], titles: Container[str]) -> bool:
    """Whether a name is the annotated one, `titles` left out.

    `names` are those of the text's speakers, which tell what a part means.
    """
    words, annotated_words = _name_words(name, titles), _name_words(annotated, titles)
    if not words or not annotated_words:
        return False
    has_last_name = words[-1] == annotated_words[-1]
    if words == annotated_words or (set(annotated_words) <= set(words) and has_last_name):
        return True
    others = (_name_words(other, titles) for other in names)
    is_shared = any(other[-1:] == annotated_words[-1:] and other != annotated_words for other in others)
    return set(words) <= set(annotated_words) and has_last_name and not is_shared


def _is_one_of(resolved: Resolved | None, names: Iterable[str], titles: Container[str]) -> bool:
    """Whether a speaker was resolved to one of the named speakers of the text."""
    if resolved is None or resolved.kind not in NAMED_KINDS:
        return False
    return any(is_same_name(resolved.name, name, names, titles) for name in names)


def _outcome(name: str, prediction: ComparableQuote | None, names: Iterable[str], titles: Container[str]) -> Outcome:
    if prediction is None:
        return Outcome.MISSED
    resolved = prediction.resolved_speaker
    if resolved is None:
        return Outcome.UNRESOLVED
    return Outcome.RIGHT if is_same_name(resolved.name, name, names, titles) else Outcome.WRONG


def _annotated_pairs(comparison: Comparison) -> Iterator[tuple[AnnotatedSpeaker, ComparableQuote | None]]:
    """Yield the annotated speakers, with the predictions that match their quotations."""
    for index, annotation in enumerate(comparison.gold):
        if annotation.annotated_speaker:
            matched = comparison.matches.get(index)
            yield annotation.annotated_speaker, None if matched is None else comparison.predicted[matched]


def _speaker_names(comparison: Comparison) -> set[str]:
    speakers = (annotation.annotated_speaker for annotation in comparison.gold)
    return {speaker.name for speaker in speakers if speaker and speaker.kind in NAMED_KINDS}


def _name_words(name: str, titles: Container[str]) -> Sequence[str]:
    return [word for word in re.findall(r"\w+", name.lower()) if word not in titles]
