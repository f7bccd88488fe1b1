"""The readers of texts: one for each language, behind one interface. `extract` chooses by the language of the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from claims.extraction.language import detect_language, dominant_script
from claims.extraction.quotation import Extractor, Quotation, Span

if TYPE_CHECKING:  # a document is read with what the languages below say of their orthography
    from claims.extraction.document import Document


class QuotationReader(Protocol):
    """Finds the quotations in texts of one language; `extractor` is stored with each."""

    extractor: Extractor

    def extract(self, document: "Document") -> list[Quotation]:
        """Return the quotations in reading order, with spans of the original text, in time linear in its length.

        Accepts any text. Raises `ModelError` if the models are missing or damaged.
        """

    def sentences_around(self, document: "Document", span: Span) -> Span:
        """Return the span of the sentences that a span touches, without models."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be read: its script, the package that reads it, and what that needs installed.

    The package holds `READER` in `reader`, `ORTHOGRAPHY` in `orthography` and `SCORING` in `scoring`. Its modules are
    imported when they are needed first, so that a site that reads one language does not carry the models of others.
    `extra` installs the packages that the reader needs.
    """

    script: str
    package: str
    packages: tuple[str, ...] = ()
    extra: str = ""

    @property
    def is_installed(self) -> bool:
        return all(find_spec(package) for package in self.packages)


# By the primary subtags of BCP 47.
LANGUAGES: Mapping[str, Language] = {
    "en": Language("Latin", "claims.extraction.english"),
    "ru": Language(
        "Cyrillic",
        "claims.extraction.russian",
        packages=("natasha", "navec", "pymorphy3", "razdel", "slovnet"),
        extra="russian",
    ),
}
DEFAULT_LANGUAGE = "en"
READ_LANGUAGES = frozenset(tag for tag, language in LANGUAGES.items() if language.is_installed)


def extract(document: "Document", *, language: str = "") -> list[Quotation]:
    """Return a document's attributed quotations in reading order, in time linear in the length of its text.

    Returns none if the language is not read: the one that a BCP 47 tag states or, without that, the one detected.
    A text whose language is uncertain is read by its script.

    Accepts any text. Raises `ModelError` if the model files of its language are missing or damaged.
    """
    if is_language_read(language or detect_language(document.original)) is False:
        return []
    return load_reader(choose_language(document.original, language)).extract(document)


def extractor_of(text: str) -> Extractor:
    """Return what would extract the quotations of a text."""
    return load_reader(choose_language(text)).extractor


def choose_language(text: str, stated: str = "") -> str:
    """Return the language to read a text in: of those in its script, the one stated or else the one detected."""
    script = dominant_script(text)
    candidates = [tag for tag in sorted(READ_LANGUAGES) if LANGUAGES[tag].script == script]
    if len(candidates) > 1:
        language = primary_subtag(stated) or detect_language(text)
        return language if language in candidates else candidates[0]
    return candidates[0] if candidates else DEFAULT_LANGUAGE


def load_reader(language: str) -> QuotationReader:
    reader: QuotationReader = load_part(language, "reader")
    return reader


def load_part(language: str, name: str) -> Any:
    """Return what the module of this name holds in a language's package: `READER` in `reader`."""
    return getattr(import_module(f"{LANGUAGES[language].package}.{name}"), name.upper())


def is_language_read(tag: str) -> bool | None:
    """Return whether extraction reads texts in the language of a BCP 47 tag; None if the tag is empty."""
    return primary_subtag(tag) in READ_LANGUAGES if tag else None


def primary_subtag(tag: str) -> str:
    """Return the language of a BCP 47 tag without script and region: `pt` of `pt-BR`."""
    return tag.partition("-")[0].lower()
