"""What a check of a draft finds: one outcome for each of its quotations, with what shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from claims.models import Claim, Quote, Snapshot, Verification
from claims.search.matches.similar_claims import WordDifference
from claims.services.drafts.alignment import Alteration
from claims.services.drafts.draft_quotations import DraftQuotation
from claims.services.history.word_diff import DiffPart


class Outcome(StrEnum):
    """What is known of a quotation."""

    VERBATIM = "verbatim"
    ALTERED = "altered"
    OTHER_SPEAKER = "other-speaker"
    REPORTED = "reported"
    KNOWN_CLAIM = "known-claim"
    NOT_FOUND = "not-found"


class Audience(StrEnum):
    """Who a draft is checked for: what they may not see, it is not compared with."""

    EDITORS = "editors"
    READERS = "readers"


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """Where the words stand: in a version of a source, and the stored quote there, if there is one.

    `start` and `end` are code points of the version's text; of the quote's exact words for readers, who do not see the
    text. `is_quoted` says whether they stand between quotation marks there; transcripts have none.
    """

    snapshot: Snapshot
    quote: Quote | None
    start: int
    end: int
    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that has been checked, and in what the quotation differs from it."""

    claim: Claim
    verification: Verification
    differences: tuple[WordDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one quotation of a draft.

    `diff` leads from the source's words to the draft's. `joined_with` is where other words of the quotation stand.
    """

    number: int
    quotation: DraftQuotation
    outcome: Outcome
    passage: FoundPassage | None = None
    joined_with: FoundPassage | None = None
    alterations: tuple[Alteration, ...] = ()
    diff: tuple[DiffPart, ...] = ()
    claim: FoundClaim | None = None

    @property
    def text(self) -> str:
        """The quotation as the draft has it."""
        draft = self.quotation.quoted.words.text
        return " […] ".join(" ".join(span.of(draft).split()) for span in self.quotation.spans)


@dataclass(frozen=True, slots=True)
class DraftReport:
    """The draft, and what was found of each of its quotations, in reading order."""

    text: str
    findings: Sequence[Finding] = field(default=())

    def count_outcomes(self) -> dict[Outcome, int]:
        counts = Counter(finding.outcome for finding in self.findings)
        return {outcome: counts[outcome] for outcome in Outcome}
