"""A queue: which quotes are gone through, in reading order, and where one is in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from claims.admin.common.filters import ConfidenceFilter
from claims.admin.review.request_params import parse_id
from claims.models import Hold, Quote, QuoteDecision, Snapshot, Source

MAX_QUEUE_COUNT = 999  # counted no further
READING_ORDER = ("snapshot_id", "start", "id")
_REVERSE_READING_ORDER = tuple(f"-{column}" for column in READING_ORDER)
NO_SPEAKER = "none"  # as the speaker: quotes of which nobody knows who said it

QueuePosition = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """What the address asks for. All that is given must hold of a quote; without anything: all that wait."""

    editor: User
    decision: str = str(QuoteDecision.PENDING)
    source: int | None = None
    speaker: int | str | None = None
    topic: int | None = None
    confidence: str = ""
    mine: bool = False

    DECISIONS: ClassVar = {**dict(QuoteDecision.choices), "all": "All"}
    CONFIDENCES: ClassVar = {"high": "90 % and more", "medium": "70 to 90 %", "low": "below 70 %"}

    @classmethod
    def of(cls, asked: QueryDict, editor: User) -> Self:
        """As the address says. Raises BadRequest for what is no decision, no band and no key."""
        speaker = asked.get("speaker", "")
        queue = cls(
            editor=editor,
            decision=asked.get("decision") or str(QuoteDecision.PENDING),
            source=parse_id(asked, "source"),
            speaker=NO_SPEAKER if speaker == NO_SPEAKER else parse_id(asked, "speaker"),
            topic=parse_id(asked, "topic"),
            confidence=asked.get("confidence", ""),
            mine=asked.get("mine") == "1",
        )
        if queue.decision not in cls.DECISIONS or queue.confidence not in {"", *cls.CONFIDENCES}:
            raise BadRequest("This queue is none: its decision or confidence is not known.")
        return queue

    def asked(self, **instead: Any) -> dict[str, str]:
        """What of the address says this queue, in one order; `instead` for what is to be otherwise."""
        given = {
            "decision": "" if self.decision == QuoteDecision.PENDING else self.decision,
            "source": self.source,
            "speaker": self.speaker,
            "topic": self.topic,
            "confidence": self.confidence,
            "mine": "1" if self.mine else "",
        }
        return {name: str(value) for name, value in (given | instead).items() if value}

    @property
    def decision_label(self) -> str:
        """What of decisions is gone through."""
        return str(self.DECISIONS[self.decision])

    @property
    def query(self) -> str:
        """The same as a query string."""
        return urlencode(self.asked())

    def address(self, quote: int | None = None, **instead: Any) -> str:
        """Where this queue is looked at, at this quote or at its first."""
        asked = self.asked(**instead) | ({"quote": str(quote)} if quote else {})
        page = reverse("admin:claims_review")
        return f"{page}?{urlencode(asked)}" if asked else page

    def rows(self) -> QuerySet[Quote]:
        """Its quotes, in no order."""
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
            least, below = ConfidenceFilter.BANDS[self.confidence]
            rows = rows.filter(confidence__gte=least, confidence__lt=below)
        return rows.filter(self._mine()) if self.mine else rows

    def _mine(self) -> Q:
        """What the editor took or decided last, and what stands in sources that the editor added."""
        added = Source.history.filter(history_user=self.editor, history_type="+").order_by().values("id")
        mine = Q(snapshot__in=Snapshot.objects.filter(source__in=added).order_by().values("pk"))
        # Looked up first: there is one at most, and without it the texts alone decide, which an index answers.
        held = Hold.objects.filter(editor=self.editor).values_list("quote", flat=True).first()
        if held and self.decision in {QuoteDecision.PENDING, "all"}:
            mine |= Q(pk=held)
        if self.decision != QuoteDecision.PENDING:
            mine |= Q(decided_by=self.editor)
        return mine

    def first(self) -> int | None:
        """The first quote's id."""
        return self._in_order(READING_ORDER).first()

    def _in_order(self, order: Sequence[str]) -> QuerySet[Quote, int]:
        """The ids of its quotes, in this order.

        Of one speaker the quotes are few and an index knows which: they are sorted. The index that has all quotes in
        reading order must not be walked for them: `text`, which no index has, keeps a database from that which thinks
        it the shorter way.
        """
        rows = self.rows().alias(text=F("snapshot_id") + 0).values_list("pk", flat=True)
        if isinstance(self.speaker, int):
            order = [column.replace(READING_ORDER[0], "text") for column in order]
        return rows.order_by(*order)

    def beside(self, place: QueuePosition, *, backwards: bool = False) -> int | None:
        """The id of the next quote after this place, or of the one before it; found without counting up to it.

        Looked for at the same place, then in the same text, then in the others: each is a seek in an index, where the
        three in one condition would be a walk through all that the text has.
        """
        side, order = ("lt", _REVERSE_READING_ORDER) if backwards else ("gt", READING_ORDER)
        snapshot, start, pk = place
        steps: tuple[dict[str, int], ...] = (
            {"snapshot": snapshot, "start": start, f"id__{side}": pk},
            {"snapshot": snapshot, f"start__{side}": start},
            {f"{'text' if isinstance(self.speaker, int) else 'snapshot'}__{side}": snapshot},
        )
        rows = self._in_order(order)
        found = (rows.filter(**step).first() for step in steps)
        return next((each for each in found if each), None)

    def onwards(self, place: QueuePosition) -> int | None:
        """The next quote's id, and after the last the first again; not that of the quote which stands here."""
        following = self.beside(place)
        first = following or self.first()
        return first if first != place[2] else None

    def left(self, **within: Any) -> str:
        """How many there are, counted no further than MOST."""
        count = len(self.rows().filter(**within).values_list("pk", flat=True)[: MAX_QUEUE_COUNT + 1])
        return f"{MAX_QUEUE_COUNT}+" if count > MAX_QUEUE_COUNT else str(count)


def review_url(quote: Quote) -> str:
    """Where this quote is looked at among those of its decision."""
    asked = {"quote": str(quote.pk)}
    if quote.decision != QuoteDecision.PENDING:
        asked = {"decision": str(quote.decision)} | asked
    return f"{reverse('admin:claims_review')}?{urlencode(asked)}"


def queue_position(quote: Quote) -> QueuePosition:
    """Where it stands in reading order."""
    return quote.snapshot_id, quote.start, quote.pk
