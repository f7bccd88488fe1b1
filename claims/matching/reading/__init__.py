"""Reads a claim: its words, quantities, dates, quantifiers, denials and modality."""

from collections.abc import Sequence

from claims.matching.difference import Span
from claims.matching.reading import modality, periods, polarity, quantifiers, quantities
from claims.matching.reading.phrases import join_phrases
from claims.matching.reading.words import Word, joined_span, list_names, split_words


class ClaimReading:
    """What is read of one claim."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.periods = periods.expand_quarters(periods.find_periods(self.words), self.words)
        dates = frozenset(place for period in self.periods for place in period.places)
        self.quantities = quantities.find_quantities(self.words, dates)
        numbers = frozenset(place for quantity in self.quantities for place in range(quantity.start, quantity.end))
        self.taken = dates | numbers
        self.quantifiers = quantifiers.find_quantifiers(self.words, self.taken)
        self.denials = polarity.find_denials(self.words)
        self.modality = modality.find_modality(self.words)

    @property
    def lowers(self) -> list[tuple[str, str]]:
        """The wording, whatever its capitals."""
        return [(word.lower, word.lemma) for word in self.words]

    def is_before_date(self, place: int) -> bool:
        """Whether a word explains a date: early May, the end of the century."""
        following = [word.lower for word in self.words[place + 1 : place + 3]]
        after = place + 1 + (following[:1] == ["of"]) + (following == ["of", "the"])
        return any(after in period.places for period in self.periods)

    def is_compared(self, place: int) -> bool:
        """Whether a word denies, or says how the claim holds: such words are compared as what they are."""
        return place in self.modality.places or any(place in denial.places for denial in self.denials)

    def is_quantified(self, place: int) -> bool:
        return any(place in quantifier.places for quantifier in self.quantifiers)

    def span(self, places: Sequence[int]) -> Span:
        return joined_span([self.words[place] for place in places])


def read_claims(first: str, second: str) -> tuple[ClaimReading, ClaimReading]:
    """Reads two claims, each in the light of the other's names and words."""
    names = list_names(first) | list_names(second)
    words, other_words = split_words(first, names), split_words(second, names)
    return ClaimReading(join_phrases(words, other_words)), ClaimReading(join_phrases(other_words, words))
