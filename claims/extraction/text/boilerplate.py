"""Recognizes boilerplate: what a web page puts around an article, and a copied text carries along.

By the phrases that publishers use ("Advertisement", "Skip to main content"), and by the form of lines at the beginning
and end of the text: a few words that are no sentence, or a line in another script than the article's.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest

# A longer line is text, even if it begins like boilerplate.
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
# A line with these may be speech, so only the phrases above can make it boilerplate.
SPEECH_MARKS = re.compile(r"[\"“”„«»‘:]|^\s*[—–-]")
# The script of the article is that of its longest lines.
MAX_BODY_LINES = 20
MAX_LABEL_WORDS = 5
MAX_LABEL_LENGTH = 40


def find_boilerplate(lines: Sequence[str]) -> set[int]:
    """Return the indexes of the lines that are boilerplate."""
    boilerplate = {
        i
        for i, line in enumerate(lines)
        if len(line) <= MAX_BOILERPLATE_LENGTH and BOILERPLATE_PHRASES.fullmatch(line.strip())
    }
    script = _dominant_script(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        boilerplate.update(_edge_lines(lines, order, boilerplate, script))
    return boilerplate


def _edge_lines(lines: Sequence[str], order: Iterable[int], boilerplate: set[int], script: str) -> Iterator[int]:
    """Yield the lines from one end up to the first that is text; none if no line is text."""
    edge: list[int] = []
    for index in order:
        line = lines[index]
        if not (index in boilerplate or _is_label_line(line) or _is_foreign_line(line, script)):
            yield from edge
            return
        edge.append(index)


def _is_label_line(line: str) -> bool:
    is_short = len(line) <= MAX_LABEL_LENGTH and len(line.split()) <= MAX_LABEL_WORDS
    return is_short and not line.endswith(SENTENCE_ENDINGS) and not SPEECH_MARKS.search(line)


def _is_foreign_line(line: str, article_script: str) -> bool:
    script = _line_script(line)
    return (
        len(line) <= MAX_BOILERPLATE_LENGTH
        and script not in {"", article_script}
        and not line.endswith((".", "!", "?", "…"))
    )


def _dominant_script(lines: Sequence[str]) -> str:
    counts: Counter[str] = Counter()
    for line in nlargest(MAX_BODY_LINES, lines, key=len):
        counts[_line_script(line)] += len(line)
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


def _line_script(line: str) -> str:
    """Return the commonest script of a line's first letters, as Unicode names it ("LATIN", "CYRILLIC")."""
    counts = Counter(map(_letter_script, filter(str.isalpha, line[:MAX_BOILERPLATE_LENGTH])))
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


@lru_cache(maxsize=4096)  # a letter keeps its name
def _letter_script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]
