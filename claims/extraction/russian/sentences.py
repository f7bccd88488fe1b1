"""Splits a document into sentences of the reporter's own words, with the speech between them set aside.

Speech is what stands between quotation marks, and a paragraph that begins with a dash. The reporter's words within it
(`«We go, — said Moor. — All of us»`) are a sentence of their own. Short names in marks stay words of their sentence.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import razdel

from claims.extraction.document import Document, Paragraph
from claims.extraction.quotation import Span
from claims.extraction.russian.cue_words import begins_with_cue
from claims.extraction.russian.parsing.models import Parse

# Longer than any real sentence; keeps the work on a text without full stops linear.
MAX_SENTENCE_WORDS = 160
MAX_NAME_WORDS = 12  # a longer quotation is parsed apart from its sentence
DASH = r"[—–―-]"
OPENING_DASH = re.compile(rf"{DASH}\s*(?=[^\W_]|[«\"„“(…])")
INLINE_DASH = re.compile(r"(?<=[.!?…:])\s[—–]\s+(?=[А-ЯЁ«])")
# The speaker of a turn: `Дрозд: …`, `«Листок»: …`, `Вопрос: …`.
LABEL = re.compile(r"((?:«[^«»\n]{1,40}»|[А-ЯЁA-Z][\w.-]*(?: [А-ЯЁA-Z][\w.-]*){0,3})):\s+(?=\S)")
# Ends speech that the reporter's words interrupt or follow: `, — сказал Иванов`.
INTERRUPTION = re.compile(r"(?<=[,.!?…»\"”“)])\s+[—–―-]\s+(?=[а-яё«\"„А-ЯЁ])|(?<=[,!?…»])\s?[—–―]\s?(?=[а-яё])")
RESUMPTION = re.compile(rf"(?<=[\w»\")])[,.:;]\s*{DASH}\s*(?=[^\W_]|[«\"„“(…])|\.?\s+[—–―]\s+(?=[А-ЯЁ«])")
MIN_DIALOGUE = 3  # fewer paragraphs that begin with a dash are items of a list, unless the reporter interrupts them
MAX_INTERRUPTION = 300  # code points
SENTENCE_INSIDE = re.compile(r"[.!?…][\s\"“]+\S")
FOLLOWED_BY_DASH = re.compile(rf"\s*[,.]?\s*{DASH}\s")
SENTENCE_START = re.compile(r"\s+(?=[А-ЯЁA-Z«\"„“(—–])")
# A span with its marks, the one between them, and whether it was closed.
Quoted = tuple[Span, Span, bool]
GUILLEMET = re.compile("[«»]")
CHUNK = re.compile(r"\S+")
PLAIN_WORD = re.compile(r"([А-Яа-яЁё]+)([.,:;]?)")
SENTENCE_END = re.compile(r"[.!?…](?=\s+[А-ЯЁ])")


@dataclass(slots=True)
class Word:
    span: Span
    text: str
    lower: str
    name_tag: str = "O"
    parse: Parse | None = None


@dataclass(slots=True)
class Speech:
    """What somebody says in marks or after a dash, without these; `parts` are around the reporter's words.

    `outer` includes the marks. `is_quoted` is false of speech after a dash. A part is `open` at its end if its
    paragraph ends before the closing mark.
    """

    outer: Span
    parts: list[Span]
    paragraph: int
    is_quoted: bool = True
    is_label: bool = False
    is_open: bool = False
    continues: bool = False
    is_used: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence of the reporter, without the speech in it.

    `speeches` is the speech within or beside it in order, `interrupts` the speech that it interrupts.
    """

    span: Span
    words: list[Word]
    paragraph: int
    speeches: list[Speech] = field(default_factory=list)
    interrupts: Speech | None = None
    is_parsed: bool = False

    def text_span(self, start: int, end: int) -> Span:
        return Span(self.words[start].span.start, self.words[end - 1].span.end)


def split_document(document: Document) -> list[Sentence]:
    """Return the sentences of the paragraphs in order, boilerplate left out."""
    sentences: list[Sentence] = []
    paragraphs = [paragraph for paragraph in document.paragraphs if not paragraph.is_boilerplate]
    previous: Speech | None = None
    labels = _find_labels(document.text, [paragraph.span for paragraph in paragraphs])
    dashed_count = sum(bool(OPENING_DASH.match(document.text, *paragraph.span)) for paragraph in paragraphs)
    is_dialogue_text = dashed_count >= MIN_DIALOGUE
    for number, paragraph in enumerate(paragraphs):
        is_dialogue = is_dialogue_text or _is_interrupted(document.text, paragraph.span)
        speeches = list(_find_speeches(document.text, paragraph, number, previous, is_dialogue=is_dialogue))
        if number in labels:
            speeches = [Speech(labels[number], [labels[number]], number, is_quoted=False, is_label=True)]
        sentences += _split_paragraph(document.text, paragraph.span, number, speeches)
        previous = speeches[-1] if speeches else None
    return sentences


