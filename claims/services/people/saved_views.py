"""Saved views: the filters, search and order of a list, kept under a name and optionally shared."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import SavedView
from claims.models.saved_view import MAX_SAVED_VIEW_NAME_LENGTH
from claims.services.errors import RefusedError

MAX_SAVED_VIEWS = 50  # per owner
MAX_QUERY_LENGTH = 2000  # characters of all names and values together


@transaction.atomic
def create_saved_view(
    *, name: str, listing: str, query: Sequence[tuple[str, str]], owner: User, shared: bool = False
) -> SavedView:
    """Save a view of the list of a model (`listing`, such as "claims.quote") with these query parameters.

    The caller makes sure that the list knows the parameters. Raises RefusedError for a name that is empty, too long or
    taken, and for too many views or parameters.
    """
    User.objects.select_for_update().get(pk=owner.pk)  # serializes saving from two tabs
    name = _clean_view_name(name, owner)
    if sum(len(key) + len(value) for key, value in query) > MAX_QUERY_LENGTH:
        raise RefusedError("These filters are too long to save.")
    if SavedView.objects.filter(owner=owner).count() >= MAX_SAVED_VIEWS:
        raise RefusedError(f"You already have {MAX_SAVED_VIEWS} saved views. Delete one first.")
    return SavedView.objects.create(
        name=name, listing=listing, query=[list(pair) for pair in query], owner=owner, shared=shared
    )


@transaction.atomic
def update_saved_view(*, view: SavedView, editor: User, name: str, shared: bool) -> SavedView:
    """Rename or share a view of one's own. Raises RefusedError for somebody else's, and for names as above."""
    view = SavedView.objects.select_for_update().get(pk=view.pk)
    if view.owner_id != editor.pk:
        raise RefusedError(f"“{view}” belongs to {view.owner}. Save it under a name of your own.")
    view.name = _clean_view_name(name, editor, current=view)
    view.shared = shared
    view.save(update_fields=["name", "shared"])
    return view


def can_delete_saved_view(*, view: SavedView, editor: User) -> bool:
    """Owners delete their views; shared ones can also be deleted with the permission `claims.delete_savedview`."""
    return view.owner_id == editor.pk or (view.shared and editor.has_perm("claims.delete_savedview"))


@transaction.atomic
def delete_saved_view(*, view: SavedView, editor: User) -> None:
    if not can_delete_saved_view(view=view, editor=editor):
        raise RefusedError(f"“{view}” belongs to {view.owner}, so only {view.owner} can delete it.")
    view.delete()


def _clean_view_name(name: str, owner: User, current: SavedView | None = None) -> str:
    """The name with single spaces; `current` is the view that may have it already."""
    name = " ".join(name.replace("\0", " ").split())
    if not name:
        raise RefusedError("Enter a name for the view.")
    if len(name) > MAX_SAVED_VIEW_NAME_LENGTH:
        raise RefusedError(f"The name of a view can have at most {MAX_SAVED_VIEW_NAME_LENGTH} characters.")
    namesakes = SavedView.objects.filter(owner=owner, name=name)
    if namesakes.exclude(pk=current.pk if current else 0).exists():
        raise RefusedError(f"You already have a saved view named “{name}”.")
    return name
