"""Claims: what is asserted, what carries it, and what was found of it."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.base import chosen, editor
from claims.admin.claim_state import PublicationFilter, StatusFilter, publication, status_label
from claims.admin.history import RecordedAdmin
from claims.admin.importing import ImportsAdmin
from claims.admin.lists import counted, list_address
from claims.admin.look import ModelForm, RelatedFilter
from claims.admin.steps import ReasonForm, Step, take
from claims.admin.wording import lines, shortened
from claims.export import csv
from claims.models import Claim, Decision, Quote
from claims.services import correct

MOST_ROWS = 100  # of quotes on a claim's page; the list has them all


def retract(request: HttpRequest, claim: Claim, given: dict[str, Any]) -> str:
    """The step. Raises RefusedError as the service does."""
    correct.retract_claim(claim=claim, editor=editor(request), reason=given["reason"])
    return f"“{shortened(claim.text, 100)}” was retracted; readers find a stub and your reason."


def can_be_retracted(request: HttpRequest, claim: Claim) -> bool:
    """Whether readers may have seen it."""
    return not claim.retracted_at and bool(claim.released_at and claim.released_at <= timezone.now())


@admin.register(Claim)
class ClaimAdmin(ImportsAdmin, RecordedAdmin):
    """One sentence, with its appearances and verifications."""

    import_kind = "claims"
    import_title = "Import claims"
    import_intro = "New claims, and changes of those that no reader sees. A row with a claim_id changes that claim."
    import_permissions = ("claims.add_claim", "claims.change_claim")

    list_display = ("claim", "status", "publication", "topic_names", "appearances", "updated_at")
    list_display_links = ("claim",)
    list_select_related = ("speaker",)
    list_filter = (StatusFilter, PublicationFilter, ("topics", RelatedFilter), ("speaker", RelatedFilter))
    search_fields = ("text", "speaker__name", "speaker__names__name")
    search_help_text = "Claim or speaker"
    ordering = ("-created_at", "-id")
    list_disable_select_all = False
    autocomplete_fields = ("speaker", "topics")
    actions = ("export_csv", "retract_chosen")
    steps = (
        Step(
            name="retract",
            label="Retract",
            colour="bad",
            form=ReasonForm,
            offered=can_be_retracted,
            do=retract,
            warning="Readers will find a stub in its place, with the reason you give. This cannot be undone.",
        ),
    )
    panel_template = "claims/admin/claim_panel.html"
    readonly_fields = ("status", "publication", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("text", "speaker", "said_on", "topics")}),
        ("Publication", {"fields": (("status", "publication"), "released_at", ("created_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """With status, rating and the number of quotes by decision."""
        rows: QuerySet[Claim] = super().get_queryset(request).with_status()  # type: ignore[attr-defined]  # a ClaimQuerySet's
        wanted = (Decision.ACCEPTED, Decision.PENDING)
        rating = {f"rating_{name}": F(f"current__rating__{name}") for name in ("name", "value", "worst", "best")}
        counts = {f"n_{decision}": counted(Quote.objects.filter(decision=decision), "claim") for decision in wanted}
        return rows.annotate(**rating, **counts).prefetch_related("topics")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A stub stays as readers find it."""
        fixed = ("text", "speaker", "said_on", "topics", "released_at") if obj and obj.retracted_at else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no reader saw it and no quote makes it."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (obj.released_at is None and not obj.quotes.exists()))

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm, change: bool) -> None:
        """Readers lose nothing in silence."""
        if "released_at" in form.changed_data:
            correct.check_release(claim=obj, released_at=obj.released_at)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """After a change of what verdicts judge, the service looks at them."""
        super().save_related(request, form, formsets, change)
        if {"text", "speaker"} & set(form.changed_data):
            correct.claim_edited(claim=form.instance, editor=editor(request))

    def panel(self, request: HttpRequest, obj: Claim) -> dict[str, Any]:
        """Its quotes and its verifications."""
        quotes = obj.quotes.select_related("speaker", "snapshot__source").defer("snapshot__text")
        shown = list(quotes.order_by("decision", "pk")[: MOST_ROWS + 1])
        return {
            "quotes": shown[:MOST_ROWS],
            "more_quotes": len(shown) > MOST_ROWS,
            "list_address": list_address(claim__id__exact=obj),
            "verifications": obj.verifications.select_related("rating", "author", "approver").order_by("-pk"),
        }

    @admin.action(description="Export as CSV (what is released)", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponseBase | None:
        """The file that readers get, of the claims selected."""
        asked = queryset.order_by().values("pk")
        released = Claim.objects.released().with_status().filter(pk__in=asked)
        if not released.exists():
            messages.error(request, "None of these claims is released: there is nothing to export.")
            return None
        disposition = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        return StreamingHttpResponse(csv.blocks(released), content_type="text/csv; charset=utf-8", headers=disposition)

    @admin.action(description="Retract…", permissions=["change"])
    def retract_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Asks why first, then retracts each; what is refused is said."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        claims = list(Claim.objects.filter(pk__in=chosen(queryset, most=100)).order_by("pk"))
        if not form.is_valid():
            step = self.steps[0]
            title = f"Retract {len(claims)} claims" if len(claims) != 1 else f"Retract: {claims[0]}"
            return self.ask(request, title=title, form=form, step=step, rows=claims, action="retract_chosen")
        for claim in claims:
            take(request, partial(retract, request, claim, form.cleaned_data))
        return None

    @admin.display(description="claim")
    def claim(self, claim: Claim) -> SafeString:
        """Text and speaker."""
        return lines(shortened(claim.text), claim.speaker or "nobody known")

    @admin.display(description="status")
    def status(self, claim: Any) -> SafeString:
        """Unreviewed, in review, or the rating."""
        return status_label(claim)

    @admin.display(description="publication")
    def publication(self, claim: Any) -> SafeString:
        """What readers see of it."""
        return publication(claim)

    @admin.display(description="topics")
    def topic_names(self, claim: Claim) -> str:
        """All of them."""
        return ", ".join(topic.name for topic in claim.topics.all()) or self.get_empty_value_display()

    @admin.display(description="appearances")
    def appearances(self, claim: Any) -> SafeString:
        """Its quotes that count, and those that wait."""
        return lines(f"{claim.n_accepted} accepted", f"{claim.n_pending} pending" if claim.n_pending else "")
