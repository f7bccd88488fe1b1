"""Claims from a table: new ones, and changes of those that no reader sees."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.db.models import Q

from claims.models import Claim, Speaker, Topic
from claims.services.claims import corrections
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.imports.row_outcomes import (
    CHANGED,
    EMPTY_CELL,
    NEW,
    REFUSED,
    UNCHANGED,
    RowOutcome,
    SpeakerLookup,
    find_repeated_ids,
    parse_row_id,
    truncate_cell,
)
from claims.services.imports.spreadsheet import SheetRow, Spreadsheet

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass
class _ClaimRow:
    """What a row says of its claim: of the columns that the table has, what is to stand there."""

    line: SheetRow
    claim: Claim
    values: dict[str, Any]
    topics: list[Topic] | None
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def import_claims(sheet: Spreadsheet, editor: User) -> list[RowOutcome]:
    """Store the rows, and tell what became of each; part of the caller's transaction.

    A row with a `claim_id` changes that claim: the cells that the table has become what they say, an empty one empties.
    A row without one is a new claim; one that is there already, with the same words and speaker, is not made again.
    What readers see is not changed so, but for its topics: they would have to be told.
    """
    known = _ClaimLookup(sheet)
    fates: list[RowOutcome] = []
    new: list[_ClaimRow] = []
    changed: list[_ClaimRow] = []
    for line in sheet.lines:
        about = truncate_cell(line.cells.get("claim", ""))
        try:
            wanted = known.wanted(line)
        except RefusedError as refusal:
            fates.append(RowOutcome(line.number, REFUSED, about, why=str(refusal)))
            continue
        if not wanted.claim.pk:
            new.append(wanted)
            fates.append(RowOutcome(line.number, NEW, about, changes=tuple(wanted.changes)))
        elif wanted.changes:
            changed.append(wanted)
            about = truncate_cell(wanted.claim.text)
            fates.append(RowOutcome(line.number, CHANGED, about, changes=tuple(wanted.changes), row=wanted.claim.pk))
        else:
            fates.append(RowOutcome(line.number, UNCHANGED, truncate_cell(wanted.claim.text), row=wanted.claim.pk))
    if not any(fate.outcome == REFUSED for fate in fates):
        _store_claims(new, changed, editor)
    return fates


def _store_claims(new: list[_ClaimRow], changed: list[_ClaimRow], editor: User) -> None:
    for wanted in (*new, *changed):
        for name, value in wanted.values.items():
            setattr(wanted.claim, name, value)
    audit.create([wanted.claim for wanted in new], user=editor, reason="imported")
    claims = [wanted.claim for wanted in changed]
    with corrections.public_change(editor=editor, claims=[claim.pk for claim in claims]):
        audit.update(claims, ["text", "speaker", "said_on"], user=editor, reason="imported")
    others = [wanted for wanted in (*new, *changed) if wanted.topics is not None and _changes_topics(wanted)]
    topics: dict[int, Collection[int]] = {each.claim.pk: [topic.pk for topic in each.topics or []] for each in others}
    audit.set_topics([wanted.claim for wanted in others], topics, user=editor, reason="imported: topics")


def _changes_topics(wanted: _ClaimRow) -> bool:
    return any(name == "topics" for name, _, _ in wanted.changes)


class _ClaimLookup:
    """What the rows of the table refer to, looked up at once."""

    def __init__(self, sheet: Spreadsheet) -> None:
        self._columns = sheet.columns
        self._speakers = SpeakerLookup(sheet.lines)
        self._twice = find_repeated_ids(sheet.lines, "claim_id")
        ids = [text for line in sheet.lines if (text := line.cells.get("claim_id", "").strip())]
        keys = [int(text) for text in ids if text.isascii() and text.isdigit() and len(text) < 19]
        locked = Claim.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        self._claims = {claim.pk: claim for claim in locked.prefetch_related("topics")}
        self._released = set(Claim.objects.released().filter(pk__in=keys).values_list("pk", flat=True))
        names = {name for line in sheet.lines for name in _topic_names(line)}
        self._topics = {topic.name: topic for topic in Topic.objects.filter(name__in=names)}
        texts = {line.cells.get("claim", "").strip() for line in sheet.lines}
        of = Q(speaker__in=self._speakers.named) | Q(speaker=None)  # by an index: no look at every claim
        same = Claim.objects.filter(of, text__in=texts, retracted_at=None).order_by("-pk").prefetch_related("topics")
        self._same = {(claim.speaker_id, claim.text): claim for claim in same}
        self._lines: dict[tuple[int | None, str], int] = {}  # what earlier rows of the table add

    def wanted(self, line: SheetRow) -> _ClaimRow:
        """What the row asks for. Raises RefusedError with what is wrong in it."""
        pk = parse_row_id(line.cells.get("claim_id", ""), "claim_id")
        if str(pk) in self._twice:
            raise RefusedError(f"Claim {pk} is in several rows: which one is meant?")
        claim = self._claims.get(pk) if pk is not None else Claim()
        if claim is None:
            raise RefusedError(f"There is no claim {pk}.")
        text = line.cells["claim"]
        text = text if claim.pk and text == claim.text else text.strip()
        if not text:
            raise RefusedError("The claim says nothing.")
        values: dict[str, Any] = {"text": text}
        if {"speaker", "speaker_id"} & self._columns:
            values["speaker"] = self._speakers.meant(line)
        if "said_on" in self._columns:
            values["said_on"] = _parse_date(line.cells["said_on"])
        topics = [self._topic(name) for name in _topic_names(line)] if "topics" in self._columns else None
        if not claim.pk:
            claim = self._not_twice(line, values, topics) or claim
        wanted = _ClaimRow(line, claim, values, topics)
        wanted.changes = _claim_changes(claim, values, topics)
        self._refuse_in_silence(wanted)
        return wanted

    def _not_twice(self, line: SheetRow, values: dict[str, Any], topics: list[Topic] | None) -> Claim | None:
        """The claim that says this already, if all is as the row has it."""
        speaker: Speaker | None = values.get("speaker")
        identity = (speaker.pk if speaker else None, values["text"])
        if identity in self._lines:
            raise RefusedError(f"Line {self._lines[identity]} is the same claim.")
        self._lines[identity] = line.number
        same = self._same.get(identity)
        if same and _claim_changes(same, values, topics):
            raise RefusedError(f"Claim {same.pk} has these words and this speaker: give its claim_id to change it.")
        return same

    def _refuse_in_silence(self, wanted: _ClaimRow) -> None:
        names = {name for name, _, _ in wanted.changes}
        if names and getattr(wanted.claim, "merged_into_id", None):
            raise RefusedError("It was merged into another claim: change that one.")
        if names and wanted.claim.retracted_at:
            raise RefusedError("It was retracted: readers find a stub, which stays as it is.")
        if names - {"topics"} and wanted.claim.pk in self._released:
            raise RefusedError("Readers see it: change it on its page, where they are told what was changed and why.")

    def _topic(self, name: str) -> Topic:
        if name not in self._topics:
            raise RefusedError(f"No topic is called “{truncate_cell(name)}”: add it first.")
        return self._topics[name]


def _topic_names(line: SheetRow) -> list[str]:
    """Of the topics in the row, each once."""
    return list(dict.fromkeys(name.strip() for name in line.cells.get("topics", "").split(";") if name.strip()))


def _parse_date(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  # a day has no time zone
    except ValueError as error:
        raise RefusedError(f"“{truncate_cell(text)}” is no day: write it as 2026-01-31.") from error


def _claim_changes(claim: Claim, values: dict[str, Any], topics: list[Topic] | None) -> list[tuple[str, str, str]]:
    """Field, former and later value of what the row makes another."""
    found = []
    for name, label in (("text", "claim"), ("speaker", "speaker"), ("said_on", "said on")):
        former = getattr(claim, name) if claim.pk else None
        if name in values and values[name] != former and not (name == "text" and not claim.pk):
            found.append(
                (label, truncate_cell(str(former or EMPTY_CELL)), truncate_cell(str(values[name] or EMPTY_CELL)))
            )
    if topics is not None:
        before, after = ([each.name for each in of] for of in (claim.topics.all() if claim.pk else [], topics))
        if sorted(before) != sorted(after):
            found.append(("topics", "; ".join(sorted(before)) or EMPTY_CELL, "; ".join(sorted(after)) or EMPTY_CELL))
    return found
