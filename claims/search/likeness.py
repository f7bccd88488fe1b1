"""How alike two names are: what a suggestion to merge rests on."""

from rapidfuzz.distance import JaroWinkler

from claims.models.names import key, parts, skeleton

LIKE = 0.7  # likeness of first names from which two speakers of one family name are suggested as one


def likeness(first: str, second: str) -> tuple[float, str]:
    """How likely two names of one family key are one person's, from 0 to 1, and why; (0, "") if they are not.

    The likeness of given names is Jaro and Winkler's, over what transliterations have in common.
    """
    if key(first) == key(second):
        return 1.0, "same name"
    generations = {parts(name)[2] for name in (first, second)} - {""}
    if len(generations) > 1:  # father and son
        return 0.0, ""
    given_first, given_second = _given(first), _given(second)
    if not given_first or not given_second:
        return 0.75, "last name only"
    if any(len(given[0]) == 1 for given in (given_first, given_second)):
        same = given_first[0][0] == given_second[0][0]
        return (0.8, "same initial and last name") if same else (0.0, "")
    score = JaroWinkler.similarity(given_first[0], given_second[0])
    return (round(score, 3), "spellings of one name") if score >= LIKE else (0.0, "")


def _given(name: str) -> list[str]:
    """The skeletons of the given names; a word in small letters (von, de, bin) belongs to the last name."""
    return [letters for word in parts(name)[0] if not word.islower() and (letters := skeleton(word))]
