"""Accounts, groups and login attempts."""

from typing import Any, ClassVar

from axes.models import AccessAttempt, AccessLog
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from claims.admin.common.base import ReadOnlyAdmin, current_user, is_autocomplete
from claims.admin.common.formatting import EMPTY_VALUE
from claims.admin.common.object_actions import CleanedData, ObjectAction, ObjectActionsAdmin
from claims.admin.common.unfold_compat import (
    InlineFormSet,
    ModelAdmin,
    ModelForm,
    PasswordChangeForm,
    UserAdmin,
    UserChangeForm,
    UserCreationForm,
)
from claims.models import AccountTie, TieReason
from claims.services.history.audit_chain import record_entry
from claims.services.people import account_ties, accounts, passwords

admin.site.unregister(User)
admin.site.unregister(Group)


RIGHTS_FIELDS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")
LOGIN_FIELDS = ("username", "password")
NAME_FIELDS = ("username", "first_name", "last_name")
SUPERUSER_FIELDS = {"is_superuser", "user_permissions"}


class ConfirmHolderForm(forms.Form):
    in_person = forms.BooleanField(
        label="The holder told me in person that they chose the password and nobody else uses the account"
    )


def handle_confirm_holder(request: HttpRequest, account: User, cleaned_data: CleanedData) -> str:
    account_ties.confirm_holder(account=account, by=current_user(request))
    return f"The holder of {account} is confirmed. Ask them to sign in again and to add their second factor again."


def can_confirm_holder(request: HttpRequest, account: User) -> bool:
    by = current_user(request)
    return account.ties.open().exists() and not account_ties.confirmation_refusal(account=account, by=by)


CONFIRM_HOLDER = ObjectAction(
    name="confirm-holder",
    label="Confirm the holder",
    form=ConfirmHolderForm,
    warning="This ends all sessions of the account and removes its second factors, passkeys and single sign-on, which "
    "somebody else could have added. The holder signs in with the password and adds their own again.",
    is_offered=can_confirm_holder,
    run=handle_confirm_holder,
    permission="auth.change_user",
)


