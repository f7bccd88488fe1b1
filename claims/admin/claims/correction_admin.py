"""Corrections: what was changed in public. They are made by what is done, and only read here."""

from django.contrib import admin
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin
from claims.admin.common.formatting import MAX_LIST_TEXT, label, shortened, stack_lines
from claims.admin.common.unfold_compat import ChoicesFilter, RelatedFilter
from claims.models import Correction


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """A public note; never changed, never removed."""

    list_display = ("what", "labelled", "reason", "made_by", "made_at")
    list_select_related = ("claim__speaker", "made_by")
    list_filter = (("kind", ChoicesFilter), ("claim", RelatedFilter))
    search_fields = ("text", "reason", "claim__text")
    ordering = ("-made_at", "-id")
    fields = ("claim", "kind", "text", "reason", "made_by", "made_at")

    @admin.display(description="correction")
    def what(self, correction: Correction) -> SafeString:
        """What was changed, in which claim, and whose that is."""
        return stack_lines(correction.text, shortened(correction.claim.text, MAX_LIST_TEXT), correction.claim.speaker)

    @admin.display(description="kind")
    def labelled(self, correction: Correction) -> SafeString:
        """As a label."""
        return label(correction.kind, correction.get_kind_display())
