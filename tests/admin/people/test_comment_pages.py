"""Comments on quotes, claims and verifications, with mentions."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from claims.models import Comment, Mention
from claims.services.people import comments
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions, displayed_messages, run_object_action

SUBJECTS = {"quote": make.QuoteFactory, "claim": make.ClaimFactory, "verification": make.VerificationFactory}


def post_comment(client: Client, subject: Any, text: str, **more: str) -> Any:
    page = reverse("admin:claims_comment_write", args=[subject._meta.model_name, subject.pk])
    return client.post(page, {"said": text, **more})


def member_and_client(group: str, name: str) -> tuple[User, Client]:
    user = User.objects.create_user(name, password="p", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return user, client


@pytest.mark.parametrize("kind", SUBJECTS)
def test_comment_is_shown_on_the_page_of_its_subject(editor: User, client: Client, kind: str) -> None:
    subject = SUBJECTS[kind]()
    _, reporter = member_and_client("Reporter", "rita")
    page = admin_url("change", subject)
    response = post_comment(reporter, subject, "@editor is <b>this</b> so?", back=page)
    assert response.url == f"{page}#comments"
    assert displayed_messages(response) == ["Comment added. editor will be notified."]
    shown = client.get(page).content.decode()
    assert '<strong class="fb-user-mention">@editor</strong> is &lt;b&gt;this&lt;/b&gt; so?' in shown
    assert "mentions you" in shown
    assert "mentions you" not in reporter.get(page).content.decode()


def test_unknown_names_are_reported(client: Client) -> None:
    response = post_comment(client, make.ClaimFactory(), "@ben, @eva?")
    assert displayed_messages(response)[1] == "No colleague has this name: @ben, @eva."
    assert not Mention.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_refused_comment_stays_in_the_form(client: Client, text: str) -> None:
    response = post_comment(client, make.ClaimFactory(), text)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert text in response.content.decode()
    assert not Comment.objects.exists()


def test_mention_is_marked_as_done_and_reopened(client: Client, editor: User) -> None:
    claim = make.ClaimFactory()
    comment = comments.add_comment(on=claim, text="@editor?", author=make.UserFactory()).comment
    page = admin_url("change", claim)
    badge = [item.get("badge") for item in client.get(page).context["sidebar_navigation"][0]["items"]][-1]
    assert badge == "1"
    response = run_object_action(client, "done", comment, back=page)
    assert response.url == f"{page}#comments"
    shown = client.get(page)
    assert "Reopen" in shown.content.decode()
    assert shown.context["sidebar_navigation"][0]["items"][-1].get("badge") is None
    run_object_action(client, "again", comment)
    assert Mention.objects.get().done_at is None


def test_only_the_author_can_delete_a_comment(client: Client, editor: User, colleague: Client) -> None:
    claim = make.ClaimFactory()
    comment = comments.add_comment(on=claim, text="A slip of the tongue.", author=editor).comment
    assert ">Delete</button>" not in colleague.get(admin_url("change", claim)).content.decode()
    assert displayed_messages(run_object_action(colleague, "take-back", comment)) == [
        "Only the author can delete a comment."
    ]
    run_object_action(client, "take-back", comment)
    for page in (admin_url("change", claim), admin_url("changelist", Comment), admin_url("change", comment)):
        shown = colleague.get(page).content.decode()
        assert "Deleted by its author on" in shown, page
        assert "A slip of the tongue." not in shown, page
    response = colleague.get(admin_url("changelist", Comment), {"q": "slip"})
    assert response.context["cl"].result_count == 0
    assert "A slip" not in client.get("/admin/").content.decode()


def test_deleted_comment_mentions_nobody(client: Client, editor: User) -> None:
    author = make.UserFactory()
    comment = comments.add_comment(on=make.ClaimFactory(), text="@editor secret", author=author).comment
    assert client.get(f"{admin_url('changelist', Comment)}?waiting=me").context["cl"].result_count == 1
    comments.delete_comment(comment=comment, editor=author)
    assert client.get(f"{admin_url('changelist', Comment)}?waiting=me").context["cl"].result_count == 0
    assert "secret" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/admin/",
        "//evil.example/admin/",
        "/admin/\\evil.example",
        "javascript:alert(1)",
        "/api/v1/",
        "/admin/" + "x" * 3000,
        "/admin//evil\r\nSet-Cookie: a=b",
    ],
    ids=["another site", "no scheme", "backslash", "script", "not the admin", "too long", "a line break"],
)
def test_return_url_stays_in_the_admin(client: Client, back: str) -> None:
    claim = make.ClaimFactory()
    url = post_comment(client, claim, "Hello.", back=back).url
    inside = url.startswith("/admin/") and "\r" not in url and "\n" not in url and not url.startswith("//")
    assert inside, url


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("see https://example.org/a?b=1&c=2", '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow">'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("<a href='javascript:alert(1)'>x</a>", "&lt;a href=&#x27;javascript:alert(1)&#x27;&gt;x&lt;/a&gt;"),
        ("one\ntwo", "one<br>two"),
    ],
    ids=["link", "no link", "markup", "lines"],
)
def test_comment_is_escaped_and_links_are_safe(client: Client, text: str, html: str) -> None:
    claim = make.ClaimFactory()
    post_comment(client, claim, text)
    page = client.get(admin_url("change", claim)).content.decode()
    assert html in page
    assert 'href="javascript' not in page


def test_comments_require_permission_to_view_the_subject(editor: User) -> None:
    claim = make.ClaimFactory()
    comments.add_comment(on=claim, text="Between us.", author=editor)
    client = client_with_permissions("view_claim")
    assert "Between us." not in client.get(admin_url("change", claim)).content.decode()
    assert post_comment(client, claim, "Hello.").status_code == 403
    other = User.objects.get(username="somebody")
    other.user_permissions.clear()
    assert (
        post_comment(login_with_permissions(other, "view_comment", "add_comment"), claim, "Hello.").status_code == 403
    )
    assert Comment.objects.count() == 1


def login_with_permissions(user: User, *permissions: str) -> Client:
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", ["on/quote/0/", "on/user/1/", "on/claim/99999999999999999999999/", "on/x/1/"])
def test_unknown_subject_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/admin/claims/comment/{path}").status_code == 404
    assert client.post(f"/admin/claims/comment/{path}", {"said": "?"}).status_code == 404


def test_only_the_newest_comments_are_shown(client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.people.comment_thread.MAX_COMMENTS_SHOWN", 2)
    claim = make.ClaimFactory()
    for text in ("Eins.", "Zwei.", "Drei."):
        comments.add_comment(on=claim, text=text, author=editor)
    page = client.get(admin_url("change", claim)).content.decode()
    assert "Eins." not in page
    assert page.index("Zwei.") < page.index("Drei.")
    assert f"/admin/claims/comment/?claim__id__exact={claim.pk}" in page


def test_comment_on_the_review_screen_returns_to_it(client: Client) -> None:
    quote = make.QuoteFactory()
    page = f"{reverse('admin:claims_review')}?quote={quote.pk}"
    response = client.get(page)
    assert f'name="back" value="{page}"' in response.content.decode()
    assert post_comment(client, quote, "Is this so?", back=page).url == f"{page}#comments"
    assert "Is this so?" in client.get(page).content.decode()
