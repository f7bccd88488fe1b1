"""Comments: everything that was said, and the addresses at which something is said, ticked off and taken back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import EMPTY_VALUE, MAX_LIST_TEXT, shortened, stack_lines
from claims.admin.common.object_actions import ObjectAction
from claims.admin.common.unfold_compat import RadioFilter, RelatedFilter
from claims.admin.people.comment_thread import (
    COMMENT_SUBJECTS,
    NewCommentForm,
    comment_return_url,
    may_read_comments,
    thread_comment,
    with_mentions,
)
from claims.models import Comment
from claims.services.errors import RefusedError
from claims.services.people import comments
from claims.templatetags.conversation import comment_html


def mark_mention_done(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """It waits no more."""
    comments.set_mention_done(comment=comment, editor=current_user(request))
    return "The comment is ticked off."


def mark_mention_open(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """It does."""
    comments.set_mention_done(comment=comment, editor=current_user(request), done=False)
    return "The comment waits for you again."


def delete_own_comment(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """A stub stays."""
    comments.delete_comment(comment=comment, editor=current_user(request))
    return "Your comment was taken back; the others find that in its place."


def describe_posted_comment(said: comments.AddedComment) -> list[tuple[int, str]]:
    """What became of it: whom it calls on, and the names that are nobody's."""
    names = ", ".join(user.get_username() for user in said.mentioned)
    waits = f"; it waits for {names}" if names else ""
    found = [(messages.SUCCESS, f"Your comment was added{waits}.")]
    if said.unknown:
        nobody = ", ".join(f"@{name}" for name in said.unknown)
        found.append((messages.WARNING, f"Nobody who works here has this name: {nobody}. Nobody was called by it."))
    return found


class MentionFilter(RadioFilter):
    """Those that call on the person who looks."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """For me."""
        return [("me", "For me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those not ticked off yet."""
        return queryset.waiting_for(request.user.pk) if self.value() == "me" else queryset  # type: ignore[attr-defined]  # a CommentQuerySet


def subject_details(comment: Comment) -> list[Any]:
    """Of what it is on: the speaker, the source and the decision of a quote; what there is of the others."""
    if quote := comment.quote:
        return [quote.speaker or quote.mention, quote.snapshot.source, quote.get_decision_display().lower()]
    if claim := comment.claim:
        return [claim.speaker]
    verification = comment.verification
    return [verification.claim.speaker, verification.get_state_display().lower()] if verification else []


