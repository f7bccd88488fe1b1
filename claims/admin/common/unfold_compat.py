"""django-unfold's admin classes under the names of the Django classes that they extend.

Type checkers see Django's classes, so that nothing in the admin depends on more of unfold than its look.
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
    # Django's own classes, which are generic in the stubs only.
    InlineFormSet: TypeAlias = forms.BaseInlineFormSet[Any, Any, Any]
    ModelForm: TypeAlias = forms.ModelForm[Any]
    UserAdmin: TypeAlias = accounts.UserAdmin[User]

    class HistoryAdmin:
        """The part of django-simple-history's admin that is overridden here."""

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

    FILTER_TEMPLATE = "claims/admin/common/dropdown_filter.html"  # unfold renders four templates for it

    class FastRadioSelect(RadioSelect):
        """Radio buttons without templates: unfold's take as long to render as the rows of a changelist."""

        def render(self, name, value, attrs=None, renderer=None):
            """Renders the same HTML as `unfold/widgets/radio.html`."""
            input_attrs = self.build_attrs(self.attrs, attrs)
            widget_id = input_attrs.pop("id", "")
            flat_attrs = flatatt(input_attrs)
            selected = "" if value is None else str(value)
            options = format_html_join(
                "",
                '<div><label for="{0}_{1}" class="flex flex-row items-center gap-2">'
                '<input type="radio" name="{2}" value="{3}"{4} id="{0}_{1}"{5}>'
                '<span class="truncate">{6}</span></label></div>',
                (
                    (widget_id, index, name, key, flat_attrs, " checked" if str(key) == selected else "", label)
                    for index, (key, label) in enumerate(self.choices)
                ),
            )
            return format_html('<div id="{}" class="flex gap-2 flex-col">{}</div>', widget_id, options)

    class RadioFilterForm(RadioForm):
        widget = FastRadioSelect

    class RadioFilter(filters.RadioFilter):
        """Filters by one of a few values."""

        template, form_class = FILTER_TEMPLATE, RadioFilterForm

    class ChoicesFilter(filters.ChoicesRadioFilter):
        """Filters by one of a field's choices."""

        template, form_class = FILTER_TEMPLATE, RadioFilterForm

    class DropdownFilter(filters.DropdownFilter):
        """Filters by one of many values."""

        template = FILTER_TEMPLATE

    class RelatedFilterForm(AutocompleteDropdownForm):
        """Saves a query: the filter validates the value, the form only shows its label."""

        def full_clean(self) -> None:
            self._errors, self.cleaned_data = ErrorDict(), {}

    class RelatedFilter(filters.AutocompleteSelectFilter):
        """Filters by a related object, chosen with autocomplete."""

        template = FILTER_TEMPLATE
        form_class = RelatedFilterForm


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
