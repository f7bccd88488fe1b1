"""The history of a row, in an editor's words; it is for reading only."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.models import DeletedObject

from claims.admin.base import EditorAdmin, value_or_none
from claims.admin.look import HistoryAdmin
from claims.admin.wording import NOTHING

if TYPE_CHECKING:

    class HistoricalRecordContextHelper:
        """What of django-simple-history's is built on here."""

        def __init__(self, model: type[Model], historical_record: Any) -> None: ...

        def prepare_delta_change_value(self, change: Any, value: Any) -> Any: ...
else:
    from simple_history.template_utils import HistoricalRecordContextHelper


class InWords(HistoricalRecordContextHelper):
    """Former and later values as the admin writes them elsewhere."""

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        """Moments to the minute; nothing as a dash, also where it was nobody."""
        if value is None or (isinstance(value, DeletedObject) and value.pk is None):
            return NOTHING
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        return super().prepare_delta_change_value(change, value)


def refuse_unless_key(field: Any, *values: str) -> None:
    """Raises Http404 for what can be no row's key; django-simple-history asks the database for it all the same."""
    if any(value_or_none(field, value) is None for value in values):
        raise Http404


class RecordedAdmin(HistoryAdmin, EditorAdmin):
    """An admin of a model with history. Going back to a former state is a change like any other, made anew."""

    object_history_form_template = "claims/admin/history_version.html"

    def get_historical_record_context_helper(self, request: HttpRequest, historical_record: Any) -> InWords:
        """How its changes are told."""
        return InWords(self.model, historical_record)

    def set_history_delta_changes(self, request: HttpRequest, historical_records: Any, **kwargs: Any) -> None:
        """What changed from each to the next; where nobody gave a reason, none is shown."""
        super().set_history_delta_changes(request, historical_records, **kwargs)
        for record in historical_records:
            record.history_change_reason = record.history_change_reason or ""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every state the row had."""
        refuse_unless_key(self.opts.pk, unquote(object_id))
        return super().history_view(request, object_id, extra_context)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Of a former state, a form that takes nothing."""
        form = super().get_form(request, obj, change, **kwargs)
        match = request.resolver_match
        if match and match.url_name and match.url_name.endswith("_simple_history"):
            for field in form.base_fields.values():
                field.disabled = True
        return form

    def revert_disabled(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A former state put back as a whole would undo decisions without asking their services."""
        return True

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A former state, to look at."""
        if request.method == "POST":
            raise PermissionDenied
        refuse_unless_key(self.opts.pk, unquote(object_id), version_id)
        return super().history_form_view(request, object_id, version_id, extra_context)
