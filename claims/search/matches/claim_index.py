"""The index of the claims' meaning: files beside the data, made again from the database when they are lost."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db.models import Max, QuerySet

from claims.matching import Index, Match, load_encoder, unpack_vector
from claims.models import Claim, ClaimVector
from claims.reading import WRITER, reading_from

ROWS_PER_BATCH = 1000


class ClaimIndex:
    """Finds current claims in a confirmed wording, of whatever age. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, Lock()
        self._index = _open_intact(folder)

    def find(self, text: str, most: int, *, among: QuerySet[Claim] | None = None) -> list[Match]:
        """Returns the claims nearest to a text, the best first. Vectors that were stored meanwhile are read before.

        With `among`, only those claims: the others take no place among the nearest.
        """
        with self._lock, reading_from(WRITER):
            self._catch_up()
            if not len(self._index):
                return []
            read_texts = None if among is None else partial(_read_texts_among, among)
            return self._index.find(text, load_encoder().embed(text), most, read_texts=read_texts)

    def count_claims(self) -> int:
        """Counts the claims that can be found, after bringing the index up to date."""
        with self._lock, reading_from(WRITER):
            self._catch_up()
            return len(self._index)

    def _catch_up(self) -> None:
        if not self._folder.exists():
            self._index = _open_intact(self._folder)
        newest = read_last_sequence()
        if newest < self._index.sequence:  # another database, or an earlier state of it
            self._index.clear()
        rows = ClaimVector.objects.order_by("sequence")
        while self._index.sequence < newest:
            batch = list(rows.filter(sequence__gt=self._index.sequence)[:ROWS_PER_BATCH])
            if not batch:  # deleted meanwhile
                break
            # Also those that are merged or retracted by now, which may be undone.
            texts = dict(Claim.objects.filter(pk__in=[row.pk for row in batch]).values_list("pk", "text"))
            self._index.remove(row.pk for row in batch if not row.vector)
            self._index.put(
                (row.pk, texts[row.pk], unpack_vector(bytes(row.vector)))
                for row in batch
                if row.vector and row.pk in texts
            )
            self._index.sequence = batch[-1].sequence


def open_claim_index() -> ClaimIndex:
    """Returns the index in the data directory, opened once by each process."""
    return _open(Path(settings.DATA_DIR) / "claim-index")


@cache  # the files stay mapped; what other processes write to them is seen
def _open(folder: Path) -> ClaimIndex:
    return ClaimIndex(folder)


def _open_intact(folder: Path) -> Index:
    index = Index(folder, _read_texts)
    if not index.is_intact():
        index.clear()
    return index


def read_last_sequence() -> int:
    """Returns a number that rises whenever a claim is found by another vector, or is no longer found."""
    return ClaimVector.objects.aggregate(last=Max("sequence"))["last"] or 0


def _read_texts(ids: Sequence[int]) -> Mapping[int, str]:
    return _read_texts_among(Claim.objects.current().confirmed(), ids)


def _read_texts_among(claims: QuerySet[Claim], ids: Sequence[int]) -> Mapping[int, str]:
    return dict(claims.filter(pk__in=ids).values_list("pk", "text"))
