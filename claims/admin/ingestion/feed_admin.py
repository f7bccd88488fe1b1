"""Feeds: their list with the result of each one's last poll, and lists of them in OPML."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import pluralize
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from claims.admin.common.base import EditorAdmin, EditorForm, current_user, selected_ids
from claims.admin.common.formatting import EMPTY_VALUE, badge, stack_lines
from claims.admin.common.object_actions import CleanedData, ObjectAction, run_and_notify
from claims.admin.common.unfold_compat import ChoicesFilter, ModelAdmin, ModelForm, RadioFilter
from claims.admin.ingestion.article_fields import ArticleFieldsMixin
from claims.articles.feeds.opml import MAX_OPML_BYTES
from claims.models import Feed, FeedState
from claims.services.errors import RefusedError
from claims.services.feeds import feed_list
from claims.services.transitions import can_change_state

STATE_COLOURS = {FeedState.ACTIVE: "good", FeedState.PAUSED: "paused", FeedState.ENDED: "bad"}
MOMENT = "%Y-%m-%d %H:%M"
FeedHandler = Callable[[HttpRequest, Feed, CleanedData], str]
STATUS_FIELDS = ("state_label", "last_result", "last_polled", "next_poll", "kind")


class FeedForm(ArticleFieldsMixin, EditorForm):
    class Meta:
        help_texts: ClassVar = {"url": "Address of the feed, or of a web page that names its feed."}

    def clean_url(self) -> str:
        try:
            return feed_list.clean_feed_url(self.cleaned_data["url"], feed=self.instance)
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from refusal


class OPMLFileInput(forms.FileInput):
    template_name = "claims/admin/common/file_input.html"


class ImportFeedsForm(forms.Form):
    file = forms.FileField(
        label="OPML file",
        widget=OPMLFileInput(attrs={"accept": ".opml,.xml,text/x-opml,text/xml", "class": "fb-files"}),
        help_text="Feed readers export their feeds in this format. Feeds that are listed already are not added twice.",
    )


class FeedStateFilter(RadioFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("failing", "Failing"), *((state.value, str(state.label)) for state in FeedState)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> QuerySet[Feed]:
        if self.value() == "failing":
            return queryset & Feed.objects.failing()
        return queryset.filter(state=self.value()) if self.value() in FeedState.values else queryset


def handle_poll_feed(request: HttpRequest, feed: Feed, cleaned_data: CleanedData) -> str:
    feed_list.poll_soon(feed=feed)
    return f"“{feed}” will be polled within a minute or two."


def handle_pause_feed(request: HttpRequest, feed: Feed, cleaned_data: CleanedData) -> str:
    feed_list.pause_feed(feed=feed)
    return f"“{feed}” is paused."


def handle_resume_feed(request: HttpRequest, feed: Feed, cleaned_data: CleanedData) -> str:
    feed_list.resume_feed(feed=feed)
    return f"“{feed}” is active again, and will be polled within a minute or two."


@admin.register(Feed)
class FeedAdmin(EditorAdmin):
    form = FeedForm
    list_display = ("feed", "state_label", "last_result", "last_polled", "next_poll", "publisher")
    list_filter = (FeedStateFilter, ("kind", ChoicesFilter))
    search_fields = ("title", "url", "publisher")
    search_help_text = "Title, URL or publisher"
    ordering = ("title", "id")
    actions = ("poll_chosen", "pause_chosen", "resume_chosen")
    autocomplete_fields = ("topic",)
    object_actions: ClassVar = (
        ObjectAction(
            name="poll",
            label="Poll now",
            style="primary",
            is_offered=lambda request, feed: feed.state == FeedState.ACTIVE,
            run=handle_poll_feed,
        ),
        ObjectAction(
            name="pause",
            label="Pause",
            is_offered=lambda request, feed: can_change_state(feed, FeedState.PAUSED),
            run=handle_pause_feed,
        ),
        ObjectAction(
            name="resume",
            label="Resume",
            style="primary",
            is_offered=lambda request, feed: can_change_state(feed, FeedState.ACTIVE),
            run=handle_resume_feed,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        import_, export = (self.admin_site.admin_view(view) for view in (self.import_view, self.opml_view))
        return [
            path("import/", import_, name="claims_feed_import"),
            path("opml/", export, name="claims_feed_opml"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        own = ("url", "title") if obj else ("url",)
        fieldsets = [
            (None, {"fields": own}),
            ("For articles that do not say it themselves", {"fields": (("publisher", "language"), "topic")}),
        ]
        return [*fieldsets, ("Polling", {"fields": STATUS_FIELDS})] if obj else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*STATUS_FIELDS] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def save_model(self, request: HttpRequest, obj: Feed, form: ModelForm, change: bool) -> None:
        if change:
            if "url" in form.changed_data:
                feed_list.start_anew(obj)
            super().save_model(request, obj, form, change)
            return
        fields = {name: form.cleaned_data[name] for name in ("url", "publisher", "language", "topic")}
        obj.__dict__.update(feed_list.add_feed(editor=current_user(request), **fields).__dict__)

    def get_import_links(self, request: HttpRequest) -> list[dict[str, str]]:
        if not self.has_add_permission(request):
            return []
        return [{"name": "Import feeds (OPML)…", "url": reverse("admin:claims_feed_import")}]

    def get_export_links(self, request: HttpRequest) -> list[dict[str, str]]:
        return [{"name": "OPML", "url": reverse("admin:claims_feed_opml")}, *super().get_export_links(request)]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportFeedsForm(request.POST, request.FILES) if request.method == "POST" else ImportFeedsForm()
        if form.is_valid():
            try:
                opml = form.cleaned_data["file"].read(MAX_OPML_BYTES + 1)
                result = feed_list.import_feeds(opml=opml, editor=current_user(request))
            except RefusedError as refusal:
                form.add_error("file", str(refusal))
            else:
                known = f" Listed already: {result.known}." if result.known else ""
                messages.success(request, f"{result.added} feed{pluralize(result.added)} added.{known}")
                for refusal_of_feed in result.refused[:10]:
                    messages.warning(request, f"Not added: {refusal_of_feed}")
                return HttpResponseRedirect(reverse("admin:claims_feed_changelist"))
        template = "claims/admin/ingestion/import_feeds.html"
        return self.render_page(request, title="Import feeds", template=template, form=form)

    def opml_view(self, request: HttpRequest) -> HttpResponse:
        """All feeds as a file for feed readers."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        headers = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
        return HttpResponse(feed_list.export_feeds(), content_type="text/x-opml; charset=utf-8", headers=headers)

    @admin.action(description="Poll now", permissions=["change"])
    def poll_chosen(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        self._run_for_each(request, queryset, handle_poll_feed)

    @admin.action(description="Pause", permissions=["change"])
    def pause_chosen(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        self._run_for_each(request, queryset, handle_pause_feed)

    @admin.action(description="Resume", permissions=["change"])
    def resume_chosen(self, request: HttpRequest, queryset: QuerySet[Feed]) -> None:
        self._run_for_each(request, queryset, handle_resume_feed)

    @staticmethod
    def _run_for_each(request: HttpRequest, queryset: QuerySet[Feed], run: FeedHandler) -> None:
        feeds = Feed.objects.in_bulk(selected_ids(queryset, limit=100))
        for feed in feeds.values():
            run_and_notify(request, partial(run, request, feed, {}))

    @admin.display(description="feed", ordering="title")
    def feed(self, feed: Feed) -> SafeString:
        return stack_lines(feed.title, feed.url)

    @admin.display(description="state")
    def state_label(self, feed: Feed) -> SafeString:
        if feed.state == FeedState.ACTIVE and feed.failures:
            return badge("pending", "Failing")
        return badge(STATE_COLOURS[FeedState(feed.state)], feed.get_state_display())

    @admin.display(description="last result")
    def last_result(self, feed: Feed) -> SafeString | str:
        if feed.reason:
            times = f"{feed.failures} polls in a row failed" if feed.failures > 1 else ""
            return stack_lines(capfirst(feed.reason), times)
        if feed.last_polled_at is None:
            return "Not polled yet"
        return f"{feed.last_new} new article{pluralize(feed.last_new)}" if feed.last_new else "Nothing new"

    @admin.display(description="last poll (UTC)", ordering="last_polled_at")
    def last_polled(self, feed: Feed) -> str:
        return f"{feed.last_polled_at:{MOMENT}}" if feed.last_polled_at else EMPTY_VALUE

    @admin.display(description="next poll (UTC)", ordering="next_poll_at")
    def next_poll(self, feed: Feed) -> str:
        return f"{feed.next_poll_at:{MOMENT}}" if feed.state == FeedState.ACTIVE else EMPTY_VALUE
