"""Admin of speakers, with their names and positions."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import (
    EditorForm,
    FormFieldMixin,
    current_user,
    is_autocomplete,
    parse_field_value,
)
from claims.admin.common.filters import CommonNounFilter, MergedFilter
from claims.admin.common.formatting import external_link, stack_lines, truncate_line
from claims.admin.common.list_columns import count_related, quote_count_links, quote_list_url
from claims.admin.common.unfold_compat import ChoicesFilter, InlineFormSet, ModelForm, TabularInline
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.speakers.merge_view import MERGE_PERMISSION, merge_speakers_view
from claims.admin.speakers.speaker_panel import get_timeline_context
from claims.models import MergeSuggestion, Position, Quote, QuoteDecision, Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.services.sources.descriptions import update_description
from claims.services.speakers.descriptions import create_described_speaker, update_names_and_positions

MAX_MERGES_SHOWN = 20  # merges, and suggestions, on the page of one speaker


class SpeakerNameFormSet(InlineFormSet):
    def clean(self) -> None:
        """Refuses two names with the same key. Django does not: `key` is not a field of the form."""
        super().clean()
        seen_keys: set[str] = set()
        for form in self.forms:
            cleaned_data = getattr(form, "cleaned_data", {})
            name = cleaned_data.get("name")
            if not name or cleaned_data.get("DELETE"):
                continue
            if name_key(name) in seen_keys:
                raise ValidationError(f"“{name}” is listed twice (capitalization and spacing are ignored).")
            seen_keys.add(name_key(name))


class SpeakerNameInline(FormFieldMixin, TabularInline):
    model = SpeakerName
    formset = SpeakerNameFormSet
    form = EditorForm
    fields = ("name",)
    extra = 0
    hide_title = True
    verbose_name = "name or spelling"
    verbose_name_plural = "names and spellings, including the main name"


class SpeakerPositionInline(FormFieldMixin, TabularInline):
    model = Position
    form = EditorForm
    fields = ("title", "organization", "held_from", "held_to")
    extra = 0
    hide_title = True


@admin.register(Speaker)
class SpeakerAdmin(AuditedAdmin):
    list_display = ("speaker", "kind", "position", "name_count", "quote_counts", "wikidata")
    list_filter = (MergedFilter, ("kind", ChoicesFilter), CommonNounFilter)
    search_fields = ("name", "names__name", "wikidata_id")
    search_help_text = "Name or Wikidata ID"
    ordering = ("name", "id")
    sortable_by = ("speaker",)
    list_select_related = ("merged_into",)
    actions = ("merge_chosen",)
    inlines = (SpeakerNameInline, SpeakerPositionInline)
    panel_template = "claims/admin/speakers/speaker_panel.html"
    fieldsets = ((None, {"fields": (("name", "kind"), "description", "wikidata_id")}),)
    COUNTED_DECISIONS: ClassVar = [QuoteDecision.ACCEPTED, QuoteDecision.PENDING]
    ANNOTATIONS: ClassVar = {  # built once: every page uses them twice
        "n_names": count_related(SpeakerName.objects.all(), "speaker"),
        "n_accepted": count_related(Quote.objects.accepted(), "speaker"),
        "n_pending": count_related(Quote.objects.pending(), "speaker"),
    }

    class Media:
        css: ClassVar = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        """Adds the positions and the number of names and quotes."""
        speakers: QuerySet[Speaker] = super().get_queryset(request).annotate(**self.ANNOTATIONS)
        return speakers.prefetch_related("positions")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Speaker], search_term: str
    ) -> tuple[QuerySet[Speaker], bool]:
        """Leaves merged speakers out of autocompletes."""
        if is_autocomplete(request):
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(lambda request: merge_speakers_view(self, request))
        return [path("merge/", view, name="claims_speaker_merge"), *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj: Speaker | None) -> Any:
        """Leaves the inlines out of the add page: the service that adds the speaker stores the main name."""
        return super().get_inlines(request, obj) if obj else ()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Redirects from the page of a merged speaker to that of the speaker it was merged into."""
        if request.method == "GET" and (kept := self._find_merge_target(request, object_id)):
            kept_url = reverse("admin:claims_speaker_change", args=[kept.pk], query=request.GET)
            return HttpResponseRedirect(kept_url)
        return super().change_view(request, object_id, form_url, extra_context)

    def _find_merge_target(self, request: HttpRequest, object_id: str) -> Speaker | None:
        """Follows the merges of a speaker to their end, and tells the editor; None if the speaker is not merged."""
        pk = parse_field_value(self.opts.pk, unquote(object_id))
        merged = Speaker.objects.filter(pk=pk).first() if pk is not None else None
        if merged is None or not merged.merged_into_id or not self.has_view_permission(request):
            return None
        kept, seen_ids = merged, {merged.pk}
        while kept.merged_into_id and kept.merged_into_id not in seen_ids:
            kept = Speaker.objects.get(pk=kept.merged_into_id)
            seen_ids.add(kept.pk)
        messages.info(request, f"“{merged}” (#{merged.pk}) was merged into “{kept}” (#{kept.pk}), shown here.")
        return kept

    def has_change_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """Refuses merged speakers."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """Allows only speakers without quotes, claims and merges."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        if obj is None or not allowed:
            return allowed
        references = (obj.quotes, obj.claims, obj.merges_kept, obj.merges_merged)
        return not any(rows.exists() for rows in references)

    def save_model(self, request: HttpRequest, obj: Speaker, form: ModelForm, change: bool) -> None:
        if change:
            update_description(row=obj, fields=form.changed_data, editor=current_user(request))
            return
        obj.pk = create_described_speaker(speaker=obj, editor=current_user(request)).pk
        obj._state.adding = False

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[InlineFormSet], change: bool) -> None:
        """Saves names and positions in one operation."""
        saved = [row for formset in formsets for row in formset.save(commit=False)]
        deleted = [row for formset in formsets for row in formset.deleted_objects]
        update_names_and_positions(speaker=form.instance, saved=saved, deleted=deleted, editor=current_user(request))

    def response_add(self, request: HttpRequest, obj: Speaker, post_url_continue: str | None = None) -> HttpResponse:
        """Goes on to the page on which spellings and positions are added."""
        if not {"_popup", "_addanother"} & set(request.POST):
            data = request.POST.copy()
            data["_continue"] = "1"
            request.POST = data  # type: ignore[assignment]  # as Django's own admin does
        return super().response_add(request, obj, post_url_continue)

    def get_panel_context(self, request: HttpRequest, obj: Speaker) -> dict[str, object]:
        may_merge = request.user.has_perm(MERGE_PERMISSION)
        suggestions = MergeSuggestion.objects.pending().filter(Q(first=obj) | Q(second=obj))
        merges = obj.merges_kept.filter(undone_at=None).select_related("merged", "merged_by")
        return get_timeline_context(obj) | {
            "speaker": obj,
            "quote_list_url": quote_list_url(speaker__id__exact=obj),
            "claim_list_url": f"{reverse('admin:claims_claim_changelist')}?speaker__id__exact={obj.pk}",
            "n_claims": obj.claims.confirmed().count(),
            "merges": merges[:MAX_MERGES_SHOWN],
            "suggestions": suggestions.select_related("first", "second")[:MAX_MERGES_SHOWN] if may_merge else [],
            "may_merge": may_merge,
        }

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MERGE_PERMISSION)

    @admin.action(description="Merge two speakers…", permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """Redirects to the page that compares the two speakers."""
        ids = sorted(queryset.order_by().values_list("pk", flat=True)[:3])
        if len(ids) != 2:
            messages.error(request, "Select exactly two speakers to merge.")
            return None
        return HttpResponseRedirect(f"{reverse('admin:claims_speaker_merge')}?first={ids[0]}&second={ids[1]}")

    @admin.display(description="speaker", ordering="name")
    def speaker(self, speaker: Speaker) -> SafeString:
        merged = f"Merged into {speaker.merged_into}" if speaker.merged_into else ""
        return stack_lines(speaker.name, merged, truncate_line(speaker.description, 120))

    @admin.display(description="position")
    def position(self, speaker: Speaker) -> SafeString | str:
        """The latest position, and the number of the others."""
        titles = [str(position) for position in speaker.positions.all()]
        if not titles:
            return self.get_empty_value_display()
        return stack_lines(truncate_line(titles[0], 120), f"and {len(titles) - 1} more" if len(titles) > 1 else "")

    @admin.display(description="names")
    def name_count(self, speaker: Any) -> int:
        count: int = speaker.n_names
        return count

    @admin.display(description="quotes")
    def quote_counts(self, speaker: Any) -> SafeString:
        """Accepted and pending quotes, each count linked to its list."""
        return quote_count_links(speaker, "speaker", self.COUNTED_DECISIONS)

    @admin.display(description="Wikidata")
    def wikidata(self, speaker: Speaker) -> SafeString | str:
        if not speaker.wikidata_id:
            return self.get_empty_value_display()
        return external_link(f"https://www.wikidata.org/wiki/{speaker.wikidata_id}", speaker.wikidata_id)