MAX_COLLEAGUES = 8  # names
WRITE_ACTION = ObjectAction(name="say", label="Comment", do=lambda *_: "", offered=lambda *_: True, colour="good")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """What editors say to each other; never changed, at most taken back."""

    list_display = ("said", "about", "author", "created_at", "calls_on")
    list_display_links = None  # what is said may hold links of its own; "about" leads to where it was said
    list_filter = (
        MentionFilter,
        ("author", RelatedFilter),
        ("quote", RelatedFilter),
        ("claim", RelatedFilter),
        ("verification", RelatedFilter),
    )
    search_fields = ("text",)
    ordering = ("-created_at", "-id")
    steps = (
        ObjectAction(
            name="done",
            label="Tick off",
            colour="good",
            offered=lambda request, row: thread_comment(row, request.user.pk).waits,
            do=mark_mention_done,
        ),
        ObjectAction(
            name="again",
            label="Let it wait again",
            offered=lambda request, row: thread_comment(row, request.user.pk).done,
            do=mark_mention_open,
        ),
        ObjectAction(
            name="take-back",
            label="Take back",
            offered=lambda request, row: row.author_id == request.user.pk and row.taken_back_at is None,
            do=delete_own_comment,
        ),
    )
    fields = ("said", "about", "author", "created_at", "calls_on")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """With all that a row names."""
        rows = with_mentions(super().get_queryset(request))
        subjects = ("quote__speaker", "quote__snapshot__source", "claim__speaker", "verification__claim__speaker")
        rows = rows.select_related("author", *subjects, "verification__rating")
        return rows.defer("quote__snapshot__text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What was taken back is not found by its words."""
        if search_term:
            queryset = queryset.filter(taken_back_at=None)
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, the one at which something is said, and the one that names colleagues."""
        view = self.admin_site.admin_view(self.write_view)
        people = self.admin_site.admin_view(require_GET(self.people_view))
        return [
            path("on/<slug:kind>/<int:pk>/", view, name="claims_comment_write"),
            path("people/", people, name="claims_comment_people"),
            *super().get_urls(),
        ]

    def people_view(self, request: HttpRequest) -> JsonResponse:
        """Who may be called on, by the first letters of a name."""
        if not request.user.has_perm("claims.add_comment"):
            raise PermissionDenied
        found = comments.search_colleagues(beginning=request.GET.get("q", ""), most=MAX_COLLEAGUES)
        return JsonResponse({"results": [{"name": each.username, "about": each.get_full_name()} for each in found]})

    def may_take(self, request: HttpRequest, step: ObjectAction) -> bool:
        """Whoever reads comments; whose it is, the service looks at."""
        return self.has_view_permission(request)

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """As every step, but back to where the comment was read."""
        answer = super().step_view(request, pk, step)
        if isinstance(answer, HttpResponseRedirect):
            return HttpResponseRedirect(comment_return_url(request, answer.url))
        return answer

    def write_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """POST: the comment, and back to what it is about. What is refused stays in the form."""
        model = COMMENT_SUBJECTS.get(kind)
        if model is None:
            raise Http404
        if not (request.user.has_perm("claims.add_comment") and may_read_comments(request, kind)):
            raise PermissionDenied
        subject: Any = model._base_manager.filter(pk=pk).first()  # public by its docs
        if subject is None:
            raise Http404
        back = comment_return_url(request, f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comments")
        form = NewCommentForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                said = comments.add_comment(on=subject, text=form.cleaned_data["said"], author=current_user(request))
            except RefusedError as refusal:
                form.add_error("said", str(refusal))
            else:
                for level, sentence in describe_posted_comment(said):
                    messages.add_message(request, level, sentence)
                return HttpResponseRedirect(back)
        return self.ask(
            request, title=f"Comment on: {shortened(str(subject))}", form=form, step=WRITE_ACTION, back=back
        )

    @admin.display(description="comment")
    def said(self, comment: Comment) -> SafeString:
        """The words, or that they were taken back."""
        if comment.taken_back_at:
            return stack_lines(f"Taken back by its author on {comment.taken_back_at:%Y-%m-%d %H:%M}.")
        names = [each.user.get_username() for each in comment.mentions.all()]
        return format_html('<div class="fb-lines fb-spoken" dir="auto">{}</div>', comment_html(comment.text, names))

    @admin.display(description="about")
    def about(self, comment: Comment) -> SafeString:
        """What it is on, as a link, with who said it and how it stands."""
        subject = comment.subject
        meta = subject._meta  # public by its docs
        page = reverse(f"admin:claims_{meta.model_name}_change", args=[subject.pk])
        words = subject.exact if comment.quote_id else str(subject)  # type: ignore[union-attr]  # a quote, then
        link = format_html(
            '<a class="fb-link" href="{}#comments" dir="auto">{}</a>', page, shortened(words, MAX_LIST_TEXT)
        )
        facts = [str(meta.verbose_name).capitalize(), *subject_details(comment)]
        return stack_lines(link, ", ".join(str(fact) for fact in facts if fact))

    @admin.display(description="calls on")
    def calls_on(self, comment: Comment) -> SafeString:
        """Who is mentioned, and whether they ticked it off."""
        names = [f"{each.user}{' (ticked off)' if each.done_at else ''}" for each in comment.mentions.all()]
        return stack_lines(", ".join(names) or EMPTY_VALUE)
