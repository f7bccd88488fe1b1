"""A difference between two claims that are alike."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Characters of a text, as Unicode code points, end exclusive."""

    start: int
    end: int


class DifferenceKind(StrEnum):
    NUMBER = "number"
    UNIT = "unit"
    DATE = "date"
    NEGATION = "negation"
    ANTONYM = "antonym"
    ROLE = "role"
    QUANTIFIER = "quantifier"
    PLACE = "place"
    MODALITY = "modality"
    SCOPE = "scope"
    ENTITY = "entity"


@dataclass(frozen=True, slots=True)
class Difference:
    """In what two claims differ, with the words that say so in the first and in the second.

    A span is empty where the other text alone has such words ("will" and "will not").
    """

    kind: DifferenceKind
    first: Span
    second: Span

    def swapped(self) -> "Difference":
        return Difference(self.kind, self.second, self.first)
