"""How alike two names are: what a suggestion to merge rests on."""

import unicodedata

from rapidfuzz.distance import JaroWinkler, Levenshtein

from claims.models.name_keys import name_key, split_name, transliteration_key

MIN_GIVEN_NAME_SIMILARITY = (
    0.7  # likeness of first names from which two speakers of one family name are suggested as one
)
MIN_FULL_NAME_SIMILARITY = 0.88  # of whole names, where something else (the position they held) speaks for it, too
MIN_ORGANIZATION_SIMILARITY = 0.9  # of all words of two organizations' names
MIN_ACRONYM_LENGTH, MAX_ACRONYM_LENGTH = 2, 8  # letters of an acronym

REASON_SAME_NAME = "same name"
REASON_TWO_ALPHABETS = "one name in two alphabets"
REASON_SPELLINGS = "spellings of one name"
REASON_INITIAL = "same initial and last name"
REASON_LAST_NAME_ONLY = "last name only"
REASON_ACRONYM = "first letters of the other's name"

_STOP_WORDS = {
    "the",
    "of",
    "and",
    "for",
    "in",
    "on",
    "to",
    "a",
    "an",
    "de",
    "la",
    "du",
    "des",
    "der",
    "die",
    "das",
    "und",
}


def compare_person_names(first: str, second: str) -> tuple[float, str]:
    """How likely two names of one family key are one person's, from 0 to 1, and why; (0, "") if they are not.

    The likeness of given names is Jaro and Winkler's, over what transliterations have in common.
    """
    if name_key(first) == name_key(second):
        return 1.0, REASON_SAME_NAME
    generations = {split_name(name)[2] for name in (first, second)} - {""}
    if len(generations) > 1:  # father and son
        return 0.0, ""
    given_first, given_second = _given_name_keys(first), _given_name_keys(second)
    if not given_first or not given_second:
        return 0.75, REASON_LAST_NAME_ONLY
    middles = [given[1][0] for given in (given_first, given_second) if len(given) > 1]
    if len(set(middles)) > 1:  # George W. and George H. W.
        return 0.0, ""
    if any(len(given[0]) == 1 for given in (given_first, given_second)):
        same = given_first[0][0] == given_second[0][0]
        return (0.8, REASON_INITIAL) if same else (0.0, "")
    score = JaroWinkler.similarity(given_first[0], given_second[0])
    why = REASON_SPELLINGS if list_alphabets(first) == list_alphabets(second) else REASON_TWO_ALPHABETS
    return (round(score, 3), why) if score >= MIN_GIVEN_NAME_SIMILARITY else (0.0, "")


def compare_organization_names(first: str, second: str) -> tuple[float, str]:
    """The same for organizations and groups: all their words count, but for small ones and their order of signs."""
    if name_key(first) == name_key(second):
        return 1.0, REASON_SAME_NAME
    one, other = ("".join(_significant_word_keys(name)) for name in (first, second))
    if not one or not other or _keep_digits(one) != _keep_digits(other):
        return 0.0, ""
    score = Levenshtein.normalized_similarity(one, other)
    why = REASON_SPELLINGS if list_alphabets(first) == list_alphabets(second) else REASON_TWO_ALPHABETS
    return (round(score, 3), why) if score >= MIN_ORGANIZATION_SIMILARITY else (0.0, "")


def are_similar_names(first: str, second: str) -> bool:
    """Whether two names could be one, in either order of their words, once something else speaks for it, too."""
    one, other = (sorted(filter(None, map(transliteration_key, name.split()))) for name in (first, second))
    if not one or not other or len({split_name(name)[2] for name in (first, second)} - {""}) > 1:
        return False
    forms = [("".join(one), "".join(other))]
    forms.append(("".join(map(transliteration_key, first.split())), "".join(map(transliteration_key, second.split()))))
    return any(JaroWinkler.similarity(*form) >= MIN_FULL_NAME_SIMILARITY for form in forms)


def is_acronym(name: str) -> bool:
    """Whether the name can be the first letters of another: some capitals and nothing else."""
    letters = name.replace(".", "")
    return MIN_ACRONYM_LENGTH <= len(letters) <= MAX_ACRONYM_LENGTH and letters.isalpha() and letters.isupper()


def list_acronyms(name: str) -> set[str]:
    """What the first letters of the name's words make, as they are looked up: "who" of "World Health Organization"."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    large = [word for word in words if word.casefold() not in _STOP_WORDS]
    made = {
        name_key("".join(word[0] for word in chosen)) for chosen in (large, words) if len(chosen) >= MIN_ACRONYM_LENGTH
    }
    return {letters for letters in made if MIN_ACRONYM_LENGTH <= len(letters) <= MAX_ACRONYM_LENGTH}


def list_alphabets(name: str) -> set[str]:
    """The scripts that the name's letters belong to: {"LATIN"}, {"CYRILLIC"}."""
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in name if letter.isalpha()}


def _given_name_keys(name: str) -> list[str]:
    """The skeletons of the given names; a word in small letters (von, de, bin) belongs to the last name."""
    return [letters for word in split_name(name)[0] if not word.islower() and (letters := transliteration_key(word))]


def _significant_word_keys(name: str) -> list[str]:
    return [
        letters
        for word in name.split()
        if word.casefold() not in _STOP_WORDS and (letters := transliteration_key(word))
    ]


def _keep_digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))
