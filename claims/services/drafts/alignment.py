"""Finds where a text has the words of a quotation, exactly or nearly, and says in what they differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import groupby, islice

from claims.services.drafts.comparable_words import ComparableWords
from claims.services.drafts.quoted_parts import Gap, QuotedWords
from claims.services.history.word_diff import DiffOp, align_pieces

MAX_EXACT_PLACES = 8  # of one text
MAX_FIRST_PARTS = 200  # places of its first part from which a quotation is read on
MAX_NEAR_PLACES = 2
MAX_LEFT_OUT = 30  # words that may be missing between two others: what is farther away is another place
MAX_LEFT_OUT_CHARACTERS = 2_000  # that are looked at
MAX_WINDOW = 2_000  # words of a text that are aligned with a quotation
# Words of the source that may stand where a quotation has a gap.
GAP_WIDTHS = {Gap.NONE: 0, Gap.ELLIPSIS: 200, Gap.BREAK: 200, Gap.BRACKET: 8}
STRAY_GAPS = {1: 1, 2: 6}  # so many words at an end of an alignment, so far from the rest, are found by chance
# Words that turn a sentence into its opposite: no gap excuses that they are left out.
NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "cannot", "не", "ни", "нет"}
)
_CLOSING_AND_OPENING = re.compile(r"[^\w\s]*[\"“”„«»‘’](?P<between>[^\"“”„«»]*)[\"“”„«»‘’][^\w\s]*")
_ATTRIBUTION = re.compile(r"[^.!?]*[.!?]?\s*")  # `,” he said. “`
MAX_ATTRIBUTION = 15  # words
_SENTENCE_END = re.compile(r"[.!?]\W")
_ASIDE = re.compile(r"\s*[,(–—-].*[,)–—-]\s*", re.DOTALL)


class Alteration(StrEnum):
    """How the words of a quotation differ from those of its source."""

    LEFT_OUT = "left-out"
    CHANGED = "changed"
    ADDED = "added"
    JOINED = "joined"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Step:
    """Words of a quotation (`own`) beside those of its source (`other`): ranges, either of which may be empty."""

    op: DiffOp
    own: tuple[int, int]
    other: tuple[int, int]

    @property
    def own_count(self) -> int:
        return self.own[1] - self.own[0]

    @property
    def other_count(self) -> int:
        return self.other[1] - self.other[0]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text has the words of a quotation, and the steps from its words to those."""

    text: ComparableWords
    steps: tuple[Step, ...]
    covered: float  # the share of the quotation's words that are there
    alterations: frozenset[Alteration]

    @property
    def is_exact(self) -> bool:
        return not self.alterations

    @property
    def words(self) -> tuple[int, int]:
        kept = [step.other for step in self.steps if step.op is DiffOp.KEPT]
        return kept[0][0], kept[-1][1]

    @property
    def span(self) -> tuple[int, int]:
        first, last = self.words
        return self.text.starts[first], self.text.ends[last - 1]

    @property
    def missing(self) -> tuple[int, int]:
        """The longest run of the quotation's words that are not there."""
        runs = [step.own for step in self.steps if step.op is DiffOp.NEW]
        return max(runs, key=lambda run: run[1] - run[0], default=(0, 0))


def find_places(quoted: QuotedWords, text: ComparableWords) -> list[Place]:
    """Returns the places of a text that have all words of a quotation or, if there are none, the nearest ones."""
    if not quoted.parts:
        return []
    exact = islice(_find_exact(quoted, text), MAX_EXACT_PLACES)
    if places := [_build_place(quoted, text, steps) for steps in exact]:
        return places
    places = [_build_place(quoted, text, steps) for steps in _find_near(quoted, text)]
    return sorted(places, key=lambda place: -place.covered)


def find_run(words: Sequence[str], text: ComparableWords) -> tuple[int, int]:
    """Returns the longest run of a text that is a run of these words, too: at least three, or none."""
    longest = (0, 0)
    for index, trigram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        for at in text.trigrams.get(trigram, [])[:MAX_EXACT_PLACES]:
            length = 3
            while (
                index + length < len(words) and at + length < len(text) and text[at + length] == words[index + length]
            ):
                length += 1
            if length > longest[1] - longest[0]:
                longest = at, at + length
    return longest


