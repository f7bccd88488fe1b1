"""Whether the publisher's page is still there, and whether its text has changed."""

from django.db.models import Case, Exists, F, OuterRef, TextChoices, Value, When
from django.db.models.expressions import Combinable
from rest_framework import serializers

from claims.models import Quote, Snapshot
from claims.resources.fields import ComputedField, FilteredRelations
from claims.resources.sql.expressions import ExecutionTime, ISODateTime


class PageStatus(TextChoices):
    UNCHECKED = "unchecked", "Not read again"
    OK = "ok", "As quoted"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone"


class PageStatusField(ComputedField, serializers.ChoiceField):
    """What the page of a source was like when it was last checked."""

    def __init__(self) -> None:
        super().__init__(
            PageStatus.choices,
            read_only=True,
            help_text="`ok`: when last checked, the page had the text that was quoted. `changed`: its text is another"
            " one now; `current_state` of the quotes says which words are still there. `gone`: it could not be found."
            " `unchecked`: it was not read again.",
        )

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        later = Snapshot.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"))
        quotes = Quote.objects.released(at=ExecutionTime()).filter(snapshot=OuterRef("pk"))
        replaced = Snapshot.objects.filter(Exists(later), Exists(quotes), source=OuterRef(f"{prefix}pk"))
        watch = f"{prefix}watch"
        status = Case(
            When(**{f"{watch}__gone_at__isnull": False}, then=Value(PageStatus.GONE.value)),
            When(Exists(replaced), then=Value(PageStatus.CHANGED.value)),
            When(
                **{f"{watch}__last_checked_at__isnull": False, f"{watch}__reason": ""}, then=Value(PageStatus.OK.value)
            ),
            default=Value(PageStatus.UNCHECKED.value),
        )
        return status, {}


class PageGoneField(ComputedField, serializers.DateTimeField):
    """When a page could not be found, by the checks at the lookup `checks`."""

    def __init__(self, checks: str, *, page: str) -> None:
        super().__init__(
            read_only=True,
            allow_null=True,
            help_text=f"When {page} was last checked, if it could not be found then. Null if it was there, or was not"
            " checked.",
        )
        self.checks = checks

    def expression(self, prefix: str) -> tuple[Combinable, FilteredRelations]:
        checks = f"{prefix}{self.checks}"
        is_gone = When(**{f"{checks}__gone_at__isnull": False}, then=F(f"{checks}__last_checked_at"))
        return ISODateTime(Case(is_gone)), {}