def _find_labels(text: str, paragraphs: Sequence[Span]) -> dict[int, Span]:
    """Return what stands behind the labels of a transcript, by paragraph; labels of one come again and again."""
    matches = {number: match for number, span in enumerate(paragraphs) if (match := LABEL.match(text, *span))}
    counts = Counter(match[1] for match in matches.values())
    if len(matches) < MIN_DIALOGUE or not any(count > 1 for count in counts.values()):
        return {}
    return {
        number: Span(match.end(), paragraphs[number].end) for number, match in matches.items() if counts[match[1]] > 1
    }


def _is_interrupted(text: str, paragraph: Span) -> bool:
    return bool(OPENING_DASH.match(text, *paragraph) and split_speech(text, paragraph)[1])


def _find_speeches(
    text: str, paragraph: Paragraph, number: int, previous: Speech | None, *, is_dialogue: bool
) -> Iterator[Speech]:
    start, end = paragraph.span
    quoted = [(span.outer, span.inner, span.closed) for span in paragraph.quoted]
    dash = OPENING_DASH.match(text, start, end)
    closing = _find_lone_closing_mark(text, paragraph.span) if previous and previous.is_open else None
    if closing is not None:
        quoted = [
            (Span(start, closing + 1), Span(start, closing), True),
            *(item for item in quoted if item[0].start > closing),
        ]
    elif dash and is_dialogue and not any(outer.start <= dash.end() for outer, _, _ in quoted):
        yield Speech(paragraph.span, [Span(dash.end(), end)], number, is_quoted=False)
        return
    elif (inline := INLINE_DASH.search(text, start, end)) and not any(o.start > inline.start() for o, _, _ in quoted):
        rest = Span(inline.end(), end)
        if split_speech(text, rest)[1]:
            quoted.append((Span(inline.start() + 1, end), rest, True))
    for place, (outer, inner, closed) in enumerate(_join_nested(text, paragraph.span, quoted)):
        is_continuation = place == 0 and previous is not None and previous.is_open and outer.start == start
        speech = Speech(outer, [inner], number, is_open=not closed and outer.end == end, continues=is_continuation)
        if text[outer.start] in "—–":
            speech.is_quoted = False
            yield speech
        elif is_continuation or speech.is_open or _is_set_apart(text, paragraph.span, outer, inner):
            yield speech


def _join_nested(text: str, paragraph: Span, quoted: list[Quoted]) -> list[Quoted]:
    """Join quotations of straight marks that begin a sentence and end together: `"The "Mill" is lost", — said Moor`."""
    joined: list[Quoted] = []
    for outer, inner, closed in quoted:
        last = joined[-1] if joined else None
        if last and text[outer.start] == '"' and FOLLOWED_BY_DASH.match(text, outer.end, paragraph.end):
            (start, end), _, _ = last
            between = text[end : outer.start]
            begins = (
                not text[paragraph.start : start].strip() or text[max(0, start - 4) : start].rstrip()[-1:] in ".!?…:"
            )
            if begins and text[start] == '"' and re.match(r"\s*\w", between) and not re.search(r"[.!?…;:—–]", between):
                joined[-1] = Span(start, outer.end), Span(start + 1, inner.end), closed
                continue
        joined.append((outer, inner, closed))
    return joined


def _find_lone_closing_mark(text: str, paragraph: Span) -> int | None:
    depth = 0
    for match in GUILLEMET.finditer(text, *paragraph):
        depth += 1 if match[0] == "«" else -1
        if depth < 0:
            return match.start()
    return None


def _is_reported(text: str, start: int, end: int) -> bool:
    dash = FOLLOWED_BY_DASH.match(text, start, end)
    return dash is not None and begins_with_cue(text, Span(dash.end(), end))


def _is_set_apart(text: str, paragraph: Span, outer: Span, inner: Span) -> bool:
    """Whether a quotation is a statement of its own rather than words of the sentence around it."""
    content = inner.of(text)
    before = text[max(paragraph.start, outer.start - 2) : outer.start].rstrip()
    is_whole = not text[paragraph.start : outer.start].strip() and not text[outer.end : paragraph.end].strip(" .")
    return bool(
        is_whole
        or before.endswith(":")
        or (
            FOLLOWED_BY_DASH.match(text, outer.end, paragraph.end)
            and (not before or before[-1] in ".!?…—–-,:»")
            and (" " in content or _is_reported(text, outer.end, paragraph.end))
        )
        or SENTENCE_INSIDE.search(content)
        or len(content.split()) > MAX_NAME_WORDS
        or (content[-1:] in "!?…" and " " in content)
        or ((not before or before[-1] in ".!?…") and len(content.split()) > 2)
    )


