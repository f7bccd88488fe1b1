"""The card beside the article: what is known of a quote, why it is unsure, and what was done with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.admin.common.filters import ConfidenceFilter
from claims.admin.common.formatting import shortened
from claims.admin.common.list_columns import count_related
from claims.models import Hold, Quote, QuoteAct, QuoteDecision, Speaker, SpeakerKind, SpeakerName
from claims.models.name_keys import MAX_NAME_KEY_LENGTH, name_key
from claims.services.quotes.wording import EDITOR_EXTRACTOR

MAX_CANDIDATES = 6
MAX_ACTIVITY_ENTRIES = 12  # of the history; all of it is on the page of its own
MAX_CARD_CHARACTERS = 4_000  # characters of a quote on the card: the article beside it has all of them
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
_UNNAMED_SOURCES = ("source", "a source", "the source", "insider", "an insider")


@dataclass(frozen=True, slots=True)
class QuoteActivity:
    """A line of the history: who did what, when and why."""

    who: str
    at: Any
    what: str
    why: str


def describe_doubts(quote: Quote) -> list[str]:
    """Why a person should look twice."""
    return list(_doubts(quote))


def _doubts(quote: Quote) -> Iterator[str]:
    if quote.extractor == EDITOR_EXTRACTOR:
        return
    others = [str(name) for name in quote.candidates]
    if quote.speaker_id is None and len(others) > 1:
        yield f"“{quote.mention}” may be {', '.join(others[:-1])} or {others[-1]}"
    elif quote.speaker_id is None:
        yield f"Nobody is known to be “{quote.mention}”" if quote.mention else "The text names nobody"
    if quote.confidence < ConfidenceFilter.BANDS["medium"][0]:
        yield "The extractor is unsure"
    elif quote.confidence < ConfidenceFilter.BANDS["high"][0]:
        yield "The extractor is not quite sure"
    if quote.repaired:
        yield f"A rule changed what the model found: {', '.join(map(str, quote.repaired))}"
    if quote.act != QuoteAct.SPEECH:
        yield "Thought, not said" if quote.act == QuoteAct.THOUGHT else "Neither said nor thought"
    if not quote.cue:
        yield "No word says that it was said"
    if len(quote.spans) > 1:
        yield f"It is in {len(quote.spans)} parts"


def candidate_speakers(quote: Quote) -> list[Speaker]:
    """The speakers whom the mention or one of its candidates may name, those with the most quotes first."""
    names = {name_key(str(name)) for name in (*quote.candidates, quote.mention) if name}
    bearers = SpeakerName.objects.filter(key__in=names).order_by().values("speaker")
    rows = Speaker.objects.current().filter(pk__in=bearers).exclude(pk=quote.speaker_id or 0)
    return list(annotate_speakers(rows)[:MAX_CANDIDATES])


def annotate_speakers(rows: Any) -> Any:
    """Speakers with how often they were quoted and what they are."""
    count = count_related(Quote.objects.accepted(), "speaker")
    return rows.annotate(n_quotes=count).prefetch_related("positions").order_by("-n_quotes", "name", "id")


def summarize_speaker(speaker: Any) -> str:
    """Position and number of quotes, to tell people of one name apart."""
    positions = [str(position) for position in speaker.positions.all()[:1]]
    count = f"{speaker.n_quotes} accepted quote{'' if speaker.n_quotes == 1 else 's'}"
    kind = "" if speaker.kind == SpeakerKind.PERSON else speaker.get_kind_display().lower()
    return ", ".join(filter(None, [kind, *positions, shortened(speaker.description, 60), count]))


def suggested_kind(quote: Quote) -> SpeakerKind:
    """What a new speaker of this mention most likely is."""
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
    """What a new speaker is called unless the editor says otherwise."""
    name = str(quote.candidates[0]) if len(quote.candidates) == 1 else " ".join(quote.mention.split())
    return "" if name.casefold() in _PRONOUNS else name[:MAX_NAME_KEY_LENGTH]


def quote_activity(quote: Quote) -> tuple[list[QuoteActivity], int]:
    """What was done with it, the latest first; and the newest entry's number, which is the version looked at."""
    rows = list(
        quote.history.order_by("-history_id").select_related("history_user", "speaker")[: MAX_ACTIVITY_ENTRIES + 1]
    )
    entries = [
        QuoteActivity(
            who=str(row.history_user or "factbase"),
            at=row.history_date,
            what=_describe_change(row, before),
            why=_visible_reason(row.history_change_reason or ""),
        )
        for row, before in zip(rows, [*rows[1:], *[None][: len(rows)]], strict=True)
    ]
    return entries[:MAX_ACTIVITY_ENTRIES], rows[0].history_id if rows else 0


def _describe_change(row: Any, before: Any) -> str:
    """What was changed from one entry to the next, in an editor's words."""
    if before is None:
        return "found" if row.history_type == "+" else "changed"
    said = []
    if row.decision != before.decision:
        said.append(
            "put back to pending" if row.decision == QuoteDecision.PENDING else row.get_decision_display().lower()
        )
    if row.speaker_id != before.speaker_id:
        said.append(f"speaker: {row.speaker or 'nobody'}")
    if row.exact != before.exact:
        said.append(f"words: “{shortened(row.exact, 80)}”")
    if row.claim_id != before.claim_id:
        said.append("another claim")
    said += [f"{name}: {getattr(row, name)}" for name in ("role", "outlet", "kind") if _differ(row, before, name)]
    return "; ".join(said) or "touched"


def _differ(row: Any, before: Any, name: str) -> bool:
    return bool(getattr(row, name) != getattr(before, name))


def _visible_reason(reason: str) -> str:
    """The reason, unless it says no more than what was done."""
    plain = {"quote accepted", "quote rejected", "quote pending", "speaker set", "claim set", "words corrected"}
    return "" if reason in plain or reason == "found in the article" else reason


def lock_of_other_editor(quote: Quote, editor: User) -> Hold | None:
    """Who else is looking at it; the quote was read with its hold."""
    held: Hold | None = getattr(quote, "hold", None)
    return held if held and held.editor_id != editor.pk and held.until > timezone.now() else None


def topics(quote: Quote) -> Sequence[Any]:
    """The topics of its claim."""
    return list(quote.claim.topics.all()) if quote.claim else []
