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
LONGEST = 160
PHRASES = re.compile(
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
SENTENCE_END = tuple(".!?…。！？؟।\"'”’»")
# Marks and colons mean that somebody may be speaking: only the phrases above may drop such a line.
SPOKEN = re.compile(r"[\"“”„«»‘:]|^\s*[—–-]")
# The longest lines are the article's body; so many tell its script.
BODY = 20
FEW_WORDS = 5
FEW_LETTERS = 40


def furniture(lines: Sequence[str]) -> set[int]:
    """The indexes of the lines that are furniture."""
    found = {i for i, line in enumerate(lines) if len(line) <= LONGEST and PHRASES.fullmatch(line.strip())}
    main = _main_script(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        found.update(_edge(lines, order, found, main))
    # An article of a few short lines has no body to tell its head and tail from.
    return found


def _edge(lines: Sequence[str], order: Iterable[int], known: set[int], main: str) -> Iterator[int]:
    """Walk in from one end until the first line that reads as text."""
    edge: list[int] = []
    for index in order:
        line = lines[index]
        if index not in known and not _is_label(line) and not _is_foreign(line, main):
            yield from edge
            return
        edge.append(index)


def _is_label(line: str) -> bool:
    short = len(line) <= FEW_LETTERS and len(line.split()) <= FEW_WORDS
    return short and not line.endswith(SENTENCE_END) and not SPOKEN.search(line)


def _is_foreign(line: str, main: str) -> bool:
    script = _script(line)
    return len(line) <= LONGEST and script not in {"", main} and not line.endswith((".", "!", "?", "…"))


def _main_script(lines: Sequence[str]) -> str:
    counts: Counter[str] = Counter()
    for line in nlargest(BODY, lines, key=len):
        counts[_script(line)] += len(line)
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


def _script(line: str) -> str:
    """The script of most letters at the line's beginning ("LATIN", "CYRILLIC", …), by their Unicode names."""
    names = (unicodedata.name(char, "").split(" ", 1)[0] for char in line[:LONGEST] if char.isalpha())
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""
