"""Comment: an internal remark on a quote, a claim or a verification; never public."""

from typing import ClassVar, Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import user_foreign_key
from claims.models.claim import Claim
from claims.models.quote import Quote
from claims.models.verification import Verification

MAX_COMMENT_LENGTH = 5000


class CommentQuerySet(models.QuerySet["Comment"]):
    def with_open_mention_of(self, user_id: int | None) -> Self:
        """Comments that mention this user, who has not marked them as done; without deleted comments."""
        return self.filter(mentions__user=user_id, mentions__done_at=None, taken_back_at=None)


class Comment(models.Model):
    """A remark of one person on exactly one object.

    A comment is never edited (the trigger `comment_is_not_edited`). Its author can delete it: `taken_back_at` is set,
    the text is no longer shown, and a stub stays in its place.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    author = user_foreign_key("comments")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["-created_at", "-id"], name="comment_newest_first")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quote__isnull=False, claim=None, verification=None)
                | Q(quote=None, claim__isnull=False, verification=None)
                | Q(quote=None, claim=None, verification__isnull=False),
                name="comment_is_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def subject(self) -> Quote | Claim | Verification:
        """The object that the comment is on."""
        # The constraint comment_is_on_one_thing guarantees that exactly one is set.
        return cast("Quote | Claim | Verification", self.quote or self.claim or self.verification)
