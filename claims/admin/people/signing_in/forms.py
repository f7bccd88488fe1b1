"""The forms for signing in and for accepting an invitation."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password

from claims.models import Invitation


class SignInForm(LoginForm):  # type: ignore[misc]  # it has no types
    """allauth's form, with the name of Django's for the username, for password managers and scripts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autofocus"] = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""

    def clean_login(self) -> str:
        """The name as accounts store theirs, whichever way its accents were typed."""
        name: str = User.normalize_username(super().clean_login())
        return name

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else str(super().add_prefix(field_name))


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # it has no types
    def clean_email(self) -> str:
        """Finds accounts whatever the case of their stored address."""
        email: str = self.cleaned_data["email"]
        self.users = list(User.objects.filter(email__iexact=email, is_active=True, is_staff=True))
        return email


class AcceptInvitationForm(forms.Form):
    username = UsernameField(
        max_length=150,
        help_text="With which you sign in, and by which colleagues mention you.",
        widget=forms.TextInput(attrs={"autofocus": ""}),
    )
    first_name = forms.CharField(max_length=150, required=False, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=150, required=False, widget=forms.TextInput({"autocomplete": "family-name"}))
    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    password2 = forms.CharField(
        label="Password again", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        User._meta.get_field("username").run_validators(username)
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("This name is taken. Choose another one.")
        return username

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"password", "password2"} <= data.keys() and data["password"] != data["password2"]:
            self.add_error("password2", "The two passwords differ.")
        elif "password" in data:
            holder = User(
                username=data.get("username", ""),
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
                email=self.invitation.email,
            )
            try:
                validate_password(data["password"], holder)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