def _find_exact(quoted: QuotedWords, text: ComparableWords) -> Iterator[list[Step]]:
    first, *others = quoted.parts
    for at in islice(text.find(quoted.words[first.first : first.last]), MAX_FIRST_PARTS):
        end = at + first.last - first.first
        steps = [Step(DiffOp.KEPT, (first.first, first.last), (at, end))]
        for part in others:
            length = part.last - part.first
            places = text.find(quoted.words[part.first : part.last], end, end + GAP_WIDTHS[part.gap] + length)
            if (place := next(places, None)) is None:
                break
            if place > end:
                steps.append(Step(DiffOp.GONE, (part.first, part.first), (end, place)))
            end = place + length
            steps.append(Step(DiffOp.KEPT, (part.first, part.last), (place, end)))
        else:
            yield steps


def _find_near(quoted: QuotedWords, text: ComparableWords) -> Iterator[list[Step]]:
    """Yields alignments of the quotation with the windows of a text that have most of its shingles."""
    length = len(quoted.words)
    shingles = sorted(
        (at, index)
        for index, trigram in enumerate(zip(quoted.words, quoted.words[1:], quoted.words[2:], strict=False))
        for at in text.trigrams.get(trigram, ())
    )
    width = length + MAX_LEFT_OUT + sum(GAP_WIDTHS[part.gap] for part in quoted.parts)
    for _ in range(MAX_NEAR_PLACES):
        start, end = _find_densest(shingles, width)
        if start == end:
            return
        (first, first_index), (last, last_index) = shingles[start], shingles[end - 1]
        window = max(0, first - first_index - 3), min(len(text), last + length - last_index + 3, first + MAX_WINDOW)
        if steps := _align(quoted.words, text, *window):
            yield steps
        del shingles[start:end]


