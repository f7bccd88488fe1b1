"""The rows of a list, as the admin's look has them, in a fifth of the bytes and of the time.

unfold gives every cell some thirty classes and asks anew for each row what its columns are called. Here the cells have
one class each (see claims/common/changelist.css), and the columns are looked at once.
"""

from collections.abc import Callable
from typing import Any

from django import template
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_list import _coerce_field_name  # type: ignore[attr-defined]  # as unfold does
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ManyToOneRel
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from unfold.templatetags.unfold_list import result_headers

register = template.Library()


@register.inclusion_tag("claims/admin/common/result_list.html", takes_context=True)
def fb_result_list(context: template.Context, cl: Any) -> dict[str, Any]:
    """The headers, and each row as its cells."""
    headers = list(result_headers(cl))
    columns = build_columns(cl, headers)
    return {
        "cl": cl,
        "result_headers": headers,
        "num_sorted_fields": sum(bool(header["sortable"] and header["sorted"]) for header in headers),
        "rows": [render_row(cl, row, columns) for row in cl.result_list],
        "has_add_permission": cl.model_admin.has_add_permission(context["request"]),
    }


Column = tuple[Any, SafeString, Callable[[Any], Any]]


def build_columns(cl: Any, headers: list[dict[str, Any]]) -> list[Column]:
    """The columns, each with what a cell of it begins with after its tag's name, and how it is read from a row."""
    return [
        (
            name,
            format_html(' class="field-{} fb-cell" data-label="{}">', _coerce_field_name(name, at), header["text"]),
            build_cell_reader(cl, name),
        )
        for at, (name, header) in enumerate(zip(cl.list_display, headers, strict=True))
    ]


def build_cell_reader(cl: Any, name: Any) -> Callable[[Any], Any]:
    """What shows this column of a row; what kind of column it is, is found out once."""
    own = getattr(cl.model_admin, name, None) if isinstance(name, str) else None
    if own is None or not callable(own) or name in {field.name for field in cl.opts.get_fields()}:
        return lambda row: read_field(cl, row, name)
    empty = getattr(own, "empty_value_display", cl.model_admin.get_empty_value_display())
    boolean = getattr(own, "boolean", False)

    def read(row: Any) -> Any:
        try:
            value = own(row)
        except ObjectDoesNotExist:
            return empty
        return value if isinstance(value, SafeString) else display_for_value(value, empty, boolean)

    return read


def render_row(cl: Any, row: Any, columns: list[Column]) -> SafeString:
    """All cells of a row; the first that is a link to the row's page is its header."""
    links, found = cl.list_display_links, False
    cells: list[str] = []
    for name, begins, read in columns:
        if name == "action_checkbox":
            cells.append(format_html(_CHECKBOX_CELL, ACTION_CHECKBOX_NAME, row.pk))
            continue
        shown = read(row)
        linked = links is not None and (name in links if links else not found)
        tag = "th" if linked and not found else "td"
        found = found or linked
        if linked:
            shown = link_to_row(cl, row, shown)
        cells.append(f"<{tag}{begins}{conditional_escape(shown)}</{tag}>")
    return SafeString("".join(cells))  # each was escaped  # nosec B703


_CHECKBOX_CELL = (
    '<td class="action-checkbox fb-tick" data-label="Select record">'
    '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="Select record"></td>'
)


def read_field(cl: Any, row: Any, name: Any) -> Any:
    """What a column shows of a row."""
    empty = cl.model_admin.get_empty_value_display()
    try:
        field, attribute, value = lookup_field(name, row, cl.model_admin)
    except ObjectDoesNotExist:
        return empty
    empty = getattr(attribute, "empty_value_display", empty)
    if field is None or field.auto_created:
        return display_for_value(value, empty, getattr(attribute, "boolean", False))
    if isinstance(field.remote_field, ManyToOneRel):
        return empty if (other := getattr(row, field.name)) is None else other
    return display_for_field(value, field, empty)


def link_to_row(cl: Any, row: Any, shown: Any) -> SafeString:
    """A link to the row's page; in a window that is there to choose a row, it chooses it."""
    asked = {"preserved_filters": cl.preserved_filters, "opts": cl.opts}
    address = add_preserved_filters(asked, cl.url_for_result(row))
    if not cl.is_popup:
        return format_html('<a href="{}">{}</a>', address, shown)
    value = row.serializable_value(str(cl.to_field) if cl.to_field else cl.pk_attname)
    return format_html('<a href="{}" data-popup-opener="{}">{}</a>', address, value, shown)
