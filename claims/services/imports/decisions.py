"""Imports decisions on quotes, and their speakers."""

from collections import defaultdict
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims.models import HistoryCause, Quote, QuoteDecision, RejectionReason, Speaker
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.imports.references import SpeakerLookup, collect_row_ids, find_repeated_ids, parse_row_id
from claims.services.imports.row_outcomes import NO_VALUE, RowOutcome, RowStatus, truncate_cell
from claims.services.imports.spreadsheet import SheetRow, Spreadsheet
from claims.services.quotes import speaker_assignment
from claims.services.quotes.decisions import decide_quotes

_DECISIONS_BY_WORD = {
    word.casefold(): decision for decision in QuoteDecision for word in (decision.value, decision.label)
}
_REASONS_BY_WORD = {word.casefold(): reason for reason in RejectionReason for word in (reason.value, reason.label)}
MAX_REASON_LENGTH = 100  # the length of a history reason


def import_decisions(sheet: Spreadsheet, editor: User, reason: str) -> list[RowOutcome]:
    """Decide the quotes and set their speakers, within the caller's transaction. Empty cells change nothing.

    A speaker is set before the decision, so that the same row can accept a quote that had none.
    """
    outcomes: dict[int, RowOutcome] = {}
    quotes_to_decide: defaultdict[tuple[QuoteDecision, RejectionReason, str], list[Quote]] = defaultdict(list)
    lines: dict[int, int] = {}
    lookup = _QuoteLookup(sheet)
    for row in sheet.rows:
        try:
            quote, speaker, decision, rejection_reason = lookup.read(row)
            outcomes[row.line] = _build_outcome(row, quote, speaker, decision)
            if speaker and speaker.pk != quote.speaker_id:
                with transaction.atomic():
                    speaker_assignment.set_speaker(
                        quote=quote, speaker=speaker, editor=editor, reason=reason, cause=HistoryCause.IMPORTED
                    )
            if decision and decision != quote.decision:
                quotes_to_decide[decision, rejection_reason, row.get("reason")].append(quote)
                lines[quote.pk] = row.line
        except PublicNoteRequiredError:
            outcomes[row.line] = _rejected_outcome(
                row, outcomes, "This quote is public. Change it on its own page, with a public note."
            )
        except RefusedError as refusal:
            outcomes[row.line] = _rejected_outcome(row, outcomes, str(refusal))
    for (decision, rejection_reason, comment), quotes in quotes_to_decide.items():
        full_reason = f"{reason}: {comment}" if comment else reason
        for pk, error in _decide_quotes(quotes, decision, rejection_reason, full_reason, editor).items():
            outcomes[lines[pk]] = replace(outcomes[lines[pk]], status=RowStatus.REJECTED, error=error)
    return list(outcomes.values())


def _decide_quotes(
    quotes: list[Quote], decision: QuoteDecision, rejection_reason: RejectionReason, reason: str, editor: User
) -> dict[int, str]:
    """Decide these quotes; returns the error of each that was refused, by id."""
    ids = [quote.pk for quote in quotes]
    try:
        with transaction.atomic():
            result = decide_quotes(
                quotes=ids,
                decision=decision,
                rejection_reason=rejection_reason,
                editor=editor,
                reason=reason,
                cause=HistoryCause.IMPORTED,
            )
    except PublicNoteRequiredError as required:
        claims, own = ({getattr(row, name) for row in required.differences} - {None} for name in ("claim", "quote"))
        refused = Q(claim__in=claims) | Q(pk__in=own)
        refused_ids = Quote.objects.filter(refused, pk__in=ids).values_list("pk", flat=True)
        error = "This quote or its claim is public. Decide it on its own page, with a public note."
        return dict.fromkeys(refused_ids or ids, error)
    return {quote.pk: f"Cannot be {decision.label.lower()}: {reason}." for quote, reason in result.refused}


class _QuoteLookup:
    """Loads everything that the rows refer to in a fixed number of queries, then reads them one by one."""

    def __init__(self, sheet: Spreadsheet) -> None:
        self._speakers = SpeakerLookup(sheet.rows)
        self._repeated_ids = find_repeated_ids(sheet.rows, "quote_id")
        ids = collect_row_ids(sheet.rows, "quote_id")
        quotes = Quote.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        self._quotes = {quote.pk: quote for quote in quotes.select_related("speaker")}

    def read(self, row: SheetRow) -> tuple[Quote, Speaker | None, QuoteDecision | None, RejectionReason]:
        """The quote of the row, its speaker and decision if given, and why it is rejected if it is.

        Raises RefusedError with what is wrong.
        """
        pk = parse_row_id(row.get("quote_id"), "quote_id")
        if pk is None:
            raise RefusedError("quote_id is empty.")
        if str(pk) in self._repeated_ids:
            raise RefusedError(f"Quote {pk} appears in several rows.")
        if pk not in self._quotes:
            raise RefusedError(f"Quote {pk} does not exist.")
        word = row.get("decision")
        if word and word.casefold() not in _DECISIONS_BY_WORD:
            *others, last = QuoteDecision.values
            raise RefusedError(f"“{truncate_cell(word)}” is not a decision; use {', '.join(others)} or {last}.")
        reason = row.get("rejection_reason")
        if reason and reason.casefold() not in _REASONS_BY_WORD:
            *others, last = RejectionReason.values
            raise RefusedError(
                f"“{truncate_cell(reason)}” is not a rejection_reason; use {', '.join(others)} or {last}."
            )
        if len(row.get("reason")) > MAX_REASON_LENGTH:
            raise RefusedError(f"The reason is longer than {MAX_REASON_LENGTH} characters.")
        return (
            self._quotes[pk],
            self._speakers.resolve(row),
            _DECISIONS_BY_WORD.get(word.casefold()),
            _REASONS_BY_WORD.get(reason.casefold(), RejectionReason.OTHER),
        )


def _build_outcome(row: SheetRow, quote: Quote, speaker: Speaker | None, decision: QuoteDecision | None) -> RowOutcome:
    changes = []
    if speaker and speaker.pk != quote.speaker_id:
        changes.append(("speaker", str(quote.speaker or NO_VALUE), str(speaker)))
    if decision and decision != quote.decision:
        changes.append(("decision", quote.get_decision_display(), str(decision.label)))
    status = RowStatus.CHANGED if changes else RowStatus.UNCHANGED
    return RowOutcome(row.line, status, truncate_cell(quote.text), changes=tuple(changes), pk=quote.pk)


def _rejected_outcome(row: SheetRow, outcomes: dict[int, RowOutcome], error: str) -> RowOutcome:
    if outcome := outcomes.get(row.line):
        return RowOutcome(row.line, RowStatus.REJECTED, outcome.label, changes=outcome.changes, error=error)
    return RowOutcome(row.line, RowStatus.REJECTED, truncate_cell(f"quote {row.get('quote_id')}"), error=error)
