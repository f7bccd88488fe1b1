"""Pages of long lists: what is shown costs the same however many rows there are.

Of a page, first only the ids are asked for, in their order, which an index holds; then the rows, with all that is shown
of them. How many there are is counted as far as it is quick: a list that is filtered no further than `MOST`; one that
is not, on PostgreSQL by the database's own estimate. A count that is none says so: "more than 1,000".
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin import ModelAdmin as PlainAdmin
from django.contrib.admin.utils import quote
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BigIntegerField, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.functional import cached_property

from claims.admin.common.admin_urls import change_url_parts
from claims.search import substring

MAX_COUNTED_ROWS = (
    1000  # rows of a filtered list are counted so far, and of each place of a search so many are looked at
)
MIN_ESTIMATED_ROWS = 50_000  # rows from which the database's estimate is good enough
MAX_SUGGESTIONS = 200  # rows that can be scrolled to where one is chosen; more letters find the others

MAX_PAGE_NUMBER = 10**9  # no list has more pages, and no database takes any number


class DisplayCount(int):
    """A number of rows that is written as what is known of it: `1000`, `more than 1,000`, `about 1,000,000`."""

    said: str

    def __new__(cls, number: int, said: str) -> "DisplayCount":
        """As many as there are pages for, and how it is said of them."""
        count = super().__new__(cls, number)
        count.said = said
        return count

    def __str__(self) -> str:
        return self.said


def more_than_count(number: int, seen: int = 0) -> DisplayCount:
    """There are more than this; so many were seen."""
    return DisplayCount(max(number + 1, seen), f"more than {max(number, seen - 1):,}")


def approximate_count(number: int) -> DisplayCount:
    """There are so many, more or less."""
    return DisplayCount(number, f"about {number:,}")


class CountSubquery(Subquery):
    """How many rows a query has, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = BigIntegerField()


def is_filtered(rows: QuerySet[Any]) -> bool:
    """Whether they are only some of their table."""
    return bool(rows.query.where or rows.query.distinct)


def count_expression(rows: QuerySet[Any]) -> Any:
    """How many they are, as a column: at most one more than `MOST` if they are only some of their table.

    The database's estimate of a whole table comes as a negative number.
    """
    if is_filtered(rows):
        return CountSubquery(rows.order_by().values("pk")[: MAX_COUNTED_ROWS + 1])
    table = connection.ops.quote_name(rows.model._meta.db_table)  # public by its docs
    counted = f"SELECT COUNT(*) FROM {table}"  # noqa: S608  # a model's table  # nosec B608
    if connection.vendor == "postgresql":
        known = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
        sql = f"CASE WHEN ({known}) < %s THEN ({counted}) ELSE -({known})::bigint END"
        return RawSQL(sql, [table, MIN_ESTIMATED_ROWS, table], output_field=BigIntegerField())  # noqa: S611  # as above  # nosec B611
    return RawSQL(counted, [], output_field=BigIntegerField())  # noqa: S611  # as above  # nosec B611


class CappedChangeList(ChangeList):
    """A list of the admin; its page numbers are Django's. A page after the last is the last."""

    unsearched: QuerySet[Any]  # filtered and ordered, before it is searched

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        """All rows that are asked for, bare: what the admin class adds to a row, only the rows of a page get."""
        self.root_queryset = base_queryset(self.model_admin, request)
        asked, self.query = self.query, ""
        self.unsearched = super().get_queryset(request, exclude_parameters)
        self.query = asked
        rows, twice = self.model_admin.get_search_results(request, self.unsearched, asked)
        return rows.distinct() if twice else rows

    def get_results(self, request: HttpRequest) -> None:
        """The page's rows, and what the templates say of the others."""
        self.page_num = min(max(self.page_num, 1), MAX_PAGE_NUMBER)
        ids = self._found() if self.query and substring.supports_substring_search(self.model) else self._page()
        self.result_list = self._rows(request, ids)
        self.paginator = Paginator(range(self.result_count), self.list_per_page)
        self.multi_page = self.result_count > self.list_per_page
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True

    def url_for_result(self, result: Any) -> str:
        """The page of a row; looked up once for all of them."""
        before, after = change_url_parts(self.model)
        return f"{before}{quote(result.pk)}{after}"

    def _found(self) -> list[int]:
        """Of a search all ids are read: there are few. Those of the page."""
        found = substring.filter_newest_by_substring(self.unsearched, self.query, MAX_COUNTED_ROWS).order_by(
            *self.unsearched.query.order_by
        )
        ids = list(found.values_list("pk", flat=True))
        self.result_count = (
            DisplayCount(len(ids), f"more than {MAX_COUNTED_ROWS:,}") if len(ids) > MAX_COUNTED_ROWS else len(ids)
        )
        self._allow_all(len(ids))
        if self.show_all and self.can_show_all:
            return ids
        self.page_num = min(self.page_num, max(-(-len(ids) // self.list_per_page), 1))
        start = (self.page_num - 1) * self.list_per_page
        return ids[start : start + self.list_per_page]

    def _page(self) -> list[int]:
        """The ids of the page; with them, in one query, how many there are."""
        rows = self.queryset.select_related(None)
        ids, total = self._slice(rows, self.page_num)
        if not ids and self.page_num > 1:  # behind the end, which now must be known
            self.page_num = max(-(-rows.order_by().count() // self.list_per_page), 1)
            ids, total = self._slice(rows, self.page_num)
        seen = (self.page_num - 1) * self.list_per_page + len(ids)
        if len(ids) < self.list_per_page:  # the last page: this many they are
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

    def _slice(self, rows: QuerySet[Any], page: int) -> tuple[list[int], int]:
        start = (page - 1) * self.list_per_page
        counted = rows.annotate(fb_total=count_expression(rows)).values_list("pk", "fb_total")
        found = list(counted[start : start + self.list_per_page])
        return [pk for pk, _ in found], found[0][1] if found else 0

    def _rows(self, request: HttpRequest, ids: Sequence[int]) -> Any:
        """The rows as the admin class wants them, in the order of the ids."""
        rows = self.model_admin.get_queryset(request).filter(pk__in=ids).order_by()
        if not rows.query.select_related:
            rows = self.apply_select_related(rows)
        place = {pk: at for at, pk in enumerate(ids)}
        return sorted(rows, key=lambda row: place[row.pk])


def base_queryset(model_admin: Any, request: HttpRequest) -> QuerySet[Any]:
    """The rows of an admin's model without what its class joins and counts for them."""
    return PlainAdmin.get_queryset(model_admin, request)


class AutocompletePaginator(Paginator):  # type: ignore[type-arg]  # takes no type's parameter when it runs
    """What is offered where one row is chosen from many: the ids first, no more than `SUGGESTIONS`."""

    @cached_property
    def ids(self) -> list[int]:
        """Of all that are offered."""
        return list(self.object_list.values_list("pk", flat=True)[:MAX_SUGGESTIONS])  # type: ignore[attr-defined]  # a QuerySet

    @cached_property
    def count(self) -> int:
        """How many those are."""
        return len(self.ids)

    def page(self, number: Any) -> Page[Any]:
        """The rows of a page."""
        number = self.validate_number(number)
        ids = self.ids[(number - 1) * self.per_page : number * self.per_page]
        rows = self.object_list.model._default_manager.in_bulk(ids)  # type: ignore[attr-defined]  # as above
        return Page([rows[pk] for pk in ids if pk in rows], number, self)
