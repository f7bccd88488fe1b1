"""Comments: their list, and views to write, mark as done and delete them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import EMPTY_VALUE, MAX_LIST_TEXT, quoted, stack_lines, truncate_line
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ModelAdmin, RadioFilter, RelatedFilter
from claims.admin.people.comment_thread import (
    COMMENT_SUBJECTS,
    NewCommentForm,
    comment_return_url,
    may_read_comments,
    thread_comment,
    with_mentions,
)
from claims.models import Comment, Quote
from claims.services.errors import RefusedError
from claims.services.people import comments
from claims.templatetags.comment_threads import comment_html


def mark_mention_done(request: HttpRequest, comment: Comment, data: CleanedData) -> str:
    comments.set_mention_done(comment=comment, editor=current_user(request))
    return "Marked as done."


def mark_mention_open(request: HttpRequest, comment: Comment, data: CleanedData) -> str:
    comments.set_mention_done(comment=comment, editor=current_user(request), done=False)
    return "Reopened."


def delete_own_comment(request: HttpRequest, comment: Comment, data: CleanedData) -> str:
    """Replaces the text with a notice that the comment was deleted."""
    comments.delete_comment(comment=comment, editor=current_user(request))
    return "Comment deleted."


def describe_posted_comment(added: comments.AddedComment) -> list[tuple[int, str]]:
    """Messages with their levels: who will be notified, and which names are unknown."""
    names = ", ".join(user.get_username() for user in added.mentioned)
    notified = f" {names} will be notified." if names else ""
    result = [(messages.SUCCESS, f"Comment added.{notified}")]
    if added.unknown:
        unknown = ", ".join(f"@{name}" for name in added.unknown)
        result.append((messages.WARNING, f"No colleague has this name: {unknown}."))
    return result


class MentionFilter(RadioFilter):
    """Filters comments with an open mention of the user."""

    title = "mentions"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("me", "Open mentions of me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        return queryset.with_open_mention_of(request.user.pk) if self.value() == "me" else queryset  # type: ignore[attr-defined]  # a CommentQuerySet


def subject_details(comment: Comment) -> list[object]:
    """What identifies the subject: the speaker, and the source and state where there are any."""
    if quote := comment.quote:
        return [quote.speaker or quote.mention, quote.snapshot.source, quote.get_decision_display().lower()]
    if claim := comment.claim:
        return [claim.speaker]
    verification = comment.verification
    return [verification.claim.speaker, verification.get_state_display().lower()] if verification else []


MAX_COLLEAGUES = 8  # names to suggest
WRITE_ACTION = ObjectAction(name="say", label="Comment", run=lambda *_: "", is_offered=lambda *_: True, style="primary")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """Comments between editors. They cannot be edited, only deleted by their author."""

    list_display = ("comment_text", "about", "author", "created_at", "mentions")
    list_display_links = None  # a comment can contain links; "about" links to its subject
    list_filter = (
        MentionFilter,
        ("author", RelatedFilter),
        ("quote", RelatedFilter),
        ("claim", RelatedFilter),
        ("verification", RelatedFilter),
    )
    search_fields = ("text",)
    ordering = ("-created_at", "-id")
    object_actions = (
        ObjectAction(
            name="done",
            label="Mark as done",
            style="primary",
            is_offered=lambda request, row: thread_comment(row, request.user.pk).is_open,
            run=mark_mention_done,
        ),
        ObjectAction(
            name="again",
            label="Reopen",
            is_offered=lambda request, row: thread_comment(row, request.user.pk).is_done,
            run=mark_mention_open,
        ),
        ObjectAction(
            name="take-back",
            label="Delete",
            is_offered=lambda request, row: row.author_id == request.user.pk and row.taken_back_at is None,
            run=delete_own_comment,
        ),
    )
    fields = ("comment_text", "about", "author", "created_at", "mentions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        rows = with_mentions(super().get_queryset(request))
        subjects = ("quote__speaker", "quote__snapshot__source", "claim__speaker", "verification__claim__speaker")
        rows = rows.select_related("author", *subjects, "verification__rating")
        return rows.defer("quote__snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Model], search_term: str
    ) -> tuple[QuerySet[Model], bool]:
        """Searches no deleted comments."""
        if search_term:
            queryset = queryset.filter(taken_back_at=None)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        write = self.admin_site.admin_view(self.write_view)
        people = self.admin_site.admin_view(require_GET(self.people_view))
        return [
            path("on/<slug:kind>/<int:pk>/", write, name="claims_comment_write"),
            path("people/", people, name="claims_comment_people"),
            *super().get_urls(),
        ]

    def people_view(self, request: HttpRequest) -> JsonResponse:
        """Colleagues whose name starts with `q`, as JSON."""
        if not request.user.has_perm("claims.add_comment"):
            raise PermissionDenied
        colleagues = comments.search_colleagues(prefix=request.GET.get("q", ""), limit=MAX_COLLEAGUES)
        results = [{"name": colleague.username, "about": colleague.get_full_name()} for colleague in colleagues]
        return JsonResponse({"results": results})

    def may_run_action(self, request: HttpRequest, action: ObjectAction) -> bool:
        """Allowed for everybody who may read comments. The service checks the author and the mention."""
        return self.has_view_permission(request)

    def object_action_view(self, request: HttpRequest, pk: int, action_name: str) -> HttpResponse:
        """Redirects to the page that the comment was read on."""
        response = super().object_action_view(request, pk, action_name)
        if isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(comment_return_url(request, response.url))
        return response

    def write_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """POST: adds a comment and returns to its subject. A refused comment stays in the form."""
        model = COMMENT_SUBJECTS.get(kind)
        if model is None:
            raise Http404
        if not (request.user.has_perm("claims.add_comment") and may_read_comments(request, kind)):
            raise PermissionDenied
        subject: Any = model._base_manager.filter(pk=pk).first()
        if subject is None:
            raise Http404
        back = comment_return_url(request, f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comments")
        form = NewCommentForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                added = comments.add_comment(on=subject, text=form.cleaned_data["said"], author=current_user(request))
            except RefusedError as refusal:
                form.add_error("said", str(refusal))
            else:
                for level, message in describe_posted_comment(added):
                    messages.add_message(request, level, message)
                return HttpResponseRedirect(back)
        return self.render_page(
            request,
            title=f"Comment on: {truncate_line(str(subject))}",
            form=form,
            object_action=WRITE_ACTION,
            back=back,
        )

    @admin.display(description="comment")
    def comment_text(self, comment: Comment) -> SafeString:
        if comment.taken_back_at:
            return stack_lines(f"Deleted by its author on {comment.taken_back_at:%Y-%m-%d %H:%M}.")
        names = [mention.user.get_username() for mention in comment.mentions.all()]
        return format_html(
            '<div class="fb-cell-lines fb-comment-text" dir="auto">{}</div>', comment_html(comment.text, names)
        )

    @admin.display(description="about")
    def about(self, comment: Comment) -> SafeString:
        """A link to the subject, with its speaker and state."""
        subject = comment.subject
        meta = subject._meta
        page = reverse(f"admin:claims_{meta.model_name}_change", args=[subject.pk])
        if isinstance(subject, Quote):
            text = quoted(subject.text, subject.kind, MAX_LIST_TEXT)
        else:
            text = truncate_line(str(subject), MAX_LIST_TEXT)
        link = format_html('<a class="fb-link" href="{}#comments" dir="auto">{}</a>', page, text)
        details = [str(meta.verbose_name).capitalize(), *subject_details(comment)]
        return stack_lines(link, ", ".join(str(detail) for detail in details if detail))

    @admin.display(description="mentions")
    def mentions(self, comment: Comment) -> SafeString:
        names = [f"{mention.user}{' (done)' if mention.done_at else ''}" for mention in comment.mentions.all()]
        return stack_lines(", ".join(names) or EMPTY_VALUE)
