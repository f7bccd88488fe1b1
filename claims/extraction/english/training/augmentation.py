"""Variants of annotated texts: other names, topics, verbs, word orders and marks. Spans follow their words exactly.

A text, a seed and an epoch always give the same variant.
"""

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from claims.extraction.corpus import AnnotatedText, Attribution
from claims.extraction.english.training.varied_names import OUTLETS, PLACES, REGIONS, TOPICS, word_list
from claims.extraction.lexicon import word_set
from claims.extraction.lexicon.first_names import FEMALE_FIRST_NAMES, MALE_FIRST_NAMES
from claims.extraction.quotation import Span
from claims.extraction.text.edited_text import Edit
from claims.extraction.text.quotation_marks import DOUBLE_MARKS

# In percent of the texts, in percent of the attributions of a varied text.
PLAIN_PERCENT = 25
RENAMED_PERCENT = 85
OTHER_TOPIC_PERCENT = 45
REPORTED_PERCENT = 25
# The percent of the varied texts that get each style of marks; the others keep theirs.
MARK_STYLES = {"single": 15, "comma outside": 15, "none": 4, "one line": 6}

FULL_NAME_PATTERN = re.compile(r"\b([A-Z][a-zé]+) (?:[A-Z]\.? )?([A-Z][\w’'-]*[a-z])(?<!['’]s)")
TITLED_NAME_PATTERN = re.compile(
    r"\b(?:Mrs?|Ms|Dr|Sen|Rep|Gov|President|Senator|Secretary|Governor)\b\.? ([A-Z][a-z]+)"
)
# States, cities and outlets of the corpus.
PLACE_PATTERN = re.compile(
    r"\b(?:Washington|Iowa|Ohio|Florida|New Hampshire|Nevada|Texas|Wisconsin|Pennsylvania|Cleveland|Philadelphia"
    r"|Indiana)\b"
)
OUTLET_PATTERN = re.compile(r"\b(?:CNN|MSNBC|Fox News|Breitbart News|NBC News|ABC News|[Tt]he Washington Post|NPR)\b")
SPEECH_VERBS = word_list(
    "admitted added argued announced claimed commented complained conceded confirmed continued cautioned declared "
    "explained fumed insisted joked maintained mused observed pointed_out pleaded quipped recalled remarked replied "
    "responded revealed snapped stated stressed testified warned vowed went_on lamented alleged"
)
TIMES = (
    "on Tuesday",
    "on Monday night",
    "late on Friday",
    "in an interview",
    "at a news conference",
    "after the hearing",
    "in a statement",
    "by telephone",
    "yesterday",
    "earlier this week",
)
PRONOUNS = word_set("he she they it who i we you that which this these those his her their him them")


def apply_edits(annotated: AnnotatedText, edits: Iterable[Edit]) -> AnnotatedText:
    """Apply edits, leaving out those that overlap an earlier one. Spans that become empty are left out.

    An insertion is outside the spans that end or begin where it is.
    """
    ordered: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not ordered or edit.start >= ordered[-1].end:
            ordered.append(edit)
    parts: list[str] = []
    position = 0
    for edit in ordered:
        parts.extend((annotated.text[position : edit.start], edit.replacement))
        position = edit.end
    parts.append(annotated.text[position:])
    starts, ends = [edit.start for edit in ordered], [edit.end for edit in ordered]
    shifts = [0, *accumulate(len(edit.replacement) - (edit.end - edit.start) for edit in ordered)]

    def map_start(offset: int) -> int:
        # All edits that end at or before the offset are before the span.
        count = bisect_right(ends, offset)
        return min(offset, ordered[count].start if count < len(ordered) else offset) + shifts[count]

    def map_end(offset: int) -> int:
        # An edit that begins before the offset is in the span.
        count = bisect_left(starts, offset)
        return max(offset, ordered[count - 1].end if count else offset) + shifts[count]

    def map_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
        mapped = (Span(map_start(span.start), map_end(span.end)) for span in spans)
        return tuple(span for span in mapped if span.start < span.end)

    attributions = tuple(
        Attribution(map_spans(one.source), map_spans(one.cue), map_spans(one.content)) for one in annotated.attributions
    )
    return AnnotatedText(annotated.name, "".join(parts), attributions)


def vary_text(annotated: AnnotatedText, seed: str) -> AnnotatedText:
    """Return the variant of a text for a seed; a share of the texts stays as it is."""
    rng = random.Random(f"{seed} {annotated.name}")  # noqa: S311  not for security
    if rng.randrange(100) < PLAIN_PERCENT:
        return annotated
    annotated = vary_reporting(annotated, rng)
    if rng.randrange(100) < RENAMED_PERCENT:
        annotated = apply_edits(annotated, rename_people(annotated.text, rng))
    if rng.randrange(100) < OTHER_TOPIC_PERCENT:
        annotated = apply_edits(annotated, change_topic(annotated.text, rng))
    drawn = rng.randrange(100)
    for style, percent in MARK_STYLES.items():
        if drawn < percent:
            return apply_edits(annotated, restyle(annotated.text, style))
        drawn -= percent
    return annotated


