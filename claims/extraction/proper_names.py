"""The names a document writes: its runs of capitalised words, which tell where an office ends and a name begins."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.extraction.lexicon.cues import AUXILIARIES
from claims.extraction.lexicon.role_nouns import (
    CALENDAR_WORDS,
    DETERMINERS,
    NAME_PARTICLES,
    ORGANIZATION_WORDS,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    ROLE_NOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TITLE_WORDS,
)
from claims.extraction.text.sentences import Sentence, TokenForm

# A run of more words is a headline or a list.
MAX_PROPER_NAME_WORDS = 4
OFFICE_WORDS = ROLE_NOUNS | TITLE_WORDS
NON_NAME_WORDS = DETERMINERS | PREPOSITIONS | SUBJECT_PRONOUNS | SUBORDINATORS | AUXILIARIES


@dataclass(frozen=True, slots=True)
class ProperNames:
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


def collect_proper_names(document: Sequence[Sequence[Sentence]]) -> ProperNames:
    """Collect the names of a document, given as paragraphs of sentences."""
    flat = [sentence for paragraph in document for sentence in paragraph]
    common = {
        token.text for sentence in flat for token in sentence if token.form is TokenForm.WORD and not token.capital
    }
    full: Counter[str] = Counter()
    places: set[str] = set()
    titled: set[str] = set()
    for sentence in flat:
        if _is_headline_sentence(sentence):
            continue
        full.update(_capitalized_runs(sentence, common))
        titled.update(
            token.text
            for before, token in pairwise(sentence)
            if before.lower in OFFICE_WORDS and token.capital and before.capital
        )
        places.update(
            token.text
            for before, token in pairwise(sentence)
            if before.lower in PLACE_PREPOSITIONS and token.capital and token.lower not in CALENDAR_WORDS
        )
    last = frozenset(name.rsplit(" ", 1)[-1] for name in full) | (titled - {name.split(" ", 1)[0] for name in full})
    return ProperNames(full, last, frozenset(places - last))


def _is_headline_sentence(sentence: Sentence) -> bool:
    words = [token for token in sentence if token.form is TokenForm.WORD]
    return len(words) > 4 and sum(token.capital for token in words) > 0.6 * len(words)


def _capitalized_runs(sentence: Sentence, common: Container[str]) -> Iterator[str]:
    run: list[str] = []
    articled = False
    previous = ""
    for index, token in enumerate(sentence):
        word = token.lower
        joins = bool(run) and word in NAME_PARTICLES
        if not (token.capital or joins) or word in CALENDAR_WORDS or word in OFFICE_WORDS:
            yield from _proper_name(run, articled=articled)
            run = []
        elif run or not (index == 0 and (word in common or word in NON_NAME_WORDS)):
            if not run:
                articled = previous == "the"
            run.append(token.text)
        previous = word
    yield from _proper_name(run, articled=articled)


def _proper_name(run: list[str], *, articled: bool) -> Iterator[str]:
    while run and run[-1].lower() in NAME_PARTICLES:
        run.pop()
    if 2 <= len(run) <= MAX_PROPER_NAME_WORDS and not articled and run[-1].lower() not in ORGANIZATION_WORDS:
        yield " ".join(run)
