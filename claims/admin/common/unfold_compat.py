"""The admin's look: django-unfold's classes, which are made from Django's own.

Type checkers see Django's classes: nothing here may need more of unfold than they have, so that the admin would work
without it.
"""

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from django import forms
    from django.contrib import admin
    from django.contrib.auth import admin as accounts
    from django.contrib.auth import forms as auth
    from django.contrib.auth.models import User
    from django.http import HttpRequest, HttpResponse

    ModelAdmin: TypeAlias = admin.ModelAdmin[Any]
    StackedInline: TypeAlias = admin.StackedInline[Any, Any]
    TabularInline: TypeAlias = admin.TabularInline[Any, Any]
    ChoicesFilter: TypeAlias = admin.ChoicesFieldListFilter
    RelatedFilter: TypeAlias = admin.RelatedFieldListFilter
    RadioFilter: TypeAlias = admin.SimpleListFilter
    Select: TypeAlias = forms.Select
    DropdownForm: TypeAlias = forms.Form
    DropdownFilter: TypeAlias = admin.SimpleListFilter
    RadioSelect: TypeAlias = forms.RadioSelect
    DateInput: TypeAlias = forms.DateInput
    Textarea: TypeAlias = forms.Textarea
    TextInput: TypeAlias = forms.TextInput
    URLInput: TypeAlias = forms.URLInput
    PasswordChangeForm: TypeAlias = auth.AdminPasswordChangeForm
    UserChangeForm: TypeAlias = auth.UserChangeForm[Any]
    UserCreationForm: TypeAlias = auth.AdminUserCreationForm[Any]
    # Django's own, which take no type's parameter when they run.
    InlineFormSet: TypeAlias = forms.BaseInlineFormSet[Any, Any, Any]
    ModelForm: TypeAlias = forms.ModelForm[Any]
    UserAdmin: TypeAlias = accounts.UserAdmin[User]

    class HistoryAdmin:
        """What of django-simple-history's admin is built on here."""

        def history_view(
            self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
        ) -> HttpResponse: ...

        def history_form_view(
            self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
        ) -> HttpResponse: ...
else:
    from django.contrib.auth.admin import UserAdmin
    from django.forms import BaseInlineFormSet as InlineFormSet
    from django.forms import ModelForm
    from django.forms.utils import ErrorDict, flatatt
    from django.utils.html import format_html, format_html_join
    from django.utils.safestring import SafeString
    from simple_history.admin import SimpleHistoryAdmin as HistoryAdmin
    from unfold.admin import ModelAdmin, StackedInline, TabularInline
    from unfold.contrib.filters import admin as filters
    from unfold.contrib.filters.forms import AutocompleteDropdownForm, DropdownForm, RadioForm
    from unfold.forms import AdminPasswordChangeForm as PasswordChangeForm
    from unfold.forms import UserChangeForm, UserCreationForm
    from unfold.widgets import UnfoldAdminRadioSelectWidget as RadioSelect
    from unfold.widgets import UnfoldAdminSelectWidget as Select
    from unfold.widgets import UnfoldAdminSingleDateWidget as DateInput
    from unfold.widgets import UnfoldAdminTextareaWidget as Textarea
    from unfold.widgets import UnfoldAdminTextInputWidget as TextInput
    from unfold.widgets import UnfoldAdminURLInputWidget as URLInput

    FILTER = "claims/admin/common/dropdown_filter.html"  # unfold's takes four templates for it

    class Radios(RadioSelect):
        """Radio buttons put together at once: unfold's templates take as long for them as for a list's rows."""

        def render(self, name, value, attrs=None, renderer=None):
            """As `unfold/widgets/radio.html` has them."""
            given = self.build_attrs(self.attrs, attrs)
            whole = given.pop("id", "")
            rest = flatatt(given)
            chosen = "" if value is None else str(value)
            options = format_html_join(
                "",
                '<div><label for="{0}_{1}" class="flex flex-row items-center gap-2">'
                '<input type="radio" name="{2}" value="{3}"{4} id="{0}_{1}"{5}>'
                '<span class="truncate">{6}</span></label></div>',
                (
                    (whole, at, name, key, rest, SafeString(" checked") if str(key) == chosen else "", text)
                    for at, (key, text) in enumerate(self.choices)
                ),
            )
            return format_html('<div id="{}" class="flex gap-2 flex-col">{}</div>', whole, options)

    class FilterForm(RadioForm):
        """The form of a filter by few values."""

        widget = Radios

    class RadioFilter(filters.RadioFilter):
        """By one of a few values."""

        template, form_class = FILTER, FilterForm

    class ChoicesFilter(filters.ChoicesRadioFilter):
        """By one of a field's choices."""

        template, form_class = FILTER, FilterForm

    class DropdownFilter(filters.DropdownFilter):
        """By one of many values."""

        template = FILTER

    class RelatedForm(AutocompleteDropdownForm):
        """Asks once for the row that a filter is set to, to name it; that it is one, the filter finds out."""

        def full_clean(self) -> None:
            """Nothing is checked, which would ask for it again."""
            self._errors, self.cleaned_data = ErrorDict(), {}

    class RelatedFilter(filters.AutocompleteSelectFilter):
        """By a row of another table, found by its first letters."""

        template = FILTER
        form_class = RelatedForm


__all__ = [
    "ChoicesFilter",
    "DateInput",
    "DropdownFilter",
    "DropdownForm",
    "HistoryAdmin",
    "InlineFormSet",
    "ModelAdmin",
    "ModelForm",
    "PasswordChangeForm",
    "RadioFilter",
    "RadioSelect",
    "RelatedFilter",
    "Select",
    "StackedInline",
    "TabularInline",
    "TextInput",
    "Textarea",
    "URLInput",
    "UserAdmin",
    "UserChangeForm",
    "UserCreationForm",
]
