"""Mention: a user named in a comment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from claims.models.base import user_foreign_key
from claims.models.comment import Comment


class Mention(models.Model):
    """A user whom a comment mentions as @name, and when that user marked the mention as done."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = user_foreign_key("mentions")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["comment_id", "id"]
        indexes: ClassVar = [models.Index(fields=["user", "-id"], condition=Q(done_at=None), name="mention_waiting")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_is_unique_per_comment")
        ]

    def __str__(self) -> str:
        return f"{self.user} in comment {self.comment_id}"
