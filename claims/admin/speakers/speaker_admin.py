"""Speakers: who is quoted, under which names, in which positions."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorForm, FormFieldMixin, current_user, parse_field_value
from claims.admin.common.filters import MergedFilter
from claims.admin.common.formatting import external_link, shortened, stack_lines
from claims.admin.common.list_columns import count_related, quote_count_links, quote_list_url
from claims.admin.common.unfold_compat import ChoicesFilter, InlineFormSet, ModelForm, TabularInline
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.speakers.merge_view import MERGE_PERMISSION, merge_speakers_view
from claims.admin.speakers.speaker_panel import get_timeline_context
from claims.models import MergeSuggestion, Position, Quote, QuoteDecision, Speaker, SpeakerName
from claims.models.name_keys import name_key
from claims.services.sources.descriptions import (
    create_described_speaker,
    update_description,
    update_names_and_positions,
)

MAX_MERGES_SHOWN = 20  # merges and suggestions on the page of one speaker


def forwarded_query(request: HttpRequest) -> str:
    """What was asked for, to hand on."""
    return f"?{request.GET.urlencode()}" if request.GET else ""


class SpeakerNameFormSet(InlineFormSet):
    """The names of one speaker; two that are looked up alike are one."""

    def clean(self) -> None:
        """Refuse what the database would: `key` is no field of the form, so Django does not compare it."""
        super().clean()
        seen: set[str] = set()
        for form in self.forms:
            given = getattr(form, "cleaned_data", {})
            if not given.get("name") or given.get("DELETE"):
                continue
            if name_key(given["name"]) in seen:
                raise ValidationError(f"“{given['name']}” is listed twice (case and kinds of space do not count).")
            seen.add(name_key(given["name"]))


class SpeakerNameInline(FormFieldMixin, TabularInline):
    """Spellings and aliases."""

    model = SpeakerName
    formset = SpeakerNameFormSet
    form = EditorForm
    fields = ("name",)
    extra = 0
    hide_title = True
    verbose_name = "name or spelling"
    verbose_name_plural = "names and spellings, the main one included"


class SpeakerPositionInline(FormFieldMixin, TabularInline):
    """What the speaker was, where and when."""

    model = Position
    form = EditorForm
    fields = ("title", "organization", "held_from", "held_to")
    extra = 0
    hide_title = True


@admin.register(Speaker)
class SpeakerAdmin(AuditedAdmin):
    """Who is quoted."""

    list_display = ("speaker", "kind", "position", "names_count", "counts", "wikidata")
    list_filter = (MergedFilter, ("kind", ChoicesFilter))
    search_fields = ("name", "names__name", "wikidata_id")
    search_help_text = "Names or Wikidata id"
    ordering = ("name", "id")
    sortable_by = ("speaker",)
    list_select_related = ("merged_into",)
    actions = ("merge_chosen",)
    inlines = (SpeakerNameInline, SpeakerPositionInline)
    panel_template = "claims/admin/speakers/speaker_panel.html"
    fieldsets = ((None, {"fields": (("name", "kind"), "description", "wikidata_id")}),)
    SHOWN: ClassVar = [QuoteDecision.ACCEPTED, QuoteDecision.PENDING]
    COUNTS: ClassVar = {  # made once: a page asks for them twice
        "n_names": count_related(SpeakerName.objects.all(), "speaker"),
        "n_accepted": count_related(Quote.objects.accepted(), "speaker"),
        "n_pending": count_related(Quote.objects.pending(), "speaker"),
    }

    class Media:
        css: ClassVar = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        """With positions and the number of names and quotes."""
        rows: QuerySet[Speaker] = super().get_queryset(request).annotate(**self.COUNTS)
        return rows.prefetch_related("positions")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """In an autocomplete only speakers that speak for themselves."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and that of the merge page."""
        view = self.admin_site.admin_view(lambda request: merge_speakers_view(self, request))
        return [path("merge/", view, name="claims_speaker_merge"), *super().get_urls()]

    def get_inlines(self, request: HttpRequest, obj: Speaker | None) -> Any:
        """A new speaker first gets its main name."""
        return super().get_inlines(request, obj) if obj else ()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a speaker; an old link to one that was merged leads to the one that speaks for it."""
        if request.method == "GET" and (kept := self._spoken_for_by(request, object_id)):
            return HttpResponseRedirect(
                f"{reverse('admin:claims_speaker_change', args=[kept.pk])}{forwarded_query(request)}"
            )
        return super().change_view(request, object_id, form_url, extra_context)

    def _spoken_for_by(self, request: HttpRequest, object_id: str) -> Speaker | None:
        """The one at the end of the merges of this one, with a word to the editor; None if it speaks for itself."""
        asked = parse_field_value(self.opts.pk, unquote(object_id))
        merged = Speaker.objects.filter(pk=asked).first() if asked is not None else None
        if merged is None or not merged.merged_into_id or not self.has_view_permission(request):
            return None
        row, seen = merged, {merged.pk}
        while row.merged_into_id and row.merged_into_id not in seen:
            row = Speaker.objects.get(pk=row.merged_into_id)
            seen.add(row.pk)
        messages.info(request, f"“{merged}” (#{merged.pk}) was merged into “{row}” (#{row.pk}), which is this page.")
        return row

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merged speaker is a redirect."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only one that nobody quotes and that nothing was merged with."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        if obj is None or not allowed:
            return allowed
        used = (obj.quotes, obj.claims, obj.merges_kept, obj.merges_merged)
        return not any(rows.exists() for rows in used)

    def save_model(self, request: HttpRequest, obj: Speaker, form: ModelForm, change: bool) -> None:
        """A new speaker is made by the service, with its main name."""
        if change:
            update_description(row=obj, fields=form.changed_data, editor=current_user(request))
            return
        made = create_described_speaker(speaker=obj, editor=current_user(request))
        obj.pk = made.pk
        obj._state.adding = False  # noqa: SLF001  # Django's own way to say that the row is stored

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Names and positions through the service, in one operation."""
        kept: list[Any] = []
        gone: list[Any] = []
        for formset in formsets:
            kept += formset.save(commit=False)
            gone += formset.deleted_objects
        update_names_and_positions(speaker=form.instance, kept=kept, gone=gone, editor=current_user(request))

    def response_add(self, request: HttpRequest, obj: Speaker, post_url_continue: str | None = None) -> HttpResponse:
        """On to the page where spellings and positions are added."""
        if not {"_popup", "_addanother"} & set(request.POST):
            given = request.POST.copy()
            given["_continue"] = "1"
            request.POST = given  # type: ignore[assignment]  # as Django's own admin does
        return super().response_add(request, obj, post_url_continue)

    def panel(self, request: HttpRequest, obj: Speaker) -> dict[str, Any]:
        """Where the speaker's quotes and claims are; what it was when; what it was merged with, or may be."""
        may_merge = request.user.has_perm(MERGE_PERMISSION)
        suggestions = MergeSuggestion.objects.waiting().filter(Q(first=obj) | Q(second=obj))
        merges = obj.merges_kept.filter(undone_at=None).select_related("merged", "merged_by")
        return get_timeline_context(obj) | {
            "speaker": obj,
            "quotes_address": quote_list_url(speaker__id__exact=obj),
            "claims_address": f"{reverse('admin:claims_claim_changelist')}?speaker__id__exact={obj.pk}",
            "n_claims": obj.claims.count(),
            "merges": merges[:MAX_MERGES_SHOWN],
            "suggestions": suggestions.select_related("first", "second")[:MAX_MERGES_SHOWN] if may_merge else [],
            "may_merge": may_merge,
        }

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Who may make two speakers one."""
        return request.user.has_perm(MERGE_PERMISSION)

    @admin.action(description="Merge the two selected…", permissions=["merge"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Speaker]) -> HttpResponse | None:
        """On to the page that shows both side by side."""
        ids = sorted(queryset.order_by().values_list("pk", flat=True)[:3])
        if len(ids) != 2:
            messages.error(request, "Select exactly two speakers to merge.")
            return None
        return HttpResponseRedirect(f"{reverse('admin:claims_speaker_merge')}?first={ids[0]}&second={ids[1]}")

    @admin.display(description="speaker", ordering="name")
    def speaker(self, speaker: Speaker) -> SafeString:
        """Name and description."""
        merged = f"merged into {speaker.merged_into}" if speaker.merged_into else ""
        return stack_lines(speaker.name, merged, shortened(speaker.description, 120))

    @admin.display(description="position")
    def position(self, speaker: Speaker) -> SafeString | str:
        """The latest, and how many others."""
        titles = [str(position) for position in speaker.positions.all()]
        if not titles:
            return self.get_empty_value_display()
        return stack_lines(shortened(titles[0], 120), f"and {len(titles) - 1} more" if len(titles) > 1 else "")

    @admin.display(description="names")
    def names_count(self, speaker: Any) -> int:
        """How many spellings."""
        count: int = speaker.n_names
        return count

    @admin.display(description="quotes")
    def counts(self, speaker: Any) -> SafeString:
        """Accepted and pending, each a link to them."""
        return quote_count_links(speaker, "speaker", self.SHOWN)

    @admin.display(description="Wikidata")
    def wikidata(self, speaker: Speaker) -> SafeString | str:
        """The id, with a link."""
        if not speaker.wikidata_id:
            return self.get_empty_value_display()
        page = f"https://www.wikidata.org/wiki/{speaker.wikidata_id}"
        return external_link(page, speaker.wikidata_id)
