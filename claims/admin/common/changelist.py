"""A changelist whose cost does not grow with the table.

A page first reads only its IDs, in the order of an index, and then those rows with everything that the list shows. A
filtered list is counted up to `MAX_COUNTED_ROWS`; for a whole table PostgreSQL's own estimate is used. The page then
says "more than 1,000" or "about 1,000,000".
"""

from collections.abc import Sequence

from django.contrib.admin import ModelAdmin as PlainAdmin
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BigIntegerField, Model, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.functional import cached_property

from claims.admin.common.admin_urls import change_url_parts
from claims.admin.common.unfold_compat import ModelAdmin
from claims.search import substring

MAX_COUNTED_ROWS = 1000  # of a filtered list, and the rows considered for each column of a search
MIN_ESTIMATED_ROWS = 50_000  # from this size on, the database's estimate is good enough
MAX_SUGGESTIONS = 200  # options of an autocomplete field; typing more finds the others
MAX_PAGE_NUMBER = 10**9  # larger numbers would exceed what the database accepts as an offset


class DisplayCount(int):
    """A row count that determines the number of pages, displayed as "more than 1,000" or "about 1,000,000"."""

    display: str

    def __new__(cls, number: int, display: str) -> "DisplayCount":
        count = super().__new__(cls, number)
        count.display = display
        return count

    def __str__(self) -> str:
        return self.display


def more_than_count(number: int, seen: int = 0) -> DisplayCount:
    """More than `number` rows, of which `seen` are on the pages up to this one."""
    return DisplayCount(max(number + 1, seen), f"more than {max(number, seen - 1):,}")


def approximate_count(number: int) -> DisplayCount:
    return DisplayCount(number, f"about {number:,}")


