"""Undo outside the review screen: the link that offers it, and the page that asks before it is done."""

from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.base import current_user
from claims.admin.common.confirmation import confirmed_note, return_url
from claims.admin.common.object_actions import ObjectActionsAdmin, run_and_redirect
from claims.models import Operation
from claims.services.history import undo


def undo_operation_view(model_admin: ObjectActionsAdmin, request: HttpRequest, operation: Operation) -> HttpResponse:
    """GET: asks for confirmation. POST: undoes the user's own operation."""
    if operation.editor_id != request.user.pk:
        raise PermissionDenied
    back = return_url(request, reverse("admin:claims_claim_changelist"))
    if request.method == "POST":

        def undo_it() -> str:
            editor, note = current_user(request), confirmed_note(request)
            return f"{undo.undo_operation(operation=operation, editor=editor, note=note).summary}."

        response = run_and_redirect(request, model_admin, undo_it, back=back)
        if isinstance(response, HttpResponseRedirect) and response.url == back:
            return HttpResponseRedirect(_page_that_exists(back, operation))
        return response
    return model_admin.render_page(
        request,
        title=f"Undo: {operation.summary}",
        template="claims/admin/history/undo.html",
        operation=operation,
        effects=undo.describe_effects(operation),
        back=back,
    )


def _page_that_exists(back: str, operation: Operation) -> str:
    """`back`, unless it is the page of a row that the undo has deleted: then that of the row's claim, or the list."""
    for entry in operation.rows:
        model = apps.get_model("claims", entry["model"])
        try:
            page = reverse(f"admin:claims_{entry['model']}_change", args=[entry["pk"]])
            changelist = reverse(f"admin:claims_{entry['model']}_changelist")
        except NoReverseMatch:  # a model without pages of its own
            continue
        if entry["before"] is None and back.startswith(page) and not model.objects.filter(pk=entry["pk"]).exists():
            claim = entry["after"].get("claim")
            return reverse("admin:claims_claim_change", args=[claim]) if claim else changelist
    return back


def append_undo_link(request: HttpRequest, text: str) -> SafeString | str:
    """Returns the message with a link to undo the user's last operation."""
    operation = undo.last_operation(current_user(request))
    if operation is None:
        return text
    undo_url = reverse("admin:claims_claim_undo", args=[operation.pk])
    return format_html('{} <a class="fb-link" href="{}?{}">Undo</a>', text, undo_url, urlencode({"back": request.path}))
