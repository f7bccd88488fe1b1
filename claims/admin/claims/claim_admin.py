"""Claims: what is asserted, what carries it, and what was found of it."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.claims.claim_panel import get_claim_panel_context
from claims.admin.claims.claim_status import ClaimPublicationFilter, ClaimStatusFilter, publication_label, status_label
from claims.admin.claims.claim_views import claim_urls
from claims.admin.common.base import current_user, selected_ids
from claims.admin.common.bulk_edit import bulk_edit_claims
from claims.admin.common.confirmation import (
    CORRECT_PERMISSION,
    DRAFT_BUTTON,
    PublicNoteForm,
    may_correct,
    public_note_from,
)
from claims.admin.common.formatting import MAX_LIST_TEXT, shortened, stack_lines
from claims.admin.common.list_columns import JOIN_SEPARATOR, count_related, join_related
from claims.admin.common.object_actions import ObjectAction, ReasonForm, run_and_notify
from claims.admin.common.unfold_compat import ModelForm, RelatedFilter
from claims.admin.dashboard.tasks import DisputedFilter
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.imports.csv_import import CSVImportAdmin
from claims.export.tabular import claims_csv
from claims.models import Claim, Quote, Topic
from claims.services.claims import correction_drafts, corrections, editing, relations
from claims.services.errors import RefusedError


def handle_retract_claim(request: HttpRequest, claim: Claim, given: dict[str, Any]) -> str:
    """The step. Raises RefusedError as the service does."""
    corrections.retract_claim(claim=claim, editor=current_user(request), reason=given["reason"])
    return f"“{shortened(claim.text, 100)}” was retracted; readers find a stub and your reason."


def handle_suggest_relations(request: HttpRequest, claim: Claim, given: dict[str, Any]) -> str:
    """The step that looks for related claims."""
    found = relations.suggest_relations(claim=claim, editor=current_user(request))
    if not found:
        return "No claim of another speaker or day is alike, beyond those already suggested or decided."
    return f"{len(found)} claim{'s' if len(found) > 1 else ''} may be related: confirm or dismiss below."


def is_retractable(request: HttpRequest, claim: Claim) -> bool:
    """Whether readers may have seen it."""
    return (
        claim.retracted_at is None
        and claim.merged_into_id is None
        and bool(claim.released_at and claim.released_at <= timezone.now())
    )


def save_as_correction_draft(request: HttpRequest, claim: Claim, given: dict[str, Any]) -> None:
    """What the form says, as a draft. Raises RefusedError without a whole note."""
    if (note := public_note_from(request)) is None:
        errors = PublicNoteForm(request.POST).errors
        raise RefusedError(f"A draft takes the public note it will have: give {' and '.join(errors)}.")
    speaker, said_on = given.get("speaker"), given.get("said_on")
    correction_drafts.save_correction_draft(
        claim=claim, text=given["text"], speaker=speaker, said_on=said_on, note=note, author=current_user(request)
    )
    messages.info(request, "Kept as a draft correction: readers see the old wording until it is published.")


@admin.register(Claim)
class ClaimAdmin(CSVImportAdmin, AuditedAdmin):
    """One sentence, with its appearances and verifications."""

    import_kind = "claims"
    import_title = "Import claims"
    import_intro = "New claims, and changes of those that no reader sees. A row with a claim_id changes that claim."
    import_permissions = ("claims.add_claim", "claims.change_claim")

    list_display = ("claim", "status", "publication", "topic_names", "appearances", "updated_at")
    list_display_links = ("claim",)
    list_select_related = ("speaker",)
    list_filter = (
        ClaimStatusFilter,
        ClaimPublicationFilter,
        DisputedFilter,
        ("topics", RelatedFilter),
        ("speaker", RelatedFilter),
    )
    search_fields = ("text", "speaker__name", "speaker__names__name")
    search_help_text = "Claim or speaker"
    ordering = ("-created_at", "-id")
    list_disable_select_all = False
    autocomplete_fields = ("speaker", "topics")
    actions = ("export_csv", "change_chosen", "merge_chosen", "retract_chosen")
    keeps_drafts = True
    BESIDE: ClassVar = {  # made once: a page asks for them twice
        "n_accepted": count_related(Quote.objects.accepted(), "claim"),
        "n_pending": count_related(Quote.objects.pending(), "claim"),
        "topics_joined": join_related(Topic.objects.all(), "claims", "name"),
    }
    steps = (
        ObjectAction(
            name="suggest",
            label="Look for related claims",
            offered=lambda request, claim: claim.retracted_at is None and claim.merged_into_id is None,
            do=handle_suggest_relations,
        ),
        ObjectAction(
            name="retract",
            label="Retract",
            colour="bad",
            form=ReasonForm,
            offered=is_retractable,
            do=handle_retract_claim,
            permission=CORRECT_PERMISSION,
            warning="Readers will find a stub in its place, with the reason you give.",
        ),
    )
    panel_template = "claims/admin/claims/claim_panel.html"
    below_template = "claims/admin/claims/claim_details.html"
    readonly_fields = ("status", "publication", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("text", "speaker", "said_on", "topics")}),
        ("Publication", {"fields": (("status", "publication"), "released_at", ("created_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """With status, rating and the number of quotes by decision."""
        rows: QuerySet[Claim] = super().get_queryset(request).with_status()  # type: ignore[attr-defined]  # a ClaimQuerySet's
        rating = {f"rating_{name}": F(f"current__rating__{name}") for name in ("name", "value", "worst", "best")}
        return rows.annotate(**rating, **self.BESIDE)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """In an autocomplete only claims that say something themselves."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(retracted_at=None, merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A stub stays as readers find it, a redirect as it was; steps ask for no row."""
        return super().has_change_permission(request, obj) and not (obj and (obj.retracted_at or obj.merged_into_id))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no reader saw it and no quote makes it."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (obj.released_at is None and not obj.quotes.exists()))

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and those of what is done with several claims."""
        return [*claim_urls(self), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm, change: bool) -> None:
        """Only what was changed, by the service; what readers see may be kept as a draft."""
        given, topics = form.cleaned_data, [topic.pk for topic in form.cleaned_data.get("topics", ())]
        by = current_user(request)
        if not change:
            obj.pk = editing.add_claim(given=given, topics=topics, editor=by).pk
            obj._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored
            return
        stored = Claim.objects.get(pk=obj.pk)
        changes = {name: given[name] for name in form.changed_data if name in editing.EDITABLE_CLAIM_FIELDS}
        if DRAFT_BUTTON in request.POST:
            save_as_correction_draft(request, stored, given)
            changes = {name: value for name, value in changes.items() if name not in editing.PUBLIC_CLAIM_FIELDS}
        if changes or "topics" in form.changed_data:
            editing.edit_claim(
                claim=stored, changes=changes, topics=topics if "topics" in form.changed_data else None, editor=by
            )

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """The topics are stored already, with their history."""
        form.save_m2m = lambda: None  # type: ignore[method-assign]  # as Django's own forms have it
        super().save_related(request, form, formsets, change)

    def panel(self, request: HttpRequest, obj: Claim) -> dict[str, Any]:
        """Its quotes, its verifications, its drafts, and the claims that have to do with it."""
        return get_claim_panel_context(obj, editor=current_user(request))

    def has_correct_permission(self, request: HttpRequest) -> bool:
        """For actions: whether this person may change what readers see."""
        return may_correct(request)

    @admin.action(description="Change topics, speaker, day or publication…", permissions=["change"])
    def change_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """On to the page with a tick for each field."""
        return bulk_edit_claims(self, request, queryset)

    @admin.action(description="Merge the two selected…", permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """On to the page that shows both side by side."""
        ids = sorted(queryset.order_by().values_list("pk", flat=True)[:3])
        if len(ids) != 2:
            messages.error(request, "Select exactly two claims to merge.")
            return None
        return HttpResponseRedirect(f"{reverse('admin:claims_claim_merge', args=[ids[0]])}?other={ids[1]}")

    @admin.action(description="Export as CSV (what is released)", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponseBase | None:
        """The file that readers get, of the claims selected."""
        asked = queryset.order_by().values("pk")
        released = Claim.objects.released().with_status().filter(pk__in=asked)
        if not released.exists():
            messages.error(request, "None of these claims is released: there is nothing to export.")
            return None
        disposition = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        return StreamingHttpResponse(
            claims_csv.stream_claims_csv(released), content_type="text/csv; charset=utf-8", headers=disposition
        )

    @admin.action(description="Retract…", permissions=["correct"])
    def retract_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Asks why first, then retracts each; what is refused is said."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        claims = list(Claim.objects.filter(pk__in=selected_ids(queryset, most=100)).order_by("pk"))
        if not form.is_valid():
            step = self.steps[1]
            title = f"Retract {len(claims)} claims" if len(claims) != 1 else f"Retract: {claims[0]}"
            return self.ask(request, title=title, form=form, step=step, rows=claims, action="retract_chosen")
        for claim in claims:
            run_and_notify(request, partial(handle_retract_claim, request, claim, form.cleaned_data))
        return None

    @admin.display(description="claim")
    def claim(self, claim: Claim) -> SafeString:
        """Text and speaker."""
        return stack_lines(shortened(claim.text, MAX_LIST_TEXT), claim.speaker or "nobody known")

    @admin.display(description="status")
    def status(self, claim: Any) -> SafeString:
        """Unreviewed, in review, or the rating."""
        return status_label(claim)

    @admin.display(description="publication")
    def publication(self, claim: Any) -> SafeString:
        """What readers see of it."""
        return publication_label(claim)

    @admin.display(description="topics")
    def topic_names(self, claim: Any) -> str:
        """All of them."""
        return (
            ", ".join(sorted(filter(None, claim.topics_joined.split(JOIN_SEPARATOR)))) or self.get_empty_value_display()
        )

    @admin.display(description="appearances")
    def appearances(self, claim: Any) -> SafeString:
        """Its quotes that count, and those that wait."""
        return stack_lines(f"{claim.n_accepted} accepted", f"{claim.n_pending} pending" if claim.n_pending else "")