class CountSubquery(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = BigIntegerField()


def is_filtered(rows: QuerySet[Model]) -> bool:
    """Whether the queryset has fewer rows than its table."""
    return bool(rows.query.where or rows.query.distinct)


def count_expression(rows: QuerySet[Model]) -> CountSubquery | RawSQL:
    """An expression for the number of rows: at most `MAX_COUNTED_ROWS` + 1 of a filtered queryset.

    PostgreSQL's estimate of a whole table is returned as a negative number.
    """
    if is_filtered(rows):
        return CountSubquery(rows.order_by().values("pk")[: MAX_COUNTED_ROWS + 1])
    table = connection.ops.quote_name(rows.model._meta.db_table)
    exact = f"SELECT COUNT(*) FROM {table}"  # noqa: S608  # a model's table
    if connection.vendor == "postgresql":
        estimate = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
        sql = f"CASE WHEN ({estimate}) < %s THEN ({exact}) ELSE -({estimate})::bigint END"
        return RawSQL(sql, [table, MIN_ESTIMATED_ROWS, table], output_field=BigIntegerField())  # noqa: S611  # as above
    return RawSQL(exact, [], output_field=BigIntegerField())  # noqa: S611  # as above


class CappedChangeList(ChangeList):
    """A changelist with capped counts. A page number after the last shows the last page."""

    unsearched: QuerySet[Model]  # filtered and ordered, before the search

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str | None] | None = None) -> QuerySet[Model]:
        """The matching rows without the annotations and joins of the admin class, which only a page's rows get."""
        self.root_queryset = base_queryset(self.model_admin, request)
        search_term, self.query = self.query, ""
        self.unsearched = super().get_queryset(request, exclude_parameters)
        self.query = search_term
        rows, may_have_duplicates = self.model_admin.get_search_results(request, self.unsearched, search_term)
        return rows.distinct() if may_have_duplicates else rows

    def get_results(self, request: HttpRequest) -> None:
        self.page_num = min(max(self.page_num, 1), MAX_PAGE_NUMBER)
        is_search = self.query and substring.supports_substring_search(self.model)
        ids = self._search_page_ids() if is_search else self._page_ids()
        self.result_list = self._rows(request, ids)
        self.paginator = Paginator(range(self.result_count), self.list_per_page)
        self.multi_page = self.result_count > self.list_per_page
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True

    def url_for_result(self, result: Model) -> str:
        before, after = change_url_parts(self.model)
        return f"{before}{quote(result.pk)}{after}"

    def _search_page_ids(self) -> list[int]:
        """The IDs of the page. A search reads all IDs, since they are few."""
        matches = substring.filter_newest_by_substring(self.unsearched, self.query, MAX_COUNTED_ROWS)
        ids = list(matches.order_by(*self.unsearched.query.order_by).values_list("pk", flat=True))
        is_capped = len(ids) > MAX_COUNTED_ROWS
        self.result_count = DisplayCount(len(ids), f"more than {MAX_COUNTED_ROWS:,}") if is_capped else len(ids)
        self._allow_all(len(ids))
        if self.show_all and self.can_show_all:
            return ids
        self.page_num = min(self.page_num, max(-(-len(ids) // self.list_per_page), 1))
        start = (self.page_num - 1) * self.list_per_page
        return ids[start : start + self.list_per_page]

    def _page_ids(self) -> list[int]:
        """The IDs of the page, read together with the total in one query."""
        rows = self.queryset.select_related(None)
        ids, total = self._slice(rows, self.page_num)
        if not ids and self.page_num > 1:  # past the end: go to the last page
            self.page_num = max(-(-rows.order_by().count() // self.list_per_page), 1)
            ids, total = self._slice(rows, self.page_num)
        seen = (self.page_num - 1) * self.list_per_page + len(ids)
        if len(ids) < self.list_per_page:  # the last page, so the total is known
            self.result_count = seen
        elif is_filtered(rows):
            self.result_count = more_than_count(MAX_COUNTED_ROWS, seen) if total > MAX_COUNTED_ROWS else total
        elif total < 0:
            self.result_count = approximate_count(max(-total, seen))
        else:
            self.result_count = max(total, seen)
        self._allow_all(abs(total))
        if self.show_all and self.can_show_all:
            self.page_num = 1
            return list(rows.values_list("pk", flat=True)[: self.list_max_show_all])
        return ids

    def _allow_all(self, total: int) -> None:
        self.can_show_all = total <= self.list_max_show_all

    def _slice(self, rows: QuerySet[Model], page: int) -> tuple[list[int], int]:
        start = (page - 1) * self.list_per_page
        ids_with_total = rows.annotate(fb_total=count_expression(rows)).values_list("pk", "fb_total")
        page_rows = list(ids_with_total[start : start + self.list_per_page])
        return [pk for pk, _ in page_rows], page_rows[0][1] if page_rows else 0

    def _rows(self, request: HttpRequest, ids: Sequence[int]) -> list[Model]:
        """The rows with the annotations and joins of the admin class, in the order of `ids`."""
        rows = self.model_admin.get_queryset(request).filter(pk__in=ids).order_by()
        if not rows.query.select_related:
            rows = self.apply_select_related(rows)
        positions = {pk: position for position, pk in enumerate(ids)}
        return sorted(rows, key=lambda row: positions[row.pk])


def base_queryset(model_admin: ModelAdmin, request: HttpRequest) -> QuerySet[Model]:
    """The rows of the model without the annotations and joins of the admin class."""
    return PlainAdmin.get_queryset(model_admin, request)


class AutocompletePaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """Paginates the first `MAX_SUGGESTIONS` matches of an autocomplete field, reading their IDs first."""

    @cached_property
    def ids(self) -> list[int]:
        return list(self.object_list.values_list("pk", flat=True)[:MAX_SUGGESTIONS])  # type: ignore[attr-defined]  # a QuerySet

    @cached_property
    def count(self) -> int:
        return len(self.ids)

    def page(self, number: int | str) -> Page[Model]:
        number = self.validate_number(number)
        ids = self.ids[(number - 1) * self.per_page : number * self.per_page]
        rows = self.object_list.model._default_manager.in_bulk(ids)  # type: ignore[attr-defined]  # as above
        return Page([rows[pk] for pk in ids if pk in rows], number, self)
