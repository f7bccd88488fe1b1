"""Compares names of speakers, for suggestions to merge them."""

import unicodedata

from rapidfuzz.distance import JaroWinkler, Levenshtein

from claims.models.name_keys import name_key, split_name, transliteration_key

MIN_GIVEN_NAME_SIMILARITY = 0.7  # of the given names of two speakers with the same last name
MIN_FULL_NAME_SIMILARITY = 0.88  # of whole names, if there is other evidence, such as the same position
MIN_ORGANIZATION_SIMILARITY = 0.9  # of all words of two organizations' names
MIN_ACRONYM_LENGTH, MAX_ACRONYM_LENGTH = 2, 8  # letters

REASON_SAME_NAME = "same name"
REASON_TWO_ALPHABETS = "same name in two alphabets"
REASON_SPELLINGS = "spellings of one name"
REASON_INITIAL = "same initial and last name"
REASON_LAST_NAME_ONLY = "last name only"
REASON_ACRONYM = "acronym of the other name"

_ENGLISH_STOP_WORDS = {"the", "of", "and", "for", "in", "on", "to", "a", "an"}
_STOP_WORDS = _ENGLISH_STOP_WORDS | {"de", "la", "du", "des", "der", "die", "das", "und"}


def compare_person_names(first: str, second: str) -> tuple[float, str]:
    """Returns how likely two names with one family key belong to one person (0 to 1), and why; (0, "") if not.

    Given names are compared by their Jaro-Winkler similarity, after differences of transliteration are removed.
    """
    if name_key(first) == name_key(second):
        return 1.0, REASON_SAME_NAME
    generations = {split_name(name)[2] for name in (first, second)} - {""}
    if len(generations) > 1:  # father and son
        return 0.0, ""
    first_given, second_given = _given_name_keys(first), _given_name_keys(second)
    if not first_given or not second_given:
        return 0.75, REASON_LAST_NAME_ONLY
    middle_initials = [given[1][0] for given in (first_given, second_given) if len(given) > 1]
    if len(set(middle_initials)) > 1:  # George W. and George H. W.
        return 0.0, ""
    if any(len(given[0]) == 1 for given in (first_given, second_given)):
        same_initial = first_given[0][0] == second_given[0][0]
        return (0.8, REASON_INITIAL) if same_initial else (0.0, "")
    score = JaroWinkler.similarity(first_given[0], second_given[0])
    return (round(score, 3), _spelling_reason(first, second)) if score >= MIN_GIVEN_NAME_SIMILARITY else (0.0, "")


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


def _given_name_keys(name: str) -> list[str]:
    """Returns the keys of the given names; a lowercase word (von, de, bin) belongs to the last name."""
    return [key for word in split_name(name)[0] if not word.islower() and (key := transliteration_key(word))]


def _significant_word_keys(name: str) -> list[str]:
    return [key for word in name.split() if word.casefold() not in _STOP_WORDS and (key := transliteration_key(word))]


def _keep_digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))
