"""Says in what language a source is, and whether extraction reads it."""

from django.utils.translation import get_language_info

from claims.extraction import LANGUAGES, READ_LANGUAGES, is_language_read
from claims.models import LanguageOrigin, Source


def language_name(tag: str) -> str:
    """The English name of a language by its BCP 47 tag, or the tag if Django knows no name."""
    try:
        return str(get_language_info(tag.lower())["name"])
    except KeyError:
        return tag


def describe_unread_language(source: Source) -> str:
    """Why no quotes were extracted from the text of a source; empty unless its language is not read."""
    if is_language_read(source.language) is not False:
        return ""
    origin = ", as detected in the text" if source.language_origin == LanguageOrigin.DETECTED else ""
    return f"The language, {language_name(source.language)}{origin}, is not read. {describe_read_languages()}"


def describe_doubtful_language(source: Source) -> str:
    """How the stated language of a source differs from that of its text; empty if extraction would do the same."""
    stated, detected = is_language_read(source.language), is_language_read(source.detected_language)
    if stated is None or detected is None or stated == detected:
        return ""
    names = language_name(source.language), language_name(source.detected_language)
    return f"The language is stated to be {names[0]}, but the text seems to be {names[1]}."


def describe_read_languages() -> str:
    """From which languages quotes are extracted, and what to install for more."""
    missing = (
        f" Packages for {language_name(tag)} are missing: pip install 'factbase[{language.extra}]'."
        for tag, language in LANGUAGES.items()
        if tag not in READ_LANGUAGES
    )
    return (
        f"Quotes are extracted from {' and '.join(map(language_name, sorted(READ_LANGUAGES)))} only.{''.join(missing)}"
    )
