"""Admin of published corrections: public notes about changed claims, written by services, read-only here."""

from django.contrib import admin
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin
from claims.admin.common.formatting import MAX_LIST_TEXT, badge, stack_lines, truncate_line
from claims.admin.common.unfold_compat import ChoicesFilter, RelatedFilter
from claims.models import Correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("correction", "kind_label", "reason", "made_by", "made_at")
    list_select_related = ("claim__speaker", "made_by")
    list_filter = (("kind", ChoicesFilter), ("claim", RelatedFilter))
    search_fields = ("text", "reason", "claim__text")
    ordering = ("-made_at", "-id")
    fields = ("claim", "kind", "text", "reason", "made_by", "made_at")

    @admin.display(description="correction")
    def correction(self, correction: Correction) -> SafeString:
        """The note, with the claim and its speaker below it."""
        return stack_lines(
            correction.text, truncate_line(correction.claim.text, MAX_LIST_TEXT), correction.claim.speaker
        )

    @admin.display(description="kind")
    def kind_label(self, correction: Correction) -> SafeString:
        return badge(correction.kind, correction.get_kind_display())
