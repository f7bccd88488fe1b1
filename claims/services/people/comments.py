"""Internal comments of editors on quotes, claims and verifications, with mentions of colleagues.

They are never published, and no operation: a comment is its own history.
"""

import re
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.models import Claim, Comment, Mention, NoticeKind, Quote, Verification
from claims.models.comment import MAX_COMMENT_LENGTH
from claims.services.errors import RefusedError
from claims.services.people.notices import notify

MAX_MENTIONS = 20
MAX_USERNAME_LENGTH = 150
# A username after an @ that no letter precedes (that would be an email address). A character that ends a sentence may
# also end a username: both readings are looked up, the longer one first.
_MENTION = re.compile(rf"(?<![\w@.+-])@([\w.@+-]{{1,{MAX_USERNAME_LENGTH}}})")
_SENTENCE_ENDS = ".@+-"


@dataclass(frozen=True, slots=True)
class AddedComment:
    """The stored comment, the colleagues mentioned in it, and the mentioned names that nobody has."""

    comment: Comment
    mentioned: tuple[User, ...]
    unknown: tuple[str, ...]


def parse_mentions(text: str) -> list[str]:
    """The mentioned usernames as written, without the @, in order and without duplicates."""
    return list(dict.fromkeys(_MENTION.findall(text)))


@transaction.atomic
def add_comment(*, on: Quote | Claim | Verification, text: str, author: User) -> AddedComment:
    """Add a comment; it appears among the tasks of everybody whom it mentions.

    Only active staff can be mentioned; other names are returned as `unknown`. Raises RefusedError for an empty text,
    and for more than MAX_COMMENT_LENGTH characters or MAX_MENTIONS mentions.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise RefusedError("The comment is empty.")
    if len(text) > MAX_COMMENT_LENGTH:
        raise RefusedError(f"A comment can have at most {MAX_COMMENT_LENGTH:,} characters; this one has {len(text):,}.")
    names = parse_mentions(text)
    if len(names) > MAX_MENTIONS:
        raise RefusedError(f"A comment can mention at most {MAX_MENTIONS} people; this one mentions {len(names)}.")
    mentioned, unknown = _find_mentioned(names)
    comment = Comment.objects.create(**{type(on)._meta.model_name or "": on}, author=author, text=text)
    Mention.objects.bulk_create([Mention(comment=comment, user=user) for user in mentioned])
    notify(kind=NoticeKind.MENTIONED, about=[on], to=mentioned, by=author, comment=comment)
    return AddedComment(comment, tuple(mentioned), tuple(unknown))


def search_colleagues(*, prefix: str, limit: int) -> list[User]:
    """Active staff whose username, first or last name starts with `prefix`, ignoring case."""
    prefix = prefix.replace("\0", "")[:MAX_USERNAME_LENGTH]
    matches = Q(username__istartswith=prefix) | Q(first_name__istartswith=prefix) | Q(last_name__istartswith=prefix)
    return list(User.objects.filter(matches, is_active=True, is_staff=True).order_by("username")[:limit])


def _find_mentioned(names: list[str]) -> tuple[list[User], list[str]]:
    """The users with these names, and the names that nobody has."""
    shortened = {name: name.rstrip(_SENTENCE_ENDS) for name in names}
    staff = User.objects.filter(is_active=True, is_staff=True, username__in=[*names, *shortened.values()])
    by_name = {user.username: user for user in staff}
    mentioned: dict[int, User] = {}
    unknown = []
    for name in names:
        if user := by_name.get(name) or by_name.get(shortened[name]):
            mentioned[user.pk] = user
        elif shortened[name]:
            unknown.append(shortened[name])
    return list(mentioned.values()), list(dict.fromkeys(unknown))


@transaction.atomic
def delete_comment(*, comment: Comment, editor: User) -> Comment:
    """Delete a comment of one's own: a stub stays, and its mentions are no tasks any more.

    Raises RefusedError for somebody else's. Deleting it again changes nothing.
    """
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.author_id != editor.pk:
        raise RefusedError("Only the author can delete a comment.")
    if comment.taken_back_at is None:
        comment.taken_back_at = timezone.now()
        comment.save(update_fields=["taken_back_at"])
    return comment


@transaction.atomic
def set_mention_done(*, comment: Comment, editor: User, done: bool = True) -> Mention:
    """Mark a mention as done, or as a task again (`done=False`). Raises RefusedError if the editor is not mentioned."""
    mention = Mention.objects.select_for_update().filter(comment=comment, user=editor).first()
    if mention is None:
        raise RefusedError("This comment does not mention you.")
    if (mention.done_at is not None) != done:
        mention.done_at = timezone.now() if done else None
        mention.save(update_fields=["done_at"])
    return mention
