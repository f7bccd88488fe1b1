"""Edits the descriptive fields of a source or a speaker."""

from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import OperationVerb, Source, Speaker
from claims.services.history import audit

MAX_FIELDS_IN_SUMMARY = 5


def update_description(*, row: Source | Speaker, fields: Sequence[str], editor: User) -> None:
    """Store these fields of the row with the values set on it."""
    if not fields:
        return
    labels = {field.name: str(field.verbose_name) for field in type(row)._meta.concrete_fields}
    changed = ", ".join(labels[name] for name in fields[:MAX_FIELDS_IN_SUMMARY])
    with audit.operation(verb=OperationVerb.DESCRIBE, summary=f"Changed “{str(row)[:150]}”: {changed}", editor=editor):
        audit.update([row], list(fields), user=editor, reason="described")