def rename_people(text: str, rng: random.Random) -> Iterator[Edit]:
    """Replace people's names by names of other regions, each by the same one in the whole text."""
    renamed: dict[str, str] = {}
    for match in FULL_NAME_PATTERN.finditer(text):
        first, last = match[1], match[2]
        is_female = first.lower() in FEMALE_FIRST_NAMES
        if not is_female and first.lower() not in MALE_FIRST_NAMES:
            continue
        men, women, surnames = rng.choice(REGIONS)
        renamed.setdefault(first, rng.choice(women if is_female else men))
        renamed.setdefault(last, rng.choice(surnames))
    for match in TITLED_NAME_PATTERN.finditer(text):
        renamed.setdefault(match[1], rng.choice(rng.choice(REGIONS)[2]))
    for match in re.finditer(r"\b[A-Z][\w’'-]*?[\w](?=['’]s\b|\b)", text):
        if match[0] in renamed:
            yield Edit(*match.span(), renamed[match[0]])


def change_topic(text: str, rng: random.Random) -> Iterator[Edit]:
    """Replace words of politics by those of other news, and its places and outlets by others."""
    topic = rng.choice(TOPICS)
    for match in re.finditer(rf"\b(?:{'|'.join(topic)})\b", text, re.IGNORECASE):
        word = topic[match[0].lower()]
        begins_sentence = (
            not text[max(0, match.start() - 4) : match.start()]
            .rstrip(" “\"'‘")
            .endswith(tuple("abcdefghijklmnopqrstuvwxyz,;’"))
        )
        yield Edit(*match.span(), word[0].upper() + word[1:] if begins_sentence and match[0][0].isupper() else word)
    places = rng.sample(PLACES, len(PLACES))
    outlets = rng.sample(OUTLETS, len(OUTLETS))
    for pattern, names in ((PLACE_PATTERN, places), (OUTLET_PATTERN, outlets)):
        by_name: dict[str, str] = {}
        for match in pattern.finditer(text):
            yield Edit(*match.span(), by_name.setdefault(match[0], names[len(by_name) % len(names)]))


def restyle(text: str, style: str) -> Iterator[Edit]:
    """Give double marks another style: single, with the comma outside, or none; or put the text on one line."""
    if style == "one line":
        yield from (Edit(*match.span(), " ") for match in re.finditer(r"\s*\n\s*", text))
        return
    if style == "comma outside":
        for match in re.finditer(f",[{DOUBLE_MARKS}]", text):
            yield Edit(match.start(), match.start() + 1, "")
            yield Edit(match.end(), match.end(), ",")
        return
    for match in re.finditer(f"[{DOUBLE_MARKS}]", text):
        opens = text[match.end() : match.end() + 1].strip() and not text[
            max(0, match.start() - 1) : match.start()
        ].strip(" (—-\n")
        yield Edit(*match.span(), "" if style == "none" else "‘" if opens else "’")


def vary_reporting(annotated: AnnotatedText, rng: random.Random) -> AnnotatedText:
    """Vary how a share of the attributions with "said" report: another verb, when, to whom, by whom, the order."""
    text = annotated.text
    edits: list[Edit] = []
    attributions = list(annotated.attributions)
    for number, one in enumerate(attributions):
        if [span.of(text) for span in one.cue] != ["said"] or len(one.source) != 1 or not one.content:
            continue
        if rng.randrange(100) >= REPORTED_PERCENT:
            continue
        cue, source = one.cue[0], one.source[0]
        subject = source.of(text)
        is_after = one.content[0].start < cue.start
        if not re.match(r",|\.| that\b|, “", text[cue.end : cue.end + 5]):
            kinds = ["verb"]
        elif is_after and _is_swappable(text, attributions, number):
            kinds = ["swap", "swap", "verb", "time", "told", "quoted"]
        else:
            kinds = ["verb", "time", "told"]
        kind = rng.choice(kinds)
        if kind == "swap":
            edits += [Edit(*source, "said"), Edit(*cue, subject)]
            attributions[number] = Attribution(one.cue, one.source, one.content)
        elif kind == "verb":
            edits.append(Edit(*cue, rng.choice(SPEECH_VERBS)))
        elif kind == "time":
            edits.append(Edit(cue.end, cue.end, f" {rng.choice(TIMES)}"))
        elif kind == "told":
            edits += [
                Edit(*cue, "told"),
                Edit(cue.end, cue.end, f" {rng.choice((*OUTLETS, 'reporters', 'the court'))}"),
            ]
        else:
            edits += [Edit(*cue, "was quoted as saying"), Edit(cue.end, cue.end, f" by {rng.choice(OUTLETS)}")]
    return apply_edits(AnnotatedText(annotated.name, text, tuple(attributions)), edits)


def _is_swappable(text: str, attributions: Sequence[Attribution], number: int) -> bool:
    """Whether source and cue are side by side, the source is a short name, and no other attribution shares one."""
    source, cue = attributions[number].source[0], attributions[number].cue[0]
    words = source.of(text).split()
    if text[source.end : cue.start] != " " or not words or len(words) > 4 or words[0].lower() in PRONOUNS:
        return False
    others = (other for index, other in enumerate(attributions) if index != number)
    return not any(
        span.start < cue.end and source.start < span.end for other in others for span in (*other.source, *other.cue)
    )
