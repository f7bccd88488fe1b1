"""Edits the descriptive fields of a source or a speaker."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import LanguageOrigin, OperationVerb, Source, Speaker
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.sources.translation_suggestions import suggest_translation
from claims.services.sources.translations import newest_snapshot

MAX_FIELDS_IN_SUMMARY = 5
FIELDS_OF_TRANSLATIONS = {"language", "translated_from", "published_on"}  # by which originals are found
OWN_SOURCE_FIELDS = ("title", "publisher", "authors", "url", "published_on")


def may_correct_own_source(*, source: Source, editor: User) -> bool:
    """Whether the editor, who may add sources but not change them, may correct the `OWN_SOURCE_FIELDS` of this one.

    They added it themselves, and readers do not see it.
    """
    return (
        editor.has_perm("claims.add_source")
        and source.history.filter(history_type="+", history_user=editor).exists()
        and not Source.objects.released().filter(pk=source.pk).exists()
    )


@transaction.atomic
def confirm_suggested_date(*, source: Source, editor: User) -> Source:
    """Take the suggested day of publication for the stated one. Raises RefusedError if there is none to take."""
    stored = Source.objects.select_for_update().get(pk=source.pk)
    if stored.published_on is not None:
        raise RefusedError(f"The date of publication is {stored.published_on:%Y-%m-%d} already.")
    if stored.suggested_published_on is None:
        raise RefusedError("No date of publication is suggested.")
    stored.published_on = stored.suggested_published_on
    update_description(row=stored, fields=["published_on"], editor=editor)
    return stored


def update_description(*, row: Source | Speaker, fields: Sequence[str], editor: User) -> None:
    """Store these fields of the row with the values set on it."""
    if not fields:
        return
    changed_fields = list(fields)
    if isinstance(row, Source) and "language" in fields:
        row.language_origin = LanguageOrigin.STATED if row.language else ""
        changed_fields.append("language_origin")
    labels = {field.name: str(field.verbose_name) for field in type(row)._meta.concrete_fields}
    changed = ", ".join(labels[name] for name in fields[:MAX_FIELDS_IN_SUMMARY])
    with audit.operation(verb=OperationVerb.DESCRIBE, summary=f"Changed “{str(row)[:150]}”: {changed}", editor=editor):
        audit.update([row], changed_fields, user=editor, reason="described")
    if isinstance(row, Source) and FIELDS_OF_TRANSLATIONS & set(fields) and (snapshot := newest_snapshot(row)):
        suggest_translation(snapshot=snapshot, editor=editor)
