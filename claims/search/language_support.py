"""Conditions on a column of language tags: whether extraction reads the language."""

from django.db.models import Q

from claims.extraction import READ_LANGUAGES
from claims.search.filterset import in_language


def in_read_language(column: str) -> Q:
    return in_language(column)(sorted(READ_LANGUAGES))


def in_unread_language(column: str) -> Q:
    """The language is known, and extraction does not read it."""
    return ~Q(**{column: ""}) & ~in_read_language(column)
