"""Sources: publications with their texts, their quotes marked; adding articles."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString

from claims.admin.add_article import ArticleForm, store
from claims.admin.article_fields import ArticleFields
from claims.admin.base import EditorForm, editor
from claims.admin.filters import LanguageFilter, PublisherFilter
from claims.admin.history import RecordedAdmin
from claims.admin.lists import counted, decision_links, list_address
from claims.admin.look import ChoicesFilter
from claims.admin.source_text import text_panel
from claims.admin.wording import elsewhere, lines, shortened
from claims.extraction import ModelError
from claims.models import Decision, Quote, Source
from claims.services.ingest import Ingested, Outcome


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
    list_filter = (PublisherFilter, LanguageFilter, ("kind", ChoicesFilter))
    search_fields = ("title", "publisher", "authors", "url")
    search_help_text = "Title, publisher, authors or URL"
    ordering = ("-created_at", "-id")
    panel_template = "claims/admin/source_panel.html"
    fieldsets = (
        (None, {"fields": ("title", ("publisher", "kind"), "authors", "url", "published_on")}),
        ("Language", {"fields": (("language", "translated_from"), "translator")}),
    )
    SHOWN: ClassVar = [Decision.PENDING, Decision.ACCEPTED, Decision.REJECTED]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        """With the number of quotes by decision."""
        quotes = {f"n_{decision}": Quote.objects.filter(decision=decision) for decision in self.SHOWN}
        counts = {name: counted(rows, "snapshot__source") for name, rows in quotes.items()}
        rows: QuerySet[Source] = super().get_queryset(request).annotate(**counts)
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

    def panel(self, request: HttpRequest, obj: Source) -> dict[str, Any]:
        """The text with its quotes."""
        address = list_address(snapshot__source__id__exact=obj)
        return text_panel(obj, request.GET.get("snapshot")) | {"list_address": address}

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
