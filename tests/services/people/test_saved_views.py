"""Views that are kept: names are one's own, and so are the views."""

import pytest
from django.contrib.auth.models import Permission, User

from claims.models import SavedView
from claims.services.errors import RefusedError
from claims.services.people import saved_views
from tests import factories as make

pytestmark = pytest.mark.django_db


def save_shared_view(owner: User, name: str = "Rivers", *, shared: bool = False) -> SavedView:
    return saved_views.create_saved_view(
        name=name, listing="claims.claim", query=[("q", "rivers")], owner=owner, shared=shared
    )


def test_a_view_is_kept_under_a_name() -> None:
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
    ("name", "why"),
    [
        pytest.param("", "Give the view a name", id="empty"),
        pytest.param(" \0 ", "Give the view a name", id="blank"),
        pytest.param("x" * 61, "at most 60", id="too long"),
        pytest.param("Rivers", "choose another", id="given already"),
    ],
)
def test_a_name_that_cannot_be_given(name: str, why: str) -> None:
    ann = make.UserFactory()
    save_shared_view(ann)
    with pytest.raises(RefusedError, match=why):
        save_shared_view(ann, name)
    assert SavedView.objects.count() == 1


def test_two_people_may_give_one_name() -> None:
    save_shared_view(make.UserFactory())
    save_shared_view(make.UserFactory())
    assert SavedView.objects.count() == 2


def test_there_is_an_end_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ann = make.UserFactory()
    monkeypatch.setattr(saved_views, "MAX_SAVED_VIEWS", 2)
    save_shared_view(ann, "1"), save_shared_view(ann, "2")
    with pytest.raises(RefusedError, match="delete one first"):
        save_shared_view(ann, "3")
    with pytest.raises(RefusedError, match="too long"):
        saved_views.create_saved_view(
            name="4", listing="claims.claim", query=[("q", "x" * 2001)], owner=make.UserFactory()
        )


def test_only_its_owner_changes_a_view() -> None:
    ann, ben = make.UserFactory(), make.UserFactory()
    view = save_shared_view(ann, shared=True)
    with pytest.raises(RefusedError, match="save it under a name of your own"):
        saved_views.update_saved_view(view=view, editor=ben, name="Mine", shared=False)
    saved_views.update_saved_view(view=view, editor=ann, name="Waters", shared=False)
    saved_views.update_saved_view(view=view, editor=ann, name="Waters", shared=False)  # its own name is no other's
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Waters", False)


def test_who_deletes_what() -> None:
    ann, ben, chief = make.UserFactory(), make.UserFactory(), make.UserFactory()
    chief.user_permissions.add(Permission.objects.get(codename="delete_savedview"))
    own, shared = save_shared_view(ann), save_shared_view(ann, "Shared", shared=True)
    for editor, view in ((ben, own), (ben, shared), (chief, own)):
        with pytest.raises(RefusedError, match="deletes it"):
            saved_views.delete_saved_view(view=view, editor=editor)
    saved_views.delete_saved_view(view=shared, editor=chief)
    saved_views.delete_saved_view(view=own, editor=ann)
    assert not SavedView.objects.exists()


def test_whose_views_one_sees() -> None:
    ann, ben = make.UserFactory(), make.UserFactory()
    own, _, shared = save_shared_view(ann), save_shared_view(ben), save_shared_view(ben, "Shared", shared=True)
    assert set(SavedView.objects.for_user(ann.pk)) == {own, shared}
