"""Reads a claim: its words, quantities, dates, quantifiers, denials and modality."""

from collections.abc import Sequence

from claims.matching import modality, periods, polarity, quantifiers, quantities
from claims.matching.difference import Span
from claims.matching.words import joined_span, split_words


class ClaimReading:
    """What is read of one claim."""

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        self.words = split_words(text, names)
        self.periods = periods.expand_quarters(periods.find_periods(self.words), self.words)
        dates = frozenset(place for period in self.periods for place in period.places)
        self.quantities = quantities.find_quantities(self.words, dates)
        numbers = frozenset(place for quantity in self.quantities for place in range(quantity.start, quantity.end))
        self.taken = dates | numbers
        self.quantifiers = quantifiers.find_quantifiers(self.words, self.taken)
        self.denials = polarity.find_denials(self.words)
        self.modality = modality.find_modality(self.words)

    def span(self, places: Sequence[int]) -> Span:
        return joined_span([self.words[place] for place in places])
