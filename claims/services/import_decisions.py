"""Decisions on quotes from a table, and who is quoted: each through the service that guards it."""

from collections import defaultdict
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Decision, Quote, Speaker
from claims.services import resolve
from claims.services.correct import NoteNeededError
from claims.services.decide import decide
from claims.services.import_fates import (
    CHANGED,
    NOTHING,
    REFUSED,
    UNCHANGED,
    Fate,
    Speakers,
    number,
    short,
    twice,
)
from claims.services.refusal import RefusedError
from claims.services.sheet import Line, Sheet

_DECISIONS = {word.casefold(): each for each in Decision for word in (each.value, each.label)}
LONGEST_REASON = 100  # what a history keeps of it


def import_decisions(sheet: Sheet, editor: User) -> list[Fate]:
    """Decide the quotes, and tell what became of each row; part of the caller's transaction.

    An empty cell leaves what is. A speaker is set before the decision, so that a quote without one can be accepted.
    """
    fates: dict[int, Fate] = {}
    waiting: defaultdict[tuple[Decision, str], list[Quote]] = defaultdict(list)
    lines: dict[int, int] = {}
    known = _Known(sheet)
    for line in sheet.lines:
        try:
            quote, speaker, decision = known.wanted(line)
            fates[line.number] = _fate(line, quote, speaker, decision)
            if speaker and speaker.pk != quote.speaker_id:
                with transaction.atomic():
                    resolve.set_speaker(quote=quote, speaker=speaker, editor=editor)
            if decision and decision != quote.decision:
                waiting[decision, line.cells.get("reason", "").strip()].append(quote)
                lines[quote.pk] = line.number
        except NoteNeededError:
            fates[line.number] = _refused(line, fates, "Readers see it: do it on its page, where they are told why.")
        except RefusedError as refusal:
            fates[line.number] = _refused(line, fates, str(refusal))
    for (decision, reason), quotes in waiting.items():
        for pk, why in _decided(quotes, decision, reason, editor).items():
            fates[lines[pk]] = replace(fates[lines[pk]], outcome=REFUSED, why=why)
    return list(fates.values())


def _decided(quotes: list[Quote], decision: Decision, reason: str, editor: User) -> dict[int, str]:
    """Decide these; of those that are refused, why."""
    ids = [quote.pk for quote in quotes]
    try:
        with transaction.atomic():
            done = decide(quotes=ids, decision=decision, editor=editor, reason=reason)
    except NoteNeededError as needed:
        claims = {claim.pk for claim in needed.claims}
        of = Quote.objects.filter(pk__in=ids, claim__in=claims).values_list("pk", flat=True)
        why = "Readers see its claim: decide it on its page, where they are told what was changed and why."
        return dict.fromkeys(of or ids, why)
    return {quote.pk: f"It cannot be {decision.label.lower()}: {why}." for quote, why in done.refused}


class _Known:
    """What the rows refer to, looked up at once."""

    def __init__(self, sheet: Sheet) -> None:
        self._speakers = Speakers(sheet.lines)
        self._twice = twice(sheet.lines, "quote_id")
        given = [line.cells["quote_id"].strip() for line in sheet.lines]
        ids = [int(text) for text in given if text.isascii() and text.isdigit() and len(text) < 19]
        rows = Quote.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        self._quotes = {quote.pk: quote for quote in rows.select_related("speaker")}

    def wanted(self, line: Line) -> tuple[Quote, Speaker | None, Decision | None]:
        """The row's quote, who is quoted and what is decided, where it says so. Raises RefusedError."""
        pk = number(line.cells["quote_id"], "quote_id")
        if pk is None:
            raise RefusedError("It names no quote.")
        if str(pk) in self._twice:
            raise RefusedError(f"Quote {pk} is in several rows: which one is meant?")
        if pk not in self._quotes:
            raise RefusedError(f"There is no quote {pk}.")
        word = line.cells.get("decision", "").strip()
        if word and word.casefold() not in _DECISIONS:
            known = ", ".join(each.value for each in Decision)
            raise RefusedError(f"“{short(word)}” is no decision: {known} are.")
        if len(line.cells.get("reason", "").strip()) > LONGEST_REASON:
            raise RefusedError(f"The reason has more than {LONGEST_REASON} characters.")
        return self._quotes[pk], self._speakers.meant(line), _DECISIONS.get(word.casefold())


def _fate(line: Line, quote: Quote, speaker: Speaker | None, decision: Decision | None) -> Fate:
    changes = []
    if speaker and speaker.pk != quote.speaker_id:
        changes.append(("speaker", str(quote.speaker or NOTHING), str(speaker)))
    if decision and decision != quote.decision:
        changes.append(("decision", quote.get_decision_display(), str(decision.label)))
    outcome = CHANGED if changes else UNCHANGED
    return Fate(line.number, outcome, short(quote.exact), changes=tuple(changes), row=quote.pk)


def _refused(line: Line, fates: dict[int, Fate], why: str) -> Fate:
    known = fates.get(line.number)
    about = known.about if known else short(f"quote {line.cells['quote_id'].strip()}")
    return Fate(line.number, REFUSED, about, changes=known.changes if known else (), why=why)
