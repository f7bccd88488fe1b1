"""Compares names of speakers, for suggestions to merge them."""

import re
import unicodedata
from itertools import starmap
from operator import eq

from rapidfuzz.distance import JaroWinkler, Levenshtein

from claims.models.name_keys import name_key, romanization_key, split_name, transliteration_key

MIN_GIVEN_NAME_SIMILARITY = 0.7  # of the given names of two speakers with the same last name
MIN_SHARED_CONSONANTS = 3  # of given names in two alphabets whose vowels differ: Пётр and Piotr, Владимир and Volodymyr
RESPELLED_SCORE = 0.9  # of such names
MIN_FULL_NAME_SIMILARITY = 0.88  # of whole names, if there is other evidence, such as the same position
MIN_ORGANIZATION_SIMILARITY = 0.9  # of all words of two organizations' names
MIN_ACRONYM_LENGTH, MAX_ACRONYM_LENGTH = 2, 8  # letters

REASON_SAME_NAME = "same name"
REASON_TWO_ALPHABETS = "same name in two alphabets"
REASON_SPELLINGS = "spellings of one name"
REASON_INITIAL = "same initial and last name"
REASON_LAST_NAME_ONLY = "last name only"
REASON_ACRONYM = "acronym of the other name"

_VOWELS = re.compile("[aeiou]")
_ENGLISH_STOP_WORDS = {"the", "of", "and", "for", "in", "on", "to", "a", "an"}
_STOP_WORDS = _ENGLISH_STOP_WORDS | {"de", "la", "du", "des", "der", "die", "das", "und"}


def compare_person_names(first: str, second: str) -> tuple[float, str]:
    """Returns how likely two names with one family key belong to one person (0 to 1), and why; (0, "") if not.

    Given names are compared by their Jaro-Winkler similarity, after differences of transliteration are removed. In two
    alphabets, they must be the same but for the ways to romanize them.
    """
    if name_key(first) == name_key(second):
        return 1.0, REASON_SAME_NAME
    generations = {split_name(name)[2] for name in (first, second)} - {""}
    if len(generations) > 1 or not have_same_last_name(first, second):  # father and son
        return 0.0, ""
    first_given, second_given = _given_names(first), _given_names(second)
    if not first_given or not second_given:
        return 0.75, REASON_LAST_NAME_ONLY
    if list_alphabets(first) == list_alphabets(second):
        return _compare_spellings(*(list(map(transliteration_key, given)) for given in (first_given, second_given)))
    return _compare_across_alphabets(first_given, second_given)


def _compare_spellings(first: list[str], second: list[str]) -> tuple[float, str]:
    """Compares the keys of the given names of two names in one alphabet."""
    middle_initials = [given[1][0] for given in (first, second) if len(given) > 1]
    if len(set(middle_initials)) > 1:  # George W. and George H. W.
        return 0.0, ""
    if any(len(given[0]) == 1 for given in (first, second)):
        return (0.8, REASON_INITIAL) if first[0][0] == second[0][0] else (0.0, "")
    score = JaroWinkler.similarity(first[0], second[0])
    return (round(score, 3), REASON_SPELLINGS) if score >= MIN_GIVEN_NAME_SIMILARITY else (0.0, "")


def have_same_last_name(first: str, second: str) -> bool:
    """Whether two names with one family key have one last name. In one alphabet, they must be more alike than that."""
    if list_alphabets(first) != list_alphabets(second):
        return True
    return len({transliteration_key(split_name(name)[1]) or name_key(name) for name in (first, second)}) == 1


