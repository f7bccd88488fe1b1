"""The copies of a verification's evidence, as its page shows them."""

from dataclasses import dataclass
from typing import Any

from claims.models import Evidence, EvidenceCopy, Verification

CONTEXT_LENGTH = 200  # characters of the copy on each side of the excerpt


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """A copy, and the excerpt in it with what stands around it; without `is_found`, the excerpt is not in the text."""

    evidence: Evidence
    copy: EvidenceCopy
    is_found: bool
    before: str = ""
    excerpt: str = ""
    after: str = ""


def list_copies(verification: Verification) -> list[ShownCopy]:
    copies: Any = EvidenceCopy.objects.filter(evidence__verification=verification)
    copies = copies.select_related("evidence", "raw").defer("raw__compressed").order_by("evidence")
    return [_show(copy) for copy in copies]


def _show(copy: EvidenceCopy) -> ShownCopy:
    evidence = copy.evidence
    start, end = copy.start, copy.end
    if start is None or end is None:
        return ShownCopy(evidence, copy, is_found=False)
    return ShownCopy(
        evidence,
        copy,
        is_found=True,
        before=copy.text[max(0, start - CONTEXT_LENGTH) : start],
        excerpt=copy.exact,
        after=copy.text[end : end + CONTEXT_LENGTH],
    )
