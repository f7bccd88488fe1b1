"""The names a document writes: its runs of capitalised words, which tell where an office ends and a name begins."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.cues import AUXILIARIES
from claims.extraction.frame import Form, Sentence
from claims.extraction.roles import (
    CALENDAR,
    DETERMINERS,
    ORGANIZATIONS,
    PARTICLES,
    PLACE_BEFORE,
    PREPOSITIONS,
    PRONOUNS,
    ROLES,
    SUBORDINATORS,
    TITLES,
)

# A run of more words is a headline or a list.
LONGEST = 4
OFFICES = ROLES | TITLES
NEVER_NAMES = DETERMINERS | PREPOSITIONS | PRONOUNS | SUBORDINATORS | AUXILIARIES


@dataclass(frozen=True, slots=True)
class Names:
    """`full`: names of two or more words that stand by themselves, and how often. `last`: their last words, and names
    that stand behind a title only. `places`: words that things happen in.
    """

    full: Counter[str]
    last: frozenset[str]
    places: frozenset[str]

    def __contains__(self, name: object) -> bool:
        return name in self.full

    def is_person(self, words: str) -> bool:
        """Whether the words are such a name or the last word of one."""
        return words in self.full or words in self.last


def names_of(document: Sequence[Sequence[Sentence]]) -> Names:
    """Collect the names of a document, given as paragraphs of sentences."""
    flat = [sentence for paragraph in document for sentence in paragraph]
    common = {token.text for sentence in flat for token in sentence if token.form is Form.WORD and not token.capital}
    full: Counter[str] = Counter()
    places: set[str] = set()
    titled: set[str] = set()
    for sentence in flat:
        if _is_headline(sentence):
            continue
        full.update(_runs(sentence, common))
        titled.update(
            token.text
            for before, token in pairwise(sentence)
            if before.lower in OFFICES and token.capital and before.capital
        )
        places.update(
            token.text
            for before, token in pairwise(sentence)
            if before.lower in PLACE_BEFORE and token.capital and token.lower not in CALENDAR
        )
    last = frozenset(name.rsplit(" ", 1)[-1] for name in full) | (titled - {name.split(" ", 1)[0] for name in full})
    return Names(full, last, frozenset(places - last))


def _is_headline(sentence: Sentence) -> bool:
    words = [token for token in sentence if token.form is Form.WORD]
    return len(words) > 4 and sum(token.capital for token in words) > 0.6 * len(words)


def _runs(sentence: Sentence, common: Container[str]) -> Iterator[str]:
    run: list[str] = []
    articled = False
    previous = ""
    for index, token in enumerate(sentence):
        word = token.lower
        joins = bool(run) and word in PARTICLES
        if not (token.capital or joins) or word in CALENDAR or word in OFFICES:
            yield from _name(run, articled=articled)
            run = []
        elif run or not (index == 0 and (word in common or word in NEVER_NAMES)):
            if not run:
                articled = previous == "the"
            run.append(token.text)
        previous = word
    yield from _name(run, articled=articled)


def _name(run: list[str], *, articled: bool) -> Iterator[str]:
    while run and run[-1].lower() in PARTICLES:
        run.pop()
    if 2 <= len(run) <= LONGEST and not articled and run[-1].lower() not in ORGANIZATIONS:
        yield " ".join(run)
