"""Operation: an editor's action, with what is needed to undo it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.base import choices_constraint, user_foreign_key


class OperationVerb(models.TextChoices):
    """What an editor did, one for each service that is an operation of its own."""

    ACCEPT_ALL = "accept all"
    ACCEPTED = "accepted"
    ADD_CLAIM = "add claim"
    ADD_QUOTE = "add quote"
    ASSIGN = "assign"
    ASSIGNMENT_DONE = "assignment done"
    BULK_CHANGE = "bulk change"
    CHANGE_WORDS = "change words"
    DECIDE = "decide"
    DESCRIBE = "describe"
    DISCARD_CORRECTION = "discard correction"
    DISMISS = "dismiss"
    DISMISS_RELATION = "dismiss relation"
    DRAFT = "draft"
    DRAFT_CORRECTION = "draft correction"
    EDIT_CLAIM = "edit claim"
    IMPORT = "import"
    INTRODUCE = "introduce"
    JOIN = "join"
    MERGE = "merge"
    MERGE_CLAIMS = "merge claims"
    NEW_SPEAKER = "new speaker"
    OWN_CLAIM = "own claim"
    PART = "part"
    PENDING = "pending"
    PUBLISH_CORRECTION = "publish correction"
    REEXTRACT = "reextract"
    REJECTED = "rejected"
    RELATE_CLAIMS = "relate claims"
    RELATE_SOURCES = "relate sources"
    RELEASE_CLAIM = "release claim"
    RELEASE_CLAIMS = "release claims"
    RESTORE = "restore"
    RETRACT = "retract"
    SET_CLAIM = "set claim"
    SET_SPEAKER = "set speaker"
    SETTLE = "settle"
    SPLIT = "split"
    SPLIT_CLAIM = "split claim"
    SUGGEST_RELATIONS = "suggest relations"
    TIE_QUOTES = "tie quotes"
    UNDO = "undo"


class Operation(models.Model):
    """An editor's action, with the rows that it changed as they were before and after.

    `rows` is a list of `{"model": "quote", "pk": 3, "before": {…}, "after": {…}}` in the order in which the rows were
    first written. `before` and `after` map the written columns to JSON values (ISO 8601 for dates and times, primary
    keys for references); `before` is null for a row that the operation created. `undoes` is the operation that this one
    reverts.
    """

    verb = models.CharField(max_length=40)
    summary = models.CharField(max_length=300)
    editor = user_foreign_key("operations")
    at = models.DateTimeField(default=timezone.now, editable=False)
    rows = models.JSONField(default=list, editable=False)
    undoes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="undone"
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["editor", "-id"], name="operation_of_editor")]
        constraints: ClassVar = [
            choices_constraint("operation_verb_is_known", "verb", OperationVerb),
            models.CheckConstraint(
                condition=Q(undoes=None) | ~Q(undoes=models.F("id")), name="operation_does_not_undo_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.summary
