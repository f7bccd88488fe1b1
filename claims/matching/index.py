"""An index of claims by meaning: a folder of memory-mapped files, which can be made again from texts and vectors.

A claim is found by its vector: the signs of its 384 numbers (48 bytes) tell which few are near, their 8-bit numbers
(384 bytes) in which order, and the words that it shares with the text, by BM25, decide among the best. All claims are
candidates, whatever their age; a million take 21 ms and 440 MB.
"""

import fcntl
import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.matching.encoder import DIMENSIONS, FloatArray
from claims.matching.reading.words import lemma_of, split_words

ROWS_PER_SEGMENT = 65_536
NEAR_BY_SIGNS = 1000  # claims whose 8-bit numbers are compared
NEAR_BY_VECTOR = 100  # claims whose words are compared
MOST_READ = 20_000  # near claims that are looked through for NEAR_BY_VECTOR which may be found
LEAST_LIKENESS = 0.3  # of claims looked for further away than those: with less, none has been checked before
WORD_BUCKETS = 1 << 18  # numbers of claims by word, words that fall together counted together
BM25_WEIGHT = 0.015  # of a point of BM25, in cosine: the best on the 400 development queries of CLEF 2020, task 2
BM25_K1, BM25_B = 1.2, 0.75
# P(checked before): logistic, fitted on the best claim found for each of these queries, with and without the right one.
PROBABILITY = {"constant": -4.7, "likeness": 4.55, "score": 1.8}
_SIGN_WORDS = DIMENSIONS // 64
_SCALE = 127.0

