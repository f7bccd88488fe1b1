"""Reads `.srt` and `.vtt` files: what is said, as paragraphs with their times, the speakers' turns as in a transcript.

A caption is rarely a sentence: captions are joined until the speaker changes, nobody speaks for a while, or a paragraph
is long enough. A speaker who is named (`<v Ann Bee>`, `ANN BEE:`, `>> ANN BEE:`) starts a paragraph, `Ann Bee: …`; a
change that is only marked (`>>`, `-`) starts one without a name.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from io import StringIO
from typing import Final

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from claims.articles.article import Article, ArticleFields, ArticleValueError
from claims.articles.formats.paragraphs import SENTENCE_END, join_paragraphs
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import first_language
from claims.articles.text_checks import check_text
from claims.articles.web.charset import decode_page

READER: Final = "webvtt-py"
VERSION: Final = version("webvtt-py")

_PAUSE: Final = 4.0  # seconds without a caption
_INSTANT: Final = 0.1  # seconds
_MOST_SHOWN_LINES: Final = 20  # at once: a picture has no room for more
_LONG_PARAGRAPH: Final = 600  # characters, after which the next sentence starts another

_LANGUAGE: Final = re.compile(r"\AWEBVTT[^\n]*\n(?:[^\n]+\n)*?Language:\s*(?P<tag>\S+)", re.IGNORECASE)
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+(?P<name>[^>]{1,100})>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"</?[a-z0-9][^<>]{0,200}>|\{\\[^{}]{0,50}\}", re.IGNORECASE)
_CHANGE: Final = re.compile(r"(?:>>+|»|[-–—])\s*(?=\S)")
_LABEL: Final = re.compile(r"[^\W\d_][\w .'’-]{0,40}:\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a caption, with the name that is given as its voice. Times are in seconds."""

    text: str
    voice: str
    start: float
    end: float


def read_srt(source: NamedStream) -> Iterator[Article]:
    """Yield the text of SubRip captions. Raises ArticleValueError if they are none."""
    yield _read_captions(source, "srt")


def read_vtt(source: NamedStream) -> Iterator[Article]:
    """Yield the text of WebVTT captions. Raises ArticleValueError if they are none."""
    yield _read_captions(source, "vtt")


def _read_captions(source: NamedStream, kind: str) -> Article:
    decoded = decode_page(source.read_whole(), source.charset)
    content = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    try:
        captions = webvtt.from_buffer(StringIO(content), format=kind).captions
    except (MalformedFileError, MalformedCaptionError) as error:
        raise ArticleValueError(f"not captions in the format of .{kind}: {error}") from error
    text, positions = join_paragraphs(_paragraphs(list(_lines(captions))))
    check_text(text, source.text_limit)
    language = _LANGUAGE.match(content)
    fields: ArticleFields = {"language": first_language([language["tag"]])} if language else {}
    return Article(
        name=source.name,
        text=text,
        reader=READER,
        reader_version=VERSION,
        positions=positions,
        warnings=decoded.warnings,
        **fields,
    )


def _lines(captions: list[webvtt.Caption]) -> Iterator[_Line]:
    previous: list[str] = []
    for caption in captions:
        start, end = (time.in_milliseconds() / 1000 for time in (caption.start_time, caption.end_time))
        shown: list[tuple[str, str]] = []
        # Names stand before what they say; before the first is what has no name.
        before, *voiced = _VOICE.split(caption.raw_text)
        for name, part in [("", before), *zip(voiced[::2], voiced[1::2], strict=True)]:
            texts = (" ".join(html.unescape(_MARKUP.sub("", line)).split()) for line in part.split("\n"))
            shown += [(html.unescape(name).strip(), text) for text in texts if text]
        repeated = _repeated_lines(previous, [text for _, text in shown], end - start)
        yield from (_Line(text, name, start, end) for name, text in shown[repeated:])
        previous = [text for _, text in shown]


def _repeated_lines(previous: list[str], lines: list[str], duration: float) -> int:
    """How many of the lines a caption that rolls shows again. Whole captions are repeated only for an instant."""
    most = min(len(previous), len(lines), _MOST_SHOWN_LINES)
    overlaps = (count for count in range(most, 0, -1) if previous[-count:] == lines[:count])
    count = next(overlaps, 0)
    return count if count < len(lines) or duration < _INSTANT else 0


def _paragraphs(lines: list[_Line]) -> Iterator[tuple[str, str]]:
    """Yield the time and the text of each paragraph."""
    words: list[str] = []
    length = 0
    started = ended = 0.0
    voice = ""
    for line in lines:
        changed, text = _without_mark(line.text)
        is_long = length > _LONG_PARAGRAPH and SENTENCE_END.search(words[-1])
        has_label = bool(_LABEL.match(text))
        if words and (changed or has_label or is_long or line.voice != voice or line.start - ended > _PAUSE):
            yield _time(started), " ".join(words)
            words, length = [], 0
        if not words:
            started = line.start
            if line.voice and line.voice != voice:
                text = f"{line.voice}: {text}"
        words.append(text)
        length += len(text) + 1
        voice, ended = line.voice, line.end
    if words:
        yield _time(started), " ".join(words)


def _without_mark(text: str) -> tuple[bool, str]:
    mark = _CHANGE.match(text)
    return (True, text[mark.end() :]) if mark else (False, text)


def _time(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}"
