"""Lists as somebody wants to see them again: kept under a name, renamed, shared, thrown away."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import SavedView
from claims.models.saved_view import MAX_SAVED_VIEW_NAME_LENGTH
from claims.services.errors import RefusedError

MAX_SAVED_VIEWS = 50  # of one person's
MAX_QUERY_LENGTH = 2000  # characters of all names and values


@transaction.atomic
def create_saved_view(
    *, name: str, listing: str, query: Sequence[tuple[str, str]], owner: User, shared: bool = False
) -> SavedView:
    """Keep a list's filters, search and order under a name.

    `listing` is the model listed (`claims.quote`), `query` its parameters: who calls this has seen to it that the list
    knows them. Raises RefusedError for a name that is empty, too long or given already, and for too many views.
    """
    User.objects.select_for_update().get(pk=owner.pk)  # of two tabs, one saves at a time
    name = _clean_view_name(name, owner)
    if sum(len(key) + len(value) for key, value in query) > MAX_QUERY_LENGTH:
        raise RefusedError("What this list is filtered by is too long to be kept.")
    if SavedView.objects.filter(owner=owner).count() >= MAX_SAVED_VIEWS:
        raise RefusedError(f"You keep {MAX_SAVED_VIEWS} views already: delete one first.")
    return SavedView.objects.create(
        name=name, listing=listing, query=[list(pair) for pair in query], owner=owner, shared=shared
    )


@transaction.atomic
def update_saved_view(*, view: SavedView, editor: User, name: str, shared: bool) -> SavedView:
    """Rename a view of one's own, or share it or not. Raises RefusedError for another person's, and as `save_view`."""
    row = SavedView.objects.select_for_update().get(pk=view.pk)
    if row.owner_id != editor.pk:
        raise RefusedError(f"“{row}” is {row.owner}'s: save it under a name of your own.")
    row.name = _clean_view_name(name, editor, but=row)
    row.shared = shared
    row.save(update_fields=["name", "shared"])
    return row


def can_delete_saved_view(*, view: SavedView, editor: User) -> bool:
    """One's own; a shared one also those who keep the sidebar tidy (`claims.delete_savedview`)."""
    return view.owner_id == editor.pk or (view.shared and editor.has_perm("claims.delete_savedview"))


@transaction.atomic
def delete_saved_view(*, view: SavedView, editor: User) -> None:
    """Throw a view away; the rows it listed are not touched. Raises RefusedError for another person's."""
    if not can_delete_saved_view(view=view, editor=editor):
        raise RefusedError(f"“{view}” is {view.owner}'s: only {view.owner} deletes it.")
    view.delete()


def _clean_view_name(name: str, owner: User, but: SavedView | None = None) -> str:
    name = " ".join(name.replace("\0", " ").split())
    if not name:
        raise RefusedError("Give the view a name.")
    if len(name) > MAX_SAVED_VIEW_NAME_LENGTH:
        raise RefusedError(f"The name of a view has at most {MAX_SAVED_VIEW_NAME_LENGTH} characters.")
    if SavedView.objects.filter(owner=owner, name=name).exclude(pk=but.pk if but else 0).exists():
        raise RefusedError(f"You have a view called “{name}”: choose another name, or rename that one.")
    return name
