"""Compares directions, places and the names of who or what two claims are about."""

from collections.abc import Iterator

from claims.matching.alignment import Alignment
from claims.matching.difference import Difference, DifferenceKind, Span
from claims.matching.lexicon import LEXICON, word_set
from claims.matching.reading import ClaimReading
from claims.matching.roles import preposition_of
from claims.matching.scope import LIGHT_WORDS

_DIRECTIONS = [frozenset(axis.split()) for axis in LEXICON["directions"]]
_PLACE_PREPOSITIONS = word_set("place_prepositions")
_END_PREPOSITIONS = {"into": "to", "towards": "to", "toward": "to"}


def compare_places(one: ClaimReading, other: ClaimReading) -> Iterator[Difference]:
    for axis in _DIRECTIONS:
        directions, other_directions = (
            {word.lower: word for word in claim.words if word.lower in axis} for claim in (one, other)
        )
        stems = {_direction(lower) for lower in directions}, {_direction(lower) for lower in other_directions}
        if bool(stems[0]) != bool(stems[1]) and axis is _DIRECTIONS[0]:
            spans = [
                next((word.span for word in found.values()), Span(0, 0)) for found in (directions, other_directions)
            ]
            yield Difference(DifferenceKind.SCOPE, *spans)
        if stems[0] and stems[1] and stems[0] != stems[1]:
            yield Difference(
                DifferenceKind.PLACE, next(iter(directions.values())).span, next(iter(other_directions.values())).span
            )
    ends, other_ends = (
        {
            _END_PREPOSITIONS.get(preposition, preposition): word
            for place, word in enumerate(claim.words)
            if word.is_name and (preposition := preposition_of(claim.words, place))
        }
        for claim in (one, other)
    )
    if {"from", "to"} <= ends.keys() & other_ends.keys() and (ends["from"].lemma, ends["to"].lemma) == (
        other_ends["to"].lemma,
        other_ends["from"].lemma,
    ):
        yield Difference(DifferenceKind.PLACE, ends["from"].span, other_ends["from"].span)


def _direction(word: str) -> str:
    return word.removesuffix("ern")


def compare_names(one: ClaimReading, other: ClaimReading, alignment: Alignment) -> Iterator[Difference]:
    rest, other_rest = (
        [place for place in places if _is_capitalised(claim, place) and claim.words[place].lemma not in LIGHT_WORDS]
        for claim, places in ((one, alignment.first_rest), (other, alignment.second_rest))
    )
    names = [claim.words[place].is_name for claim, places in ((one, rest), (other, other_rest)) for place in places]
    if rest and other_rest and any(names):
        prepositions = {preposition_of(one.words, rest[0]), preposition_of(other.words, other_rest[0])}
        kind = DifferenceKind.PLACE if prepositions & _PLACE_PREPOSITIONS else DifferenceKind.ENTITY
        yield Difference(kind, one.words[rest[0]].span, other.words[other_rest[0]].span)


def _is_capitalised(claim: ClaimReading, place: int) -> bool:
    return claim.words[place].text[0].isupper()
