"""Notice: what somebody is told by e-mail, or the newsroom in its chat, about one object."""

from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.claim import Claim
from claims.models.comment import Comment
from claims.models.quote import Quote
from claims.models.source import Source
from claims.models.verification import Verification

MAX_ATTEMPTS = 7  # then a notice is given up
MAX_NOTICE_SUMMARY = 300


class NoticeKind(models.TextChoices):
    """The event that a notice is about."""

    ASSIGNED = "assigned", "Something is assigned to me"
    MENTIONED = "mentioned", "A comment mentions me"
    SENT_BACK = "sent-back", "A verdict is sent back to me"
    WAITING = "waiting", "A verdict is waiting for my approval"
    PUBLISHED = "published", "My verdict is approved and published"
    REPEATED = "repeated", "A claim with my verdict is said again"
    SOURCE_CHANGED = "source-changed", "A source has changed and lacks some of its quotes"


class NoticeChannel(models.TextChoices):
    EMAIL = "email", "E-mail"
    CHAT = "chat", "Chat"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        """Notices that are to be delivered, now or later."""
        return self.filter(sent_at=None, attempts__lt=MAX_ATTEMPTS)

    def given_up(self) -> Self:
        """Notices whose delivery failed too often."""
        return self.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS)


class Notice(models.Model):
    """A row of the outbox: written with the event, delivered later by `claims.services.people.notice_delivery`.

    `due_at` is when it is delivered next: at first at once or with the daily digest, then after a failed attempt. While
    an attempt runs, `due_at` is when another sender may take over.
    """

    kind = models.CharField(max_length=14, choices=NoticeKind)
    channel = models.CharField(max_length=5, choices=NoticeChannel)
    recipient = user_foreign_key("notices", null=True)
    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    verification = models.ForeignKey(Verification, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    summary = models.CharField(max_length=MAX_NOTICE_SUMMARY)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "notification"
        ordering: ClassVar = ["-id"]
        default_permissions: ClassVar = ("change", "view")
        indexes: ClassVar = [models.Index(fields=["due_at"], condition=Q(sent_at=None), name="notice_waiting")]
        constraints: ClassVar = [
            choices_constraint("notice_kind_is_known", "kind", NoticeKind),
            choices_constraint("notice_channel_is_known", "channel", NoticeChannel),
            models.CheckConstraint(
                condition=Q(channel=NoticeChannel.EMAIL, recipient__isnull=False)
                | (~Q(channel=NoticeChannel.EMAIL) & Q(recipient=None)),
                name="notice_by_email_has_a_recipient",
            ),
            models.CheckConstraint(
                condition=Q(quote__isnull=False, claim=None, verification=None, source=None)
                | Q(quote=None, claim__isnull=False, verification=None, source=None)
                | Q(quote=None, claim=None, verification__isnull=False, source=None)
                | Q(quote=None, claim=None, verification=None, source__isnull=False),
                name="notice_is_about_one_object",
            ),
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def subject(self) -> Quote | Claim | Verification | Source:
        """The object that the notice is about."""
        # The constraint notice_is_about_one_object guarantees that exactly one is set.
        return cast(
            "Quote | Claim | Verification | Source", self.quote or self.claim or self.verification or self.source
        )
