"""Signing in, accepting an invitation, and what a visitor who is locked out is told."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib import admin
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from claims.admin.people.signing_in.forms import AcceptInvitationForm
from claims.services.errors import RefusedError
from claims.services.people import invitations
from claims.services.people.second_factor import FACTORS

ACCEPTED_KEY = "accepted_invitation"  # in the session that began with an invitation


class SignInView(LoginView):  # type: ignore[misc]  # it has no types
    """allauth's view, for those also who are signed in but may not use the admin: they may change the account."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not admin.site.has_permission(request):
            get_adapter().logout(request)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"can_reset": invitations.is_mail_configured()}


@sensitive_post_parameters()
@never_cache
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Makes the account and signs its holder in, then offers to enrol a second factor."""
    invitation = invitations.find_open_invitation(token)
    if invitation is None:
        return TemplateResponse(request, "account/invitation_invalid.html", {"title": "Invitation"}, status=410)
    if request.user.is_authenticated:
        get_adapter().logout(request)
    form = AcceptInvitationForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            account = invitations.accept(
                token=token,
                username=data["username"],
                password=data["password"],
                first_name=data["first_name"],
                last_name=data["last_name"],
            )
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            response: HttpResponse = perform_password_login(
                request, {"username": account.username}, Login(user=account, redirect_url=reverse("mfa_index"))
            )
            reauthenticate_by_password(request)  # nobody types a new password again to enrol a second factor
            request.session[ACCEPTED_KEY] = invitation.pk
            return response
    context = {"title": "Invitation", "form": form, "invitation": invitation}
    # The address holds the secret, which Referrer-Policy: same-origin keeps from other sites. With no-referrer,
    # browsers would send the form from the origin “null”, which Django refuses.
    return TemplateResponse(request, "account/accept_invitation.html", context)


@receiver(authenticator_added, dispatch_uid="claims.second_factor_of_invitation")
def record_second_factor(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Notes a second factor in the session that began with the invitation: nobody else has signed in meanwhile."""
    if authenticator.type in FACTORS and ACCEPTED_KEY in request.session:
        invitations.record_second_factor(invitation_id=request.session[ACCEPTED_KEY], account=user)


def locked_out(request: HttpRequest, _response: HttpResponse, _credentials: dict[str, Any] | None) -> HttpResponse:
    """Says how long a lockout lasts, and which ways in others cannot close for the account's holder."""
    context = admin.site.each_context(request) | {
        "title": "Too many failed attempts",
        "can_reset": invitations.is_mail_configured(),
    }
    return render(request, "account/locked_out.html", context, status=429)


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """The page for django-allauth's rate limits. Wrong passwords are counted by django-axes, see `locked_out`."""
    context = admin.site.each_context(request) | {"title": "Too many attempts"}
    return render(request, "account/too_many_attempts.html", context, status=429)
