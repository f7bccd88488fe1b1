"""The languages that extraction reads, and the language of a text."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

READ_LANGUAGES = frozenset({"en"})  # the primary subtags of BCP 47
# Of 155 news texts in English, the first 200 characters of each are found to be English, with at least 0.74.
MIN_CONFIDENCE = 0.8
MAX_SAMPLE_LENGTH = 2_000  # code points


def detect_language(text: str) -> str:
    """Return the language of the beginning of a text as a BCP 47 tag; empty if it is not certain."""
    language, confidence = _load_identifier().classify(text[:MAX_SAMPLE_LENGTH])
    return str(language) if confidence >= MIN_CONFIDENCE else ""


def is_language_read(tag: str) -> bool | None:
    """Return whether extraction reads texts in the language of a BCP 47 tag; None if the tag is empty."""
    return primary_subtag(tag) in READ_LANGUAGES if tag else None


def primary_subtag(tag: str) -> str:
    """Return the language of a BCP 47 tag without script and region: `pt` of `pt-BR`."""
    return tag.partition("-")[0].lower()


@cache  # loading takes about half a second, and 80 MB
def _load_identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
