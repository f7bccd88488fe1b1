"""Invitations: a link that works once, by which somebody makes their own account.

Whoever was shown the link could have followed it. So each row says how the link was delivered, and by whom, when it was
accepted and when a second factor was enrolled: `Invitation.objects.proving_holder()` are those whose holder alone can
have done both.
"""

import smtplib
from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from claims.models import Invitation, InvitationDelivery, TieReason
from claims.models.invitation import generate_invitation_token, hash_invitation_token
from claims.services.errors import RefusedError
from claims.services.people import account_ties
from claims.services.people.accounts import assignable_groups


def is_mail_configured() -> bool:
    return bool(settings.EMAIL_HOST)


def invitation_url(token: str) -> str:
    return f"{settings.FACTBASE_BASE_URL}{reverse('accept_invitation', args=[token])}"


@transaction.atomic
def invite_by_mail(*, email: str, groups: Collection[Group], by: User) -> Invitation:
    """Mail the link to the address; nobody else gets it. Raises RefusedError, and for a mail that cannot be sent."""
    if not is_mail_configured():
        raise RefusedError(
            "There is no mail server. Set FACTBASE_EMAIL_URL, or print a link with the command “invite”."
        )
    invitation, token = _create(email=email, groups=groups, by=by, delivery=InvitationDelivery.MAILED)
    context = {
        "invitation": invitation,
        "by": by.get_full_name() or by.get_username(),
        "url": invitation_url(token),
        "site_name": settings.FACTBASE_SITE_NAME,
    }
    message = EmailMessage(
        subject=f"[{settings.FACTBASE_SITE_NAME}] Your invitation",
        body=render_to_string("claims/mail/invitation.txt", context),
        to=[invitation.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        raise RefusedError(f"The mail to {invitation.email} could not be sent: {error}") from error
    return invitation


def invite_by_link(*, email: str, groups: Collection[Group], by: User | None) -> tuple[Invitation, str]:
    """Returns the invitation with its link, for whoever is to pass it on. Raises RefusedError."""
    invitation, token = _create(email=email, groups=groups, by=by, delivery=InvitationDelivery.SHOWN)
    return invitation, invitation_url(token)


@transaction.atomic
def _create(
    *, email: str, groups: Collection[Group], by: User | None, delivery: InvitationDelivery
) -> tuple[Invitation, str]:
    """Create an invitation in place of an earlier open one to the same address."""
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise RefusedError(f"“{email}” is not an e-mail address.") from error
    if User.objects.filter(email__iexact=email, is_active=True).exists():
        raise RefusedError(f"There is already an account with the address {email}.")
    if by is not None:
        refused = [group.name for group in groups if not assignable_groups(editor=by).filter(pk=group.pk).exists()]
        if refused:
            raise RefusedError(f"{by} has fewer rights than the group {refused[0]} and cannot invite to it.")
    Invitation.objects.open().filter(email__iexact=email).update(withdrawn_at=timezone.now())
    token = generate_invitation_token()
    invitation = Invitation.objects.create(
        email=email, delivery=delivery, digest=hash_invitation_token(token), invited_by=by
    )
    invitation.groups.set(groups)
    return invitation, token


@transaction.atomic
def withdraw(*, invitation: Invitation) -> Invitation:
    """Make the link invalid. Raises RefusedError for an invitation that was accepted."""
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at:
        raise RefusedError(f"{locked} has accepted the invitation. Deactivate the account instead.")
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
    return locked


def find_open_invitation(token: str) -> Invitation | None:
    """The invitation whose link has this token, if it can still be accepted."""
    return Invitation.objects.open().filter(digest=hash_invitation_token(token)).first()


@transaction.atomic
def accept(*, token: str, username: str, password: str, first_name: str = "", last_name: str = "") -> User:
    """Make the account of the person who followed the link, with the groups that the inviter may still give.

    Raises RefusedError for a link that works no more and a name that is taken; ValidationError for a bad name or
    password.
    """
    # Locked: of two who follow the link at once, one gets the account.
    invitation = Invitation.objects.select_for_update().filter(digest=hash_invitation_token(token)).first()
    if invitation is None or not invitation.is_open:
        raise RefusedError("This link was used already, was withdrawn or is too old. Ask for another one.")
    account = User(
        username=User.normalize_username(username),
        first_name=first_name,
        last_name=last_name,
        email=invitation.email,
        is_staff=True,
    )
    account.set_password(password)
    account.clean_fields()
    validate_password(password, account)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise RefusedError(f"The name “{username}” is taken. Choose another one.") from error
    groups = invitation.groups.all()
    if invitation.invited_by is not None:
        groups = groups & assignable_groups(editor=invitation.invited_by)
    account.groups.set(groups)
    invitation.account, invitation.accepted_at = account, timezone.now()
    invitation.save(update_fields=["account", "accepted_at"])
    if invitation.invited_by is not None:
        account_ties.record_tie(account=account, person=invitation.invited_by, reason=TieReason.CREATED)
    return account


@transaction.atomic
def record_second_factor(*, invitation_id: int, account: User) -> None:
    """Note that whoever accepted the invitation enrolled a second factor before anybody else signed in.

    If nobody else was shown the link, that confirms the holder.
    """
    accepted = Invitation.objects.filter(pk=invitation_id, account=account, second_factor_at=None)
    if not accepted.update(second_factor_at=timezone.now()):
        return
    if Invitation.objects.proving_holder().filter(pk=invitation_id).exists():
        account_ties.confirm_by_second_factor(account=account)
