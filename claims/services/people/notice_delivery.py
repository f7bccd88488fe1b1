"""Delivers notices: by e-mail, all that are due to a person in one mail, and to the chat of the newsroom.

A notice is marked as sent after it was sent. A crash between the two repeats it, and nothing is lost. Of two senders at
once, each takes other notices: whoever takes one puts off when it is due, for as long as an attempt may last.
"""

import http.client
import json
import smtplib
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from claims.models import Assignment, Notice, NoticeChannel, NoticeKind, VerificationState
from claims.models.notice import MAX_ATTEMPTS
from claims.services.people.accounts import users_who_may_see
from claims.services.people.notices import has_valid_address

LEASE = timedelta(minutes=10)
BACK_OFF = [
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440)
]  # after each failed attempt but the last
KEPT_AFTER_SENDING = timedelta(days=30)
MAX_NOTICES_PER_MESSAGE = 200
MAX_MAIL_LINES, MAX_CHAT_LINES = 50, 10
MAX_MAIL_TEXT = 1000  # characters of what a colleague wrote
CHAT_TIMEOUT_SECONDS = 10

# The state in which a verification must still be for a notice of this kind to say something true.
_STATES = {
    NoticeKind.SENT_BACK: VerificationState.DRAFT,
    NoticeKind.WAITING: VerificationState.SUBMITTED,
    NoticeKind.PUBLISHED: VerificationState.PUBLISHED,
}


class ChatError(Exception):
    """The chat did not take a message."""


@dataclass(slots=True)
class DeliveryReport:
    """What a run did; `given_up` counts notices, of those whose delivery failed, that are not tried again."""

    mails: int = 0
    messages: int = 0
    failed: int = 0
    given_up: int = 0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Whoever answers for the webhook must not send messages on to another address."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def deliver_due(*, now: datetime | None = None) -> DeliveryReport:
    """Deliver every notice that is due, and delete those sent long ago."""
    report, now = DeliveryReport(), now or timezone.now()
    while notices := _take_due(now):
        notices = _drop_obsolete(notices)
        if not notices:
            continue
        by_email = notices[0].channel == NoticeChannel.EMAIL
        try:
            if by_email:
                _send_mail(notices)
            else:
                _post_to_chat(notices)
        except (smtplib.SMTPException, http.client.HTTPException, ChatError, OSError) as error:
            _put_off(notices, now, f"{type(error).__name__}: {error}", report)
        else:
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=timezone.now(), error="")
            report.mails += by_email
            report.messages += not by_email
    Notice.objects.filter(sent_at__lt=now - KEPT_AFTER_SENDING).delete()
    return report


@transaction.atomic
def _take_due(now: datetime) -> list[Notice]:
    """All notices due to one person, or to the chat; no other sender takes them until their lease ends."""
    channels = [
        channel
        for channel, is_configured in (
            (NoticeChannel.EMAIL, settings.EMAIL_HOST),
            (NoticeChannel.CHAT, settings.FACTBASE_CHAT_URL),
        )
        if is_configured
    ]
    due = Notice.objects.waiting().filter(due_at__lte=now, channel__in=channels)
    due = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")
    first = due.first()
    if first is None:
        return []
    same = due.filter(channel=first.channel, recipient=first.recipient_id)[:MAX_NOTICES_PER_MESSAGE]
    ids = [notice.pk for notice in same]
    Notice.objects.filter(pk__in=ids).update(attempts=F("attempts") + 1, due_at=now + LEASE)
    subjects = ("quote", "claim", "verification__claim", "source", "comment", "recipient")
    return list(Notice.objects.filter(pk__in=ids).select_related(*subjects).order_by("pk"))


def _drop_obsolete(notices: list[Notice]) -> list[Notice]:
    """Delete notices that are no longer true, or whose recipient may no longer have them; returns the others."""
    kept = [notice for notice in notices if _is_true(notice) and _may_have(notice)]
    Notice.objects.filter(pk__in={notice.pk for notice in notices} - {notice.pk for notice in kept}).delete()
    return kept


