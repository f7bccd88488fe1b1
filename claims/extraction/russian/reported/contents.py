"""The content of a statement that is not set apart: its span, and how far it stands in marks."""

import re
from collections.abc import Sequence

from claims.extraction.quotation import Kind, Span
from claims.extraction.russian.cues import Cue
from claims.extraction.russian.mentions import Mention
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.statements import Pattern, Statement

STRIPPED = " \t\u00a0\n,.;:—–-…!?"
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“]*“|\"[^\"]*\"")
SENTENCE_MARKS = ".!?…"
MAX_NAME_WORDS = 4
# A name in marks follows what it is the name of.
NAMED_THINGS = re.compile(
    r"(?:газет|журнал|роман|фильм|спектакл|книг|клуб|завод|компани|фирм|банк|театр|парти|проект|программ|корпораци|концерн"
    r"|холдинг|групп|агентств|отел|ресторан|кафе|магазин|шахт|издани|песн|альбом|сериал|телеканал|портал|фонд|движени|центр"
    r"|стадион|аэропорт|поезд|комплекс|канал|радио|кинотеатр|преми|орден|площадк|лагер|поселк|посёлк|трасс|станци|рубрик"
    r"|ООО|ЗАО|ПАО|ОАО|АО|ГК|ТЦ|ТРЦ|ЖК|ФК|ХК|ФГУП|МУП|НПО|СНТ)\w*\s*$"
)
MAX_THING_LENGTH = 30


def build(
    text: str, cue: Cue, start: int, end: int, pattern: Pattern, *, mention: Mention | None = None
) -> Statement | None:
    """Return the statement of a cue whose content stands between two positions; None if there is no word."""
    content = trim(text, Span(start, end if cue.colon is None else min(end, cue.colon)))
    if content is None:
        return None
    source = cue.sentence.source
    outlet = source.text_span(cue.outlet.start, cue.outlet.end) if cue.outlet else None
    kind, spans = classify(text, [speech.outer for speech in source.speeches], content)
    statement = Statement(cue.sentence, spans, kind, cue.act, pattern, cue.span, mention or cue.mention, outlet)
    statement.gender_without_subject = cue.gender_without_subject
    return statement


def trim(text: str, span: Span) -> Span | None:
    """Strip white space and punctuation; None if nothing is left."""
    start, end = span
    while start < end and text[start] in STRIPPED:
        start += 1
    while start < end and text[end - 1] in STRIPPED:
        end -= 1
    return Span(start, end) if start < end else None


def classify(text: str, speeches: Sequence[Span], content: Span) -> tuple[Kind, list[Span]]:
    """Return direct with the words between the marks if all are between them, mixed if some are, else indirect."""
    outer = [span for span in speeches if content.start <= span.start < content.end]
    found = [Span(*match.span()) for match in QUOTED.finditer(text, *content)]
    quoted = sorted([*outer, *(q for q in found if not any(s.start <= q.start < s.end for s in outer))])
    position, outside = content.start, []
    for span in quoted:
        outside.append(text[position : span.start])
        position = span.end
    outside.append(text[position : content.end])
    if quoted and not re.search(r"\w", "".join(outside)):
        inner = [trim(text, Span(span.start + 1, span.end - 1)) for span in quoted]
        return Kind.DIRECT, [span for span in inner if span]
    is_mixed = any(not is_name_in_marks(text, span) for span in quoted)
    return (Kind.MIXED if is_mixed else Kind.INDIRECT), [content]


def is_name_in_marks(text: str, quoted: Span, *, min_words: int = 2) -> bool:
    """Whether words in marks are the name of something, or so few that they are used as a term."""
    inner = text[quoted.start + 1 : quoted.end - 1].strip()
    if NAMED_THINGS.search(text, max(0, quoted.start - MAX_THING_LENGTH), quoted.start):
        return True
    words = inner.split()
    is_title = inner[:1].isupper() and len(words) <= MAX_NAME_WORDS and inner[-1:] not in SENTENCE_MARKS
    return len(words) < min_words or is_title


def sentence_end(sentence: ParsedSentence) -> int:
    """Return where a sentence ends, with the speech in it."""
    source = sentence.source
    return max([source.words[-1].span.end, *(speech.outer.end for speech in source.speeches)])
