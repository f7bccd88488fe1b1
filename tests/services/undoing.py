"""What an editor did last, taken back."""

from django.contrib.auth.models import User

from claims.models import Operation
from claims.services.correct import Note
from claims.services.undo import last_of, undo


def undo_last(editor: User, note: Note | None = None) -> Operation:
    """With the note that readers are given, where they see the change."""
    last = last_of(editor)
    assert last
    return undo(operation=last, editor=editor, note=note)
