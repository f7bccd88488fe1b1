"""The card beside the article: doubts about the quote, speaker candidates and what was done with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from claims.admin.common.filters import ConfidenceFilter
from claims.admin.common.formatting import quoted, truncate_line
from claims.admin.common.list_columns import count_related
from claims.models import (
    SET_BY_EDITOR,
    HistoryCause,
    Hold,
    Quote,
    QuoteAct,
    QuoteDecision,
    Speaker,
    SpeakerKind,
    SpeakerName,
)
from claims.models.name_keys import MAX_NAME_KEY_LENGTH, name_key
from claims.services.quotes.wording import EDITOR_EXTRACTOR

MAX_CANDIDATES = 6
MAX_ACTIVITY_ENTRIES = 12  # the history page has all of them
MAX_CARD_CHARACTERS = 4_000  # the article beside the card has the whole quote
_GROUP_NOUNS = (
    "sources",
    "officials",
    "analysts",
    "experts",
    "observers",
    "critics",
    "residents",
    "people",
    "they",
    "some",
)
_PRONOUNS = ("he", "she", "they", "it", "we", "i", "you", "who", "one")
_PERSON_PRONOUNS = ("he", "she", "i")
_CAUSES_SEEN_FROM_CHANGE = {
    HistoryCause.EXTRACTED,
    HistoryCause.DECIDED,
    HistoryCause.SPEAKER_SET,
    HistoryCause.CLAIM_SET,
    HistoryCause.REWORDED,
}
LOW_CONFIDENCE = ConfidenceFilter.BANDS["medium"][0]
_UNNAMED_SOURCES = ("source", "a source", "the source", "insider", "an insider")


@dataclass(frozen=True, slots=True)
class QuoteActivity:
    """One change of the quote: who did what, when and why."""

    who: str
    at: datetime
    what: str
    why: str


def describe_doubts(quote: Quote) -> list[str]:
    """Reasons to check the quote carefully before accepting it."""
    return list(_doubts(quote))


def _doubts(quote: Quote) -> Iterator[str]:
    if quote.extractor == EDITOR_EXTRACTOR:
        return
    yield from _doubts_about_speaker(quote)
    if quote.confidence < LOW_CONFIDENCE:
        yield "Low confidence"
    elif quote.confidence < ConfidenceFilter.BANDS["high"][0]:
        yield "Medium confidence"
    if quote.repaired:
        yield f"The model's result was corrected by a rule: {', '.join(map(str, quote.repaired))}"
    if quote.act != QuoteAct.SPEECH:
        yield "Reported thought, not speech" if quote.act == QuoteAct.THOUGHT else "Neither speech nor thought"
    if not quote.cue:
        yield "No reporting verb"
    if len(quote.spans) > 1:
        yield f"{len(quote.spans)} parts"
    yield from quote.snapshot.source.warning_messages


def _doubts_about_speaker(quote: Quote) -> Iterator[str]:
    names = [str(name) for name in quote.candidates]
    confidence = SET_BY_EDITOR if quote.speaker_confidence is None else quote.speaker_confidence
    if quote.speaker_id is None and len(names) > 1:
        yield f"“{quote.mention}” may be {', '.join(names[:-1])} or {names[-1]}"
    elif quote.speaker_id is None:
        yield f"No match for “{quote.mention}”" if quote.mention else "The text names no speaker"
    elif confidence < (SET_BY_EDITOR if names else LOW_CONFIDENCE):
        others = f": may also be {' or '.join(names)}" if names else ""
        yield f"Speaker uncertain ({confidence:.0%}){others}"


def candidate_speakers(quote: Quote) -> list[Speaker]:
    """Speakers with the name of the mention or of a candidate, the most quoted first."""
    names = {name_key(str(name)) for name in (*quote.candidates, quote.mention) if name}
    speaker_ids = SpeakerName.objects.filter(key__in=names).order_by().values("speaker")
    rows = Speaker.objects.current().filter(pk__in=speaker_ids).exclude(pk=quote.speaker_id or 0)
    return list(annotate_speakers(rows)[:MAX_CANDIDATES])


def annotate_speakers(rows: QuerySet[Speaker]) -> QuerySet[Speaker]:
    """Adds the number of accepted quotes and the positions, and orders by the former."""
    count = count_related(Quote.objects.accepted(), "speaker")
    return rows.annotate(n_quotes=count).prefetch_related("positions").order_by("-n_quotes", "name", "id")


def summarize_speaker(speaker: Any) -> str:
    """Position and number of quotes, to distinguish speakers of the same name."""
    positions = [str(position) for position in speaker.positions.all()[:1]]
    count = f"{speaker.n_quotes} accepted quote{'' if speaker.n_quotes == 1 else 's'}"
    kind = "" if speaker.kind == SpeakerKind.PERSON else speaker.get_kind_display().lower()
    return ", ".join(filter(None, [kind, *positions, truncate_line(speaker.description, 60), count]))


def suggested_kind(quote: Quote) -> SpeakerKind:
    """The most likely kind of a new speaker with this mention."""
    words = quote.mention.casefold().split()
    if not words:
        return SpeakerKind.UNNAMED
    if " ".join(words) in _UNNAMED_SOURCES or words[-1] in {"source", "insider"}:
        return SpeakerKind.UNNAMED
    if quote.mention.casefold().strip() in _PERSON_PRONOUNS:
        return SpeakerKind.PERSON
    if words[-1] in _GROUP_NOUNS or quote.mention.split()[-1][0].islower():
        return SpeakerKind.GROUP
    return SpeakerKind.PERSON


def suggested_name(quote: Quote) -> str:
    """The name to suggest for a new speaker."""
    name = str(quote.candidates[0]) if len(quote.candidates) == 1 else " ".join(quote.mention.split())
    return "" if name.casefold() in _PRONOUNS else name[:MAX_NAME_KEY_LENGTH]


def quote_activity(quote: Quote) -> tuple[list[QuoteActivity], int]:
    """The newest changes of the quote, and its version (the ID of its newest history row)."""
    rows = list(
        quote.history.order_by("-history_id").select_related("history_user", "speaker")[: MAX_ACTIVITY_ENTRIES + 1]
    )
    entries = [
        QuoteActivity(
            who=str(row.history_user or "factbase"),
            at=row.history_date,
            what=_describe_change(row, before),
            why=_describe_reason(row),
        )
        for row, before in zip(rows, [*rows[1:], *[None][: len(rows)]], strict=True)
    ]
    return entries[:MAX_ACTIVITY_ENTRIES], rows[0].history_id if rows else 0


def _describe_change(row: Any, before: Any) -> str:
    """What changed from one history row to the next."""
    if before is None:
        return "extracted" if row.history_type == "+" else "changed"
    changes = []
    if row.decision != before.decision:
        changes.append(
            "reset to pending" if row.decision == QuoteDecision.PENDING else row.get_decision_display().lower()
        )
    if row.speaker_id != before.speaker_id:
        changes.append(f"speaker: {row.speaker or 'unknown'}")
    if row.exact != before.exact:
        changes.append(f"wording: {quoted(row.exact, row.kind, 80)}")
    if row.claim_id != before.claim_id:
        changes.append("claim changed")
    changes += [f"{name}: {getattr(row, name)}" for name in ("role", "outlet", "kind") if _differ(row, before, name)]
    return "; ".join(changes) or "no change"


def _describe_reason(row: Any) -> str:
    """The reason; without one the cause, unless what changed says it already."""
    if row.history_cause in _CAUSES_SEEN_FROM_CHANGE:
        return row.history_change_reason or ""
    return str(row.history_reason)


def _differ(row: object, before: object, name: str) -> bool:
    return bool(getattr(row, name) != getattr(before, name))


def lock_of_other_editor(quote: Quote, editor: User) -> Hold | None:
    """The review lock, if another editor holds it. Expects the quote with its `hold`."""
    lock: Hold | None = getattr(quote, "hold", None)
    return lock if lock and lock.editor_id != editor.pk and lock.until > timezone.now() else None