def _split_paragraph(text: str, paragraph: Span, number: int, speeches: Sequence[Speech]) -> Iterator[Sentence]:
    """Yield the sentences around speeches, and those within them."""
    interruptions: list[tuple[Span, Speech]] = []
    for speech in speeches:
        parts, found = split_speech(text, speech.parts[0])
        if found:
            speech.parts = parts
            interruptions += [(span, speech) for span in found]
    frames = _frame_spans(text, paragraph, speeches)
    starts = [speech.outer.start for speech in speeches]
    groups: list[tuple[Span, Speech | None]] = [*((span, None) for span in frames), *interruptions]
    for span, interrupted in sorted(groups, key=lambda group: group[0]):
        inner: list[Speech] = (
            [] if interrupted else list(speeches[bisect_left(starts, span.start) : bisect_left(starts, span.end)])
        )
        words = _words_around(text, span, inner)
        for first in range(0, max(1, len(words)), MAX_SENTENCE_WORDS):
            sentence = Sentence(span, words[first : first + MAX_SENTENCE_WORDS], number)
            if first == 0:
                sentence.speeches, sentence.interrupts = inner, interrupted
            if sentence.words or sentence.speeches:
                yield sentence


def split_speech(text: str, span: Span) -> tuple[list[Span], list[Span]]:
    """Split speech around the reporter's words in it; returns its own parts and the reporter's."""
    parts: list[Span] = []
    interruptions: list[Span] = []
    position = span.start
    for match in INTERRUPTION.finditer(text, *span):
        if match.start() < position or not begins_with_cue(text, Span(match.end(), span.end)):
            continue
        parts.append(_strip(text, Span(position, match.start())))
        limit = min(span.end, match.end() + MAX_INTERRUPTION)
        resumption = RESUMPTION.search(text, match.end(), limit)
        sentence_end = SENTENCE_END.search(text, match.end(), limit)
        if sentence_end and (not resumption or sentence_end.start() < resumption.start()):
            # The reporter goes on: `— Едем! — сказал Иванов. Он встал.`
            interruptions.append(Span(match.end(), span.end))
            position = span.end
            break
        interruptions.append(Span(match.end(), resumption.start() if resumption else span.end))
        position = resumption.end() if resumption else span.end
    if position < span.end:
        parts.append(_strip(text, Span(position, span.end)))
    return [part for part in parts if part.start < part.end], interruptions


def _strip(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in "—–"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ",;—–"):
        end -= 1
    return Span(start, end)


def _frame_spans(text: str, paragraph: Span, speeches: Sequence[Speech]) -> list[Span]:
    """Return the spans of the sentences of a paragraph, each with the speech in it."""
    pieces: list[str] = []
    position = paragraph.start
    for speech in speeches:
        pieces.append(text[position : speech.outer.start])
        length = speech.outer.end - speech.outer.start
        pieces.append("«" + "х" * (length - 2) + "»" if length > 1 else "х" * length)
        position = speech.outer.end
    pieces.append(text[position : paragraph.end])
    masked = "".join(pieces)
    boundaries = {sentence.start for sentence in razdel.sentenize(masked)} | {0}
    for speech in speeches:
        ends_sentence = text[speech.parts[-1].end - 1 : speech.parts[-1].end] in ".!?…" if speech.parts else False
        match = SENTENCE_START.match(text, speech.outer.end, paragraph.end)
        if match and ends_sentence and text[match.end()] not in "—–":
            boundaries.add(match.end() - paragraph.start)
    for speech in speeches:  # a dash behind speech goes on with its sentence
        if FOLLOWED_BY_DASH.match(text, speech.outer.end, paragraph.end):
            boundaries.difference_update(
                range(speech.outer.end - paragraph.start, speech.outer.end - paragraph.start + 5)
            )
    starts = sorted(boundaries | {0})
    return [
        Span(paragraph.start + start, paragraph.start + end)
        for start, end in zip(starts, [*starts[1:], len(masked)], strict=True)
    ]


def _words_around(text: str, span: Span, speeches: Sequence[Speech]) -> list[Word]:
    words: list[Word] = []
    position = span.start
    for outer in [*(speech.outer for speech in speeches), Span(span.end, span.end)]:
        words += split_words(text, Span(position, outer.start))
        position = max(position, outer.end)
    return words


def split_words(text: str, span: Span) -> Iterator[Word]:
    """Yield the words and marks of a span. razdel, which is slow, decides where it is not plain what they are."""
    for chunk in CHUNK.finditer(text, *span):
        start = chunk.start()
        if plain := PLAIN_WORD.fullmatch(chunk[0]):
            texts = [plain[1], plain[2]] if plain[2] else [plain[1]]
        else:
            texts = [token.text for token in razdel.tokenize(chunk[0])]
        for token in texts:
            start = text.index(token, start)
            yield Word(Span(start, start + len(token)), token, token.lower())
            start += len(token)
