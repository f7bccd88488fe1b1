"""Conditions on a column of language tags."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from claims.extraction import READ_LANGUAGES


def in_language(column: str) -> Callable[[list[str]], Q]:
    """Builds the condition that a language tag equals one of the given ones or is more specific: pt matches pt-BR."""
    return lambda tags: _combine_with_or(
        Q(**{f"{column}__iexact": tag}) | Q(**{f"{column}__istartswith": f"{tag}-"}) for tag in tags
    )


def _combine_with_or(conditions: Iterable[Q]) -> Q:
    alternatives = Q()
    for condition in conditions:
        alternatives |= condition
    return alternatives


def in_read_language(column: str) -> Q:
    return in_language(column)(sorted(READ_LANGUAGES))


def in_unread_language(column: str) -> Q:
    """The language is known, and extraction does not read it."""
    return ~Q(**{column: ""}) & ~in_read_language(column)
