"""Admin of claims: the list with its actions, and the page of one claim."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from claims.admin.claims.claim_panel import get_claim_panel_context
from claims.admin.claims.claim_status import (
    ClaimPublicationFilter,
    ClaimStatusFilter,
    RepeatedFilter,
    publication_label,
    status_label,
)
from claims.admin.claims.claim_views import claim_urls
from claims.admin.claims.release_views import release_claims_view
from claims.admin.claims.similar_claims import search_or_explain
from claims.admin.common.base import EditorForm, current_user, is_autocomplete, selected_ids
from claims.admin.common.bulk_edit import bulk_edit_claims
from claims.admin.common.confirmation import (
    CORRECT_PERMISSION,
    DRAFT_BUTTON,
    PublicNoteForm,
    confirmed_note,
    may_correct,
    public_note_from,
)
from claims.admin.common.formatting import MAX_LIST_TEXT, stack_lines, truncate_line
from claims.admin.common.list_columns import JOIN_SEPARATOR, count_related, join_related
from claims.admin.common.object_actions import CleanedData, ObjectAction, ReasonForm, run_and_notify
from claims.admin.common.unfold_compat import ChoicesFilter, InlineFormSet, ModelForm, RelatedFilter
from claims.admin.dashboard.tasks import DisputedFilter
from claims.admin.imports.csv_import import CSVImportAdmin
from claims.admin.people.assignable_admin import ASSIGNMENT_FILTERS, AssignableAdmin
from claims.export.tabular import resource_csv
from claims.models import Claim, ClaimState, Quote, Repeat, Topic
from claims.resources.claims import CLAIMS
from claims.resources.sql.expressions import CompilationTime
from claims.services.claims import claim_release, correction_drafts, corrections, editing, relations
from claims.services.errors import RefusedError
from claims.services.worthiness.claim_types import suggest_claim_type


def handle_release_claim(request: HttpRequest, claim: Claim, cleaned_data: CleanedData) -> str:
    claim_release.release_claim(claim=claim, text=claim.text, editor=current_user(request))
    return f"“{truncate_line(claim.text, 100)}” released."


def handle_retract_claim(request: HttpRequest, claim: Claim, cleaned_data: CleanedData) -> str:
    corrections.retract_claim(claim=claim, editor=current_user(request), reason=cleaned_data["reason"])
    return f"“{truncate_line(claim.text, 100)}” retracted. Readers see a retraction notice with your reason."


def handle_suggest_relations(request: HttpRequest, claim: Claim, cleaned_data: CleanedData) -> str:
    suggestions, problem = search_or_explain(
        lambda: relations.suggest_relations(claim=claim, editor=current_user(request))
    )
    if problem:
        raise RefusedError(problem)
    if not suggestions:
        return "No new similar claims."
    return f"{len(suggestions)} claim{pluralize(len(suggestions))} may be related: confirm or dismiss below."


def is_releasable(request: HttpRequest, claim: Claim) -> bool:
    return claim.state in {ClaimState.PROPOSED, ClaimState.DRAFT} and claim.quotes.accepted().exists()


def is_retractable(request: HttpRequest, claim: Claim) -> bool:
    """Tells whether readers may have seen the claim and it still speaks for itself."""
    return (
        claim.retracted_at is None
        and claim.merged_into_id is None
        and bool(claim.released_at and claim.released_at <= timezone.now())
    )


def save_as_correction_draft(request: HttpRequest, claim: Claim, cleaned_data: CleanedData) -> None:
    """Saves the form's values as a correction draft. Raises RefusedError if the public note is incomplete."""
    if (note := public_note_from(request)) is None:
        form = PublicNoteForm(request.POST)
        missing = " and ".join(f"“{form.fields[name].label}”" for name in form.errors)
        raise RefusedError(f"A draft correction needs its public note: fill in {missing}.")
    correction_drafts.save_correction_draft(
        claim=claim,
        text=cleaned_data["text"],
        speaker=cleaned_data.get("speaker"),
        said_on=cleaned_data.get("said_on"),
        note=note,
        author=current_user(request),
    )
    messages.info(request, "Saved as a draft correction. Readers see the old wording until it is published.")


RETRACT_ACTION = ObjectAction(
    name="retract",
    label="Retract",
    style="danger",
    form=ReasonForm,
    is_offered=is_retractable,
    run=handle_retract_claim,
    permission=CORRECT_PERMISSION,
    warning="Readers will see a retraction notice with your reason instead of the claim.",
)


