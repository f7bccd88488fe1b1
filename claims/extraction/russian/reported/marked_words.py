"""Finds words in marks that somebody used: `назвал сделку «лучшей за десять лет»`."""

from collections.abc import Sequence

from claims.extraction.quotation import Act, Kind, Span
from claims.extraction.russian.cue_words import NAMING_VERBS
from claims.extraction.russian.cues import Cue
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.contents import QUOTED, is_name_in_marks, trim
from claims.extraction.russian.statements import Pattern, Statement

MAX_WORDS_BETWEEN = 14
CLAUSE_WORDS = frozenset({"если", "который", "которая", "которые", "которое"})


def find_marked_words(
    text: str, sentence: ParsedSentence, cues: Sequence[Cue], statements: Sequence[Statement]
) -> list[Statement]:
    found: list[Statement] = []
    covered = [span for statement in statements for span in statement.content]
    covered += [speech.outer for speech in sentence.source.speeches]
    usable = [cue for cue in cues if not cue.is_used and cue.mention and cue.has_speaker and cue.is_finite]
    for match in QUOTED.finditer(text, *sentence.source.span) if usable else ():
        span = Span(*match.span())
        if any(other.start <= span.start < other.end for other in covered):
            continue
        cue = next((cue for cue in reversed(usable) if cue.position < span.start), None)
        inner = trim(text, Span(span.start + 1, span.end - 1))
        if cue is None or inner is None or not _is_about(text, cue, span):
            continue
        if found and found[-1].cue == cue.span:
            found[-1].content.append(inner)
        else:
            act = Act.SPEECH if _is_naming(cue) or cue.act is Act.THOUGHT else cue.act
            found.append(Statement(sentence, [inner], Kind.MIXED, act, Pattern.WORDS, cue.span, cue.mention))
    return found


def _is_naming(cue: Cue) -> bool:
    return cue.word is not None and cue.word.lemma in NAMING_VERBS


def _is_about(text: str, cue: Cue, span: Span) -> bool:
    """Whether words in marks are what a cue introduces, not a name or a part of another clause."""
    if is_name_in_marks(text, span, min_words=1 if _is_naming(cue) else 2) or (cue.is_manner and not _is_naming(cue)):
        return False
    between = [word.lower for word in cue.sentence.source.words if cue.position < word.span.start < span.start]
    return len(between) <= MAX_WORDS_BETWEEN and CLAUSE_WORDS.isdisjoint(between)
