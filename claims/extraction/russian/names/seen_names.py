"""The names of a whole text as evidence: a form that is ambiguous alone is not so beside the others."""

from collections import defaultdict
from collections.abc import Iterable

from claims.extraction.russian.names.declension import Gender, Reading
from claims.extraction.russian.names.readings import given_name_readings_of, surname_readings_of

LEAST_WEIGHT = -1.0  # of a reading that counts for another
FORM_WEIGHT = 0.7
MOST_FORMS = 3
MIN_STEM, MAX_ENDING = 2, 3  # letters


class SeenNames:
    """The forms that the words of a text with a capital letter may be of one nominative.

    Only words that begin as one of `names` does, their ending apart, are read: others are no forms of those.
    """

    def __init__(self, words: Iterable[str], *, names: Iterable[str] = ()) -> None:
        self._forms: dict[tuple[str, Gender], set[str]] = defaultdict(set)
        beginnings = {name[:length].lower() for name in names for length in range(MIN_STEM, len(name) + 1)}
        for word in {word.lower() for word in words if word[:1].isupper() and word[1:].isalpha()}:
            if word[: max(MIN_STEM, len(word) - MAX_ENDING)] not in beginnings:
                continue
            for reading in {*surname_readings_of(word), *given_name_readings_of(word)}:
                if reading.weight >= LEAST_WEIGHT:
                    self._forms[reading.nominative, reading.gender].add(word)

    def support(self, reading: Reading, word: str) -> float:
        """Return how far the other forms in the text speak for a reading of a word in lower case."""
        others = self._forms.get((reading.nominative, reading.gender), set()) - {word}
        return FORM_WEIGHT * (min(len(others), MOST_FORMS) + (reading.nominative in others))


NO_NAMES = SeenNames(())