class ClaimForm(EditorForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Says which type the words speak for: a suggestion, never stored by itself."""
        super().__init__(*args, **kwargs)
        suggestion = suggest_claim_type(self.instance.text)
        if "claim_type" in self.fields and suggestion and suggestion != self.instance.claim_type:
            self.fields[
                "claim_type"
            ].help_text = f"Suggested from the words: {suggestion.label.lower()} (not confirmed)."

    class Meta:
        labels: ClassVar = {"text": "Claim text", "released_at": "Publish at"}
        help_texts: ClassVar = {"released_at": "A future time sets an embargo."}


@admin.register(Claim)
class ClaimAdmin(CSVImportAdmin, AssignableAdmin):
    form = ClaimForm
    import_kind = "claims"
    import_title = "Import claims"
    import_intro = "Adds new claims, and updates claims that are not public. A row with a claim_id updates that claim."
    import_permissions = ("claims.add_claim", "claims.change_claim")

    list_display = ("claim", "status", "publication", "topic_names", "appearances", "assigned_to", "updated_at")
    list_display_links = ("claim",)
    list_select_related = ("speaker", "assignment__assignee")
    list_filter = (
        ClaimStatusFilter,
        ClaimPublicationFilter,
        RepeatedFilter,
        DisputedFilter,
        ("claim_type", ChoicesFilter),
        *ASSIGNMENT_FILTERS,
        ("topics", RelatedFilter),
        ("speaker", RelatedFilter),
    )
    search_fields = ("text", "speaker__name", "speaker__names__name")
    search_help_text = "Claim or speaker"
    ordering = ("-created_at", "-id")
    list_disable_select_all = False
    autocomplete_fields = ("speaker", "topics")
    actions = ("export_csv", "assign_chosen", "change_chosen", "merge_chosen", "retract_chosen")
    list_before_template = "claims/admin/claims/claim_list_links.html"
    supports_drafts = True
    ANNOTATIONS: ClassVar = {  # built once: every page uses them twice
        "n_accepted": count_related(Quote.objects.accepted(), "claim"),
        "n_pending": count_related(Quote.objects.pending(), "claim"),
        "n_repeats": count_related(Repeat.objects.released(at=CompilationTime()), "claim"),
        "topics_joined": join_related(Topic.objects.all(), "claims", "name"),
    }
    object_actions = (
        ObjectAction(
            name="release", label="Release", style="primary", is_offered=is_releasable, run=handle_release_claim
        ),
        ObjectAction(
            name="suggest",
            label="Find related claims",
            is_offered=lambda request, claim: claim.retracted_at is None and claim.merged_into_id is None,
            run=handle_suggest_relations,
        ),
        RETRACT_ACTION,
    )
    panel_template = "claims/admin/claims/claim_panel.html"
    below_template = "claims/admin/claims/claim_details.html"
    readonly_fields = ("status", "publication", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("text", "speaker", "said_on", "claim_type", "topics")}),
        ("Publication", {"fields": (("status", "publication"), "released_at", ("created_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """Adds the status, the current rating (`rating_…`), the topics and the number of quotes by decision."""
        claims: QuerySet[Claim] = super().get_queryset(request).with_status()  # type: ignore[attr-defined]  # a ClaimQuerySet's
        rating = {f"rating_{name}": F(f"current__rating__{name}") for name in ("name", "value", "worst", "best")}
        return claims.annotate(**rating, **self.ANNOTATIONS)

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Claims that were said again are few, and listed by how often."""
        by_repeats = (self.ANNOTATIONS["n_repeats"].desc(), "-id")
        return by_repeats if RepeatedFilter.parameter_name in request.GET else self.ordering

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Claim], search_term: str
    ) -> tuple[QuerySet[Claim], bool]:
        """Leaves proposals, retracted and merged claims out of autocompletes."""
        if is_autocomplete(request):
            queryset = queryset.filter(wording_confirmed_at__isnull=False, retracted_at=None, merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def has_change_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """Refuses retracted and merged claims. Object actions ask without a claim."""
        return super().has_change_permission(request, obj) and not (obj and (obj.retracted_at or obj.merged_into_id))

    def has_delete_permission(self, request: HttpRequest, obj: Claim | None = None) -> bool:
        """Allows only claims that were never public and have no quotes."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or (obj.released_at is None and not obj.quotes.exists()))

    def get_urls(self) -> list[URLPattern]:
        release_view = self.admin_site.admin_view(partial(release_claims_view, self))
        return [
            path("release/", release_view, name="claims_claim_release"),
            *claim_urls(self),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Claim, form: ModelForm, change: bool) -> None:
        """Saves the changed fields only; with the draft button, what readers see becomes a correction draft.

        Saving a proposal confirms its wording, changed or not.
        """
        cleaned_data, user = form.cleaned_data, current_user(request)
        topic_ids = [topic.pk for topic in cleaned_data.get("topics", ())]
        if not change:
            obj.pk = editing.add_claim(values=cleaned_data, topics=topic_ids, editor=user).pk
            obj._state.adding = False
            return
        claim = Claim.objects.get(pk=obj.pk)
        changes = {name: cleaned_data[name] for name in form.changed_data if name in editing.EDITABLE_CLAIM_FIELDS}
        if claim.wording_confirmed_at is None:
            changes["text"] = cleaned_data["text"]
        if DRAFT_BUTTON in request.POST:
            save_as_correction_draft(request, claim, cleaned_data)
            changes = {name: value for name, value in changes.items() if name not in editing.PUBLIC_CLAIM_FIELDS}
        topics_changed = "topics" in form.changed_data
        if changes or topics_changed:
            editing.edit_claim(
                claim=claim,
                changes=changes,
                topics=topic_ids if topics_changed else None,
                editor=user,
                note=confirmed_note(request),
            )

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[InlineFormSet], change: bool) -> None:
        """Skips the topics: `save_model` has stored them, with their history."""
        form.save_m2m = lambda: None  # type: ignore[method-assign]  # as Django's own forms have it
        super().save_related(request, form, formsets, change)

    def get_panel_context(self, request: HttpRequest, obj: Claim) -> dict[str, object]:
        return get_claim_panel_context(obj, editor=current_user(request))

    def has_correct_permission(self, request: HttpRequest) -> bool:
        return may_correct(request)

    @admin.action(description="Change topics, speaker, date or publication…", permissions=["change"])
    def change_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        return bulk_edit_claims(self, request, queryset)

    @admin.action(description="Merge two claims…", permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Redirects to the page that compares the two claims."""
        ids = sorted(queryset.order_by().values_list("pk", flat=True)[:3])
        if len(ids) != 2:
            messages.error(request, "Select exactly two claims to merge.")
            return None
        return HttpResponseRedirect(f"{reverse('admin:claims_claim_merge', args=[ids[0]])}?other={ids[1]}")

    @admin.action(description="Export as CSV (published claims only)", permissions=["view"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponseBase | None:
        """Exports the selected claims as readers get them."""
        released = Claim.objects.released().with_status().filter(pk__in=queryset.order_by().values("pk"))
        if not released.exists():
            messages.error(request, "None of the selected claims is published: nothing to export.")
            return None
        disposition = {"Content-Disposition": 'attachment; filename="claims.csv"'}
        return StreamingHttpResponse(
            resource_csv.stream_csv(CLAIMS, released), content_type="text/csv; charset=utf-8", headers=disposition
        )

    @admin.action(description="Retract…", permissions=["correct"])
    def retract_chosen(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponse | None:
        """Asks for the reason, then retracts each claim and reports each refusal."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        claims = list(Claim.objects.filter(pk__in=selected_ids(queryset, limit=100)).order_by("pk"))
        if not form.is_valid():
            title = f"Retract {len(claims)} claims" if len(claims) != 1 else f"Retract: {claims[0]}"
            return self.render_page(
                request, title=title, form=form, object_action=RETRACT_ACTION, rows=claims, action="retract_chosen"
            )
        for claim in claims:
            run_and_notify(request, partial(handle_retract_claim, request, claim, form.cleaned_data))
        return None

    @admin.display(description="claim")
    def claim(self, claim: Claim) -> SafeString:
        return stack_lines(truncate_line(claim.text, MAX_LIST_TEXT), claim.speaker or "Speaker unknown")

    @admin.display(description="status")
    def status(self, claim: Any) -> SafeString:
        return status_label(claim)

    @admin.display(description="publication")
    def publication(self, claim: Any) -> SafeString:
        return publication_label(claim)

    @admin.display(description="topics")
    def topic_names(self, claim: Any) -> str:
        names = sorted(filter(None, claim.topics_joined.split(JOIN_SEPARATOR)))
        return ", ".join(names) or self.get_empty_value_display()

    @admin.display(description="quotes")
    def appearances(self, claim: Any) -> SafeString:
        pending = f"{claim.n_pending} pending" if claim.n_pending else ""
        repeats = f"said again {claim.n_repeats}×" if claim.n_repeats else ""
        return stack_lines(f"{claim.n_accepted} accepted", pending, repeats)