def _find_densest(shingles: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """Returns the range of shingles within so many words of the text that has the most different ones."""
    best, best_count, start = (0, 0), 0, 0
    counts: dict[int, int] = {}
    for end, (at, index) in enumerate(shingles, 1):
        counts[index] = counts.get(index, 0) + 1
        while at - shingles[start][0] > width:
            dropped = shingles[start][1]
            start += 1
            counts[dropped] -= 1
            if not counts[dropped]:
                del counts[dropped]
        if len(counts) > best_count:
            best, best_count = (start, end), len(counts)
    return best


def _align(words: ComparableWords, text: ComparableWords, first: int, last: int) -> list[Step]:
    ops = {"equal": DiffOp.KEPT, "delete": DiffOp.GONE, "insert": DiffOp.NEW}
    steps = [
        Step(ops[code.tag], (code.dest_start, code.dest_end), (first + code.src_start, first + code.src_end))
        for code in align_pieces(text[first:last], words[:])
    ]
    steps = _drop_strays(_slide(_group(steps), text))
    steps = _drop_strays(steps[::-1])[::-1]
    return _pair_ends(_group(steps), text)


def _group(steps: Sequence[Step]) -> list[Step]:
    """Puts what is left out between two kept passages into one step, and what is there instead into the next."""
    grouped: list[Step] = []
    for is_kept, run in groupby(steps, key=lambda step: step.op is DiffOp.KEPT):
        between = list(run)
        if is_kept:
            grouped += between
            continue
        own = between[0].own[0], between[-1].own[1]
        gone = [step.other for step in between if step.op is DiffOp.GONE]
        if gone:
            grouped.append(Step(DiffOp.GONE, (own[0], own[0]), (gone[0][0], gone[-1][1])))
        if own[0] < own[1]:
            at = gone[-1][1] if gone else between[0].other[0]
            grouped.append(Step(DiffOp.NEW, own, (at, at)))
    return grouped


def _slide(steps: list[Step], text: ComparableWords) -> list[Step]:
    """Moves what is left out, where it can stand in several places, to where it begins or ends at a punctuation mark.

    Of "will not, she said, not go", either "not" may be the one that is left out.
    """
    slid = list(steps)
    for index in range(1, len(slid) - 1):
        before, gone, after = slid[index - 1 : index + 2]
        if (before.op, gone.op, after.op) != (DiffOp.KEPT, DiffOp.GONE, DiffOp.KEPT):
            continue
        first, last = gone.other
        left = right = 0
        while left < before.own_count and text[first - left - 1] == text[last - left - 1]:
            left += 1
        while right < after.own_count - 1 and text[first + right] == text[last + right]:
            right += 1
        shift = max(range(-min(left, before.own_count - 1), right + 1), key=partial(_rank_shift, text, first, last))
        own = before.own[1] + shift
        slid[index - 1] = Step(DiffOp.KEPT, (before.own[0], own), (before.other[0], first + shift))
        slid[index] = Step(DiffOp.GONE, (own, own), (first + shift, last + shift))
        slid[index + 1] = Step(DiffOp.KEPT, (own, after.own[1]), (last + shift, after.other[1]))
    return slid


def _rank_shift(text: ComparableWords, first: int, last: int, shift: int) -> tuple[int, int]:
    breaks = [
        not text.text[text.ends[word - 1] : text.starts[word]].isspace() for word in (first + shift, last + shift)
    ]
    return sum(breaks), -abs(shift)


def _drop_strays(steps: list[Step]) -> list[Step]:
    """Turns words that were found by chance before an alignment (a "the" ten words away) into words that are not there.

    Leaves out what the source has before the quotation. Of a reversed alignment, it does the same behind it.
    """
    added: list[Step] = []
    rest = list(steps)
    while rest:
        head = rest.pop(0)
        if head.op is DiffOp.NEW:
            added.append(head)
        if head.op is not DiffOp.KEPT:
            continue
        following = next((index for index, step in enumerate(rest) if step.op is DiffOp.KEPT), len(rest))
        distance = sum(step.other_count for step in rest[:following])
        if following == len(rest) or distance <= STRAY_GAPS.get(head.own_count, distance):
            return [*added, head, *rest]
        added.append(replace(head, op=DiffOp.NEW, other=(head.other[0],) * 2))
    return []


def _pair_ends(steps: list[Step], text: ComparableWords) -> list[Step]:
    """Puts beside the words at an end that the source does not have those that it has there instead."""
    kept = [step for step in steps if step.op is DiffOp.KEPT]
    if not kept:
        return steps
    first, last = kept[0].other[0], kept[-1].other[1]
    before, after = steps[0].own_count, steps[-1].own_count
    if steps[0].op is DiffOp.NEW and 0 < before <= first and _is_unbroken(text, first - before, first + 1):
        steps = [Step(DiffOp.GONE, (0, 0), (first - before, first)), *steps]
    if steps[-1].op is DiffOp.NEW and last + after <= len(text) and _is_unbroken(text, last - 1, last + after):
        own = steps[-1].own[0]
        steps = [*steps[:-1], Step(DiffOp.GONE, (own, own), (last, last + after)), steps[-1]]
    return steps


def _is_unbroken(text: ComparableWords, first: int, last: int) -> bool:
    """Whether there are only spaces between words."""
    return all(text.text[text.ends[index] : text.starts[index + 1]].isspace() for index in range(first, last - 1))


def _build_place(quoted: QuotedWords, text: ComparableWords, steps: Sequence[Step]) -> Place:
    gaps = {part.first: part.gap for part in quoted.parts[1:]}
    alterations: set[Alteration] = set()
    group: list[Step] = []
    is_begun = False
    for step in steps:
        if step.op is not DiffOp.KEPT:
            group.append(step)
            continue
        alterations |= _judge(group, gaps, text) if is_begun else _judge_end(group)
        group, is_begun = [], True
    alterations |= _judge_end(group)
    covered = sum(step.own_count for step in steps if step.op is DiffOp.KEPT)
    return Place(text, tuple(steps), covered / len(quoted.words), frozenset(alterations))


def _judge_end(group: Sequence[Step]) -> set[Alteration]:
    if not any(step.own_count for step in group):
        return set()
    return {Alteration.CHANGED if any(step.other_count for step in group) else Alteration.ADDED}


def _judge(group: Sequence[Step], gaps: dict[int, Gap], text: ComparableWords) -> set[Alteration]:
    """Returns what differs between two kept passages."""
    own, other = sum(step.own_count for step in group), sum(step.other_count for step in group)
    if own:
        return {Alteration.CHANGED if other else Alteration.ADDED}
    if not other:
        return set()
    first, last = group[0].other[0], group[-1].other[1]
    left_out = text.text[text.ends[first - 1] : text.starts[last]][:MAX_LEFT_OUT_CHARACTERS]
    gap = gaps.get(group[0].own[0], Gap.NONE)
    if gap is not Gap.NONE and other <= GAP_WIDTHS[gap]:
        is_hidden = gap is not Gap.BREAK and _has_negation(text[first:last])
        is_within_sentence = not _SENTENCE_END.search(left_out) and not _ASIDE.fullmatch(left_out)
        return {Alteration.NEGATION} if is_hidden and is_within_sentence else set()
    if interruption := _CLOSING_AND_OPENING.fullmatch(left_out.strip()):
        is_attribution = other <= MAX_ATTRIBUTION and _ATTRIBUTION.fullmatch(interruption["between"])
        return set() if is_attribution else {Alteration.JOINED}
    return {Alteration.JOINED if gap is not Gap.NONE or other > MAX_LEFT_OUT else Alteration.LEFT_OUT}


def _has_negation(words: Sequence[str]) -> bool:
    return any(word in NEGATIONS or word.endswith("n't") for word in words)