def _is_true(notice: Notice) -> bool:
    subject: Any = notice.subject
    if notice.kind == NoticeKind.ASSIGNED:
        assigned = Assignment.objects.open().filter(**{subject._meta.model_name: subject})
        return (assigned.filter(assignee=notice.recipient_id) if notice.recipient_id else assigned).exists()
    if notice.comment is not None:
        return notice.comment.taken_back_at is None
    if notice.kind == NoticeKind.REPEATED:
        return subject.retracted_at is None and subject.merged_into_id is None
    state = _STATES.get(NoticeKind(notice.kind))
    return state is None or subject.state == state


def _may_have(notice: Notice) -> bool:
    if notice.recipient is None:
        return True
    allowed = users_who_may_see(type(notice.subject)).filter(pk=notice.recipient.pk)
    return has_valid_address(notice.recipient) and allowed.exists()


def _put_off(notices: list[Notice], now: datetime, error: str, report: DeliveryReport) -> None:
    for notice in notices:
        notice.error = error[:300]
        if notice.attempts < MAX_ATTEMPTS:
            notice.due_at = now + BACK_OFF[notice.attempts - 1]
        else:
            report.given_up += 1
    Notice.objects.bulk_update(notices, ["due_at", "error"])
    report.failed += len(notices)


def _send_mail(notices: list[Notice]) -> None:
    recipient = notices[0].recipient
    if recipient is None:  # the constraint notice_by_email_has_a_recipient excludes it
        raise TypeError("An e-mail needs a recipient.")
    base = settings.FACTBASE_BASE_URL
    context = {
        "entries": [_mail_entry(notice) for notice in notices[:MAX_MAIL_LINES]],
        "more": max(len(notices) - MAX_MAIL_LINES, 0),
        "dashboard_url": base + reverse("admin:index"),
        "preferences_url": base + reverse("admin:claims_notice_mine"),
    }
    subject = notices[0].summary if len(notices) == 1 else f"{len(notices)} notifications"
    host = urlsplit(base).hostname
    EmailMessage(
        subject=f"[factbase] {subject}",
        body=render_to_string("claims/mail/notices.txt", context),
        to=[recipient.email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same for a repetition, so that mail servers can tell.
            "Message-ID": f"<notice-{notices[0].pk}-{notices[-1].pk}-{len(notices)}@{host}>",
        },
    ).send()


def _mail_entry(notice: Notice) -> dict[str, str]:
    text = notice.comment.text if notice.comment else notice.text
    return {"summary": notice.summary, "text": text[:MAX_MAIL_TEXT], "url": _absolute_url(notice)}


def _absolute_url(notice: Notice) -> str:
    subject = notice.subject
    page = reverse(f"admin:claims_{subject._meta.model_name}_change", args=[subject.pk])
    return f"{settings.FACTBASE_BASE_URL}{page}{f'#comment-{notice.comment_id}' if notice.comment_id else ''}"


def _post_to_chat(notices: list[Notice]) -> None:
    lines = [f"{_escape_for_chat(notice.summary)} {_absolute_url(notice)}" for notice in notices[:MAX_CHAT_LINES]]
    if len(notices) > MAX_CHAT_LINES:
        lines.append(f"and {len(notices) - MAX_CHAT_LINES} more")
    request = urllib.request.Request(  # noqa: S310  # the setting is an http or https URL
        settings.FACTBASE_CHAT_URL,
        data=json.dumps({"text": "\n".join(lines)}).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "factbase"},
    )
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=CHAT_TIMEOUT_SECONDS) as response:
            status = response.status
    except urllib.error.HTTPError as error:
        with error:
            status = error.code
    if not 200 <= status < 300:
        raise ChatError(f"the webhook answered with status {status}")


def _escape_for_chat(text: str) -> str:
    """The text without what Slack and Mattermost would take for markup or for a call on everybody."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("@", "@\u200b")
