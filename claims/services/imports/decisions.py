"""Decisions on quotes from a table, and who is quoted: each through the service that guards it."""

from collections import defaultdict
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Quote, QuoteDecision, Speaker
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.errors import RefusedError
from claims.services.imports.row_outcomes import (
    CHANGED,
    EMPTY_CELL,
    REFUSED,
    UNCHANGED,
    RowOutcome,
    SpeakerLookup,
    find_repeated_ids,
    parse_row_id,
    truncate_cell,
)
from claims.services.imports.spreadsheet import SheetRow, Spreadsheet
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers import directory

_DECISIONS_BY_WORD = {word.casefold(): each for each in QuoteDecision for word in (each.value, each.label)}
MAX_REASON_LENGTH = 100  # what a history keeps of it


def import_decisions(sheet: Spreadsheet, editor: User) -> list[RowOutcome]:
    """Decide the quotes, and tell what became of each row; part of the caller's transaction.

    An empty cell leaves what is. A speaker is set before the decision, so that a quote without one can be accepted.
    """
    fates: dict[int, RowOutcome] = {}
    waiting: defaultdict[tuple[QuoteDecision, str], list[Quote]] = defaultdict(list)
    lines: dict[int, int] = {}
    known = _QuoteLookup(sheet)
    for line in sheet.lines:
        try:
            quote, speaker, decision = known.wanted(line)
            fates[line.number] = _build_outcome(line, quote, speaker, decision)
            if speaker and speaker.pk != quote.speaker_id:
                with transaction.atomic():
                    directory.set_speaker(quote=quote, speaker=speaker, editor=editor)
            if decision and decision != quote.decision:
                waiting[decision, line.cells.get("reason", "").strip()].append(quote)
                lines[quote.pk] = line.number
        except PublicNoteRequiredError:
            fates[line.number] = _refused_outcome(
                line, fates, "Readers see it: do it on its page, where they are told why."
            )
        except RefusedError as refusal:
            fates[line.number] = _refused_outcome(line, fates, str(refusal))
    for (decision, reason), quotes in waiting.items():
        for pk, why in _decide_quotes(quotes, decision, reason, editor).items():
            fates[lines[pk]] = replace(fates[lines[pk]], outcome=REFUSED, why=why)
    return list(fates.values())


def _decide_quotes(quotes: list[Quote], decision: QuoteDecision, reason: str, editor: User) -> dict[int, str]:
    """Decide these; of those that are refused, why."""
    ids = [quote.pk for quote in quotes]
    try:
        with transaction.atomic():
            done = decide_quotes(quotes=ids, decision=decision, editor=editor, reason=reason)
    except PublicNoteRequiredError as needed:
        claims = {claim.pk for claim in needed.claims}
        of = Quote.objects.filter(pk__in=ids, claim__in=claims).values_list("pk", flat=True)
        why = "Readers see its claim: decide it on its page, where they are told what was changed and why."
        return dict.fromkeys(of or ids, why)
    return {quote.pk: f"It cannot be {decision.label.lower()}: {why}." for quote, why in done.refused}


class _QuoteLookup:
    """What the rows refer to, looked up at once."""

    def __init__(self, sheet: Spreadsheet) -> None:
        self._speakers = SpeakerLookup(sheet.lines)
        self._twice = find_repeated_ids(sheet.lines, "quote_id")
        given = [line.cells["quote_id"].strip() for line in sheet.lines]
        ids = [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19]
        rows = Quote.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        self._quotes = {quote.pk: quote for quote in rows.select_related("speaker")}

    def wanted(self, line: SheetRow) -> tuple[Quote, Speaker | None, QuoteDecision | None]:
        """The row's quote, who is quoted and what is decided, where it says so. Raises RefusedError."""
        pk = parse_row_id(line.cells["quote_id"], "quote_id")
        if pk is None:
            raise RefusedError("It names no quote.")
        if str(pk) in self._twice:
            raise RefusedError(f"Quote {pk} is in several rows: which one is meant?")
        if pk not in self._quotes:
            raise RefusedError(f"There is no quote {pk}.")
        word = line.cells.get("decision", "").strip()
        if word and word.casefold() not in _DECISIONS_BY_WORD:
            known = ", ".join(each.value for each in QuoteDecision)
            raise RefusedError(f"“{truncate_cell(word)}” is no decision: {known} are.")
        if len(line.cells.get("reason", "").strip()) > MAX_REASON_LENGTH:
            raise RefusedError(f"The reason has more than {MAX_REASON_LENGTH} characters.")
        return self._quotes[pk], self._speakers.meant(line), _DECISIONS_BY_WORD.get(word.casefold())


def _build_outcome(line: SheetRow, quote: Quote, speaker: Speaker | None, decision: QuoteDecision | None) -> RowOutcome:
    changes = []
    if speaker and speaker.pk != quote.speaker_id:
        changes.append(("speaker", str(quote.speaker or EMPTY_CELL), str(speaker)))
    if decision and decision != quote.decision:
        changes.append(("decision", quote.get_decision_display(), str(decision.label)))
    outcome = CHANGED if changes else UNCHANGED
    return RowOutcome(line.number, outcome, truncate_cell(quote.exact), changes=tuple(changes), row=quote.pk)


def _refused_outcome(line: SheetRow, fates: dict[int, RowOutcome], why: str) -> RowOutcome:
    known = fates.get(line.number)
    about = known.about if known else truncate_cell(f"quote {line.cells['quote_id'].strip()}")
    return RowOutcome(line.number, REFUSED, about, changes=known.changes if known else (), why=why)
