"""Admin of published corrections: public notes about changes, written by services, read-only here."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, stack_lines, truncate_line
from claims.admin.common.unfold_compat import ChoicesFilter, RelatedFilter
from claims.models import Correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("correction", "changed", "kind_label", "reason", "made_by", "made_at")
    list_filter = (("kind", ChoicesFilter), ("claim", RelatedFilter))
    search_fields = ("text", "reason", "subject", "claim__text")
    ordering = ("-made_at", "-id")
    fields = (
        *("claim", "quote", "verification", "kind", "subject", "speaker", "text", "changed", "reason"),
        *("made_by", "made_at"),
    )
    readonly_fields = ("changed",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        corrections = super().get_queryset(request).select_related("claim__speaker", "made_by")
        return corrections.prefetch_related("changes")

    @admin.display(description="correction")
    def correction(self, correction: Correction) -> SafeString:
        """The note, with the claim or quote and its speaker as they stood below it."""
        subject = correction.subject or (correction.claim.text if correction.claim else "")
        return stack_lines(correction.text, truncate_line(subject, MAX_LIST_TEXT), correction.speaker)

    @admin.display(description="from → to")
    def changed(self, correction: Correction) -> SafeString | str:
        return stack_lines(*map(str, correction.changes.all()))

    @admin.display(description="kind")
    def kind_label(self, correction: Correction) -> SafeString:
        return badge(correction.kind, correction.get_kind_display())
