"""Recognizes boilerplate: what a web page puts around an article, and a copied text carries along.

By the phrases that publishers use ("Advertisement", "Skip to main content"), and by the form of lines at the beginning
and end of the text: a few words that are no sentence, or a line in another script than the article's.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
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
    r"|(?:this|the) (?:interview|conversation|discussion|transcript|q&a) (?:was|has been)(?: lightly)?"
    r" (?:abridged|condensed|edited|shortened|translated)(?: and \w+)?(?: (?:for|from) .{1,60})?"
    r"|(?:machine )?translated (?:by|with|using)\b.*|story continues below\b.*|photo(?:graph)?:.*|image credits?\b.*"
    r"|реклама|озвучить текст|прямой эфир|главный слайд|начало статьи|выделить главное|вкл|выкл|поделиться\b.*"
    r"|подпис(?:аться|ывайтесь)\b.*|читайте также\b.*|переведено\b.*|все права защищены\b.*"
    r"|werbung|anzeige|publicité|publicidad|lire aussi\b.*|weiterlesen\b.*)[\s.:!…>»]*",
    re.IGNORECASE,
)
# A line that begins so leads to another article, credits its makers or describes a picture, whatever follows.
LEADING_PHRASES = re.compile(
    r"(?:(?:read|see|watch|listen|more|also)(?: (?:more|also|read|now|this))?"
    r"|related(?: (?:articles?|stor(?:y|ies)|news))?|recommended|don['’]t miss|in pictures|video|gallery)\s*[:|»›]\s*\S"
    r"|(?:image|media|photo|picture|video) (?:caption|source|credit)s?\b|(?:file|stock) (?:photo|image|picture)\b"
    r"|(?:photo(?:graph)?s?|picture|image|video|credit)s? (?:by|courtesy of)\b|pictured?:"
    r"|(?:additional |with )?(?:reporting|editing|writing) by\b|(?:edited|compiled) by\b",
    re.IGNORECASE,
)
BYLINE = re.compile(r"[Bb]y [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4}(?:,| and | in |$)")
MAX_BYLINE_INDEX = 5
# A caption ends with its credit.
CREDIT = re.compile(
    r"(?:\b(?:photo(?:graph)?|picture|image|credit)s?(?: credit| by)?\s*:\s*[^.!?]{2,80}"
    r"|/\s*(?:getty|reuters|ap|afp|epa|pa|shutterstock)(?: images| photo| wire)?"
    r"|\((?:ap|afp|reuters|file) photo\b[^.!?]{0,60}\))\W*$",
    re.IGNORECASE,
)
COMMENTS_HEADING = re.compile(
    r"(?:\d+ )?(?:reader |readers['’] |user |top |all |view |show |recent )?comments?(?: section)?\s*(?:\(\d+\))?"
    r"|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|join the (?:conversation|discussion|debate)|have your say",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\S{2,24}(?: \S{1,20}){0,2}(?: (?:says|said|wrote|writes))?(?::| [•·|] )")
# Comments follow such a heading if half of the lines look so, or if what follows is not longer than what stands before.
MIN_COMMENTS_SHARE = 0.5
SENTENCE_ENDINGS = tuple(".!?…。！？؟।\"'”’»")
# A line with these may be speech, so only the phrases above can make it boilerplate.
SPEECH_MARKS = re.compile(r"[\"“”„«»‘:]|^\s*[—–*•·▪●‣◦-]")
# The script of the article is that of its longest lines.
MAX_BODY_LINES = 20
MAX_LABEL_WORDS = 5
MAX_LABEL_LENGTH = 40


def find_boilerplate(lines: Sequence[str]) -> set[int]:
    """Return the indexes of the lines that are boilerplate."""
    boilerplate = {i for i, line in enumerate(lines) if len(line) <= MAX_BOILERPLATE_LENGTH and _is_furniture(i, line)}
    boilerplate.update(range(_start_of_comments(lines, boilerplate), len(lines)))
    script = _dominant_script(lines)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        boilerplate.update(_edge_lines(lines, order, boilerplate, script))
    return boilerplate


def _is_furniture(index: int, line: str) -> bool:
    return bool(
        BOILERPLATE_PHRASES.fullmatch(line.strip())
        or LEADING_PHRASES.match(line)
        or CREDIT.search(line)
        or (index < MAX_BYLINE_INDEX and BYLINE.match(line) and not line.endswith(SENTENCE_ENDINGS))
    )


def _start_of_comments(lines: Sequence[str], boilerplate: Container[int]) -> int:
    """Return the index of the heading of the readers' comments; the number of lines if there is none."""
    lengths = [0 if index in boilerplate else len(line) for index, line in enumerate(lines)]
    comment_count = sum(1 for line in lines if COMMENT.match(line))
    length_before, length_after = 0, sum(lengths)
    for index, line in enumerate(lines):
        length_after -= lengths[index]
        comment_count -= COMMENT.match(line) is not None
        if length_before and len(line) <= MAX_LABEL_LENGTH and COMMENTS_HEADING.fullmatch(line.strip(" .:!")):
            are_comments = comment_count >= MIN_COMMENTS_SHARE * (len(lines) - index - 1)
            if are_comments or length_after <= length_before:
                return index
        length_before += lengths[index]
    return len(lines)


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
