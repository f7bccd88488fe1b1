"""What the reading of a text knows of how languages are written: of all that are read, as a text may hold several."""

from functools import cache
from typing import NamedTuple

from claims.extraction.readers import LANGUAGES, load_part

NOTHING = "(?!)"  # a pattern that matches nowhere


class Orthography(NamedTuple):
    """`abbreviations` is a pattern of those whose full stop ends no sentence.

    `compound_leads` are words that keep their hyphen where a line ends with it. `dash_cue` is a pattern of what follows
    the dash between speech and its cue: `— It is late, — said Moor`.
    """

    abbreviations: str = NOTHING
    compound_leads: frozenset[str] = frozenset()
    dash_cue: str = NOTHING


@cache  # a language is written the same for as long as a process runs
def known_orthography() -> Orthography:
    """Return what any of the languages knows."""
    languages: list[Orthography] = [load_part(language, "orthography") for language in LANGUAGES]
    return Orthography(
        "|".join(f"(?:{language.abbreviations})" for language in languages),
        frozenset().union(*(language.compound_leads for language in languages)),
        "|".join(f"(?:{language.dash_cue})" for language in languages),
    )
