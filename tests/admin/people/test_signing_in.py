"""Signing in over HTTP: invitations, second factors, forgotten passwords, lockouts and sessions."""

import re
import time
from datetime import timedelta
from threading import enumerate as list_threads

import pytest
from allauth.account.forms import default_token_generator
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends import locmem
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from claims.management.commands import serve
from claims.models import AccountTie, AuditEntry, CacheEntry, Invitation
from claims.services.people.account_ties import confirm_holder, current_aliases
from tests import factories as make

pytestmark = pytest.mark.django_db

PASSWORD = "one quite long sentence"
NEW_PASSWORD = "another rather long sentence"
ADD_URL = "/admin/claims/invitation/add/"


@pytest.fixture(autouse=True)
def mail_server(settings: Settings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "facts@example.org"


@pytest.fixture
def holder() -> User:
    return User.objects.create_user("eva", password=PASSWORD, email="Eva@example.org", is_staff=True)


def log_in(name: str = "eva", password: str = PASSWORD, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/admin/login/", {"username": name, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return bool(client.get("/admin/session/").json()["signed_in"])


def find_path(message: EmailMessage) -> str:
    return re.search(r"https?://[^/]+(/\S+)", str(message.body))[1]


def mailed_path(mailoutbox: list[EmailMessage]) -> str:
    """The path in the one mail, which a thread sends."""
    for thread in list_threads():
        if thread.name.startswith("mail-"):
            thread.join(10)
    assert len(mailoutbox) == 1
    return find_path(mailoutbox[0])


def reset_password(path: str) -> Client:
    """Follows a link for a new password."""
    client = Client()
    form = client.get(path)
    if form.status_code == 302:
        client.post(form.url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    return client


def current_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))


def accept_invitation(path: str, name: str = "ann") -> Client:
    client = Client()
    client.post(path, {"username": name, "password": PASSWORD, "password2": PASSWORD})
    return client


def enrol(client: Client) -> None:
    assert client.get("/admin/account/2fa/totp/activate/").status_code == 200
    client.post("/admin/account/2fa/totp/activate/", {"code": current_code(client.session["mfa.totp.secret"])})


def test_invited_approver_enrols_before_anything_else(
    client: Client,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
) -> None:
    settings.FACTBASE_SECOND_FACTOR_GROUPS = ["Approver"]
    client.logout()
    User.objects.filter(username="editor").update(is_superuser=False)
    chief = User.objects.get(username="editor")
    chief.groups.add(Group.objects.get(name="Chief"))
    client.force_login(chief)
    approver = Group.objects.get(name="Approver")
    page = client.post(ADD_URL, {"email": "ann@example.org", "groups": [approver.pk]}, follow=True)
    assert page.status_code == 200
    path = find_path(mailoutbox[0])
    assert path not in page.content.decode()
    ann = accept_invitation(path)
    for url in ("/admin/", "/admin/claims/quote/", "/admin/password_change/"):
        assert ann.get(url).url == "/admin/account/2fa/"
    assert ann.get("/admin/", headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403
    assert "Your group needs a second factor" in ann.get("/admin/account/2fa/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        enrol(ann)
    assert ann.get("/admin/").status_code == 200
    assert Invitation.objects.proving_holder().get().account.username == "ann"
    assert Client().get(path).status_code == 410
    # From now on, the password alone is not enough.
    other = log_in("ann")
    assert not is_signed_in(other)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    other.post("/admin/account/2fa/authenticate/", {"code": "000000"})
    assert not is_signed_in(other)
    other.post("/admin/account/2fa/authenticate/", {"code": codes[0]})
    assert is_signed_in(other)
    once = log_in("ann")
    once.post("/admin/account/2fa/authenticate/", {"code": codes[0]})
    assert not is_signed_in(once), "a recovery code works once"


def test_factor_enrolled_in_a_later_session_proves_nothing(
    mailoutbox: list[EmailMessage], client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """Whoever set the password meanwhile could have enrolled it."""
    client.post(ADD_URL, {"email": "ann@example.org"})
    accept_invitation(find_path(mailoutbox[0]))
    later = log_in("ann")
    later.post("/admin/account/reauthenticate/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        enrol(later)
    assert Authenticator.objects.filter(user__username="ann", type="totp").exists()
    assert not Invitation.objects.proving_holder().exists()


def test_names_are_stored_and_found_in_one_form(client: Client, mailoutbox: list[EmailMessage]) -> None:
    """As Django's own forms do: NFKC, so that no account looks like another, and accents may be typed as they are."""
    client.post(ADD_URL, {"email": "ann@example.org"})
    path, decomposed = find_path(mailoutbox[0]), "andre\u0301"
    form = {"username": "\uff45ditor", "password": PASSWORD, "password2": PASSWORD}
    assert "This name is taken" in Client().post(path, form).content.decode()
    accept_invitation(path, decomposed)
    assert User.objects.filter(username="andr\u00e9").exists()
    assert is_signed_in(log_in(decomposed))


def test_groups_without_the_rule_are_left_alone(holder: User) -> None:
    with override_settings(FACTBASE_SECOND_FACTOR_GROUPS=["Approver"]):
        assert log_in().get("/admin/").status_code == 200
        User.objects.update(is_superuser=True)
        assert log_in().get("/admin/").status_code == 302, "superusers may do what approvers may"


def test_invitation_without_a_mail_server_is_refused_with_a_hint(client: Client, settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    page = client.post(ADD_URL, {"email": "ann@example.org"}, follow=True)
    assert "no mail server" in page.content.decode()
    assert not Invitation.objects.exists()


def test_commands_print_links(holder: User, capsys: pytest.CaptureFixture[str], settings: Settings) -> None:
    settings.EMAIL_HOST = ""
    call_command("invite", "ann@example.org", "--group", "Editor")
    ann = accept_invitation(re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[1])
    assert is_signed_in(ann)
    assert Invitation.objects.get().delivery == "shown"
    totp.TOTP.activate(holder, "JCLOUQMYQYL4KURIO7VRADOKZKP7UDDP")
    call_command("password_link", "eva", "--operator", "--remove-second-factor")
    assert is_signed_in(reset_password(printed_path(capsys)))
    assert not AccountTie.objects.exists()
    entry = AuditEntry.objects.get(action="made a password link")
    assert (entry.actor, entry.object_id, entry.details) == (None, str(holder.pk), {"second_factor_removed": True})


def printed_path(capsys: pytest.CaptureFixture[str]) -> str:
    return re.search(r"https?://[^/]+(/\S+)", capsys.readouterr().out)[1]


@pytest.mark.parametrize("intruder", ["maker of a link", "reader of the mail"])
def test_links_end_when_another_administrator_confirms_the_holder(
    holder: User, client: Client, capsys: pytest.CaptureFixture[str], mailoutbox: list[EmailMessage], intruder: str
) -> None:
    """Otherwise whoever has one waits for the confirmation, and then chooses a password."""
    editor = User.objects.get(username="editor")
    if intruder == "maker of a link":
        call_command("password_link", "eva", "--by", "editor")
        path = printed_path(capsys)
    else:
        form = {"username": "eva", "is_active": "on", "is_staff": "on"}
        client.post(f"/admin/auth/user/{holder.pk}/change/", form | {"email": "editor@example.org"})
        Client().post("/admin/account/password/reset/", {"email": "editor@example.org"})
        path = mailed_path(mailoutbox)
    holder.refresh_from_db()
    assert current_aliases(holder) == {editor.pk}
    confirm_holder(account=holder, by=User.objects.create_superuser("third"))
    assert not current_aliases(holder)
    assert not is_signed_in(reset_password(path))
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)


def test_mailed_link_ends_with_the_address_that_it_was_mailed_to(holder: User) -> None:
    """Also if that address is only in between: of former ones, allauth keeps a list."""
    default_token_generator.make_token(holder)
    holder.email = "other@example.org"
    holder.save()
    token = default_token_generator.make_token(holder)
    assert default_token_generator.check_token(holder, token)
    holder.email = "Eva@example.org"
    holder.save()
    assert not default_token_generator.check_token(holder, token)


@pytest.mark.parametrize(
    "arguments",
    [
        ("invite", "nobody"),
        ("invite", "ann@example.org", "--group", "Sailors"),
        ("invite", "ann@example.org", "--by", "nobody"),
        ("password_link", "nobody", "--operator"),
        ("password_link", "eva", "--by", "nobody"),
    ],
)
def test_commands_name_what_is_wrong(arguments: tuple[str, ...]) -> None:
    make.UserFactory(username="eva")
    with pytest.raises(CommandError, match=r"nobody|Sailors"):
        call_command(*arguments)


@pytest.mark.parametrize("more", [[], ["--by", "eva", "--operator"]])
def test_whoever_makes_a_password_link_says_who_they_are(holder: User, more: list[str]) -> None:
    with pytest.raises(CommandError, match="Say who makes the link"):
        call_command("password_link", "eva", *more)


def test_forgotten_password(holder: User, mailoutbox: list[EmailMessage]) -> None:
    known = Client().post("/admin/account/password/reset/", {"email": "eva@example.org"}, follow=True)
    unknown = Client().post("/admin/account/password/reset/", {"email": "bob@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    without_token = [re.sub(r'csrf\S+" value="\w+', "", page.content.decode()) for page in (known, unknown)]
    assert without_token[0] == without_token[1]
    path = mailed_path(mailoutbox)
    assert mailoutbox[0].to == ["Eva@example.org"], "the stored address"
    assert is_signed_in(reset_password(path))
    assert not is_signed_in(reset_password(path)), "the link works once"
    holder.refresh_from_db()
    assert holder.check_password(NEW_PASSWORD)


def switch_process() -> None:
    """Forgets what one process has in memory and another does not."""
    locmem._caches.clear()  # type: ignore[attr-defined]  # not typed there
    caches.close_all()
    for alias in list(caches):
        caches[alias]
        del caches[alias]


def test_wrong_codes_are_counted_by_all_processes_together(holder: User) -> None:
    secret = "JCLOUQMYQYL4KURIO7VRADOKZKP7UDDP"
    totp.TOTP.activate(holder, secret)
    for _ in range(2):
        client = log_in()
        for _ in range(3):
            client.post("/admin/account/2fa/authenticate/", {"code": "000000"})
        switch_process()
    client = log_in()
    page = client.post("/admin/account/2fa/authenticate/", {"code": current_code(secret)})
    assert "Too many failed login attempts" in page.content.decode()
    assert not is_signed_in(client)
    CacheEntry.objects.all().delete()
    client.post("/admin/account/2fa/authenticate/", {"code": current_code(secret)})
    assert is_signed_in(client)


def test_code_signs_in_once_at_all_processes_together(holder: User) -> None:
    secret = "JCLOUQMYQYL4KURIO7VRADOKZKP7UDDP"
    totp.TOTP.activate(holder, secret)
    code = current_code(secret)
    clients = [log_in(), log_in()]
    for client in clients:
        client.post("/admin/account/2fa/authenticate/", {"code": code})
        switch_process()
    assert [is_signed_in(client) for client in clients] == [True, False]


def test_mails_with_links_are_limited(holder: User) -> None:
    for _ in range(5):
        Client().post("/admin/account/password/reset/", {"email": "bob@example.org"})
    page = Client().post("/admin/account/password/reset/", {"email": "bob@example.org"})
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()


def test_reset_asks_for_the_second_factor(holder: User, mailoutbox: list[EmailMessage]) -> None:
    totp.TOTP.activate(holder, "JCLOUQMYQYL4KURIO7VRADOKZKP7UDDP")
    Client().post("/admin/account/password/reset/", {"email": "eva@example.org"})
    assert not is_signed_in(reset_password(mailed_path(mailoutbox)))


@override_settings(AXES_FAILURE_LIMIT=3)
def test_nobody_keeps_the_holder_out(holder: User, mailoutbox: list[EmailMessage]) -> None:
    """A lockout at the holder's own address ends for whoever reads the holder's mail."""
    for _ in range(4):
        log_in(password="guess")
    page = Client().post("/admin/login/", {"username": "eva", "password": PASSWORD})
    assert page.status_code == 429
    assert "Mail me a link" in page.content.decode()
    Client().post("/admin/account/password/reset/", {"email": "eva@example.org"})
    assert is_signed_in(reset_password(mailed_path(mailoutbox)))


def test_who_is_no_staff_gets_no_session(holder: User) -> None:
    User.objects.update(is_staff=False)
    page = Client().post("/admin/login/", {"username": "eva", "password": PASSWORD}, follow=True)
    assert "may not use the admin" in page.content.decode()
    assert not Session.objects.exists() or not is_signed_in(log_in())


def test_signed_in_user_who_lost_access_can_change_the_account(holder: User) -> None:
    client = log_in()
    User.objects.update(is_staff=False)
    page = client.get("/admin/", follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == "/admin/login/"


def test_visitors_cannot_sign_up(client: Client) -> None:
    for path in ("signup/", "account/signup/", "account/social/signup/", "account/email/"):
        assert Client().get(f"/admin/{path}").status_code in {302, 404}
    assert not User.objects.exclude(username="editor").exists()


def test_other_sessions_are_ended(holder: User) -> None:
    here, elsewhere = log_in(), log_in()
    page = here.get("/admin/account/sessions/").content.decode()
    assert page.count("127.0.0.1") == 2
    here.post("/admin/account/sessions/")
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_session_ends_when_nobody_uses_it(holder: User, settings: Settings) -> None:
    client = log_in()
    expiry = Session.objects.get(pk=client.session.session_key).expire_date
    assert timedelta(hours=11.9) < expiry - timezone.now() < timedelta(hours=12.1)
    session = client.session
    session["used_at"] = int(time.time()) - 3600
    session.save()
    Session.objects.update(expire_date=timezone.now() + timedelta(hours=1))
    client.get("/admin/")
    assert Session.objects.get(pk=session.session_key).expire_date - timezone.now() > timedelta(hours=11)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(client)


def test_using_a_session_does_not_write_each_time(holder: User) -> None:
    client = log_in()
    client.get("/admin/")
    before = Session.objects.get(pk=client.session.session_key).expire_date
    client.get("/admin/")
    assert Session.objects.get(pk=client.session.session_key).expire_date == before


def test_own_password_changes_only_with_the_old_one(holder: User) -> None:
    client = log_in()
    form = {"old_password": "guess", "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post("/admin/password_change/", form)
    holder.refresh_from_db()
    assert holder.check_password(PASSWORD)
    client.post("/admin/password_change/", form | {"old_password": PASSWORD})
    holder.refresh_from_db()
    assert holder.check_password(NEW_PASSWORD)


def test_next_page_is_of_this_site(holder: User) -> None:
    for target, expected in (("/admin/claims/quote/", "/admin/claims/quote/"), ("https://evil.example/", "/admin/")):
        form = {"username": "eva", "password": PASSWORD, "next": target}
        assert Client().post("/admin/login/", form).url == expected


def test_pages_of_ones_account_are_not_for_visitors() -> None:
    for path in (
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/",
        "sessions/",
        "reauthenticate/",
    ):
        assert Client().get(f"/admin/account/{path}").url.startswith("/admin/login/"), path


def test_serving_refuses_groups_that_are_not(settings: Settings) -> None:
    settings.FACTBASE_SECOND_FACTOR_GROUPS = ["Approver", "Approvers"]
    with pytest.raises(CommandError, match="unknown groups: Approvers"):
        serve.check_groups_exist()
    settings.FACTBASE_SECOND_FACTOR_GROUPS = ["Approver"]
    serve.check_groups_exist()
