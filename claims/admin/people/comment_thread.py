"""The comment thread on the page of a quote, claim or verification, rendered by `{% comments row %}`."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin.common.unfold_compat import Textarea
from claims.models import Claim, Comment, Mention, Quote, Verification
from claims.models.comment import MAX_COMMENT_LENGTH

COMMENT_SUBJECTS: dict[str, type[Model]] = {"quote": Quote, "claim": Claim, "verification": Verification}
MAX_RETURN_URL = 1999
MAX_COMMENTS_SHOWN = 50  # per subject; the changelist of comments has the others


class NewCommentForm(forms.Form):
    """A form for a comment. With JavaScript, it completes the names of colleagues after an @."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names_url = reverse("admin:claims_comment_people")
        self.fields["said"].widget.attrs |= {"data-fb-mentions": names_url, "aria-autocomplete": "list"}

    said = forms.CharField(
        widget=Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=MAX_COMMENT_LENGTH,
        label="Comment",
        help_text="Internal: never published. @name notifies a colleague. Comments can't be edited.",
    )


@dataclass(frozen=True, slots=True)
class ThreadComment:
    """A comment as one user sees it. `is_open` and `is_done` concern a mention of this user."""

    comment: Comment
    mentioned_names: list[str]
    is_own: bool
    is_open: bool
    is_done: bool


def may_read_comments(request: HttpRequest, kind: str) -> bool:
    """Whether the user may read comments and see this kind of subject."""
    return all(request.user.has_perm(f"claims.view_{name}") for name in ("comment", kind))


def with_mentions(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """Prefetches the authors and the mentioned users."""
    mentions = Mention.objects.select_related("user")
    return rows.select_related("author").prefetch_related(Prefetch("mentions", mentions))


def thread_comment(comment: Comment, user_id: int | None) -> ThreadComment:
    mentions = list(comment.mentions.all())
    is_deleted = comment.taken_back_at is not None
    own_mention = None if is_deleted else next((mention for mention in mentions if mention.user_id == user_id), None)
    return ThreadComment(
        comment=comment,
        mentioned_names=[mention.user.get_username() for mention in mentions],
        is_own=comment.author_id == user_id,
        is_open=own_mention is not None and own_mention.done_at is None,
        is_done=own_mention is not None and own_mention.done_at is not None,
    )


def thread_context(request: HttpRequest, subject: Model, back: str = "") -> dict[str, object]:
    """The context of `comment_thread.html`, empty if the user may not read comments on this subject.

    `back` is the page to return to after commenting, by default this one.
    """
    kind = getattr(getattr(subject, "_meta", None), "model_name", "")
    if kind not in COMMENT_SUBJECTS or not subject.pk or not may_read_comments(request, kind):
        return {}
    newest = with_mentions(Comment.objects.filter(**{kind: subject})).order_by("-pk")
    rows = list(newest[: MAX_COMMENTS_SHOWN + 1])
    may_write = request.user.has_perm("claims.add_comment")
    list_url = f"{reverse('admin:claims_comment_changelist')}?{kind}__id__exact={subject.pk}"
    return {
        "comments": [thread_comment(row, request.user.pk) for row in reversed(rows[:MAX_COMMENTS_SHOWN])],
        "all_comments_url": list_url if len(rows) > MAX_COMMENTS_SHOWN else "",
        "form": NewCommentForm(auto_id="comment_%s") if may_write else None,
        "post_url": reverse("admin:claims_comment_write", args=[kind, subject.pk]),
        "back": back or (request.get_full_path() if request.method == "GET" else ""),
        "kind": kind,
    }


def comment_return_url(request: HttpRequest, default: str) -> str:
    """The comments on the page that the user came from, if that is a page of this admin; otherwise `default`."""
    back = str(request.POST.get("back", ""))
    is_admin_page = back.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None, require_https=request.is_secure()
    )
    is_valid = is_admin_page and len(back) <= MAX_RETURN_URL and "#" not in back
    return f"{back}#comments" if is_valid else default
