"""A person's name in the nominative."""

from dataclasses import dataclass

from claims.extraction.russian.names.declension import Gender


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a mention in the nominative, in the order in which they were written.

    `given` holds given names or initials. A name in one word is a surname, unless it is a known given name.
    """

    text: str
    gender: Gender | None
    surname: str = ""
    given: str = ""
    patronymic: str = ""
