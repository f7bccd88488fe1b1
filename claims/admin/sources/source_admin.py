"""Admin of sources: the list, the page of one source with its text, and the views of its snapshots."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorForm, current_user, is_autocomplete, parse_number_param
from claims.admin.common.filters import (
    LanguageFilter,
    LanguageSupportFilter,
    PublisherFilter,
    SourceVersionsFilter,
    SourceWarningsFilter,
)
from claims.admin.common.formatting import badge, external_link, stack_lines, truncate_line
from claims.admin.common.list_columns import count_related, quote_count_links, quote_list_url
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelForm
from claims.admin.ingestion.add_articles_form import AddArticlesForm, ingest_form
from claims.admin.ingestion.article_fields import ArticleFieldsMixin
from claims.admin.ingestion.reextraction_views import REEXTRACT_PERMISSION, reextract_selected, reextract_view
from claims.admin.people.assignable_admin import ASSIGNMENT_FILTERS, AssignableAdmin
from claims.admin.sources.anchor_view import RESOLVE_ANCHORS_PERMISSION, resolve_anchor_view
from claims.admin.sources.compare_snapshots import compare_snapshots_view
from claims.admin.sources.related_sources import decide_relation_view, list_related_sources
from claims.admin.sources.text_panel import get_text_panel_context
from claims.admin.sources.translation_views import beside_view, relate_translation_view
from claims.extraction import ModelError
from claims.models import Quote, QuoteDecision, Source, SourceRelationKind, Watch
from claims.services.errors import RefusedError
from claims.services.ingestion.ingest import IngestOutcome, IngestResult
from claims.services.sources.descriptions import (
    OWN_SOURCE_FIELDS,
    confirm_suggested_date,
    may_correct_own_source,
    update_description,
)
from claims.services.sources.languages import describe_doubtful_language, describe_unread_language


def describe_ingest_result(result: IngestResult) -> SafeString | str:
    """What became of the article, with a link to the review of its quotes."""
    if result.outcome is not IngestOutcome.UNCHANGED and result.is_language_unread:
        return f"“{result.source}” stored without quotes. {describe_unread_language(result.source)}"
    if result.outcome is IngestOutcome.UNCHANGED:
        return f"“{result.source}” is already stored. Nothing added."
    is_new_version = result.outcome is IngestOutcome.CHANGED
    stored = f"New version of “{result.source}” stored" if is_new_version else f"“{result.source}” added"
    if not result.quotes:
        return f"{stored}: no {'new ' * is_new_version}quotes found."
    return format_html(
        '{}: {} quote{}. <a class="fb-link underline" href="{}?source={}">Review {}</a>',
        stored,
        result.quotes,
        pluralize(result.quotes),
        reverse("admin:claims_review"),
        result.source.pk,
        "it" if result.quotes == 1 else "them",
    )


def _message_level(result: IngestResult) -> int:
    if result.is_language_unread:
        return messages.WARNING
    return messages.INFO if result.outcome is IngestOutcome.UNCHANGED else messages.SUCCESS


def _confirm_suggested_date(request: HttpRequest, source: Source, _: CleanedData) -> str:
    confirmed = confirm_suggested_date(source=source, editor=current_user(request))
    return f"Published on {confirmed.published_on:%Y-%m-%d}."


class SourceForm(ArticleFieldsMixin, EditorForm):
    """The fields of a source, validated like those of an article."""


@admin.register(Source)
class SourceAdmin(AssignableAdmin):
    """A publication. Its texts are read-only."""

    form = SourceForm
    list_display = ("source", "published_on", "languages", "kind", "quote_counts", "assigned_to", "url_link")
    list_select_related = ("assignment__assignee",)
    list_filter = (
        PublisherFilter,
        LanguageFilter,
        LanguageSupportFilter,
        ("kind", ChoicesFilter),
        SourceVersionsFilter,
        SourceWarningsFilter,
        *ASSIGNMENT_FILTERS,
    )
    actions = ("assign_chosen", "reextract_chosen")
    search_fields = ("title", "publisher", "authors", "url")
    search_help_text = "Title, publisher, authors or URL"
    ordering = ("-created_at", "-id")
    panel_template = "claims/admin/sources/source_panel.html"
    object_actions: ClassVar = [
        ObjectAction(
            name="confirm-date",
            label="Confirm the suggested date",
            run=_confirm_suggested_date,
            is_offered=lambda _, source: source.published_on is None and source.suggested_published_on is not None,
        )
    ]
    fieldsets = (
        (None, {"fields": ("title", ("publisher", "kind"), "authors", ("url", "given_url"), "published_on")}),
        ("Language", {"fields": (("language", "language_origin"), ("translated_from", "translator"))}),
    )
    readonly_fields = ("given_url", "language_origin")
    COUNTED_DECISIONS: ClassVar = [QuoteDecision.PENDING, QuoteDecision.ACCEPTED, QuoteDecision.REJECTED]
    ANNOTATIONS: ClassVar = {  # built once: every page uses them twice
        "n_pending": count_related(Quote.objects.pending(), "snapshot__source"),
        "n_accepted": count_related(Quote.objects.accepted(), "snapshot__source"),
        "n_rejected": count_related(Quote.objects.filter(decision=QuoteDecision.REJECTED), "snapshot__source"),
    }

    class Media:
        css: ClassVar = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """Adds the number of quotes by decision."""
        sources: QuerySet[Source] = super().get_queryset(request).annotate(**self.ANNOTATIONS)
        return sources

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Source | None:
        """Leaves out merged sources, whose pages are those of the sources that they were merged into."""
        source = super().get_object(request, object_id, from_field)
        return source if isinstance(source, Source) and source.merged_into_id is None else None

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Redirects from the page of a merged source to that of the source it was merged into."""
        merged = Source.objects.filter(pk=parse_number_param(object_id) or 0).select_related("merged_into").first()
        if merged is None or merged.merged_into is None:
            messages.warning(request, f"There is no source #{object_id}.")
            return HttpResponseRedirect(reverse("admin:index"))
        messages.info(request, f"Source #{merged.pk} was merged into “{merged.merged_into}”, shown here.")
        return HttpResponseRedirect(reverse("admin:claims_source_change", args=[merged.merged_into_id]))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """Suggests the sources of the claim that evidence is looked up for, until something is typed.

        Leaves merged sources out of autocompletes.
        """
        if is_autocomplete(request):
            queryset = queryset.filter(merged_into=None)
        claim_id = parse_number_param(request.GET.get("claim")) if is_autocomplete(request) else None
        if claim_id and not search_term:
            return Source.objects.quoted_in_claim(claim_id).order_by("pk"), False
        return super().get_search_results(request, queryset, search_term)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """Adds articles from files or pasted text: a source is never added without its text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_post = request.method == "POST"
        form = AddArticlesForm(request.POST, request.FILES) if is_post else AddArticlesForm()
        if is_post and form.is_valid():
            try:
                results, errors = ingest_form(form, editor=current_user(request))
            except ModelError as error:
                results, errors = [], []
                messages.error(request, str(error))
            for result in results:
                messages.add_message(request, _message_level(result), describe_ingest_result(result))
                if doubt := describe_doubtful_language(result.source):
                    messages.warning(request, doubt)
                if result.outcome is not IngestOutcome.UNCHANGED:
                    for warning in result.source.warning_messages:
                        messages.warning(request, warning)
            for article_error in errors:
                messages.error(request, str(article_error))
            if results:
                return HttpResponseRedirect(
                    reverse("admin:claims_source_change", args=[results[0].source.pk])
                    if len(results) == 1
                    else reverse("admin:claims_source_changelist")
                )
        template = "claims/admin/ingestion/add_articles.html"
        return self.render_page(
            request, title="Add articles", form=form, template=template, media=self.media + form.media
        )

    def has_change_permission(self, request: HttpRequest, obj: Source | None = None) -> bool:
        """Reporters may correct what they added themselves."""
        if super().has_change_permission(request, obj):
            return True
        return obj is not None and may_correct_own_source(source=obj, editor=current_user(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if obj is None or super().has_change_permission(request, obj):
            return fields
        return [*fields, *(name for name in flatten_fieldsets(self.fieldsets) if name not in OWN_SOURCE_FIELDS)]

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm, change: bool) -> None:
        update_description(row=obj, fields=form.changed_data, editor=current_user(request))

    def get_urls(self) -> list[URLPattern]:
        views = (
            ("<int:pk>/compare/", compare_snapshots_view, "compare"),
            ("<int:pk>/settle/<int:anchor>/", resolve_anchor_view, "settle"),
            ("<int:pk>/read-anew/", reextract_view, "reading"),
            ("<int:pk>/relations/<int:relation>/", decide_relation_view, "relation"),
            ("<int:pk>/translation/", relate_translation_view, "translation"),
            ("<int:pk>/beside/<int:other>/", beside_view, "beside"),
        )
        urls = [path(route, self._source_view(view), name=f"claims_source_{name}") for route, view, name in views]
        return [*urls, *super().get_urls()]

    def _source_view(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Wraps the view for signed-in users; ids that exceed a 64-bit column are not found."""

        def wrapped_view(request: HttpRequest, **ids: int) -> HttpResponse:
            if any(number >= 2**63 for number in ids.values()):
                raise Http404
            return view(self, request, **ids)

        return self.admin_site.admin_view(wrapped_view)

    def get_panel_context(self, request: HttpRequest, obj: Source) -> dict[str, object]:
        return get_text_panel_context(obj, request.GET) | {
            "quote_list_url": quote_list_url(snapshot__source__id__exact=obj),
            "unread_language": describe_unread_language(obj),
            "doubtful_language": describe_doubtful_language(obj),
            "suggested_date": obj.suggested_published_on if obj.published_on is None else None,
            "may_resolve": request.user.has_perm(RESOLVE_ANCHORS_PERMISSION),
            "may_reextract": request.user.has_perm(REEXTRACT_PERMISSION),
            "related_sources": list_related_sources(obj),
            "watch": Watch.objects.filter(source=obj).first(),
            "relation_kinds": SourceRelationKind.choices,
            "may_relate": request.user.has_perm("claims.change_source"),
        }

    def has_reextract_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REEXTRACT_PERMISSION)

    @admin.action(description="Re-extract quotes…", permissions=["reextract"])
    def reextract_chosen(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
        """Shows what would change, then re-extracts."""
        try:
            return reextract_selected(self, request, queryset)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return None

    @admin.display(description="source")
    def source(self, source: Source) -> SafeString:
        merged = f"Merged into #{source.merged_into_id}" if source.merged_into_id else ""
        count = len(source.warnings)
        warnings = badge("pending", f"{count} warning{pluralize(count)}") if count else ""
        return stack_lines(truncate_line(str(source), 160), merged, source.publisher, warnings)

    @admin.display(description="language")
    def languages(self, source: Source) -> SafeString:
        """The language, the one the text was translated from, and whether extraction reads it."""
        translated = f" (from {source.translated_from})" if source.translated_from else ""
        problem = describe_unread_language(source) and "not read"
        problem = problem or (describe_doubtful_language(source) and f"text: {source.detected_language}")
        language = f"{source.language or self.get_empty_value_display()}{translated}"
        return stack_lines(language, badge("pending", problem) if problem else "")

    @admin.display(description="quotes")
    def quote_counts(self, source: Any) -> SafeString:
        """The number of quotes by decision, each linked to its list."""
        return quote_count_links(source, "snapshot__source", self.COUNTED_DECISIONS)

    @admin.display(description="URL")
    def url_link(self, source: Source) -> SafeString | str:
        if not source.url:
            return self.get_empty_value_display()
        return external_link(source.url, "Open ↗")
