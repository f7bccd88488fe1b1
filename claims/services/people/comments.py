"""What editors say to each other about a quote, a claim or a verification, and who is called on by it.

These are words between colleagues, no part of the record: nothing public comes of them; a comment is its own history.
"""

import re
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.models import Claim, Comment, Mention, Quote, Verification
from claims.models.comment import MAX_COMMENT_LENGTH
from claims.services.errors import RefusedError

MAX_MENTIONS = 20
# A name as Django's accounts have it, where no letter stands before the @ (that is an address). What ends a sentence
# may end a name as well: both readings are looked up, the longer one first.
_MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]{1,150})")
_SENTENCE_ENDS = ".@+-"


@dataclass(frozen=True, slots=True)
class AddedComment:
    """The comment as it is kept, who is called on by it, and the names that are nobody's here."""

    comment: Comment
    mentioned: tuple[User, ...]
    unknown: tuple[str, ...]


def parse_mentions(text: str) -> list[str]:
    """The names called with an @ in the text, each once, in order; as written, without the @."""
    return list(dict.fromkeys(_MENTION.findall(text)))


@transaction.atomic
def add_comment(*, on: Quote | Claim | Verification, text: str, author: User) -> AddedComment:
    """Say something about a row; whoever is named with an @ finds it among what waits for them.

    A name that no open account of the staff has is among the `unknown`: the comment is kept all the same. Raises
    RefusedError for an empty text, for one of more than 5,000 characters, and for more than 20 names.
    """
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise RefusedError("Write something first.")
    if len(text) > MAX_COMMENT_LENGTH:
        raise RefusedError(f"A comment has at most {MAX_COMMENT_LENGTH:,} characters; this one has {len(text):,}.")
    called = parse_mentions(text)
    if len(called) > MAX_MENTIONS:
        raise RefusedError(f"A comment calls at most {MAX_MENTIONS} people; this one names {len(called)}.")
    found, unknown = _find_mentioned(called)
    row = Comment.objects.create(
        **{type(on)._meta.model_name or "": on}, author=author, text=text
    )  # public by its docs
    Mention.objects.bulk_create([Mention(comment=row, user=user) for user in found])
    return AddedComment(row, tuple(found), tuple(unknown))


def search_colleagues(*, beginning: str, most: int) -> list[User]:
    """Who can be called on whose account, first or last name begins so, whatever the case; at most so many."""
    letters = beginning.replace("\0", "")[:150]
    named = Q(username__istartswith=letters) | Q(first_name__istartswith=letters) | Q(last_name__istartswith=letters)
    return list(User.objects.filter(named, is_active=True, is_staff=True).order_by("username")[:most])


def _find_mentioned(called: list[str]) -> tuple[list[User], list[str]]:
    """Whom the names stand for, and those that are nobody's."""
    shorter = {name: name.rstrip(_SENTENCE_ENDS) for name in called}
    staff = User.objects.filter(is_active=True, is_staff=True, username__in=[*called, *shorter.values()])
    by_name = {user.username: user for user in staff}
    found: dict[int, User] = {}
    unknown = []
    for name in called:
        if user := by_name.get(name) or by_name.get(shorter[name]):
            found[user.pk] = user
        elif shorter[name]:
            unknown.append(shorter[name])
    return list(found.values()), list(dict.fromkeys(unknown))


@transaction.atomic
def delete_comment(*, comment: Comment, editor: User) -> Comment:
    """Take one's own comment back: a stub stays, and it waits for nobody any more.

    Raises RefusedError for another person's. Twice is once.
    """
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if row.author_id != editor.pk:
        raise RefusedError("Only who wrote a comment takes it back.")
    if row.taken_back_at is None:
        row.taken_back_at = timezone.now()
        row.save(update_fields=["taken_back_at"])
    return row


@transaction.atomic
def set_mention_done(*, comment: Comment, editor: User, done: bool = True) -> Mention:
    """Say that a comment that calls on this person waits for them no more, or (`done=False`) that it does again.

    Raises RefusedError if it does not call on them. Twice is once.
    """
    mention = Mention.objects.select_for_update().filter(comment=comment, user=editor).first()
    if mention is None:
        raise RefusedError("This comment does not mention you: there is nothing to tick off.")
    if (mention.done_at is not None) != done:
        mention.done_at = timezone.now() if done else None
        mention.save(update_fields=["done_at"])
    return mention
