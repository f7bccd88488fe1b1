"""What was said about a quote, a claim or a verification, as its page shows it (`{% comments row %}` draws it)."""

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
MAX_COMMENTS_SHOWN = 50  # of one subject's; the list of comments has the others


class NewCommentForm(forms.Form):
    """What is to be said; with JavaScript, the names of colleagues are offered after an @."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reverse("admin:claims_comment_people")
        self.fields["said"].widget.attrs |= {"data-fb-people": people, "aria-autocomplete": "list"}

    said = forms.CharField(
        widget=Textarea(attrs={"rows": 3, "dir": "auto"}),
        max_length=MAX_COMMENT_LENGTH,
        label="Comment",
        help_text="Colleagues read it, readers never. Write @name to call on somebody. It cannot be edited later.",
    )


@dataclass(frozen=True, slots=True)
class ThreadComment:
    """One comment as a person finds it: whether it calls on them, and whether that is ticked off."""

    comment: Comment
    names: list[str]
    mine: bool
    waits: bool
    done: bool


def may_read_comments(request: HttpRequest, kind: str) -> bool:
    """Whether this person may read comments, and see what they are about."""
    return all(request.user.has_perm(f"claims.view_{each}") for each in ("comment", kind))


def with_mentions(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    """With who wrote them and on whom they call."""
    called = Mention.objects.select_related("user")
    return rows.select_related("author").prefetch_related(Prefetch("mentions", called))


def thread_comment(comment: Comment, user_id: int | None) -> ThreadComment:
    """The comment as this person finds it."""
    mentions = list(comment.mentions.all())
    own = next((each for each in mentions if each.user_id == user_id), None)
    open_still = own is not None and comment.taken_back_at is None
    return ThreadComment(
        comment=comment,
        names=[each.user.get_username() for each in mentions],
        mine=comment.author_id == user_id,
        waits=open_still and own is not None and own.done_at is None,
        done=open_still and own is not None and own.done_at is not None,
    )


def thread_context(request: HttpRequest, subject: Any, back: str = "") -> dict[str, Any]:
    """What the template `comments.html` needs; nothing for a person who may not read it.

    `back` is where the person is led after saying something: this page, unless told otherwise.
    """
    kind = getattr(getattr(subject, "_meta", None), "model_name", "")
    if kind not in COMMENT_SUBJECTS or not subject.pk or not may_read_comments(request, kind):
        return {}
    newest = with_mentions(Comment.objects.filter(**{kind: subject})).order_by("-pk")
    rows = list(newest[: MAX_COMMENTS_SHOWN + 1])
    may_write = request.user.has_perm("claims.add_comment")
    return {
        "heard": [thread_comment(row, request.user.pk) for row in reversed(rows[:MAX_COMMENTS_SHOWN])],
        "earlier": f"{reverse('admin:claims_comment_changelist')}?{kind}__id__exact={subject.pk}"
        if len(rows) > MAX_COMMENTS_SHOWN
        else "",
        "form": NewCommentForm(auto_id="say_%s") if may_write else None,
        "write": reverse("admin:claims_comment_write", args=[kind, subject.pk]),
        "back": back or (request.get_full_path() if request.method == "GET" else ""),
        "kind": kind,
    }


def comment_return_url(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, if that is a page of this admin; else `otherwise`."""
    asked = str(request.POST.get("back", ""))
    inside = asked.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(
        asked, allowed_hosts=None, require_https=request.is_secure()
    )
    return f"{asked}#comments" if inside and len(asked) < 2000 and "#" not in asked else otherwise
