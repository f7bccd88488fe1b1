"""Imports claims: adds new ones and changes those that are not public."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from claims.models import Claim, HistoryCause, Speaker, Topic
from claims.services.claims import corrections
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.references import SpeakerLookup, collect_row_ids, find_repeated_ids, parse_row_id
from claims.services.imports.row_outcomes import NO_VALUE, RowOutcome, RowStatus, describe_change, truncate_cell
from claims.services.imports.spreadsheet import SheetRow, Spreadsheet

_FIELD_LABELS = {"text": "claim", "speaker": "speaker", "said_on": "said on"}

FieldValue = str | Speaker | date | None
FieldChanges = list[tuple[str, str, str]]


@dataclass
class _ClaimRow:
    """A row with its claim and the values that the claim shall have, of the columns that the file contains."""

    row: SheetRow
    claim: Claim
    values: dict[str, FieldValue]
    topics: list[Topic] | None
    changes: FieldChanges = field(default_factory=list)

    @property
    def changes_topics(self) -> bool:
        return self.topics is not None and any(name == "topics" for name, _, _ in self.changes)

    def outcome(self) -> RowOutcome:
        if not self.claim.pk:
            label = truncate_cell(self.row.cells["claim"])
            return RowOutcome(self.row.line, RowStatus.NEW, label, changes=tuple(self.changes))
        status = RowStatus.CHANGED if self.changes else RowStatus.UNCHANGED
        label = truncate_cell(self.claim.text)
        return RowOutcome(self.row.line, status, label, changes=tuple(self.changes), pk=self.claim.pk)


def import_claims(sheet: Spreadsheet, editor: User, reason: str) -> list[RowOutcome]:
    """Store the rows unless one of them is rejected, within the caller's transaction.

    A row with a `claim_id` changes that claim: the columns that the file contains take the values of its cells, an
    empty cell clears the value. A row without one adds a claim, unless one with the same text and speaker exists. Their
    wording is confirmed: what was a proposal is one no more.
    Public claims are not changed, except for their topics, because a public note would be needed.
    """
    lookup = _ClaimLookup(sheet)
    outcomes: list[RowOutcome] = []
    new: list[_ClaimRow] = []
    changed: list[_ClaimRow] = []
    for row in sheet.rows:
        try:
            claim_row = lookup.read(row)
        except RefusedError as refusal:
            label = truncate_cell(row.cells.get("claim", ""))
            outcomes.append(RowOutcome(row.line, RowStatus.REJECTED, label, error=str(refusal)))
            continue
        outcomes.append(claim_row.outcome())
        if not claim_row.claim.pk:
            new.append(claim_row)
        elif claim_row.changes:
            changed.append(claim_row)
    if not any(outcome.status == RowStatus.REJECTED for outcome in outcomes):
        _store_claims(new, changed, editor, reason)
    return outcomes


def _store_claims(new: list[_ClaimRow], changed: list[_ClaimRow], editor: User, reason: str) -> None:
    for claim_row in (*new, *changed):
        for name, value in claim_row.values.items():
            setattr(claim_row.claim, name, value)
        claim_row.claim.wording_confirmed_at = claim_row.claim.wording_confirmed_at or timezone.now()
    audit.create([claim_row.claim for claim_row in new], user=editor, reason=reason, cause=HistoryCause.IMPORTED)
    claims = [claim_row.claim for claim_row in changed]
    with corrections.public_change(editor=editor, claims=[claim.pk for claim in claims]):
        fields = ["text", "speaker", "said_on", "wording_confirmed_at"]
        audit.update(claims, fields, user=editor, reason=reason, cause=HistoryCause.IMPORTED)
    retagged = [claim_row for claim_row in (*new, *changed) if claim_row.changes_topics]
    topics = {claim_row.claim.pk: [topic.pk for topic in claim_row.topics or []] for claim_row in retagged}
    audit.set_topics(
        [claim_row.claim for claim_row in retagged], topics, user=editor, reason=reason, cause=HistoryCause.IMPORTED
    )


class _ClaimLookup:
    """Loads everything that the rows refer to in a fixed number of queries, then reads them one by one."""

    def __init__(self, sheet: Spreadsheet) -> None:
        self._columns = sheet.columns
        self._speakers = SpeakerLookup(sheet.rows)
        self._repeated_ids = find_repeated_ids(sheet.rows, "claim_id")
        ids = collect_row_ids(sheet.rows, "claim_id")
        locked = Claim.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        self._claims = {claim.pk: claim for claim in locked.prefetch_related("topics")}
        self._public_ids = set(Claim.objects.released().filter(pk__in=ids).values_list("pk", flat=True))
        names = {name for row in sheet.rows for name in _topic_names(row)}
        self._topics = {topic.name: topic for topic in Topic.objects.filter(name__in=names)}
        texts = {row.get("claim") for row in sheet.rows}
        by_speaker = Q(speaker__in=self._speakers.speaker_ids) | Q(speaker=None)  # there is no index on the text alone
        same = Claim.objects.filter(by_speaker, text__in=texts, retracted_at=None)
        self._same = {
            (claim.speaker_id, claim.text): claim for claim in same.order_by("-pk").prefetch_related("topics")
        }
        self._new_lines: dict[tuple[int | None, str], int] = {}  # the lines that add a claim, by speaker and text

    def read(self, row: SheetRow) -> _ClaimRow:
        """The row with its claim. Raises RefusedError with what is wrong."""
        pk = parse_row_id(row.get("claim_id"), "claim_id")
        if str(pk) in self._repeated_ids:
            raise RefusedError(f"Claim {pk} appears in several rows.")
        claim = self._claims.get(pk) if pk is not None else Claim()
        if claim is None:
            raise RefusedError(f"Claim {pk} does not exist.")
        text = row.cells["claim"]
        if not (claim.pk and text == claim.text):
            text = text.strip()
        if not text:
            raise RefusedError("Claim text is empty.")
        speaker = self._speakers.resolve(row)
        values: dict[str, FieldValue] = {"text": text}
        if {"speaker", "speaker_id"} & self._columns:
            values["speaker"] = speaker
        if "said_on" in self._columns:
            values["said_on"] = _parse_date(row.get("said_on"))
        topics = [self._topic(name) for name in _topic_names(row)] if "topics" in self._columns else None
        if not claim.pk:
            claim = self._find_same(row, (speaker.pk if speaker else None, text), values, topics) or claim
        claim_row = _ClaimRow(row, claim, values, topics, _claim_changes(claim, values, topics))
        self._refuse_public_change(claim_row)
        return claim_row

    def _find_same(
        self,
        row: SheetRow,
        identity: tuple[int | None, str],
        values: dict[str, FieldValue],
        topics: list[Topic] | None,
    ) -> Claim | None:
        """The stored claim that a new row repeats. Raises RefusedError if they differ, or if an earlier row adds it."""
        if identity in self._new_lines:
            raise RefusedError(f"Duplicate of line {self._new_lines[identity]}.")
        self._new_lines[identity] = row.line
        same = self._same.get(identity)
        if same and same.wording_confirmed_at and _claim_changes(same, values, topics):
            raise RefusedError(f"Claim {same.pk} already has this text and speaker. Add its claim_id to change it.")
        return same

    def _refuse_public_change(self, claim_row: _ClaimRow) -> None:
        claim = claim_row.claim
        names = {name for name, _, _ in claim_row.changes}
        if names and claim.merged_into_id:
            raise RefusedError("Merged into another claim. Change that claim instead.")
        if names and claim.retracted_at:
            raise RefusedError("Retracted claims cannot be changed.")
        if names - {"topics"} and claim.pk in self._public_ids:
            raise RefusedError("This claim is public. Change it on its own page, with a public note.")

    def _topic(self, name: str) -> Topic:
        if name not in self._topics:
            raise RefusedError(f"No topic named “{truncate_cell(name)}”. Add it first.")
        return self._topics[name]


def _topic_names(row: SheetRow) -> list[str]:
    """The names in the `topics` cell, without duplicates."""
    return list(dict.fromkeys(name.strip() for name in row.get("topics").split(";") if name.strip()))


def _parse_date(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no time zone
    except ValueError as error:
        raise RefusedError(f"“{truncate_cell(text)}” is not a date. Use the form 2026-01-31.") from error


def _claim_changes(claim: Claim, values: dict[str, FieldValue], topics: list[Topic] | None) -> FieldChanges:
    changes = []
    for name, label in _FIELD_LABELS.items():
        former = getattr(claim, name) if claim.pk else None
        if name in values and values[name] != former and not (name == "text" and not claim.pk):
            changes.append(describe_change(label, former, values[name]))
    if topics is not None:
        before = sorted(topic.name for topic in claim.topics.all()) if claim.pk else []
        after = sorted(topic.name for topic in topics)
        if before != after:
            changes.append(("topics", "; ".join(before) or NO_VALUE, "; ".join(after) or NO_VALUE))
    if claim.pk and claim.wording_confirmed_at is None:
        changes.append(("wording", "proposed", "confirmed"))
    return changes
