"""Page furniture: what a web page puts around an article and a copied text carries along.

Two ways to know it: the words publishers use ("Advertisement", "Skip to main content"), and the shape of a line at the
head or the tail of the text (a few words that are no sentence, or a line in another script than the article's).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

# Longer lines are read as text even when they begin like furniture.
MAX_BOILERPLATE_LENGTH = 160
BOILERPLATE_PHRASES = re.compile(
    r"(?:skip to (?:main )?content|advertise(?:ment)?s?|live (?:broadcast|updates|blog)|main slide"
    r"|beginning of the article|select important|listen to (?:this )?article|read (?:more|also|next|in app)"
    r"|related (?:articles|stories|posts|topics|coverage)|most (?:read|popular)|trending|recommended"
    r"|share (?:this|on|via|with)\b.*|share|tweet|print|e-?mail|comments?|\d+ comments|copy link"
    r"|follow us\b.*|subscribe\b.*"
    r"|sign up\b.*|sign in|log in|newsletter\b.*|(?:we|this (?:web)?site) uses? cookies\b.*|accept (?:all )?cookies\b.*"
    r"|cookie (?:policy|settings)|privacy policy|terms of (?:use|service)|all rights reserved\b.*|©.*|\(c\) \d{4}.*"
    r"|(?:machine )?translated (?:by|with|using)\b.*|story continues below\b.*|photo(?:graph)?:.*|image credits?\b.*"
    r"|реклама|озвучить текст|прямой эфир|главный слайд|начало статьи|выделить главное|вкл|выкл|поделиться\b.*"
    r"|подпис(?:аться|ывайтесь)\b.*|читайте также\b.*|переведено\b.*|все права защищены\b.*"
    r"|werbung|anzeige|publicité|publicidad|lire aussi\b.*|weiterlesen\b.*)[\s.:!…>»]*",
    re.IGNORECASE,
)
SENTENCE_ENDINGS = tuple(".!?…。！？؟।\"'”’»")
# Marks and colons mean that somebody may be speaking: only the phrases above may drop such a line.
SPEECH_MARKS = re.compile(r"[\"“”„«»‘:]|^\s*[—–-]")
# The longest lines are the article's body; so many tell its script.
MAX_BODY_LINES = 20
MAX_LABEL_WORDS = 5
MAX_LABEL_LENGTH = 40


def find_boilerplate(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines that are furniture."""
    found = {
        i
        for i, line in enumerate(lines)
        if len(line) <= MAX_BOILERPLATE_LENGTH and BOILERPLATE_PHRASES.fullmatch(line.strip())
    }
    main = _dominant_script(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        found.update(_edge_lines(lines, order, found, main))
    # An article of a few short lines has no body to tell its head and tail from.
    return found


def _edge_lines(lines: Sequence[str], order: Iterable[int], known: set[int], main: str) -> Iterator[int]:
    """Walk in from one end until the first line that reads as text."""
    edge: list[int] = []
    for index in order:
        line = lines[index]
        if index not in known and not _is_label_line(line) and not _is_foreign_line(line, main):
            yield from edge
            return
        edge.append(index)


def _is_label_line(line: str) -> bool:
    short = len(line) <= MAX_LABEL_LENGTH and len(line.split()) <= MAX_LABEL_WORDS
    return short and not line.endswith(SENTENCE_ENDINGS) and not SPEECH_MARKS.search(line)


def _is_foreign_line(line: str, main: str) -> bool:
    script = _line_script(line)
    return len(line) <= MAX_BOILERPLATE_LENGTH and script not in {"", main} and not line.endswith((".", "!", "?", "…"))


def _dominant_script(lines: Sequence[str]) -> str:
    counts: Counter[str] = Counter()
    for line in nlargest(MAX_BODY_LINES, lines, key=len):
        counts[_line_script(line)] += len(line)
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


def _line_script(line: str) -> str:
    """The script of most letters at the line's beginning ("LATIN", "CYRILLIC", …), by their Unicode names."""
    names = (unicodedata.name(char, "").split(" ", 1)[0] for char in line[:MAX_BOILERPLATE_LENGTH] if char.isalpha())
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""
