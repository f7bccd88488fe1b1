"""How alike two names are: what a suggestion to merge rests on."""

import unicodedata

from rapidfuzz.distance import JaroWinkler, Levenshtein

from claims.models.names import key, parts, skeleton

LIKE = 0.7  # likeness of first names from which two speakers of one family name are suggested as one
ALIKE = 0.88  # of whole names, where something else (the position they held) speaks for it, too
ORGANIZATION = 0.9  # of all words of two organizations' names
SHORTEST, LONGEST = 2, 8  # letters of an acronym

SAME = "same name"
ALPHABETS = "one name in two alphabets"
SPELLING = "spellings of one name"
INITIAL = "same initial and last name"
PART = "last name only"
ACRONYM = "first letters of the other's name"

_SMALL = {"the", "of", "and", "for", "in", "on", "to", "a", "an", "de", "la", "du", "des", "der", "die", "das", "und"}


def likeness(first: str, second: str) -> tuple[float, str]:
    """How likely two names of one family key are one person's, from 0 to 1, and why; (0, "") if they are not.

    The likeness of given names is Jaro and Winkler's, over what transliterations have in common.
    """
    if key(first) == key(second):
        return 1.0, SAME
    generations = {parts(name)[2] for name in (first, second)} - {""}
    if len(generations) > 1:  # father and son
        return 0.0, ""
    given_first, given_second = _given(first), _given(second)
    if not given_first or not given_second:
        return 0.75, PART
    middles = [given[1][0] for given in (given_first, given_second) if len(given) > 1]
    if len(set(middles)) > 1:  # George W. and George H. W.
        return 0.0, ""
    if any(len(given[0]) == 1 for given in (given_first, given_second)):
        same = given_first[0][0] == given_second[0][0]
        return (0.8, INITIAL) if same else (0.0, "")
    score = JaroWinkler.similarity(given_first[0], given_second[0])
    why = SPELLING if alphabets(first) == alphabets(second) else ALPHABETS
    return (round(score, 3), why) if score >= LIKE else (0.0, "")


def likeness_of_organizations(first: str, second: str) -> tuple[float, str]:
    """The same for organizations and groups: all their words count, but for small ones and their order of signs."""
    if key(first) == key(second):
        return 1.0, SAME
    one, other = ("".join(_words(name)) for name in (first, second))
    if not one or not other or _digits(one) != _digits(other):
        return 0.0, ""
    score = Levenshtein.normalized_similarity(one, other)
    why = SPELLING if alphabets(first) == alphabets(second) else ALPHABETS
    return (round(score, 3), why) if score >= ORGANIZATION else (0.0, "")


def are_alike(first: str, second: str) -> bool:
    """Whether two names could be one, in either order of their words, once something else speaks for it, too."""
    one, other = (sorted(filter(None, map(skeleton, name.split()))) for name in (first, second))
    if not one or not other or len({parts(name)[2] for name in (first, second)} - {""}) > 1:
        return False
    forms = [("".join(one), "".join(other))]
    forms.append(("".join(map(skeleton, first.split())), "".join(map(skeleton, second.split()))))
    return any(JaroWinkler.similarity(*form) >= ALIKE for form in forms)


def is_acronym(name: str) -> bool:
    """Whether the name can be the first letters of another: some capitals and nothing else."""
    letters = name.replace(".", "")
    return SHORTEST <= len(letters) <= LONGEST and letters.isalpha() and letters.isupper()


def acronyms(name: str) -> set[str]:
    """What the first letters of the name's words make, as they are looked up: "who" of "World Health Organization"."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    large = [word for word in words if word.casefold() not in _SMALL]
    made = {key("".join(word[0] for word in chosen)) for chosen in (large, words) if len(chosen) >= SHORTEST}
    return {letters for letters in made if SHORTEST <= len(letters) <= LONGEST}


def alphabets(name: str) -> set[str]:
    """The scripts that the name's letters belong to: {"LATIN"}, {"CYRILLIC"}."""
    return {unicodedata.name(letter, "?").split(" ")[0] for letter in name if letter.isalpha()}


def _given(name: str) -> list[str]:
    """The skeletons of the given names; a word in small letters (von, de, bin) belongs to the last name."""
    return [letters for word in parts(name)[0] if not word.islower() and (letters := skeleton(word))]


def _words(name: str) -> list[str]:
    return [letters for word in name.split() if word.casefold() not in _SMALL and (letters := skeleton(word))]


def _digits(letters: str) -> str:
    return "".join(filter(str.isdigit, letters))
