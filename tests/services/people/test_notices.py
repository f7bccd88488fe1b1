"""Notices: who is told of what, and their delivery to a mail server and a webhook on this machine."""

import datetime as dt
import email
import json
import socket
from collections.abc import Iterator
from email.policy import default as email_policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from claims.models import Notice, NoticeDelivery, NoticeKind
from claims.models.notice import MAX_ATTEMPTS
from claims.services.errors import RefusedError
from claims.services.ingestion.ingest import ingest
from claims.services.people import comments, notice_delivery
from claims.services.people.assignments import assign, unassign
from claims.services.people.notice_delivery import deliver_due
from claims.services.people.notices import get_preferences, next_digest, notify, retry_notice, set_preferences
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.concurrency import run_concurrently
from tests.sample_articles import make_article
from tests.services.history.undo_last import undo_last

pytestmark = pytest.mark.django_db

NOW = timezone.now()


class MailCatcher:
    """A mail server's handler that keeps what it gets, or refuses it while `refusal` is set."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], Any]] = []
        self.refusal = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refusal:
            return self.refusal
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email_policy)))
        return "250 OK"


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailCatcher]:
    """A mail server, which the settings name."""
    catcher = MailCatcher()
    with socket.socket() as probe:  # aiosmtpd wants to know the port
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
    controller = Controller(catcher, hostname=host, port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    settings.DEFAULT_FROM_EMAIL = "facts@example.org"
    settings.FACTBASE_BASE_URL = "https://facts.example.org"
    yield catcher
    controller.stop()


class Webhook(BaseHTTPRequestHandler):
    """Keeps the posted JSON and answers with `status`."""

    posts: list[dict[str, str]] = []
    status = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.posts.append({"path": self.path, **json.loads(body)})
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        raise AssertionError("a redirect was followed")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def webhook(settings: Settings) -> Iterator[type[Webhook]]:
    Webhook.posts, Webhook.status = [], 200
    server = HTTPServer(("127.0.0.1", 0), Webhook)
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    settings.FACTBASE_CHAT_URL = f"http://127.0.0.1:{server.server_port}/hooks/secret?x=1"
    settings.FACTBASE_BASE_URL = "https://facts.example.org"
    yield Webhook
    server.shutdown()
    thread.join()
    server.server_close()


def create_member(username: str, group: str = "Approver", **fields: Any) -> User:
    user: User = make.UserFactory(username=username, **{"email": f"{username}@example.org", **fields})
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def ben(db: None) -> User:
    return create_member("ben")


@pytest.fixture
def eva(db: None) -> User:
    return create_member("eva")


def mail_text(mail: Any) -> str:
    return str(mail.get_content())


def notices_of(user: User | None) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(recipient=user).order_by("pk")
    return [(row.kind, row.summary) for row in rows]


def test_without_a_mail_server_and_a_chat_nothing_is_written(ben: User, eva: User) -> None:
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    assert not Notice.objects.exists()
    with pytest.raises(CommandError, match="FACTBASE_EMAIL_URL"):
        call_command("send_notices")


def test_an_assignment_is_mailed_at_once(mail_server: MailCatcher, ben: User, eva: User) -> None:
    claim = make.ClaimFactory(text="Rivers\nare full.")
    assign(rows=[claim], assignee=ben, editor=eva, note="Before noon.")
    call_command("send_notices")
    [(recipients, mail)] = mail_server.mails
    assert recipients == ["ben@example.org"]
    assert (mail["From"], mail["To"]) == ("facts@example.org", "ben@example.org")
    assert mail["Subject"] == "[factbase] eva assigned a claim to you: Rivers are full."
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert f"https://facts.example.org/admin/claims/claim/{claim.pk}/change/" in mail_text(mail)
    assert "https://facts.example.org/admin/claims/notice/mine/" in mail_text(mail)
    assert "Before noon." in mail_text(mail)
    call_command("send_notices")
    assert len(mail_server.mails) == 1, "twice is once"


def test_each_event_has_its_notice(mail_server: MailCatcher, webhook: Any, ben: User, eva: User) -> None:
    draft = verifications.make_draft()
    draft.author = ben
    draft.save()
    workflow.submit_verification(verification=draft, editor=ben)
    workflow.send_back_verification(verification=draft, editor=eva, comment="Another gauge, please.")
    workflow.submit_verification(verification=draft, editor=ben)
    comments.add_comment(on=draft, text="@ben @eva see page 3", author=eva)
    workflow.publish_verification(verification=draft, approver=eva)
    title = draft.claim.text
    assert notices_of(ben) == [
        ("sent-back", f"eva sent your verdict back to you: {title}"),
        ("mentioned", f"eva mentioned you in a comment on a verification: {title}"),
        ("published", f"eva approved and published your verdict: {title}"),
    ]
    assert notices_of(eva) == [("waiting", f"A verdict is waiting for your approval: {title}")] * 2
    assert notices_of(None) == [
        ("waiting", f"A verdict is waiting for approval: {title}"),
        ("sent-back", f"eva sent the verdict of ben back: {title}"),
        ("waiting", f"A verdict is waiting for approval: {title}"),
        ("mentioned", f"eva mentioned ben in a comment on a verification: {title}"),
        ("published", f"eva approved and published the verdict of ben: {title}"),
    ]


def test_a_changed_claim_tells_the_author_and_the_approvers(mail_server: MailCatcher, ben: User, eva: User) -> None:
    row = verifications.make_draft()
    row.author = ben
    row.save()
    workflow.submit_verification(verification=row, editor=ben)
    published = workflow.publish_verification(verification=row, approver=create_member("ann"))
    Notice.objects.all().delete()
    claim = published.claim
    claim.text = "Rivers rise."
    claim.save()
    workflow.reopen_outdated(claims=[claim], editor=make.UserFactory())
    assert [kind for kind, _ in notices_of(eva)] == ["waiting"]
    assert notices_of(ben) == [], "its author may not approve it"


def test_a_changed_source_is_news_if_quotes_are_lost(mail_server: MailCatcher, ben: User) -> None:
    reporter = create_member("rob", "Reporter")
    first = ingest(article=make_article(url="https://example.org/a"))
    assert first.quotes
    ingest(article=make_article(url="https://example.org/a", text=f"{first.snapshot.text}\n\nUpdated."))
    assert not Notice.objects.exists(), "every quote is found again"
    ingest(article=make_article(url="https://example.org/a", text="Nothing of it is left here."))
    assert [kind for kind, _ in notices_of(ben)] == ["source-changed"]
    assert notices_of(reporter) == [], "who decides no quotes"


def test_nobody_is_told_of_their_own_doing(mail_server: MailCatcher, webhook: Any, ben: User) -> None:
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=ben, editor=ben)
    comments.add_comment(on=claim, text="@ben note to self", author=ben)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"email": "ben"},
        {"email": "ben@example.org\nBcc: all@example.org"},
        {"is_active": False},
        {"is_staff": False},
    ],
    ids=["no address", "no host", "a second header", "inactive", "no access"],
)
def test_who_cannot_get_mail_gets_none(mail_server: MailCatcher, ben: User, eva: User, fields: dict[str, Any]) -> None:
    User.objects.filter(pk=ben.pk).update(**fields)
    ben.refresh_from_db()
    notify(kind=NoticeKind.MENTIONED, about=[make.ClaimFactory()], to=[ben], by=eva)
    assert not Notice.objects.exists()


def test_who_may_not_see_the_object_or_comments_gets_no_mail(mail_server: MailCatcher, ben: User, eva: User) -> None:
    stranger = make.UserFactory(username="stranger", email="stranger@example.org")
    comments.add_comment(on=make.ClaimFactory(), text="@stranger look", author=eva)
    assert not Notice.objects.exists()
    assert stranger.mentions.exists()


def test_what_changed_until_the_delivery_counts(mail_server: MailCatcher, ben: User, eva: User) -> None:
    def assign_to_ben() -> None:
        assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)

    def take_back_assignment() -> None:
        assign_to_ben()
        undo_last(eva)

    def lose_access() -> None:
        assign_to_ben()
        ben.groups.clear()

    def delete_comment() -> None:
        ben.groups.add(Group.objects.get(name="Editor"))
        comment = comments.add_comment(on=make.ClaimFactory(), text="@ben look", author=eva).comment
        comments.delete_comment(comment=comment, editor=eva)

    def deactivate() -> None:
        assign_to_ben()
        User.objects.filter(pk=ben.pk).update(is_active=False)

    for change in (take_back_assignment, lose_access, delete_comment, deactivate):
        change()
        assert Notice.objects.waiting().count() == 1, change
        deliver_due()
        assert not Notice.objects.exists(), change
    assert mail_server.mails == []


def test_digests_are_one_mail_a_day(mail_server: MailCatcher, settings: Settings, ben: User, eva: User) -> None:
    set_preferences(user=ben, deliveries=dict.fromkeys(NoticeKind, NoticeDelivery.DAILY))
    settings.FACTBASE_DIGEST_HOUR = (NOW.hour + 2) % 24
    claims = [make.ClaimFactory() for _ in range(2)]
    assign(rows=claims, assignee=ben, editor=eva)
    comments.add_comment(on=claims[0], text="@ben look at page 3", author=eva)
    deliver_due()
    assert mail_server.mails == []
    deliver_due(now=NOW + dt.timedelta(hours=3))
    [(_, mail)] = mail_server.mails
    assert mail["Subject"] == "[factbase] 3 notifications"
    text = mail_text(mail)
    assert text.count("eva assigned a claim to you") == 2
    assert "@ben look at page 3" in text
    deliver_due(now=NOW + dt.timedelta(hours=4))
    assert len(mail_server.mails) == 1


def test_the_next_digest_is_later_today_or_tomorrow(settings: Settings) -> None:
    settings.FACTBASE_DIGEST_HOUR = 6
    day = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    for hour, expected in ((5, day.replace(hour=6)), (6, day.replace(day=2, hour=6)), (7, day.replace(day=2, hour=6))):
        assert next_digest(day.replace(hour=hour)) == expected


def test_what_is_off_is_not_written(mail_server: MailCatcher, ben: User, eva: User) -> None:
    assert get_preferences(user=ben)[NoticeKind.ASSIGNED] == NoticeDelivery.AT_ONCE
    set_preferences(user=ben, deliveries={NoticeKind.ASSIGNED: NoticeDelivery.OFF})
    set_preferences(user=ben, deliveries={NoticeKind.ASSIGNED: NoticeDelivery.OFF})
    assert get_preferences(user=ben)[NoticeKind.ASSIGNED] == NoticeDelivery.OFF
    assert get_preferences(user=eva)[NoticeKind.ASSIGNED] == NoticeDelivery.AT_ONCE
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=ben, editor=eva)
    assert not Notice.objects.exists()
    comments.add_comment(on=claim, text="@ben look", author=eva)
    assert [kind for kind, _ in notices_of(ben)] == ["mentioned"]


def test_many_assignments_are_one_mail(mail_server: MailCatcher, ben: User, eva: User) -> None:
    assign(rows=[make.ClaimFactory() for _ in range(60)], assignee=ben, editor=eva)
    assert deliver_due().mails == 1
    text = mail_text(mail_server.mails[0][1])
    assert text.count("eva assigned a claim to you") == notice_delivery.MAX_MAIL_LINES
    assert "and 10 more" in text


def test_a_failed_service_leaves_no_notice(mail_server: MailCatcher, ben: User, eva: User) -> None:
    row = verifications.make_submitted()
    with pytest.raises(RefusedError):
        workflow.send_back_verification(verification=row, editor=eva, comment=" ")
    assert not Notice.objects.filter(kind="sent-back").exists()


def test_a_refused_mail_is_tried_again_later_and_given_up_in_the_end(
    mail_server: MailCatcher, ben: User, eva: User
) -> None:
    mail_server.refusal = "451 try later"
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=ben, editor=eva)
    now = timezone.now()
    report = deliver_due(now=now)
    assert (report.mails, report.failed, report.given_up) == (0, 1, 0)
    notice = Notice.objects.get()
    assert (notice.attempts, notice.due_at) == (1, now + dt.timedelta(minutes=1))
    assert notice.error.startswith("SMTPDataError")
    assert deliver_due(now=now).failed == 0, "not before it is due"
    for _ in range(MAX_ATTEMPTS - 1):
        now += dt.timedelta(days=2)
        report = deliver_due(now=now)
    assert (report.failed, report.given_up) == (1, 1)
    assert list(Notice.objects.given_up()) == [notice]
    mail_server.refusal = ""
    assert deliver_due(now=now + dt.timedelta(days=9)).mails == 0
    retry_notice(notice=notice)
    assert deliver_due().mails == 1
    assert Notice.objects.get().sent_at
    assert retry_notice(notice=notice).sent_at, "what was sent is not sent again"


def test_a_server_that_is_away_is_no_crash(settings: Settings, mail_server: MailCatcher, ben: User, eva: User) -> None:
    settings.EMAIL_PORT = 1
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    with pytest.raises(CommandError, match="1 notice could not be delivered"):
        call_command("send_notices")
    assert Notice.objects.waiting().get().error.startswith("ConnectionRefusedError")


def test_a_crash_before_the_mark_repeats_the_mail_and_loses_nothing(
    mail_server: MailCatcher, ben: User, eva: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    send = notice_delivery._send_mail

    def send_and_crash(notices: list[Notice]) -> None:
        send(notices)
        raise KeyboardInterrupt

    monkeypatch.setattr(notice_delivery, "_send_mail", send_and_crash)
    now = timezone.now()
    with pytest.raises(KeyboardInterrupt):
        deliver_due(now=now)
    monkeypatch.undo()
    deliver_due(now=now)
    assert len(mail_server.mails) == 1, "its lease has not ended"
    deliver_due(now=now + notice_delivery.LEASE)
    assert len(mail_server.mails) == 2
    first, second = (mail["Message-ID"] for _, mail in mail_server.mails)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(mail_server: MailCatcher) -> None:
    eva = create_member("eva")
    members = [create_member(f"member{n}") for n in range(6)]
    for member in members:
        assign(rows=[make.ClaimFactory()], assignee=member, editor=eva)
    reports = run_concurrently(deliver_due, deliver_due, deliver_due)
    assert sum(report.mails for report in reports) == 6
    assert sorted(recipients[0] for recipients, _ in mail_server.mails) == sorted(user.email for user in members)


def test_headers_hold_one_line_whatever_a_title_holds(mail_server: MailCatcher, ben: User, eva: User) -> None:
    claim = make.ClaimFactory(text="Rivers\r\nBcc: all@example.org\x0b\u2028\u202eare full " + "x" * 500)
    assign(rows=[claim], assignee=ben, editor=eva)
    deliver_due()
    [(recipients, mail)] = mail_server.mails
    assert recipients == ["ben@example.org"]
    assert mail["Bcc"] is None
    assert (
        mail["Subject"]
        .strip()
        .startswith("[factbase] eva assigned a claim to you: Rivers Bcc: all@example.org are full xx")
    )


def test_sent_notices_are_deleted_after_a_month(mail_server: MailCatcher, ben: User, eva: User) -> None:
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    deliver_due()
    deliver_due(now=NOW + dt.timedelta(days=29))
    assert Notice.objects.exists()
    deliver_due(now=NOW + dt.timedelta(days=31))
    assert not Notice.objects.exists()


def test_the_chat_gets_text_with_a_link(webhook: Any, ben: User, eva: User) -> None:
    claim = make.ClaimFactory(text="5 < 6 & <!channel> @all")
    assign(rows=[claim], assignee=ben, editor=eva, note="Secret note.")
    assert deliver_due().messages == 1
    url = f"https://facts.example.org/admin/claims/claim/{claim.pk}/change/"
    assert webhook.posts == [
        {
            "path": "/hooks/secret?x=1",
            "text": f"eva assigned a claim to ben: 5 &lt; 6 &amp; &lt;!channel&gt; @\u200ball {url}",
        }
    ]
    deliver_due()
    assert len(webhook.posts) == 1


def test_the_chat_learns_no_word_of_comments(webhook: Any, ben: User, eva: User) -> None:
    comments.add_comment(on=make.ClaimFactory(text="Rivers are full."), text="@ben this smells", author=eva)
    deliver_due()
    [post] = webhook.posts
    assert post["text"].startswith("eva mentioned ben in a comment on a claim: Rivers are full. https://")
    assert "smells" not in post["text"]


def test_the_chat_gets_the_chosen_kinds_only(webhook: Any, settings: Settings, ben: User, eva: User) -> None:
    settings.FACTBASE_CHAT_KINDS = ["mentioned"]
    claim = make.ClaimFactory()
    assign(rows=[claim], assignee=ben, editor=eva)
    comments.add_comment(on=claim, text="@ben look", author=eva)
    assert [row.kind for row in Notice.objects.all()] == ["mentioned"]


def test_many_events_are_one_message(webhook: Any, ben: User, eva: User) -> None:
    assign(rows=[make.ClaimFactory() for _ in range(13)], assignee=ben, editor=eva)
    assert deliver_due().messages == 1
    lines = webhook.posts[0]["text"].splitlines()
    assert (len(lines), lines[-1]) == (11, "and 3 more")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_other_answers_of_the_webhook_are_failures(webhook: Any, ben: User, eva: User, status: int) -> None:
    webhook.status = status
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    assert deliver_due().failed == 1
    assert Notice.objects.waiting().get().error == f"ChatError: the webhook answered with status {status}"
    assert len(webhook.posts) == 1, "a redirect is not followed"


def test_a_mail_server_that_fails_does_not_stop_the_chat(
    mail_server: MailCatcher, webhook: Any, ben: User, eva: User
) -> None:
    mail_server.refusal = "550 no"
    assign(rows=[make.ClaimFactory()], assignee=ben, editor=eva)
    report = deliver_due()
    assert (report.mails, report.messages, report.failed) == (0, 1, 1)
    unassign(rows=[Notice.objects.first().claim], editor=eva)
    assert deliver_due(now=timezone.now() + dt.timedelta(hours=1)).failed == 0
