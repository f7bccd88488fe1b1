"""The machinery: accounts, groups, and who tried to sign in. For those who may see it."""

from typing import Any, ClassVar

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

from claims.admin.base import ReadOnlyAdmin
from claims.admin.look import ModelAdmin, PasswordChangeForm, UserAdmin, UserChangeForm, UserCreationForm

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class EditorAccountAdmin(UserAdmin, ModelAdmin):
    """An account; one that did something is shut ("active"), not removed."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = PasswordChangeForm
    list_filter = ("is_active", "is_staff", "is_superuser", "groups")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css: ClassVar = {"all": ["claims/admin.css"]}
        js: ClassVar = ["claims/labels.js", "claims/admin.js"]


@admin.register(Group)
class EditorGroupAdmin(GroupAdmin, ModelAdmin):
    """What several accounts may do."""

    class Media:
        css: ClassVar = {"all": ["claims/admin.css"]}
        js: ClassVar = ["claims/labels.js", "claims/admin.js"]


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Failed sign-ins of one name from one address. Deleting the row lets the person try again."""

    list_display = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time", "-id")
    fields = ("username", "ip_address", "failures_since_start", "attempt_time", "user_agent", "path_info")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may delete these rows may unlock."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    """Who signed in and out."""

    list_display = ("username", "ip_address", "attempt_time", "logout_time", "user_agent")
    search_fields = ("username", "ip_address")
    ordering = ("-attempt_time", "-id")
    fields = ("username", "ip_address", "attempt_time", "logout_time", "user_agent", "path_info")