@admin.register(User)
class EditorAccountAdmin(UserAdmin, ObjectActionsAdmin):
    """Accounts of the admin. They are deactivated, never deleted, so that what somebody did keeps their name.

    Nobody can edit an account with more permissions than their own, assign a group with more permissions, or change
    their own permissions. Only superusers can set the password of somebody who approves verdicts. What gives somebody
    a hold on the account of another is recorded.
    """

    object_actions = (CONFIRM_HOLDER,)
    panel_template = "claims/admin/people/account_panel.html"

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = PasswordChangeForm
    list_display = ("username", "name", "group_names", "is_active", "last_login")
    list_filter = ("is_active", "is_superuser", "groups")
    empty_value_display = EMPTY_VALUE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    fieldsets = (
        (None, {"fields": LOGIN_FIELDS}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        ("Permissions", {"fields": RIGHTS_FIELDS}),
        ("Activity", {"fields": (("last_login", "date_joined"),)}),
    )

    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        ("Person", {"fields": (("first_name", "last_name"), "email")}),
        ("Permissions", {"fields": ("groups",)}),
    )

    class Media:
        css: ClassVar = {"all": ["claims/common/admin.css"]}
        js: ClassVar = [Script("claims/common/form_guard.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Lets a new account sign in to the admin, and records who made it, or changed its mail address."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)
        editor = current_user(request)
        if not change:
            account_ties.record_tie(account=obj, person=editor, reason=TieReason.CREATED)
            passwords.record_password_set(account=obj, by=editor)
        elif "email" in form.changed_data:
            account_ties.record_tie(account=obj, person=editor, reason=TieReason.EMAIL)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[InlineFormSet], change: bool) -> None:
        """Logs which rights the account has now, if any of them changed."""
        super().save_related(request, form, formsets, change)
        if changed := [name for name in RIGHTS_FIELDS if name in form.changed_data]:
            record_entry(
                actor=current_user(request),
                action="changed rights",
                kind="user",
                object_id=form.instance.pk,
                details={"changed": changed, "values": accounts.describe_rights(form.instance)},
            )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  # Django's argument
        """Checks the permission for this account, and records who set its password.

        Users change their own password with the old one, on the page for it.
        """
        account = self.get_object(request, id)
        if account is None:
            raise Http404
        if account.pk == request.user.pk:
            return HttpResponseRedirect(reverse("admin:password_change"))
        if not accounts.can_set_password(editor=current_user(request), account=account):
            raise PermissionDenied
        old_password = account.password
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            account.refresh_from_db()
            if account.password != old_password:
                passwords.record_password_set(account=account, by=current_user(request))
        return response

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Hides the permissions that only superusers can assign."""
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        fields = tuple(name for name in RIGHTS_FIELDS if name not in SUPERUSER_FIELDS)
        replacements: dict[Any, tuple[str, ...]] = {RIGHTS_FIELDS: fields}
        if not accounts.can_set_password(editor=current_user(request), account=obj):
            replacements[LOGIN_FIELDS] = ("username",)  # without the link to the password form
        return tuple(
            (title, {"fields": replacements.get(options["fields"], options["fields"])})
            for title, options in self.fieldsets
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Users cannot change their own permissions, and nobody the username of somebody who did something.

        Where there is single sign-on, they cannot change their own mail address either: the next sign-on with the
        former one would make a second account for them.
        """
        own_fields = (*RIGHTS_FIELDS, "email") if settings.FACTBASE_OIDC_ISSUER else RIGHTS_FIELDS
        own = own_fields if obj and obj.pk == request.user.pk else ()
        name = ("username",) if obj and accounts.has_done_something(obj) else ()
        return ("last_login", "date_joined", *own, *name)

    def get_panel_context(self, request: HttpRequest, obj: User) -> dict[str, object]:
        ties = AccountTie.objects.open().filter(Q(account=obj) | Q(person=obj)).select_related("account", "person")
        is_tied = any(tie.account_id == obj.pk for tie in ties)
        refusal = account_ties.confirmation_refusal(account=obj, by=current_user(request)) if is_tied else ""
        return {"ties": ties, "is_tied": is_tied, "refusal": refusal}

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offers only groups without more permissions than the user's own."""
        if db_field.name == "groups":
            kwargs["queryset"] = accounts.assignable_groups(editor=current_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever may read comments finds colleagues by name in the filters of lists."""
        is_filter = is_autocomplete(request) and request.user.has_perm("claims.view_comment")
        return is_filter or bool(super().has_view_permission(request, obj))

    def get_search_fields(self, request: HttpRequest) -> Any:
        return NAME_FIELDS if is_autocomplete(request) else super().get_search_fields(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not for an account with more permissions; the password form checks this too."""
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or accounts.can_manage_account(editor=current_user(request), account=obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    @admin.display(description="name")
    def name(self, user: User) -> str:
        return user.get_full_name() or EMPTY_VALUE

    @admin.display(description="groups")
    def group_names(self, user: User) -> str:
        names = ["Superuser"] if user.is_superuser else [group.name for group in user.groups.all()]
        return ", ".join(names) or EMPTY_VALUE


@admin.register(Group)
class EditorGroupAdmin(GroupAdmin, ModelAdmin):
    """Only superusers can edit groups, since members could extend their own permissions."""

    class Media:
        css: ClassVar = {"all": ["claims/common/admin.css"]}
        js: ClassVar = [Script("claims/common/form_guard.js", type="module")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return current_user(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return current_user(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return current_user(request).is_superuser


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Failed logins of one user name from one IP address. Deleting the row ends the lockout."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time", "-id")
    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent", "path_info")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    """Logins and logouts."""

    list_display = ("username", "ip_address", "attempt_time", "logout_time", "user_agent")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time", "-id")
    fields = ("username", "ip_address", "attempt_time", "logout_time", "user_agent", "path_info")