def _compare_across_alphabets(first: list[str], second: list[str]) -> tuple[float, str]:
    """Compares the given names of two names with one family key."""
    pairs = list(zip(first, second, strict=False))
    if not all(starmap(_are_one_initial, pairs[1:])):  # of patronymics
        return 0.0, ""
    if any(_is_initial(name) for name in pairs[0]):
        return (0.8, REASON_INITIAL) if _are_one_initial(*pairs[0]) else (0.0, "")
    keys = [romanization_key(name) for name in pairs[0]]
    if eq(*keys):
        return 1.0, REASON_TWO_ALPHABETS
    consonants = [_VOWELS.sub("", key).replace("c", "k") for key in keys]  # Виктор and Victor
    is_same_start = eq(*(key[0].replace("o", "a") for key in keys))  # Алексей and Oleksiy
    is_same_gender = eq(*(key.endswith("a") for key in keys))  # Александр and Alexandra
    if eq(*consonants) and len(consonants[0]) >= MIN_SHARED_CONSONANTS and is_same_start and is_same_gender:
        return RESPELLED_SCORE, REASON_TWO_ALPHABETS
    return 0.0, ""


def _is_initial(name: str) -> bool:
    return len(name.rstrip(".")) == 1


def _are_one_initial(first: str, second: str) -> bool:
    """Whether two given names start with one letter, in whatever alphabet and system: Ю. and Y., Е. and Ye."""
    keys = [{transliteration_key(name), romanization_key(name)} for name in (first, second)]
    if _is_initial(first) or _is_initial(second):
        return any(one.startswith(other) or other.startswith(one) for one in keys[0] for other in keys[1])
    return bool({key[0] for key in keys[0]} & {key[0] for key in keys[1]})


def compare_organization_names(first: str, second: str) -> tuple[float, str]:
    """Does the same for organizations and groups: compares all words except stop words and punctuation."""
    if name_key(first) == name_key(second):
        return 1.0, REASON_SAME_NAME
    first_key, second_key = ("".join(_significant_word_keys(name)) for name in (first, second))
    if not first_key or not second_key or _keep_digits(first_key) != _keep_digits(second_key):
        return 0.0, ""
    score = Levenshtein.normalized_similarity(first_key, second_key)
    return (round(score, 3), _spelling_reason(first, second)) if score >= MIN_ORGANIZATION_SIMILARITY else (0.0, "")


def are_similar_names(first: str, second: str) -> bool:
    """Whether two names may be one, in any order of their words, if there is other evidence, too."""
    first_words, second_words = (
        sorted(filter(None, map(transliteration_key, name.split()))) for name in (first, second)
    )
    if not first_words or not second_words or len({split_name(name)[2] for name in (first, second)} - {""}) > 1:
        return False
    pairs = [
        ("".join(first_words), "".join(second_words)),
        ("".join(map(transliteration_key, first.split())), "".join(map(transliteration_key, second.split()))),
    ]
    return any(JaroWinkler.similarity(*pair) >= MIN_FULL_NAME_SIMILARITY for pair in pairs)


def is_acronym(name: str) -> bool:
    """Whether the name looks like an acronym: a few capital letters and nothing else, except full stops."""
    letters = name.replace(".", "")
    return MIN_ACRONYM_LENGTH <= len(letters) <= MAX_ACRONYM_LENGTH and letters.isalpha() and letters.isupper()


def list_acronyms(name: str) -> set[str]:
    """Returns the name keys of possible acronyms, with and without stop words: "who" of "World Health Organization"."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    significant = [word for word in words if word.casefold() not in _STOP_WORDS]
    acronyms = {
        name_key("".join(word[0] for word in chosen))
        for chosen in (significant, words)
        if len(chosen) >= MIN_ACRONYM_LENGTH
    }
    return {letters for letters in acronyms if MIN_ACRONYM_LENGTH <= len(letters) <= MAX_ACRONYM_LENGTH}


def list_alphabets(name: str) -> set[str]:
    """Returns the scripts of the name's letters: {"LATIN"}, {"CYRILLIC"}."""
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in name if letter.isalpha()}


def _spelling_reason(first: str, second: str) -> str:
    return REASON_SPELLINGS if list_alphabets(first) == list_alphabets(second) else REASON_TWO_ALPHABETS


def _given_names(name: str) -> list[str]:
    """Returns the given names; a lowercase word (von, de, bin) belongs to the last name."""
    return [word for word in split_name(name)[0] if not word.islower() and romanization_key(word)]


def _significant_word_keys(name: str) -> list[str]:
    return [key for word in name.split() if word.casefold() not in _STOP_WORDS and (key := transliteration_key(word))]


def _keep_digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))
