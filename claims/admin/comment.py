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

from claims.admin.base import ReadOnlyAdmin, editor
from claims.admin.conversation import SUBJECTS, SayForm, heard, may_read, way_back, with_mentions
from claims.admin.look import RadioFilter, RelatedFilter
from claims.admin.steps import Step
from claims.admin.wording import NOTHING, WHOLE, lines, shortened
from claims.models import Comment
from claims.services import converse
from claims.services.refusal import RefusedError
from claims.templatetags.conversation import spoken


def done(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """It waits no more."""
    converse.tick_off(comment=comment, editor=editor(request))
    return "The comment is ticked off."


def again(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """It does."""
    converse.tick_off(comment=comment, editor=editor(request), done=False)
    return "The comment waits for you again."


def take_back(request: HttpRequest, comment: Comment, given: dict[str, Any]) -> str:
    """A stub stays."""
    converse.take_back(comment=comment, editor=editor(request))
    return "Your comment was taken back; the others find that in its place."


def told(said: converse.Said) -> list[tuple[int, str]]:
    """What became of it: whom it calls on, and the names that are nobody's."""
    names = ", ".join(user.get_username() for user in said.mentioned)
    waits = f"; it waits for {names}" if names else ""
    found = [(messages.SUCCESS, f"Your comment was added{waits}.")]
    if said.unknown:
        nobody = ", ".join(f"@{name}" for name in said.unknown)
        found.append((messages.WARNING, f"Nobody who works here has this name: {nobody}. Nobody was called by it."))
    return found


class WaitingFilter(RadioFilter):
    """Those that call on the person who looks."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """For me."""
        return [("me", "For me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those not ticked off yet."""
        return queryset.waiting_for(request.user.pk) if self.value() == "me" else queryset  # type: ignore[attr-defined]  # a CommentQuerySet


def facts_of(comment: Comment) -> list[Any]:
    """Of what it is on: the speaker, the source and the decision of a quote; what there is of the others."""
    if quote := comment.quote:
        return [quote.speaker or quote.mention, quote.snapshot.source, quote.get_decision_display().lower()]
    if claim := comment.claim:
        return [claim.speaker]
    verification = comment.verification
    return [verification.claim.speaker, verification.get_state_display().lower()] if verification else []


MOST_OFFERED = 8  # names
SAY = Step(name="say", label="Comment", do=lambda *_: "", offered=lambda *_: True, colour="good")


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    """What editors say to each other; never changed, at most taken back."""

    list_display = ("said", "about", "author", "created_at", "calls_on")
    list_display_links = None  # what is said may hold links of its own; "about" leads to where it was said
    list_filter = (
        WaitingFilter,
        ("author", RelatedFilter),
        ("quote", RelatedFilter),
        ("claim", RelatedFilter),
        ("verification", RelatedFilter),
    )
    search_fields = ("text",)
    ordering = ("-created_at", "-id")
    steps = (
        Step(
            name="done",
            label="Tick off",
            colour="good",
            offered=lambda request, row: heard(row, request.user.pk).waits,
            do=done,
        ),
        Step(
            name="again",
            label="Let it wait again",
            offered=lambda request, row: heard(row, request.user.pk).done,
            do=again,
        ),
        Step(
            name="take-back",
            label="Take back",
            offered=lambda request, row: row.author_id == request.user.pk and row.taken_back_at is None,
            do=take_back,
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
        found = converse.people(beginning=request.GET.get("q", ""), most=MOST_OFFERED)
        return JsonResponse({"results": [{"name": each.username, "about": each.get_full_name()} for each in found]})

    def may_take(self, request: HttpRequest, step: Step) -> bool:
        """Whoever reads comments; whose it is, the service looks at."""
        return self.has_view_permission(request)

    def step_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """As every step, but back to where the comment was read."""
        answer = super().step_view(request, pk, step)
        if isinstance(answer, HttpResponseRedirect):
            return HttpResponseRedirect(way_back(request, answer.url))
        return answer

    def write_view(self, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
        """POST: the comment, and back to what it is about. What is refused stays in the form."""
        model = SUBJECTS.get(kind)
        if model is None:
            raise Http404
        if not (request.user.has_perm("claims.add_comment") and may_read(request, kind)):
            raise PermissionDenied
        subject: Any = model._base_manager.filter(pk=pk).first()  # noqa: SLF001  # public by its docs
        if subject is None:
            raise Http404
        back = way_back(request, f"{reverse(f'admin:claims_{kind}_change', args=[pk])}#comments")
        form = SayForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                said = converse.comment(on=subject, text=form.cleaned_data["said"], author=editor(request))
            except RefusedError as refusal:
                form.add_error("said", str(refusal))
            else:
                for level, sentence in told(said):
                    messages.add_message(request, level, sentence)
                return HttpResponseRedirect(back)
        return self.ask(request, title=f"Comment on: {shortened(str(subject))}", form=form, step=SAY, back=back)

    @admin.display(description="comment")
    def said(self, comment: Comment) -> SafeString:
        """The words, or that they were taken back."""
        if comment.taken_back_at:
            return lines(f"Taken back by its author on {comment.taken_back_at:%Y-%m-%d %H:%M}.")
        names = [each.user.get_username() for each in comment.mentions.all()]
        return format_html('<div class="fb-lines fb-spoken" dir="auto">{}</div>', spoken(comment.text, names))

    @admin.display(description="about")
    def about(self, comment: Comment) -> SafeString:
        """What it is on, as a link, with who said it and how it stands."""
        subject = comment.subject
        meta = subject._meta  # noqa: SLF001  # public by its docs
        page = reverse(f"admin:claims_{meta.model_name}_change", args=[subject.pk])
        words = subject.exact if comment.quote_id else str(subject)  # type: ignore[union-attr]  # a quote, then
        link = format_html('<a class="fb-link" href="{}#comments" dir="auto">{}</a>', page, shortened(words, WHOLE))
        facts = [str(meta.verbose_name).capitalize(), *facts_of(comment)]
        return lines(link, ", ".join(str(fact) for fact in facts if fact))

    @admin.display(description="calls on")
    def calls_on(self, comment: Comment) -> SafeString:
        """Who is mentioned, and whether they ticked it off."""
        names = [f"{each.user}{' (ticked off)' if each.done_at else ''}" for each in comment.mentions.all()]
        return lines(", ".join(names) or NOTHING)
