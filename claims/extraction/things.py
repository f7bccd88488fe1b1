"""Marks around the name of a thing, which nobody says: the film "…", the "…" formula."""

from claims.extraction.frame import Form, Sentence
from claims.extraction.roles import THINGS


def names_a_thing(sentence: Sentence, index: int) -> bool:
    """Whether the stretch between marks at `index` stands beside the noun for what it names."""
    around = (index - 1, index + 1)
    return any(sentence[i].form is Form.WORD and sentence[i].lower in THINGS for i in around if 0 <= i < len(sentence))
