"""The form of a verdict: ratings as buttons with their definitions, and rows of evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.http import QueryDict

from claims.admin.common.base import EditorForm
from claims.admin.common.unfold_compat import InlineFormSet, RadioSelect
from claims.models import EvidenceStance, Rating, Source
from claims.services.errors import RefusedError
from claims.services.verification.evidence_urls import clean_evidence_url

SUBMIT_BUTTON = "_submit"  # saves the draft and submits it for approval


def is_submitting(data: Any) -> bool:
    """Tells whether the posted form is to be submitted for approval, not just saved."""
    return isinstance(data, QueryDict) and SUBMIT_BUTTON in data


class RadioButtons(RadioSelect):
    """Radio buttons in a labelled group. A rating comes with its definition."""

    template_name = "claims/admin/verification/radio_buttons.html"
    option_template_name = "claims/admin/verification/radio_button.html"

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"label": self.label}


class VerificationForm(EditorForm):
    rating = forms.ModelChoiceField(
        queryset=Rating.objects.all(), widget=RadioButtons("Rating"), required=False, empty_label=None
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned_data = super().clean()
        if is_submitting(self.data):
            if not self.cleaned_data.get("rating"):
                self.add_error("rating", "Choose a rating before submitting.")
            if not self.cleaned_data.get("explanation", "").strip():
                self.add_error("explanation", "Explain the rating before submitting.")
        return cleaned_data


class SourceOfClaimSelect(AutocompleteSelect):
    """Searches all sources, and offers those of the claim before anything is typed (without JavaScript, only those)."""

    def __init__(self, *args: Any, claim_id: int | None, sources: Iterable[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim_id, self.sources = claim_id, sources

    def get_url(self) -> str:
        url = super().get_url()
        return f"{url}?claim={self.claim_id}" if self.claim_id else url

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> Any:
        groups = super().optgroups(name, value, attrs)
        options = groups[0][1]
        offered = {str(option["value"]) for option in options}
        for source in self.sources:
            if str(source.pk) not in offered:
                options.append(self.create_option(name, source.pk, str(source), selected=False, index=len(options)))
        return groups


class EvidenceForm(EditorForm):
    stance = forms.ChoiceField(choices=EvidenceStance, widget=RadioButtons("Stance"))

    def clean_url(self) -> str:
        return self._clean_url_field("url")

    def clean_archive_url(self) -> str:
        return self._clean_url_field("archive_url")

    def _clean_url_field(self, name: str) -> str:
        try:
            return clean_evidence_url(self.cleaned_data[name])
        except RefusedError as refusal:
            raise ValidationError(str(refusal)) from refusal


class EvidenceFormSet(InlineFormSet):
    def clean(self) -> None:
        super().clean()
        if is_submitting(self.data) and not any(
            form.instance.pk or form.has_changed() for form in self.forms if form not in self.deleted_forms
        ):
            raise ValidationError("Add evidence before submitting.")