Texts = Callable[[Sequence[int]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Match:
    """A claim found: the cosine of its vector and the text's, and with the words that both have (`score`)."""

    id: int
    likeness: float
    score: float

    @property
    def probability(self) -> float:
        value = PROBABILITY["constant"] + PROBABILITY["likeness"] * self.likeness + PROBABILITY["score"] * self.score
        return 1 / (1 + math.exp(-value))


class Index:
    """Claims by meaning, in a folder. Several processes may read it, one at a time changes it.

    `read_texts` returns the texts of claims by their ids, which are positive integers; ids that it does not know are
    left out of what is found.
    """

    def __init__(self, folder: Path, read_texts: Texts) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._read_texts = folder, read_texts
        self._segments: list[_Segment] = []
        self._state = _map_file(folder / "state.i64", np.int64, (4,))  # rows, claims, words of all claims, sequence
        self._word_counts = _map_file(folder / "words.i32", np.int32, (WORD_BUCKETS,))

    def __len__(self) -> int:
        return int(self._state[1])

    @property
    def sequence(self) -> int:
        """The number up to which the owner has brought in its changes; the index itself makes no use of it."""
        return int(self._state[3])

    @sequence.setter
    def sequence(self, value: int) -> None:
        self._state[3] = value

    def put(self, claims: Iterable[tuple[int, str, FloatArray]]) -> None:
        """Adds claims, each with its text and vector, or replaces those of the same ids."""
        latest = {pk: (text, vector) for pk, text, vector in claims}
        with self._locked():
            self._remove(latest)
            for pk, (text, vector) in latest.items():
                row = int(self._state[0])
                segment = self._segment(row // ROWS_PER_SEGMENT)
                segment.write(row % ROWS_PER_SEGMENT, pk, vector)
                self._count_words(text)
                self._state[0] += 1

    def remove(self, ids: Iterable[int]) -> None:
        """Removes claims; ids that are not there are ignored."""
        with self._locked():
            self._remove(ids)

    def clear(self) -> None:
        """Removes all claims and sets the sequence to 0, for every process that has the index open."""
        with self._locked():
            for number in range(self._segment_count):
                self._segment(number).ids[:] = 0
            self._state[:] = 0
            self._word_counts[:] = 0

    def is_intact(self) -> bool:
        """Whether it has as many claims as it says: not if a file was lost, or a change broken off."""
        numbers = range(self._segment_count)
        return len(self) == sum(int(np.count_nonzero(self._segment(number).ids)) for number in numbers)

    def find(self, text: str, vector: FloatArray, most: int = 5, *, read_texts: Texts | None = None) -> list[Match]:
        """Returns the claims nearest to a text, the best first.

        `read_texts`, in place of the index's own, decides which may be found: the others take no place among them,
        however many are nearer.
        """
        words = set(_indexed_words(text))
        weights = {word: self._rarity(word) for word in words}
        matches = [
            Match(pk, likeness, likeness + BM25_WEIGHT * self._bm25(weights, Counter(_indexed_words(claim))))
            for pk, likeness, claim in self._read_nearest(vector, read_texts or self._read_texts)
        ]
        return sorted(matches, key=lambda match: (-match.score, match.id))[:most]

    def _read_nearest(self, vector: FloatArray, read_texts: Texts) -> list[tuple[int, float, str]]:
        """Returns the nearest of the claims that may be found, the nearest first, with their texts."""
        found: list[tuple[int, float, str]] = []
        for batch in self._nearest(vector):
            others = [(pk, likeness) for pk, likeness in batch[NEAR_BY_VECTOR:] if likeness >= LEAST_LIKENESS]
            for claims in (batch[:NEAR_BY_VECTOR], others):
                texts = read_texts([pk for pk, _ in claims]) if claims else {}
                found += [(pk, likeness, texts[pk]) for pk, likeness in claims if pk in texts]
                if len(found) >= NEAR_BY_VECTOR:
                    return sorted(found, key=lambda claim: -claim[1])[:NEAR_BY_VECTOR]
            if not batch or batch[0][1] < LEAST_LIKENESS:
                break
        return found

    def _nearest(self, vector: FloatArray) -> Iterator[list[tuple[int, float]]]:
        """Yields the ids of claims and their likeness, NEAR_BY_SIGNS at a time in the order of their signs.

        Those that come together are in the order of their vectors.
        """
        signs = _pack_signs(vector[np.newaxis])[:, 0]
        rows = int(self._state[0])
        distances = [
            self._segment(number).distances(signs, min(ROWS_PER_SEGMENT, rows - number * ROWS_PER_SEGMENT))
            for number in range(self._segment_count)
        ]
        if not distances:
            return
        joined = np.concatenate(distances)
        if len(joined) <= NEAR_BY_SIGNS:
            yield self._order_by_vector(np.arange(len(joined)), vector)
            return
        nearest = np.argpartition(joined, NEAR_BY_SIGNS)[:NEAR_BY_SIGNS]
        yield self._order_by_vector(nearest, vector)
        # Seldom: only if few of these may be found.
        ranks = joined.astype(np.int16)
        ranks[nearest] = -1
        order = np.argsort(ranks, kind="stable")[:MOST_READ]
        for start in range(NEAR_BY_SIGNS, len(order), NEAR_BY_SIGNS):
            yield self._order_by_vector(order[start : start + NEAR_BY_SIGNS], vector)

    def _order_by_vector(self, rows: NDArray[np.intp], vector: FloatArray) -> list[tuple[int, float]]:
        claims: list[tuple[int, float]] = []
        for number in np.unique(rows // ROWS_PER_SEGMENT):
            segment = self._segment(int(number))
            places = rows[rows // ROWS_PER_SEGMENT == number] % ROWS_PER_SEGMENT
            scores = segment.vectors[places].astype(np.float32) @ vector / _SCALE
            claims += ((int(pk), float(score)) for pk, score in zip(segment.ids[places], scores, strict=True) if pk)
        return sorted(claims, key=lambda claim: -claim[1])

    def _rarity(self, word: str) -> float:
        count, claims = int(self._word_counts[_bucket(word)]), len(self)
        return math.log(1 + (claims - min(count, claims) + 0.5) / (count + 0.5))

    def _bm25(self, weights: Mapping[str, float], counts: Counter[str]) -> float:
        length = counts.total() / max(1.0, self._state[2] / max(1, len(self)))
        return float(
            sum(
                weight * counts[word] * (BM25_K1 + 1) / (counts[word] + BM25_K1 * (1 - BM25_B + BM25_B * length))
                for word, weight in weights.items()
                if word in counts
            )
        )

    def _remove(self, ids: Iterable[int]) -> None:
        removed = np.fromiter(ids, np.int64)
        for number in range(self._segment_count):
            segment = self._segment(number)
            places = np.flatnonzero(np.isin(segment.ids, removed[removed > 0]))
            segment.ids[places] = 0
            self._state[1] -= len(places)

    @property
    def _segment_count(self) -> int:
        return math.ceil(int(self._state[0]) / ROWS_PER_SEGMENT)

    def _count_words(self, text: str) -> None:
        """Counts a claim's words. Those of removed claims stay counted: they only tell how rare a word is."""
        words = _indexed_words(text)
        for word in set(words):
            self._word_counts[_bucket(word)] += 1
        self._state[1] += 1
        self._state[2] += len(words)

    def _segment(self, number: int) -> "_Segment":
        while len(self._segments) <= number:
            self._segments.append(_Segment(self._folder, len(self._segments)))
        return self._segments[number]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


class _Segment:
    """A fixed number of rows: signs [_SIGN_WORDS, row], 8-bit vectors [row, DIMENSIONS] and ids [row], 0 if removed."""

    def __init__(self, folder: Path, number: int) -> None:
        self.signs = _map_file(folder / f"signs-{number:04}.u64", np.uint64, (_SIGN_WORDS, ROWS_PER_SEGMENT))
        self.vectors = _map_file(folder / f"vectors-{number:04}.i8", np.int8, (ROWS_PER_SEGMENT, DIMENSIONS))
        self.ids = _map_file(folder / f"ids-{number:04}.i64", np.int64, (ROWS_PER_SEGMENT,))

    def write(self, place: int, pk: int, vector: FloatArray) -> None:
        self.signs[:, place] = _pack_signs(vector[np.newaxis])[:, 0]
        self.vectors[place] = np.round(vector * _SCALE)
        self.ids[place] = pk

    def distances(self, signs: NDArray[np.uint64], rows: int) -> NDArray[np.uint16]:
        """Returns in how many signs each row differs; more than there are for a removed one."""
        distances = np.zeros(rows, np.uint16)
        for own, sign in zip(self.signs, signs, strict=True):
            distances += np.bitwise_count(own[:rows] ^ sign)
        distances[self.ids[:rows] == 0] = DIMENSIONS + 1
        return distances


def pack_vector(vector: FloatArray) -> bytes:
    """Returns a vector as 8-bit integers, as the index keeps it."""
    return np.round(vector * _SCALE).astype(np.int8).tobytes()


def unpack_vector(packed: bytes) -> FloatArray:
    return np.frombuffer(packed, np.int8).astype(np.float32) / np.float32(_SCALE)


def _map_file(path: Path, dtype: Any, shape: tuple[int, ...]) -> NDArray[Any]:
    size = int(np.prod(shape)) * np.dtype(dtype).itemsize
    with path.open("ab") as file:
        file.write(bytes(max(0, size - file.tell())))  # raises OSError on a full disk, where a write to the map kills
    return np.memmap(path, dtype=dtype, mode="r+", shape=shape)


def _pack_signs(vectors: FloatArray) -> NDArray[np.uint64]:
    packed: NDArray[np.uint64] = np.ascontiguousarray(np.packbits(vectors > 0, axis=1).view(np.uint64).T)
    return packed


def _bucket(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest()) % WORD_BUCKETS


def _indexed_words(text: str) -> list[str]:
    return [lemma_of(word.text) for word in split_words(text) if word.text[0].isalnum() and word.is_content]
