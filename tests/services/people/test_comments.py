"""Comments of editors, and mentions of colleagues in them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.models import Comment, Mention
from claims.models.comment import MAX_COMMENT_LENGTH
from claims.services.errors import RefusedError
from claims.services.people import comments
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> dict[str, User]:
    names = ("ben", "ben.wu", "eva@desk", "o+k", "c-d")
    users = {name: make.UserFactory(username=name) for name in names}
    make.UserFactory(username="gone", is_active=False)
    make.UserFactory(username="reader", is_staff=False)
    return users


@pytest.mark.parametrize("factory", [make.QuoteFactory, make.ClaimFactory, make.VerificationFactory])
def test_each_comment_has_one_subject(ann: User, factory: Any) -> None:
    row = factory()
    added = comments.add_comment(on=row, text="  Is this so?\r\nReally?  ", author=ann)
    comment = Comment.objects.get()
    assert (comment.subject, comment.author, comment.text) == (row, ann, "Is this so?\nReally?")
    assert list(row.comments.all()) == [added.comment]


@pytest.mark.parametrize(
    ("text", "mentioned", "unknown"),
    [
        pytest.param("@ben look", ["ben"], [], id="first"),
        pytest.param("look, @ben.", ["ben"], [], id="full stop after a name"),
        pytest.param("@ben.wu and @ben", ["ben.wu", "ben"], [], id="a full stop in a name"),
        pytest.param("@ben @ben @ben.", ["ben"], [], id="no duplicates"),
        pytest.param("(@c-d) “@o+k” @eva@desk!", ["c-d", "o+k", "eva@desk"], [], id="every character of usernames"),
        pytest.param("write to ann@ben or x.@ben", [], [], id="an email address"),
        pytest.param("@nobody and @Ben", [], ["nobody", "Ben"], id="unknown name, another case"),
        pytest.param("@gone @reader", [], ["gone", "reader"], id="inactive, not staff"),
        pytest.param("@ and @@@ and @...", [], [], id="no name at all"),
        pytest.param("مرحبا @ben\u202e", ["ben"], [], id="right to left"),
    ],
)
def test_mentions(ann: User, staff: dict[str, User], text: str, mentioned: list[str], unknown: list[str]) -> None:
    added = comments.add_comment(on=make.ClaimFactory(), text=text, author=ann)
    assert [user.username for user in added.mentioned] == mentioned
    assert list(added.unknown) == unknown
    assert sorted(Mention.objects.values_list("user__username", flat=True)) == sorted(mentioned)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param(" \n\t\0 ", "The comment is empty", id="empty"),
        pytest.param("x" * (MAX_COMMENT_LENGTH + 1), f"at most {MAX_COMMENT_LENGTH:,}", id="too long"),
        pytest.param(
            " ".join(f"@n{n}" for n in range(comments.MAX_MENTIONS + 1)),
            f"at most {comments.MAX_MENTIONS} people",
            id="too many mentions",
        ),
    ],
)
def test_refused_comments_are_not_stored(ann: User, text: str, error: str) -> None:
    with pytest.raises(RefusedError, match=error):
        comments.add_comment(on=make.ClaimFactory(), text=text, author=ann)
    assert not Comment.objects.exists()


def test_only_the_author_can_delete_a_comment(ann: User, staff: dict[str, User]) -> None:
    ben = staff["ben"]
    comment = comments.add_comment(on=make.ClaimFactory(), text="@ben?", author=ann).comment
    assert list(Comment.objects.with_open_mention_of(ben.pk)) == [comment]
    with pytest.raises(RefusedError, match="Only the author"):
        comments.delete_comment(comment=comment, editor=ben)
    first_time = comments.delete_comment(comment=comment, editor=ann).taken_back_at
    assert comments.delete_comment(comment=comment, editor=ann).taken_back_at == first_time is not None
    assert not Comment.objects.with_open_mention_of(ben.pk).exists()
    assert Comment.objects.get().text == "@ben?", "a stub stays"


def test_a_mention_is_done_and_reopened_by_the_mentioned_user(ann: User, staff: dict[str, User]) -> None:
    comment = comments.add_comment(on=make.ClaimFactory(), text="@ben @c-d", author=ann).comment
    ben = staff["ben"]
    first_time = comments.set_mention_done(comment=comment, editor=ben).done_at
    assert comments.set_mention_done(comment=comment, editor=ben).done_at == first_time is not None
    assert not Comment.objects.with_open_mention_of(ben.pk).exists()
    assert Comment.objects.with_open_mention_of(staff["c-d"].pk).exists(), "the mention of somebody else stays open"
    comments.set_mention_done(comment=comment, editor=ben, done=False)
    assert Comment.objects.with_open_mention_of(ben.pk).exists()
    with pytest.raises(RefusedError, match="does not mention you"):
        comments.set_mention_done(comment=comment, editor=ann)


@pytest.mark.parametrize(
    "change",
    [{"text": "Something else."}, {"author": 0}, {"claim": 0}, {"created_at": "2020-01-01T00:00Z"}],
    ids=lambda change: next(iter(change)),
)
def test_the_database_refuses_to_edit_a_comment(ann: User, change: dict[str, Any]) -> None:
    comment = comments.add_comment(on=make.ClaimFactory(), text="As I said.", author=ann).comment
    others = {"author": make.UserFactory, "claim": make.ClaimFactory}
    values = {name: others[name]().pk if name in others else value for name, value in change.items()}
    with pytest.raises(IntegrityError, match="comment_is_not_edited"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**values)


def test_a_comment_and_its_mentions_are_stored_together(
    ann: User, staff: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("planted")

    monkeypatch.setattr(Mention.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="planted"):
        comments.add_comment(on=make.ClaimFactory(), text="@ben", author=ann)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("prefix", "usernames"),
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
def test_searching_colleagues(prefix: str, usernames: list[str]) -> None:
    make.UserFactory(username="ann", last_name="Wu", is_staff=True)
    make.UserFactory(username="bo", first_name="Boris", is_staff=True)
    make.UserFactory(username="shut", is_active=False, is_staff=True)
    make.UserFactory(username="reader", is_staff=False)
    assert [user.username for user in comments.search_colleagues(prefix=prefix, limit=8)] == usernames
    assert len(comments.search_colleagues(prefix=prefix, limit=1)) == len(usernames[:1])
