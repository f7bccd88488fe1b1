"""The review queue: the quotes that match its filters, in reading order, and navigation between them."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from claims.admin.common.capped_count import format_capped_count
from claims.admin.common.filters import ConfidenceFilter, WorthFilter
from claims.admin.review.request_params import parse_id
from claims.models import Hold, Quote, QuoteDecision, Snapshot, Source
from claims.models.quote import QuoteQuerySet
from claims.services.quotes.skips import skipped_quotes

MAX_QUEUE_COUNT = 999  # longer queues show "999+"
READING_ORDER = ("snapshot_id", "start", "id")
WORTH_FIRST = "worth"  # the value of `order` for the quotes most worth checking first, else in reading order
NO_SPEAKER = "none"  # the value of `speaker` for quotes without one


class QueuePosition(NamedTuple):
    """Where a quote stands in the queue, in either order."""

    points: int
    snapshot: int
    start: int
    id: int


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The filters of the URL, all of which a quote must match. Without any, all pending quotes."""

    editor: User
    decision: str = str(QuoteDecision.PENDING)
    source: int | None = None
    speaker: int | str | None = None
    topic: int | None = None
    confidence: str = ""
    worth: str = ""
    order: str = ""
    mine: bool = False
    changed: bool = False
    skipped: frozenset[int] = frozenset()  # quotes that come last for this editor today

    DECISIONS: ClassVar = {**dict(QuoteDecision.choices), "all": "All"}
    CONFIDENCES: ClassVar = ConfidenceFilter.LABELS
    WORTH: ClassVar = WorthFilter.LABELS
    ORDERS: ClassVar = {"": "Reading order", WORTH_FIRST: "Worth checking first"}

    @classmethod
    def from_query(cls, params: QueryDict, editor: User) -> Self:
        """Parses the URL's parameters. Raises BadRequest for invalid values."""
        speaker = params.get("speaker", "")
        queue = cls(
            editor=editor,
            decision=params.get("decision") or str(QuoteDecision.PENDING),
            source=parse_id(params, "source"),
            speaker=NO_SPEAKER if speaker == NO_SPEAKER else parse_id(params, "speaker"),
            topic=parse_id(params, "topic"),
            confidence=params.get("confidence", ""),
            worth=params.get("worth", ""),
            order=params.get("order", ""),
            mine=params.get("mine") == "1",
            changed=params.get("changed") == "1",
            skipped=skipped_quotes(editor=editor),
        )
        if queue.decision not in cls.DECISIONS or queue.confidence not in {"", *cls.CONFIDENCES}:
            raise BadRequest("Unknown decision or confidence.")
        if queue.worth not in {"", *cls.WORTH} or queue.order not in cls.ORDERS:
            raise BadRequest("Unknown check-worthiness or order.")
        return queue

    def params(self, **overrides: object) -> dict[str, str]:
        """The URL parameters of this queue, with `overrides`."""
        params = {
            "decision": "" if self.decision == QuoteDecision.PENDING else self.decision,
            "source": self.source,
            "speaker": self.speaker,
            "topic": self.topic,
            "confidence": self.confidence,
            "worth": self.worth,
            "order": self.order,
            "mine": "1" if self.mine else "",
            "changed": "1" if self.changed else "",
        }
        return {name: str(value) for name, value in (params | overrides).items() if value}

    @property
    def decision_label(self) -> str:
        return str(self.DECISIONS[self.decision])

    @property
    def query(self) -> str:
        """The URL parameters as a query string."""
        return urlencode(self.params())

    def url(self, quote: int | None = None, **overrides: object) -> str:
        """The URL of the review screen for this queue, at this quote or at its first."""
        params = self.params(**overrides) | ({"quote": str(quote)} if quote else {})
        page = reverse("admin:claims_review")
        return f"{page}?{urlencode(params)}" if params else page

    def rows(self) -> QuoteQuerySet:
        """The quotes of this queue, unordered."""
        rows = Quote.objects.order_by()
        if self.decision != "all":
            rows = rows.filter(decision=self.decision)
        if self.source:
            rows = rows.filter(snapshot__source=self.source)
        if self.speaker:
            rows = rows.filter(speaker=None if self.speaker == NO_SPEAKER else int(self.speaker))
        if self.topic:
            rows = rows.filter(claim__topics=self.topic)
        if self.confidence:
            lower, upper = ConfidenceFilter.BANDS[self.confidence]
            rows = rows.filter(confidence__gte=lower, confidence__lt=upper)
        if self.worth:
            rows = rows.filter(WorthFilter.condition(self.worth))
        if self.changed:
            rows = rows.missing_from_newest_snapshot()
        return rows.filter(self._mine()) if self.mine else rows

    def _mine(self) -> Q:
        """Quotes that the editor is reviewing or has decided, and those in sources that the editor added."""
        added = Source.history.filter(history_user=self.editor, history_type="+").order_by().values("id")
        mine = Q(snapshot__in=Snapshot.objects.filter(source__in=added).order_by().values("pk"))
        # A query of its own: there is at most one, and without it the snapshots alone decide, by an index.
        locked = Hold.objects.filter(editor=self.editor).values_list("quote", flat=True).first()
        if locked and self.decision in {QuoteDecision.PENDING, "all"}:
            mine |= Q(pk=locked)
        if self.decision != QuoteDecision.PENDING:
            mine |= Q(decided_by=self.editor)
        return mine

    @property
    def _is_sorted(self) -> bool:
        """Whether the quotes are so few that they are sorted, instead of being read in the order of an index."""
        return isinstance(self.speaker, int) or self.changed

    def first(self) -> int | None:
        """The ID of the first quote."""
        return self._end(skipped=False) or self._end(skipped=True)

    def _end(self, *, skipped: bool, backwards: bool = False) -> int | None:
        """The ID of the first or last quote, of those that were skipped or of the others."""
        return self._in_order(skipped=skipped, backwards=backwards).first() if self.skipped or not skipped else None

    def _in_order(self, *, skipped: bool, backwards: bool) -> QuerySet[Quote, int]:
        """The IDs of the quotes that were skipped today, or of the others, in the order of the queue.

        The quotes of one speaker or of changed sources are few, found by an index and then sorted. Ordering them by the
        expression `snapshot_order` keeps the planner from walking the index of all quotes in reading order instead.
        """
        rows = self.rows().alias(snapshot_order=F("snapshot_id") + 0, points_order=F("worth_points") + 0)
        if self.skipped:
            rows = rows.filter(pk__in=self.skipped) if skipped else rows.exclude(pk__in=self.skipped)
        order = [self._column(column) for column in READING_ORDER]
        if self.order == WORTH_FIRST:
            order.insert(0, f"-{self._column('worth_points')}")
        if backwards:
            order = [column[1:] if column.startswith("-") else f"-{column}" for column in order]
        return rows.order_by(*order).values_list("pk", flat=True)

    def _column(self, column: str) -> str:
        sorted_columns = {"snapshot_id": "snapshot_order", "worth_points": "points_order"}
        return sorted_columns.get(column, column) if self._is_sorted else column

    def adjacent(self, position: QueuePosition, *, backwards: bool = False) -> int | None:
        """The ID of the next quote after this position, or of the one before it. Skipped quotes follow all others."""
        skipped = position.id in self.skipped
        found = self._neighbour(position, skipped=skipped, backwards=backwards)
        if found is None and skipped is backwards:
            found = self._end(skipped=not skipped, backwards=backwards)
        return found

    def _neighbour(self, position: QueuePosition, *, skipped: bool, backwards: bool = False) -> int | None:
        """The nearest quote in the order of the queue among the skipped ones, or among the others.

        Looks at the same offset, then in the same snapshot, then in the others, and then at those of other points. Each
        is a seek in an index, while the conditions in one query would scan the snapshot's quotes.
        """
        side, other_side = ("lt", "gt") if backwards else ("gt", "lt")
        points, snapshot, start, pk = position
        conditions: list[dict[str, int]] = [
            {"snapshot": snapshot, "start": start, f"id__{side}": pk},
            {"snapshot": snapshot, f"start__{side}": start},
            {f"{self._column('snapshot_id')}__{side}": snapshot},
        ]
        if self.order == WORTH_FIRST:
            conditions = [{"worth_points": points} | condition for condition in conditions]
            conditions.append({f"{self._column('worth_points')}__{other_side}": points})
        rows = self._in_order(skipped=skipped, backwards=backwards)
        matches = (rows.filter(**condition).first() for condition in conditions)
        return next((pk for pk in matches if pk), None)

    def next(self, position: QueuePosition) -> int | None:
        """The ID of the quote to show after a decision on the one at this position; None if there is no other.

        Before the skipped quotes, it starts again with those that were passed over.
        """
        for skipped in (False, True) if self.skipped else (False,):
            for following in (self._neighbour(position, skipped=skipped), self._end(skipped=skipped)):
                if following and following != position.id:
                    return following
        return None

    def count(self, **filters: object) -> str:
        """The number of quotes, capped at MAX_QUEUE_COUNT."""
        count = len(self.rows().filter(**filters).values_list("pk", flat=True)[: MAX_QUEUE_COUNT + 1])
        return format_capped_count(count, MAX_QUEUE_COUNT)


def review_url(quote: Quote) -> str:
    """The review screen at this quote, in the queue of its decision."""
    params = {"quote": str(quote.pk)}
    if quote.decision != QuoteDecision.PENDING:
        params = {"decision": str(quote.decision)} | params
    return f"{reverse('admin:claims_review')}?{urlencode(params)}"


def queue_position(quote: Quote) -> QueuePosition:
    return QueuePosition(quote.worth_points, quote.snapshot_id, quote.start, quote.pk)
