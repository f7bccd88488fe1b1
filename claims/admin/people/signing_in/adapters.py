"""What django-allauth asks this site: who may sign in, by which mails, and what a single sign-on gives."""

import logging
import smtplib
import threading
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.http.rate_limit import client_address
from claims.services.errors import RefusedError
from claims.services.people import single_sign_on

logger = logging.getLogger(__name__)
NOT_STAFF = "This account may not use the admin."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # it has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Please enter the correct username and password. Both are case-sensitive.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations, colleagues and the single sign-on, never from visitors."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """django-axes counts failed passwords, in the database, for all processes together."""

    def pre_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse | None:
        if not user.is_staff:
            messages.error(request, NOT_STAFF)
            return HttpResponseRedirect(reverse("account_login"))
        response: HttpResponse | None = super().pre_login(request, user, **options)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "::"  # a socket of this machine

    def format_email_subject(self, subject: str) -> str:
        return f"[{settings.FACTBASE_SITE_NAME}] {subject}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Mails the link to the address that is stored, never to one that was typed and only looks like it.

        In a thread: how long the page takes does not tell whether there is such an account.
        """
        if settings.EMAIL_HOST:
            context = context | {"site_name": settings.FACTBASE_SITE_NAME}
            message = self.render_mail("account/email/password_reset_key", user.email, context)
            threading.Thread(target=_send, args=[message], name=f"mail-{user.pk}").start()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # it has no types
    """One OpenID Connect provider, which the operator trusts to verify addresses."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Whoever has a group at the provider gets an account; without a mapping, only those who have one."""
        return bool(settings.FACTBASE_OIDC_GROUPS)

    def authenticate_by_email(self, sociallogin: Any) -> tuple[User, str] | None:
        for address in sociallogin.email_addresses:
            if address.verified and (account := single_sign_on.find_account(email=address.email)):
                return account, address.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") != "login":
            self._refuse(request, "Accounts are connected by their verified mail address only.")
        try:
            groups = single_sign_on.mapped_groups(claims_of(sociallogin))
        except RefusedError as error:
            self._refuse(request, str(error))
        sociallogin.state["groups"] = None if groups is None else [group.pk for group in groups]
        if not sociallogin.is_existing:
            self._refuse_taken_address(request, sociallogin)
        elif groups is not None:
            single_sign_on.follow_groups(account=sociallogin.user, groups=groups)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        sociallogin.user.is_staff = True
        account: User = super().save_user(request, sociallogin, form)
        account.groups.set(sociallogin.state["groups"] or [])
        return account

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        self._refuse(request, "The single sign-on failed. Try again, or use your password.")

    def _refuse_taken_address(self, request: HttpRequest, sociallogin: Any) -> None:
        addresses = [address.email for address in sociallogin.email_addresses]
        if not settings.FACTBASE_OIDC_GROUPS:
            self._refuse(request, "There is no account for you here. Ask for an invitation.")
        for address in addresses:
            if User.objects.filter(email__iexact=address).exists():
                self._refuse(
                    request, "There is an account with your address, which your provider has not verified as yours."
                )

    def _refuse(self, request: HttpRequest, reason: str) -> None:
        messages.error(request, reason)
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (smtplib.SMTPException, OSError):
        logger.exception("A link for a new password could not be mailed.")


def claims_of(sociallogin: Any) -> dict[str, Any]:
    """The provider's claims about the person; the ID token's where the user info endpoint says nothing."""
    data = sociallogin.account.extra_data
    return {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}
