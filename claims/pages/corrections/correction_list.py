"""The list of corrections."""

from django.utils.translation import gettext_lazy

from claims.pages.search.list_page import ListPageView
from claims.resources.corrections import CORRECTIONS


class CorrectionListView(ListPageView):
    resource = CORRECTIONS
    row_template = "claims/pages/corrections/correction_row.html"
    title = gettext_lazy("Corrections")
    lead = gettext_lazy("What was changed after publication: as it stood before, as it stands now, and why.")
    empty_text = gettext_lazy("Nothing has been corrected yet.")
    date_filters = ("made_after", "made_before")
    choice_filters = ("kind",)
