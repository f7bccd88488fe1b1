"""NoticePreference: how one person wants to be told of one kind of event by e-mail."""

from typing import ClassVar

from django.db import models

from claims.models.base import choices_constraint, user_foreign_key
from claims.models.notice import NoticeKind


class NoticeDelivery(models.TextChoices):
    OFF = "off", "Off"
    AT_ONCE = "at-once", "At once"
    DAILY = "daily", "Once a day"


# For those who have not chosen: what concerns them alone at once, the rest in one mail a day.
DEFAULT_DELIVERIES = {
    NoticeKind.ASSIGNED: NoticeDelivery.AT_ONCE,
    NoticeKind.MENTIONED: NoticeDelivery.AT_ONCE,
    NoticeKind.SENT_BACK: NoticeDelivery.AT_ONCE,
    NoticeKind.WAITING: NoticeDelivery.DAILY,
    NoticeKind.PUBLISHED: NoticeDelivery.DAILY,
    NoticeKind.REPEATED: NoticeDelivery.DAILY,
    NoticeKind.SOURCE_CHANGED: NoticeDelivery.DAILY,
}


class NoticePreference(models.Model):
    """A choice of one person; without a row, `DEFAULT_DELIVERIES` applies."""

    user = user_foreign_key("notice_preferences")
    kind = models.CharField(max_length=14, choices=NoticeKind)
    delivery = models.CharField(max_length=7, choices=NoticeDelivery)

    class Meta:
        ordering: ClassVar = ["user_id", "kind"]
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_is_unique"),
            choices_constraint("notice_preference_kind_is_known", "kind", NoticeKind),
            choices_constraint("notice_preference_delivery_is_known", "delivery", NoticeDelivery),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}: {self.get_delivery_display()}"
