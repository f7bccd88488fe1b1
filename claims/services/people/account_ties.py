"""Which accounts count as one person for a verdict, and until when.

Whoever made the account of another, set its password, made a link for it or changed its mail address could act under
both names. The two count as one person until the holder of the account is confirmed: by an administrator who is
neither, by a second factor that the holder enrolled, or by the operator of the server. Ties chain: who made an account
that made another could act as all three, and two accounts that one person made could both be theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import AccountTie, Confirmation, TieReason
from claims.services.errors import RefusedError
from claims.services.people.accounts import can_manage_account

STILL = datetime.max.replace(tzinfo=UTC)  # the end of a tie that nothing has ended


class Alias(NamedTuple):
    """An account that counts as one person with another for what was done before `until`, and the ties that say so."""

    until: datetime
    ties: Sequence[AccountTie]


def record_tie(*, account: User, person: User, reason: TieReason) -> None:
    """Note what `person` did to the account of another, in the caller's transaction. Own accounts have no tie."""
    if account.pk == person.pk:
        return
    tie, created = AccountTie.objects.open().get_or_create(account=account, person=person, reason=reason)
    if not created and reason == TieReason.PASSWORD:
        tie.password_replaced_at = None
        tie.save(update_fields=["password_replaced_at"])


def find_aliases(user: User) -> dict[int, Alias]:
    """The other accounts that count as one person with this one, by id; also those that did once. Takes one query.

    A chain of ties holds until the first of them ended; of several chains, the one that holds longest counts.
    """
    ties = AccountTie.objects.select_related("account", "person").order_by("created_at", "pk")
    ties_by_account = defaultdict(list)
    for tie in ties:
        ties_by_account[tie.account_id].append((tie.person_id, tie))
        ties_by_account[tie.person_id].append((tie.account_id, tie))
    aliases: dict[int, Alias] = {}
    reached = {user.pk: Alias(STILL, ())}
    while reached:
        nearest = max(reached, key=lambda pk: (reached[pk].until, -len(reached[pk].ties)))
        aliases[nearest] = alias = reached.pop(nearest)
        for neighbour, tie in ties_by_account[nearest]:
            until = min(alias.until, tie.confirmed_at or STILL)
            if neighbour not in aliases and (neighbour not in reached or reached[neighbour].until < until):
                reached[neighbour] = Alias(until, [*alias.ties, tie])
    del aliases[user.pk]
    return aliases


def current_aliases(user: User) -> set[int]:
    """The ids of the other accounts that count as one person with this one now."""
    return {pk for pk, alias in find_aliases(user).items() if alias.until == STILL}


def find_alias_ties(user: User, contributions: Mapping[int, datetime]) -> Sequence[AccountTie]:
    """The ties that make one of these contributors, who each began at a time, one person with the user; or none.

    A tie counts that ended after the contribution: the account may have been in other hands when it was made.
    """
    aliases = find_aliases(user)
    for pk, began_at in sorted(contributions.items()):
        alias = aliases.get(pk)
        if alias and began_at < alias.until:
            return alias.ties
    return ()


def explain_ties(ties: Iterable[AccountTie]) -> str:
    """Says why accounts count as one person."""
    reasons = [f"{tie} on {tie.created_at:%Y-%m-%d}" for tie in ties]
    return f"These accounts count as one person because {', and '.join(reasons)}."


def confirmation_refusal(*, account: User, by: User) -> str:
    """Why `by` may not confirm the holder of this account; empty if they may."""
    if account.pk == by.pk or account.pk in current_aliases(by):
        return "Somebody else has to confirm the holder: your account and this one count as one person."
    if not by.has_perm("auth.change_user") or not can_manage_account(editor=by, account=account):
        return "You may not manage this account."
    return _known_password_refusal(account)


@transaction.atomic
def confirm_holder(*, account: User, by: User) -> None:
    """End the ties of this account: an administrator knows that somebody of their own holds it.

    Nothing but the password, for which the administrator vouches, signs in from then on. Raises RefusedError for an
    administrator who counts as one person with the account, and while its password is the one that somebody else
    set.
    """
    _lock(account)
    if refusal := confirmation_refusal(account=account, by=by):
        raise RefusedError(refusal)
    _end_ties(account, Confirmation.ADMINISTRATOR, by=by)
    _end_other_ways_in(account)


@transaction.atomic
def confirm_by_second_factor(*, account: User) -> None:
    """End the ties of this account: its holder enrolled a second factor from an invitation that only they got by mail.

    Nothing ends while its password is the one that somebody else set, nor after somebody else changed the address that
    the invitation went to: an administrator has to confirm that holder.
    """
    _lock(account)
    if not _known_password_refusal(account) and not account.ties.open().filter(reason=TieReason.EMAIL).exists():
        _end_ties(account, Confirmation.SECOND_FACTOR)


@transaction.atomic
def confirm_by_operator(*, account: User) -> int:
    """End the ties of this account on the word of whoever runs the server; returns how many there were.

    As with `confirm_holder`, nothing but the password signs in from then on.
    """
    _lock(account)
    ended = _end_ties(account, Confirmation.OPERATOR)
    if ended:
        _end_other_ways_in(account)
    return ended


def _lock(account: User) -> None:
    User.objects.select_for_update().get(pk=account.pk)


def _known_password_refusal(account: User) -> str:
    if AccountTie.objects.with_known_password().filter(account=account).exists():
        return f"The password of {account} is the one that somebody else set. The holder has to choose another first."
    return ""


def _end_ties(account: User, confirmation: Confirmation, *, by: User | None = None) -> int:
    ties = AccountTie.objects.open().filter(account=account)
    return ties.update(confirmed_at=timezone.now(), confirmation=confirmation, confirmed_by=by)


def _end_other_ways_in(account: User) -> None:
    """Remove second factors, recovery codes and identities of the single sign-on, and end all sessions.

    Whoever made the account could have added a passkey or an identity of their own, which no new password removes.
    """
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()
    for session in UserSession.objects.filter(user=account):
        session.end()
