"""Notices: services note here what happened, in their own transaction; `notice_delivery` sends it afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from claims.models import (
    Claim,
    Comment,
    Notice,
    NoticeChannel,
    NoticeDelivery,
    NoticeKind,
    NoticePreference,
    Quote,
    Source,
    Verification,
)
from claims.models.notice import MAX_NOTICE_SUMMARY
from claims.models.notice_preference import DEFAULT_DELIVERIES
from claims.services.people.accounts import users_who_may_see
from claims.truncation import truncate

Subject = Quote | Claim | Verification | Source
MAX_TITLE = 120
NEWSROOM_KINDS = {
    NoticeKind.WAITING,
    NoticeKind.REPEATED,
    NoticeKind.SOURCE_CHANGED,
}  # the chat is told even if nobody gets a mail

# The line that a person reads, and the one in the chat.
SUMMARIES: dict[NoticeKind, tuple[str, str]] = {
    NoticeKind.ASSIGNED: ("{by} assigned a {thing} to you: {title}", "{by} assigned a {thing} to {to}: {title}"),
    NoticeKind.MENTIONED: (
        "{by} mentioned you in a comment on a {thing}: {title}",
        "{by} mentioned {to} in a comment on a {thing}: {title}",
    ),
    NoticeKind.SENT_BACK: (
        "{by} sent your verdict back to you: {title}",
        "{by} sent the verdict of {to} back: {title}",
    ),
    NoticeKind.WAITING: (
        "A verdict is waiting for your approval: {title}",
        "A verdict is waiting for approval: {title}",
    ),
    NoticeKind.PUBLISHED: (
        "{by} approved and published your verdict: {title}",
        "{by} approved and published the verdict of {to}: {title}",
    ),
    NoticeKind.REPEATED: (
        "A claim that you checked was said again: {title}",
        "A claim with a verdict was said again: {title}",
    ),
    NoticeKind.SOURCE_CHANGED: (
        "A source has changed and lacks some of its quotes: {title}",
        "A source has changed and lacks some of its quotes: {title}",
    ),
}


def notify(
    *,
    kind: NoticeKind,
    about: Sequence[Subject],
    to: Iterable[User],
    by: User | None,
    text: str = "",
    comment: Comment | None = None,
) -> None:
    """Note an event for those whom it concerns, in the caller's transaction: one notice about each object.

    Nobody is told of what they did themselves, nor who is inactive, may not see the objects or has no valid address.
    `text` is what a colleague wrote about it; that of a `comment` is read when it is sent. The chat is told neither.
    """
    to_chat = bool(settings.FACTBASE_CHAT_URL) and kind in settings.FACTBASE_CHAT_KINDS
    if not about or not (settings.EMAIL_HOST or to_chat):
        return
    people = [user for user in to if by is None or user.pk != by.pk]
    if not people and kind not in NEWSROOM_KINDS:
        return
    now = timezone.now()
    for_person, for_chat = SUMMARIES[kind]
    deliveries = _deliveries(kind, people, type(about[0]), with_comments=comment is not None)
    notices = []
    for subject in about:
        words = {
            "by": by.get_username() if by else "factbase",
            "to": ", ".join(user.get_username() for user in people),
            "thing": str(subject._meta.verbose_name),
            "title": _title(subject),
        }
        target = {str(subject._meta.model_name): subject, "comment": comment, "kind": kind}
        summary = one_line(for_person.format(**words))
        notices += [
            Notice(
                channel=NoticeChannel.EMAIL,
                recipient=user,
                summary=summary,
                text=text,
                due_at=next_digest(now) if delivery == NoticeDelivery.DAILY else now,
                **target,
            )
            for user, delivery in deliveries.items()
        ]
        if to_chat:
            summary = one_line(for_chat.format(**words))
            notices.append(Notice(channel=NoticeChannel.CHAT, summary=summary, due_at=now, **target))
    Notice.objects.bulk_create(notices)


def is_delivery_configured() -> bool:
    """Whether the site has a mail server or the webhook of a chat."""
    return bool(settings.EMAIL_HOST or settings.FACTBASE_CHAT_URL)


def get_preferences(*, user: User) -> dict[NoticeKind, NoticeDelivery]:
    """How the user is told of each kind of event."""
    chosen = dict(NoticePreference.objects.filter(user=user).values_list("kind", "delivery"))
    return {kind: NoticeDelivery(chosen.get(kind, DEFAULT_DELIVERIES[kind])) for kind in NoticeKind}


@transaction.atomic
def set_preferences(*, user: User, deliveries: Mapping[NoticeKind, NoticeDelivery]) -> None:
    """Store how the user is told of these kinds of events from now on."""
    rows = [NoticePreference(user=user, kind=kind, delivery=delivery) for kind, delivery in deliveries.items()]
    NoticePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["delivery"]
    )


def retry_notice(*, notice: Notice) -> Notice:
    """Deliver a notice that was given up after all, at the next occasion. One that was sent stays sent."""
    Notice.objects.given_up().filter(pk=notice.pk).update(attempts=0, due_at=timezone.now(), error="")
    notice.refresh_from_db()
    return notice


def next_digest(now: datetime) -> datetime:
    """The next time of day at which the digests are sent."""
    today = now.replace(hour=settings.FACTBASE_DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def has_valid_address(user: User) -> bool:
    try:
        validate_email(user.email)
    except ValidationError:
        return False
    return True


def one_line(text: str, limit: int = MAX_NOTICE_SUMMARY) -> str:
    """The text without line breaks and control characters, as headers need it."""
    return truncate(" ".join("".join(char if char.isprintable() else " " for char in text).split()), limit)


def _deliveries(
    kind: NoticeKind, people: Sequence[User], model: type[Subject], *, with_comments: bool
) -> dict[User, NoticeDelivery]:
    """Who is told by e-mail, and how; without those who want none of this kind."""
    if not settings.EMAIL_HOST or not people:
        return {}
    allowed = users_who_may_see(model).filter(pk__in=[user.pk for user in people])
    if with_comments:
        allowed = allowed.filter(pk__in=users_who_may_see(Comment).values("pk"))
    chosen = dict(NoticePreference.objects.filter(kind=kind, user__in=people).values_list("user", "delivery"))
    deliveries = {
        user: NoticeDelivery(chosen.get(user.pk, DEFAULT_DELIVERIES[kind]))
        for user in allowed
        if has_valid_address(user)
    }
    return {user: delivery for user, delivery in deliveries.items() if delivery != NoticeDelivery.OFF}


def _title(subject: Subject) -> str:
    text = subject.claim if isinstance(subject, Verification) else subject
    return truncate(str(text), MAX_TITLE)
