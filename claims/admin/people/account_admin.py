"""Accounts, groups and login attempts."""

from typing import Any, ClassVar

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse

from claims.admin.common.base import ReadOnlyAdmin, current_user, is_autocomplete
from claims.admin.common.formatting import EMPTY_VALUE
from claims.admin.common.unfold_compat import (
    ModelAdmin,
    ModelForm,
    PasswordChangeForm,
    UserAdmin,
    UserChangeForm,
    UserCreationForm,
)
from claims.services.people import accounts, passwords

admin.site.unregister(User)
admin.site.unregister(Group)


RIGHTS_FIELDS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")
LOGIN_FIELDS = ("username", "password")
NAME_FIELDS = ("username", "first_name", "last_name")
SUPERUSER_FIELDS = {"is_superuser", "user_permissions"}


@admin.register(User)
class EditorAccountAdmin(UserAdmin, ModelAdmin):
    """Accounts of the admin. They are deactivated, never deleted, so that what somebody did keeps their name.

    Nobody can edit an account with more permissions than their own, assign a group with more permissions, or change
    their own permissions. Only superusers can set the password of somebody who approves verdicts.
    """

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
        """Lets a new account sign in to the admin, and records who knows its first password."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)
        if not change:
            passwords.record_password_set(account=obj, by=current_user(request))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  # Django's argument
        """Checks the permission for this account, and records who set its password."""
        account = self.get_object(request, id)
        if account is None:
            raise Http404
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
        """Users cannot change their own permissions."""
        own = RIGHTS_FIELDS if obj and obj.pk == request.user.pk else ()
        return ("last_login", "date_joined", *own)

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
