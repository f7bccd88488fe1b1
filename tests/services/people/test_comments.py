"""What editors say to each other: kept as it was said, calling on who works here, taken back by its author only."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.models import Comment, Mention
from claims.services.errors import RefusedError
from claims.services.people import comments
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make.UserFactory(username="ann")


@pytest.fixture
def staff() -> dict[str, User]:
    names = ("ben", "ben.wu", "eva@desk", "o+k", "c-d")
    found = {name: make.UserFactory(username=name) for name in names}
    make.UserFactory(username="gone", is_active=False)
    make.UserFactory(username="reader", is_staff=False)
    return found


@pytest.mark.parametrize("factory", [make.QuoteFactory, make.ClaimFactory, make.VerificationFactory])
def test_a_comment_is_on_one_thing(ann: User, factory: Any) -> None:
    row = factory()
    said = comments.add_comment(on=row, text="  Is this so?\r\nReally?  ", author=ann)
    comment = Comment.objects.get()
    assert (comment.subject, comment.author, comment.text) == (row, ann, "Is this so?\nReally?")
    assert list(row.comments.all()) == [said.comment]


@pytest.mark.parametrize(
    ("text", "called", "unknown"),
    [
        pytest.param("@ben look", ["ben"], [], id="first"),
        pytest.param("look, @ben.", ["ben"], [], id="full stop after a name"),
        pytest.param("@ben.wu and @ben", ["ben.wu", "ben"], [], id="a full stop in a name"),
        pytest.param("@ben @ben @ben.", ["ben"], [], id="once is enough"),
        pytest.param("(@c-d) “@o+k” @eva@desk!", ["c-d", "o+k", "eva@desk"], [], id="every sign a name may have"),
        pytest.param("write to ann@ben or x.@ben", [], [], id="an address is no call"),
        pytest.param("@nobody and @Ben", [], ["nobody", "Ben"], id="nobody's name, and another case"),
        pytest.param("@gone @reader", [], ["gone", "reader"], id="who is shut out, who is no staff"),
        pytest.param("@ and @@@ and @...", [], [], id="no name at all"),
        pytest.param("مرحبا @ben\u202e", ["ben"], [], id="right to left"),
    ],
)
def test_names_call_on_people(
    ann: User, staff: dict[str, User], text: str, called: list[str], unknown: list[str]
) -> None:
    said = comments.add_comment(on=make.ClaimFactory(), text=text, author=ann)
    assert [user.username for user in said.mentioned] == called
    assert list(said.unknown) == unknown
    assert sorted(Mention.objects.values_list("user__username", flat=True)) == sorted(called)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(" \n\t\0 ", "Write something", id="empty"),
        pytest.param("x" * 5001, "at most 5,000", id="too long"),
        pytest.param(" ".join(f"@n{n}" for n in range(21)), "at most 20 people", id="too many names"),
    ],
)
def test_what_is_refused_is_not_kept(ann: User, text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        comments.add_comment(on=make.ClaimFactory(), text=text, author=ann)
    assert not Comment.objects.exists()


def test_only_its_author_takes_a_comment_back_and_it_waits_for_nobody_then(ann: User, staff: dict[str, User]) -> None:
    ben = staff["ben"]
    comment = comments.add_comment(on=make.ClaimFactory(), text="@ben?", author=ann).comment
    assert list(Comment.objects.waiting_for(ben.pk)) == [comment]
    with pytest.raises(RefusedError, match="Only who wrote"):
        comments.delete_comment(comment=comment, editor=ben)
    once = comments.delete_comment(comment=comment, editor=ann).taken_back_at
    assert comments.delete_comment(comment=comment, editor=ann).taken_back_at == once is not None
    assert not Comment.objects.waiting_for(ben.pk).exists()
    assert Comment.objects.get().text == "@ben?", "the row stays"


def test_who_is_called_on_ticks_it_off_and_may_let_it_wait_again(ann: User, staff: dict[str, User]) -> None:
    comment = comments.add_comment(on=make.ClaimFactory(), text="@ben @c-d", author=ann).comment
    ben = staff["ben"]
    once = comments.set_mention_done(comment=comment, editor=ben).done_at
    assert comments.set_mention_done(comment=comment, editor=ben).done_at == once is not None
    assert not Comment.objects.waiting_for(ben.pk).exists()
    assert Comment.objects.waiting_for(staff["c-d"].pk).exists(), "the others' are theirs"
    comments.set_mention_done(comment=comment, editor=ben, done=False)
    assert Comment.objects.waiting_for(ben.pk).exists()
    with pytest.raises(RefusedError, match="does not mention you"):
        comments.set_mention_done(comment=comment, editor=ann)


@pytest.mark.parametrize(
    "change",
    [{"text": "Something else."}, {"author": 0}, {"claim": 0}, {"created_at": "2020-01-01T00:00Z"}],
    ids=lambda change: next(iter(change)),
)
def test_the_database_lets_nobody_edit_a_comment(ann: User, change: dict[str, Any]) -> None:
    comment = comments.add_comment(on=make.ClaimFactory(), text="As I said.", author=ann).comment
    others = {"author": make.UserFactory, "claim": make.ClaimFactory}
    given = {name: others[name]().pk if name in others else value for name, value in change.items()}
    with pytest.raises(IntegrityError, match="comment_is_not_edited"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**given)


def test_half_a_comment_is_none(ann: User, staff: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Mention.objects, "bulk_create", fail)
    with pytest.raises(OSError):  # noqa: PT011  # what was planted
        comments.add_comment(on=make.ClaimFactory(), text="@ben", author=ann)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        ("", ["ann", "bo"]),
        ("AN", ["ann"]),
        ("wu", ["ann"]),
        ("Boris", ["bo"]),
        ("nn", []),
        ("shut", []),
        ("reader", []),
        ("\0", ["ann", "bo"]),
        ("%", []),
    ],
)
def test_who_can_be_called_on(beginning: str, found: list[str]) -> None:
    make.UserFactory(username="ann", last_name="Wu", is_staff=True)
    make.UserFactory(username="bo", first_name="Boris", is_staff=True)
    make.UserFactory(username="shut", is_active=False, is_staff=True)
    make.UserFactory(username="reader", is_staff=False)
    assert [user.username for user in comments.search_colleagues(beginning=beginning, most=8)] == found
    assert len(comments.search_colleagues(beginning=beginning, most=1)) == len(found[:1])
