"""What a finding says, in words."""

from collections.abc import Iterator

from claims.models import Quote, QuoteDecision
from claims.services.drafts.alignment import Alteration
from claims.services.drafts.findings import Finding, FoundPassage, Outcome
from claims.services.history.word_diff import DiffOp, DiffPart

_OUTCOME_LABELS = {
    Outcome.VERBATIM: "Verbatim",
    Outcome.ALTERED: "Altered",
    Outcome.OTHER_SPEAKER: "Another speaker",
    Outcome.REPORTED: "Only reported indirectly",
    Outcome.KNOWN_CLAIM: "Known claim",
    Outcome.NOT_FOUND: "Not found",
}
_ALTERATION_LABELS = {
    Alteration.LEFT_OUT: "words left out without an ellipsis",
    Alteration.CHANGED: "words changed",
    Alteration.ADDED: "words added",
    Alteration.JOINED: "joined from two places",
    Alteration.NEGATION: "a negation is left out at the ellipsis",
}


def outcome_label(outcome: Outcome) -> str:
    return _OUTCOME_LABELS[outcome]


def alteration_labels(finding: Finding) -> list[str]:
    return [_ALTERATION_LABELS[alteration] for alteration in finding.alterations]


def describe(finding: Finding) -> Iterator[str]:
    """Yields a line for each thing that is known of a quotation."""
    if labels := alteration_labels(finding):
        yield f"{', '.join(labels).capitalize()}: {_write_diff(finding.diff)}"
    if finding.passage:
        yield describe_passage(finding.passage)
        if note := passage_note(finding):
            yield note
    if finding.joined_with:
        yield f"Joined with: {describe_passage(finding.joined_with)}"
    if found := finding.claim:
        rating = found.verification.rating
        yield f"Claim rated {rating.name if rating else 'nothing'}: {found.claim.text}"
        yield from (f"{difference.kind}: {difference}" for difference in found.differences)


def describe_passage(passage: FoundPassage) -> str:
    speaker = passage.quote.speaker.name if passage.quote and passage.quote.speaker else "Speaker not recorded"
    source = passage.snapshot.source
    return ", ".join(filter(None, (speaker, str(source), source.publisher)))


def passage_note(finding: Finding) -> str:
    """Returns what an editor should know of the passage, if anything."""
    passage, quotation = finding.passage, finding.quotation
    if passage is None:
        return ""
    if finding.outcome is Outcome.REPORTED and quotation.is_reported:
        return "The draft gives it in its own words."
    if passage.quote is None:
        return "In this text, but not a stored quote." + ("" if passage.is_quoted else " Not in quotation marks there.")
    return "" if passage.quote.decision == QuoteDecision.ACCEPTED else _not_accepted(passage.quote)


def _not_accepted(quote: Quote) -> str:
    return f"The quote is {quote.get_decision_display().lower()}: nobody has accepted it yet."


def _write_diff(diff: tuple[DiffPart, ...]) -> str:
    signs = {DiffOp.GONE: ("[-", "-]"), DiffOp.NEW: ("{+", "+}"), DiffOp.KEPT: ("", "")}
    return "".join(
        f"{signs[op][0]}{text.rstrip()}{signs[op][1]}{' ' if text[-1:].isspace() else ''}" for op, text in diff
    )
