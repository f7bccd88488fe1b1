"""The machinery: accounts, groups, and who tried to sign in. For those who may see it."""

from typing import Any, ClassVar

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import EMPTY_VALUE
from claims.admin.common.unfold_compat import (
    ModelAdmin,
    ModelForm,
    PasswordChangeForm,
    UserAdmin,
    UserChangeForm,
    UserCreationForm,
)
from claims.services.people import accounts

admin.site.unregister(User)
admin.site.unregister(Group)


RIGHTS_FIELDS = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")
LOGIN_FIELDS = ("username", "password")
SUPERUSER_FIELDS = {"is_superuser", "user_permissions"}


@admin.register(User)
class EditorAccountAdmin(UserAdmin, ModelAdmin):
    """An account; one that did something is shut ("active"), and none is removed.

    Nobody changes an account that may do more than they may, gives a group that may, or changes their own rank. Of
    those who approve verdicts, only superusers set passwords.
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
        ("What it may do", {"fields": RIGHTS_FIELDS}),
        ("When", {"fields": (("last_login", "date_joined"),)}),
    )

    class Media:
        css: ClassVar = {"all": ["claims/common/admin.css"]}
        js: ClassVar = ["claims/common/widget_labels.js", "claims/common/form_guard.js"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the groups that the list names."""
        return super().get_queryset(request).prefetch_related("groups")

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Who made an account knows its first password."""
        super().save_model(request, obj, form, change)
        if not change:
            accounts.log_password_change(account=obj, by=current_user(request))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002  # Django's name
        """The page that sets a password, for those who may set this one; who did is kept."""
        account = self.get_object(request, id)
        if account is None:
            raise Http404
        if not accounts.can_set_password(editor=current_user(request), account=account):
            raise PermissionDenied
        former = account.password
        answer = super().user_change_password(request, id, form_url)
        account.refresh_from_db()
        if account.password != former:
            accounts.log_password_change(account=account, by=current_user(request))
        return answer

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """What only superusers give is shown to them alone."""
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        rank = tuple(name for name in RIGHTS_FIELDS if name not in SUPERUSER_FIELDS)
        shown: dict[Any, tuple[str, ...]] = {RIGHTS_FIELDS: rank}
        if not accounts.can_set_password(editor=current_user(request), account=obj):
            shown[LOGIN_FIELDS] = ("username",)  # no way to a page that is shut
        return tuple((title, {"fields": shown.get(each["fields"], each["fields"])}) for title, each in self.fieldsets)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """One's own rank is another person's to change."""
        own = RIGHTS_FIELDS if obj and obj.pk == request.user.pk else ()
        return ("last_login", "date_joined", *own)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Groups that may do no more than who gives them."""
        if db_field.name == "groups":
            kwargs["queryset"] = accounts.assignable_groups(editor=current_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not of an account that may do more; the page for its password asks the same."""
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or accounts.can_manage_account(editor=current_user(request), account=obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """What somebody did keeps their name: an account is shut."""
        return False

    @admin.display(description="name")
    def name(self, user: User) -> str:
        """First and last."""
        return user.get_full_name() or EMPTY_VALUE

    @admin.display(description="groups")
    def group_names(self, user: User) -> str:
        """All of them, or that it needs none."""
        names = ["Superuser"] if user.is_superuser else [group.name for group in user.groups.all()]
        return ", ".join(names) or EMPTY_VALUE


@admin.register(Group)
class EditorGroupAdmin(GroupAdmin, ModelAdmin):
    """What several accounts may do. Only superusers change it: who is in a group could give it more than they have."""

    class Media:
        css: ClassVar = {"all": ["claims/common/admin.css"]}
        js: ClassVar = ["claims/common/widget_labels.js", "claims/common/form_guard.js"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As above."""
        return current_user(request).is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """As above."""
        return current_user(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        """As above."""
        return current_user(request).is_superuser


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
