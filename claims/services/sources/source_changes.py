"""Quotes that the newest snapshot of their source lacks are accepted only by an editor who saw the change."""

from collections.abc import Collection

from claims.models import Anchor
from claims.services.errors import RefusedError

SOURCE_CHANGED_REASON = "its source has changed, compare the versions in the review queue first"


class SourceChangedError(RefusedError):
    """The newest snapshot of the source does not have the quote's words, and the editor has not compared the two."""

    def __init__(self) -> None:
        super().__init__(
            "The source has changed since this quote was found. Compare the versions before you accept it."
        )


def find_unseen_changes(*, quotes: Collection[int], seen_snapshots: Collection[int]) -> set[int]:
    """The ids of those of the quotes that the newest snapshot of their source lacks, unless it is in `seen_snapshots`.

    A quote counts as missing, too, if its words stand at several places there.
    """
    anchors = Anchor.objects.missing().in_newest_snapshot().filter(quote__in=quotes)
    return set(anchors.exclude(snapshot__in=seen_snapshots).order_by().values_list("quote", flat=True))
