"""Puts together paragraphs that were broken into lines, and notes where in the input they stand."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from claims.articles.article import TextPosition

SENTENCE_END: Final = re.compile(r"""[.!?…:;]['"”’»)\]]*\Z""")
# What a line begins with that starts a paragraph: a bullet, a number, a quoted mail, the name of a speaker.
MARKED_LINE: Final = re.compile(r"(?:[-–—*•·▪>|]\s|>|\(?[0-9]{1,3}[.)]\s|[A-Z][\w.' -]{1,30}:\s)")

# Possessive, and only from a word's first letter: a line may be one word of a million letters.
_HYPHENATED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]++)-\Z")
_COMPOUND: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:-[^\W\d_]++)++")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_MIN_WRAPPED_WIDTH: Final = 40  # characters; narrower lines are verses, addresses or lists
_MAX_WRAPPED_WIDTH: Final = 100


def join_paragraphs(paragraphs: Iterable[tuple[str, str]]) -> tuple[str, tuple[TextPosition, ...]]:
    """Join pairs of a label (a page, a time) and a paragraph to a text, with a position wherever the label changes."""
    parts: list[str] = []
    positions: list[TextPosition] = []
    start = 0
    for label, paragraph in paragraphs:
        if not positions or positions[-1].label != label:
            positions.append(TextPosition(start, label))
        parts.append(paragraph)
        start += len(paragraph) + 1
    return "\n".join(parts), tuple(positions)


def find_compounds(text: str) -> str:
    """The words of a text that are written with a hyphen, each once, one to a line, for `join_lines`."""
    return "\n".join(dict.fromkeys(_COMPOUND.findall(text)))


def join_lines(lines: Sequence[str], compounds: str) -> str:
    """Join the lines of a paragraph, in time linear in their length.

    A word divided at the end of a line is put together; its hyphen stays where the text has the word with it elsewhere.
    """
    parts = [lines[0].strip()] if lines else []
    for raw in lines[1:]:
        line = raw.strip()
        last = parts[-1]
        if last.endswith("\u00ad"):
            parts[-1] = last[:-1]
        elif last.endswith("-") and (start := _HYPHENATED.search(last)) and (rest := _FIRST_WORD.match(line)):
            if rest.group().islower() and f"{start[1]}-{rest.group()}" not in compounds:
                parts[-1] = last[:-1]
        elif last:
            parts.append(" ")
        parts.append(line)
    return "".join(parts).strip()


def unwrap(text: str) -> str:
    """Join lines that were broken where the next word had no room, as in mail. Other breaks and blank lines stay."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
    # Longer ones are addresses, which cannot be broken, or the text is not wrapped at all.
    short = [len(line) for line in lines if line and len(line) <= _MAX_WRAPPED_WIDTH]
    width = max(short, default=0)
    if width < _MIN_WRAPPED_WIDTH or 2 * len(short) < sum(map(bool, lines)):
        return "\n".join(lines)
    paragraphs: list[list[str]] = [[]]
    previous = ""
    for line in lines:
        first_word = line.split(maxsplit=1)[0] if line.strip() else ""
        has_room = len(previous) + 1 + len(first_word) <= width
        if not previous or not first_word or has_room or line[0].isspace() or MARKED_LINE.match(line):
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
        previous = line
    compounds = find_compounds(text)
    return "\n".join(join_lines(paragraph, compounds) for paragraph in paragraphs[1:])
