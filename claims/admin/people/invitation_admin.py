"""Invitations: sent by mail, seen and withdrawn."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import EMPTY_VALUE
from claims.admin.common.object_actions import CleanedData, ObjectAction, ObjectActionsAdmin
from claims.admin.common.unfold_compat import ModelForm
from claims.models import Invitation
from claims.services.people import accounts, invitations

INVITATION_FIELDS = ("email", "groups")


def withdraw_invitation(request: HttpRequest, invitation: Invitation, _: CleanedData) -> str:
    invitations.withdraw(invitation=invitation)
    return f"The invitation to {invitation} is withdrawn. Its link no longer works."


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin, ObjectActionsAdmin):
    """The link is in the mail alone: nobody who invites sees it."""

    list_display = ("email", "group_names", "state", "invited_by", "invited_at", "account", "second_factor_at")
    list_select_related = ("invited_by", "account")
    search_fields = ("email", "account__username")
    fields = (
        *("email", "group_names", "state", "delivery", "invited_by", "invited_at", "expires_at"),
        *("accepted_at", "account", "second_factor_at", "withdrawn_at"),
    )
    object_actions: ClassVar = (
        ObjectAction(
            name="withdraw",
            label="Withdraw",
            style="danger",
            form=forms.Form,  # without fields, to ask for a confirmation
            warning="The link stops working immediately.",
            is_offered=lambda request, invitation: invitation.is_open,
            run=withdraw_invitation,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return super().get_queryset(request).prefetch_related("groups")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.fields if obj else INVITATION_FIELDS

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return super().get_readonly_fields(request, obj) if obj else []

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = accounts.assignable_groups(editor=current_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Invitation, form: ModelForm, change: bool) -> None:
        """Sends the invitation; what the service refuses, the form shows."""
        data = form.cleaned_data
        sent = invitations.invite_by_mail(email=data["email"], groups=list(data["groups"]), by=current_user(request))
        obj.__dict__.update(sent.__dict__)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The service has set the groups."""

    @admin.display(description="groups")
    def group_names(self, invitation: Invitation) -> str:
        return ", ".join(group.name for group in invitation.groups.all()) or EMPTY_VALUE

    @admin.display(description="state")
    def state(self, invitation: Invitation) -> str:
        if invitation.accepted_at:
            return "Accepted"
        if invitation.withdrawn_at:
            return "Withdrawn"
        return "Open" if invitation.is_open else "Expired"
