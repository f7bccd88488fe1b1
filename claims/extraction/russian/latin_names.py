"""Names in Latin letters within a Russian text: the tagger takes nearly all of them for organizations."""

import re
from collections.abc import Sequence

from claims.extraction.lexicon.first_names import FIRST_NAMES, LEADING_SURNAMES
from claims.extraction.lexicon.organization_endings import ORGANIZATION_ENDINGS
from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.parsing.morphology import analyze
from claims.extraction.russian.sentences import Sentence, Word

CAPITALIZED = re.compile(r"[A-ZÀ-ÖØ-Þ](?:[^\W\d_]|['’-])*")
PARTICLES = word_set("al bin da de del den der di dos du el la le ten ter van von")
MAX_NAME_WORDS = 7  # with full stops of initials
FIRMS_NAMED_AFTER_PEOPLE = frozenset(
    [
        "calvin klein",
        "charles schwab",
        "christian dior",
        "hugo boss",
        "j . p . morgan",
        "louis vuitton",
        "morgan stanley",
        "philip morris",
        "pierre cardin",
        "ralph lauren",
    ]
)
# «компания Morgan Stanley», «агентство Reuters»
ORGANIZATION_KINDS = word_set(
    "агентство банк бренд газета журнал издание компания корпорация портал разработчик сервис стартап студия телеканал "
    "фирма фонд холдинг"
)


def tag_people(sentences: Sequence[Sentence]) -> None:
    """Tag full names that begin with a known first name or an initial, and their surnames alone, as names of people."""
    surnames: set[str] = set()
    for sentence in sentences:
        index = 0
        while index < len(sentence.words):
            end = _end_of_full_name(sentence.words, index)
            if end:
                _tag_person(sentence.words, index, end)
                surnames.add(sentence.words[end - 1].text)
            index = end or index + 1
    for sentence in sentences if surnames else ():
        for index, word in enumerate(sentence.words):
            is_alone = not any(map(_is_latin, _neighbours(sentence.words, index)))
            if word.text in surnames and is_alone and not word.name_tag.endswith("PER"):
                _tag_person(sentence.words, index, index + 1)


def is_organization_kind(lower: str) -> bool:
    return any(reading.normal_form in ORGANIZATION_KINDS for reading in analyze(lower)[:1])


def is_latin(text: str) -> bool:
    return CAPITALIZED.fullmatch(text) is not None


def _end_of_full_name(words: Sequence[Word], start: int) -> int | None:
    """Return the end of the person's name that begins at a word, if one does."""
    is_first_name = words[start].lower in FIRST_NAMES or words[start].lower in LEADING_SURNAMES
    is_initial = len(words[start].text) == 1 and start + 1 < len(words) and words[start + 1].text == "."
    if not _is_latin(words[start]) or not (is_first_name or is_initial):
        return None
    if start and is_organization_kind(words[start - 1].lower):
        return None
    end = start + 1
    for index in range(start + 1, min(len(words), start + MAX_NAME_WORDS)):
        is_initial = words[index].text == "." and len(words[index - 1].text) == 1
        if _is_latin(words[index]) or (is_initial and index + 1 < len(words)):
            end = index + 1
        elif words[index].text not in PARTICLES:
            break
    lowers = [word.lower for word in words[start:end]]
    is_firm = " ".join(lowers) in FIRMS_NAMED_AFTER_PEOPLE or not ORGANIZATION_ENDINGS.isdisjoint(lowers[1:])
    return None if is_firm or end == start + 1 or lowers[-1] == "." else end


def _is_latin(word: Word) -> bool:
    return is_latin(word.text)


def _neighbours(words: Sequence[Word], index: int) -> Sequence[Word]:
    return [*words[max(0, index - 1) : index], *words[index + 1 : index + 2]]


def _tag_person(words: Sequence[Word], start: int, end: int) -> None:
    for index in range(start, end):
        words[index].name_tag = "I-PER" if index > start else "B-PER"
    if end < len(words) and words[end].name_tag.startswith("I-"):  # what is left of a name that was taken for one
        words[end].name_tag = words[end].name_tag.replace("I-", "B-")
