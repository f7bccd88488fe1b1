"""Saved views of lists."""

import pytest
from django.contrib.auth.models import Permission, User

from claims.models import SavedView
from claims.models.saved_view import MAX_SAVED_VIEW_NAME_LENGTH
from claims.services.errors import RefusedError
from claims.services.people import saved_views
from tests import factories as make

pytestmark = pytest.mark.django_db


def save_shared_view(owner: User, name: str = "Rivers", *, shared: bool = False) -> SavedView:
    return saved_views.create_saved_view(
        name=name, listing="claims.claim", query=[("q", "rivers")], owner=owner, shared=shared
    )


def test_a_view_is_saved_under_a_clean_name() -> None:
    ann = make.UserFactory()
    view = save_shared_view(ann, "  Rivers \n and\troads ")
    view.refresh_from_db()
    assert (view.name, view.listing, view.query, view.shared) == (
        "Rivers and roads",
        "claims.claim",
        [["q", "rivers"]],
        False,
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param("", "Enter a name", id="empty"),
        pytest.param(" \0 ", "Enter a name", id="blank"),
        pytest.param("x" * (MAX_SAVED_VIEW_NAME_LENGTH + 1), f"at most {MAX_SAVED_VIEW_NAME_LENGTH}", id="too long"),
        pytest.param("Rivers", "already have a saved view named “Rivers”", id="taken"),
    ],
)
def test_refused_names(name: str, error: str) -> None:
    ann = make.UserFactory()
    save_shared_view(ann)
    with pytest.raises(RefusedError, match=error):
        save_shared_view(ann, name)
    assert SavedView.objects.count() == 1


def test_two_users_can_use_one_name() -> None:
    save_shared_view(make.UserFactory())
    save_shared_view(make.UserFactory())
    assert SavedView.objects.count() == 2


def test_the_number_and_length_of_views_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = make.UserFactory()
    monkeypatch.setattr(saved_views, "MAX_SAVED_VIEWS", 2)
    save_shared_view(ann, "1"), save_shared_view(ann, "2")
    with pytest.raises(RefusedError, match="Delete one first"):
        save_shared_view(ann, "3")
    too_long = [("q", "x" * (saved_views.MAX_QUERY_LENGTH + 1))]
    with pytest.raises(RefusedError, match="too long"):
        saved_views.create_saved_view(name="4", listing="claims.claim", query=too_long, owner=make.UserFactory())


def test_only_the_owner_can_change_a_view() -> None:
    ann, ben = make.UserFactory(), make.UserFactory()
    view = save_shared_view(ann, shared=True)
    with pytest.raises(RefusedError, match="Save it under a name of your own"):
        saved_views.update_saved_view(view=view, editor=ben, name="Mine", shared=False)
    saved_views.update_saved_view(view=view, editor=ann, name="Waters", shared=False)
    saved_views.update_saved_view(view=view, editor=ann, name="Waters", shared=False)  # keeping the name is allowed
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Waters", False)


def test_who_can_delete_a_view() -> None:
    ann, ben, chief = make.UserFactory(), make.UserFactory(), make.UserFactory()
    chief.user_permissions.add(Permission.objects.get(codename="delete_savedview"))
    own, shared = save_shared_view(ann), save_shared_view(ann, "Shared", shared=True)
    for editor, view in ((ben, own), (ben, shared), (chief, own)):
        with pytest.raises(RefusedError, match="can delete it"):
            saved_views.delete_saved_view(view=view, editor=editor)
    saved_views.delete_saved_view(view=shared, editor=chief)
    saved_views.delete_saved_view(view=own, editor=ann)
    assert not SavedView.objects.exists()


def test_users_see_their_own_and_shared_views() -> None:
    ann, ben = make.UserFactory(), make.UserFactory()
    own, _, shared = save_shared_view(ann), save_shared_view(ben), save_shared_view(ben, "Shared", shared=True)
    assert set(SavedView.objects.for_user(ann.pk)) == {own, shared}
