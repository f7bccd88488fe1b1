"""Undoes an editor's last operation."""

from django.contrib.auth.models import User

from claims.models import Operation
from claims.services.claims.corrections import PublicNote
from claims.services.history.undo import last_operation, undo_operation


def undo_last(editor: User, note: PublicNote | None = None) -> Operation:
    last = last_operation(editor)
    assert last
    return undo_operation(operation=last, editor=editor, note=note)
