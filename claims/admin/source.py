"""Sources: publications with their texts, their quotes marked; adding articles."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.add_article import ArticleForm, store
from claims.admin.article_fields import ArticleFields
from claims.admin.base import EditorForm, editor
from claims.admin.compare import SETTLING, compare_view, settle_view
from claims.admin.filters import LanguageFilter, LostQuotesFilter, PublisherFilter
from claims.admin.history import RecordedAdmin
from claims.admin.lists import counted, decision_links, list_address
from claims.admin.look import ChoicesFilter, ModelForm
from claims.admin.reading_anew import READING, read_chosen, reading_view
from claims.admin.source_text import text_panel
from claims.admin.wording import elsewhere, lines, shortened
from claims.extraction import ModelError
from claims.models import Decision, Quote, Source
from claims.services.describe import describe
from claims.services.ingest import Ingested, Outcome
from claims.services.refusal import RefusedError


def told(done: Ingested) -> str:
    """What became of one article."""
    waiting = "1 quote waits" if done.quotes == 1 else f"{done.quotes} quotes wait"
    match done.outcome:
        case Outcome.UNCHANGED:
            return f"“{done.source}” is stored already; nothing was added."
        case Outcome.CHANGED:
            return f"“{done.source}” has a new snapshot; {waiting}."
    return f"“{done.source}” was added; {waiting}."


class SourceForm(ArticleFields, EditorForm):
    """What is known of a publication, by the rules it was read by."""


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    """A publication; its texts are for reading only."""

    form = SourceForm
    list_display = ("source", "published_on", "languages", "kind", "counts", "link")
    list_filter = (PublisherFilter, LanguageFilter, ("kind", ChoicesFilter), LostQuotesFilter)
    actions = ("read_anew",)
    search_fields = ("title", "publisher", "authors", "url")
    search_help_text = "Title, publisher, authors or URL"
    ordering = ("-created_at", "-id")
    panel_template = "claims/admin/source_panel.html"
    fieldsets = (
        (None, {"fields": ("title", ("publisher", "kind"), "authors", "url", "published_on")}),
        ("Language", {"fields": (("language", "translated_from"), "translator")}),
    )
    SHOWN: ClassVar = [Decision.PENDING, Decision.ACCEPTED, Decision.REJECTED]
    COUNTS: ClassVar = {  # made once: a page asks for them twice
        "n_pending": counted(Quote.objects.pending(), "snapshot__source"),
        "n_accepted": counted(Quote.objects.accepted(), "snapshot__source"),
        "n_rejected": counted(Quote.objects.filter(decision=Decision.REJECTED), "snapshot__source"),
    }

    class Media:
        css: ClassVar = {"all": ["claims/people.css"]}
        js = ("claims/keys.js",)

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
        form = ArticleForm(request.POST, request.FILES) if posted else ArticleForm()
        if posted and form.is_valid():
            try:
                stored, refused = store(form, editor=editor(request))
            except ModelError as error:
                stored, refused = [], []
                messages.error(request, str(error))
            for done in stored:
                messages.add_message(
                    request, messages.INFO if done.outcome is Outcome.UNCHANGED else messages.SUCCESS, told(done)
                )
            for problem in refused:
                messages.error(request, str(problem))
            if stored:
                one = reverse("admin:claims_source_change", args=[stored[0].source.pk])
                return HttpResponseRedirect(one if len(stored) == 1 else reverse("admin:claims_source_changelist"))
        template = "claims/admin/add_article.html"
        return self.ask(request, title="Add articles", form=form, template=template, media=self.media + form.media)

    def save_model(self, request: HttpRequest, obj: Source, form: ModelForm, change: bool) -> None:
        """What is known of it, through the service; its texts are never changed."""
        describe(row=obj, fields=form.changed_data, editor=editor(request))

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses and those of what belongs to one source."""
        views = (
            ("<int:pk>/compare/", compare_view, "compare"),
            ("<int:pk>/settle/<int:anchor>/", settle_view, "settle"),
            ("<int:pk>/read-anew/", reading_view, "reading"),
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
        address = list_address(snapshot__source__id__exact=obj)
        may = {"may_settle": request.user.has_perm(SETTLING), "may_read_anew": request.user.has_perm(READING)}
        return text_panel(obj, request.GET) | {"list_address": address} | may

    def has_reading_permission(self, request: HttpRequest) -> bool:
        """Who may have texts read anew."""
        return request.user.has_perm(READING)

    @admin.action(description="Read anew with the current extractor…", permissions=["reading"])
    def read_anew(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse | None:
        """First what would be done, then that."""
        try:
            return read_chosen(self, request, queryset)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return None

    @admin.display(description="source")
    def source(self, source: Source) -> SafeString:
        """Title and publisher."""
        return lines(shortened(str(source), 160), source.publisher)

    @admin.display(description="language")
    def languages(self, source: Source) -> str:
        """With the one it was translated from."""
        translated = f" (from {source.translated_from})" if source.translated_from else ""
        return f"{source.language or self.get_empty_value_display()}{translated}"

    @admin.display(description="quotes")
    def counts(self, source: Any) -> SafeString:
        """By decision, each a link to them."""
        return decision_links(source, "snapshot__source", self.SHOWN)

    @admin.display(description="URL")
    def link(self, source: Source) -> SafeString | str:
        """Where it is on the web."""
        if not source.url:
            return self.get_empty_value_display()
        return elsewhere(source.url, "open ↗")
