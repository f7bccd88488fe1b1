"""Sources: publications with their texts, their quotes marked; adding articles."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import EditorForm, current_user
from claims.admin.common.filters import LanguageFilter, PublisherFilter, SourceVersionsFilter
from claims.admin.common.formatting import external_link, shortened, stack_lines
from claims.admin.common.list_columns import count_related, quote_count_links, quote_list_url
from claims.admin.common.unfold_compat import ChoicesFilter, ModelForm
from claims.admin.history.history_admin import AuditedAdmin
from claims.admin.ingestion.add_articles_form import AddArticlesForm, ingest_form
from claims.admin.ingestion.article_fields import ArticleFieldsMixin
from claims.admin.ingestion.reextraction_views import REEXTRACT_PERMISSION, reextract_selected, reextract_view
from claims.admin.sources.compare_snapshots import (
    RESOLVE_ANCHORS_PERMISSION,
    compare_snapshots_view,
    resolve_anchor_view,
)
from claims.admin.sources.text_panel import get_text_panel_context
from claims.extraction import ModelError
from claims.models import Quote, QuoteDecision, Source
from claims.services.errors import RefusedError
from claims.services.ingestion.ingest import IngestOutcome, IngestResult
from claims.services.sources.descriptions import update_description


def describe_ingest_result(done: IngestResult) -> str:
    """What became of one article."""
    waiting = "1 quote waits" if done.quotes == 1 else f"{done.quotes} quotes wait"
    match done.outcome:
        case IngestOutcome.UNCHANGED:
            return f"“{done.source}” is stored already; nothing was added."
        case IngestOutcome.CHANGED:
            return f"“{done.source}” has a new snapshot; {waiting}."
    return f"“{done.source}” was added; {waiting}."


class SourceForm(ArticleFieldsMixin, EditorForm):
    """What is known of a publication, by the rules it was read by."""


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    """A publication; its texts are for reading only."""

    form = SourceForm
    list_display = ("source", "published_on", "languages", "kind", "counts", "link")
    list_filter = (PublisherFilter, LanguageFilter, ("kind", ChoicesFilter), SourceVersionsFilter)
    actions = ("read_anew",)
    search_fields = ("title", "publisher", "authors", "url")
    search_help_text = "Title, publisher, authors or URL"
    ordering = ("-created_at", "-id")
    panel_template = "claims/admin/sources/source_panel.html"
    fieldsets = (
        (None, {"fields": ("title", ("publisher", "kind"), "authors", "url", "published_on")}),
        ("Language", {"fields": (("language", "translated_from"), "translator")}),
    )
    SHOWN: ClassVar = [QuoteDecision.PENDING, QuoteDecision.ACCEPTED, QuoteDecision.REJECTED]
    COUNTS: ClassVar = {  # made once: a page asks for them twice
        "n_pending": count_related(Quote.objects.pending(), "snapshot__source"),
        "n_accepted": count_related(Quote.objects.accepted(), "snapshot__source"),
        "n_rejected": count_related(Quote.objects.filter(decision=QuoteDecision.REJECTED), "snapshot__source"),
    }

    class Media:
        css: ClassVar = {"all": ["claims/speakers/speakers.css"]}
        js = ("claims/common/shortcuts.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With the number of quotes by decision."""
        rows: QuerySet[Source] = super().get_queryset(request).annotate(**self.COUNTS)
        return rows

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Files or pasted text instead of an empty row: a source comes with its text."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        posted = request.method == "POST"
        form = AddArticlesForm(request.POST, request.FILES) if posted else AddArticlesForm()
        if posted and form.is_valid():
            try:
                stored, refused = ingest_form(form, editor=current_user(request))
            except ModelError as error:
                stored, refused = [], []
                messages.error(request, str(error))
            for done in stored:
                messages.add_message(
                    request,
                    messages.INFO if done.outcome is IngestOutcome.UNCHANGED else messages.SUCCESS,
                    describe_ingest_result(done),
                )
            for problem in refused:
                messages.error(request, str(problem))
            if stored:
                one = reverse("admin:claims_source_change", args=[stored[0].source.pk])
                return HttpResponseRedirect(one if len(stored) == 1 else reverse("admin:claims_source_changelist"))
        template = "claims/admin/ingestion/add_articles.html"
        return self.ask(request, title="Add articles", form=form, template=template, media=self.media + form.media)

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm, change: bool) -> None:
        """What is known of it, through the service; its texts are never changed."""
        update_description(row=obj, fields=form.changed_data, editor=current_user(request))

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and those of what belongs to one source."""
        views = (
            ("<int:pk>/compare/", compare_snapshots_view, "compare"),
            ("<int:pk>/settle/<int:anchor>/", resolve_anchor_view, "settle"),
            ("<int:pk>/read-anew/", reextract_view, "reading"),
        )
        own = [path(route, self._wrapped(view), name=f"claims_source_{name}") for route, view, name in views]
        return [*own, *super().get_urls()]

    def _wrapped(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """The view, for those who are signed in; a number that no column of keys holds is no row's."""

        def asked(request: HttpRequest, **numbers: int) -> HttpResponse:
            if any(each >= 2**63 for each in numbers.values()):
                raise Http404
            return view(self, request, **numbers)

        return self.admin_site.admin_view(asked)

    def panel(self, request: HttpRequest, obj: Source) -> dict[str, Any]:
        """The text with its quotes."""
        address = quote_list_url(snapshot__source__id__exact=obj)
        may = {
            "may_settle": request.user.has_perm(RESOLVE_ANCHORS_PERMISSION),
            "may_read_anew": request.user.has_perm(REEXTRACT_PERMISSION),
        }
        return get_text_panel_context(obj, request.GET) | {"list_address": address} | may

    def has_reading_permission(self, request: HttpRequest) -> bool:
        """Who may have texts read anew."""
        return request.user.has_perm(REEXTRACT_PERMISSION)

    @admin.action(description="Read anew with the current extractor…", permissions=["reading"])
    def read_anew(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
        """First what would be done, then that."""
        try:
            return reextract_selected(self, request, queryset)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return None

    @admin.display(description="source")
    def source(self, source: Source) -> SafeString:
        """Title and publisher."""
        return stack_lines(shortened(str(source), 160), source.publisher)

    @admin.display(description="language")
    def languages(self, source: Source) -> str:
        """With the one it was translated from."""
        translated = f" (from {source.translated_from})" if source.translated_from else ""
        return f"{source.language or self.get_empty_value_display()}{translated}"

    @admin.display(description="quotes")
    def counts(self, source: Any) -> SafeString:
        """By decision, each a link to them."""
        return quote_count_links(source, "snapshot__source", self.SHOWN)

    @admin.display(description="URL")
    def link(self, source: Source) -> SafeString | str:
        """Where it is on the web."""
        if not source.url:
            return self.get_empty_value_display()
        return external_link(source.url, "open ↗")
