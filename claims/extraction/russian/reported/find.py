"""Finds the statements of a sentence by its cues."""

import re
from collections.abc import Sequence

from claims.extraction.quotation import Kind, Span
from claims.extraction.russian.cues import Cue, CueKind
from claims.extraction.russian.name_runs import ORGANIZATION
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.reported.clauses import find_clause, find_infinitive
from claims.extraction.russian.reported.contents import build, sentence_end
from claims.extraction.russian.reported.headlines import find_headline
from claims.extraction.russian.reported.marked_words import find_marked_words
from claims.extraction.russian.reported.objects import find_object
from claims.extraction.russian.reported.parentheses import find_according_to, find_parenthesis
from claims.extraction.russian.statements import Pattern, Statement

# «Об этом сообщил», «такое мнение высказал»: the content is the sentence before.
BACKWARD = re.compile(
    r"(?:об|обо)\s+(?:вс[её]м\s+)?этом\b|соответствующ\w+\s|(?:с\s+)?так(?:ое|ую|им|ой)\s+\w+|эт[иу]\s+(?:данные|информацию|слова)",
    re.IGNORECASE,
)
MAX_WORDS_TO_CUE = 12
AGENCY_NOUNS = frozenset({"агентство", "газета", "издание", "телеканал", "портал", "корреспондент"})


def find_reported(
    text: str, sentence: ParsedSentence, cues: Sequence[Cue], previous: ParsedSentence | None
) -> list[Statement]:
    """Return the statements of a sentence that its cues introduce without speech of their own."""
    statements: list[Statement] = []
    for number, cue in enumerate(cues):
        if cue.is_manner or (cue.is_used and cue.colon is None):
            continue
        following = cues[number + 1 :]
        if cue.is_used:  # `не исключил, что раунд сорвётся: «Поводов хватает»`
            statement = find_clause(text, cue, following) or find_infinitive(text, cue, following)
            statement = statement or find_object(text, cue, following)
            statements += [statement] if statement else []
            continue
        statement = (
            find_clause(text, cue, following)
            if not cue.has_speaker
            else (
                _refer_back(text, cue, previous)
                or find_clause(text, cue, following)
                or (find_according_to(text, cue, cues) if cue.kind is CueKind.BY else None)
                or find_parenthesis(text, cue, cues[:number])
                or _find_behind_colon(text, cue)
                or find_infinitive(text, cue, following)
                or find_object(text, cue, following)
            )
        )
        if statement:
            cue.is_used = True
            statements.append(statement)
    statements += find_marked_words(text, sentence, cues, statements)
    if not statements and not any(cue.is_used for cue in cues):
        statements += find_headline(text, sentence)
    return _without_carriers(statements)


def _without_carriers(statements: list[Statement]) -> list[Statement]:
    """Leave out agencies that pass on what others say in the same sentence: `X заявил, что …, сообщает ТАСС`."""
    others = [s for s in statements if s.pattern in {Pattern.THAT, Pattern.BY, Pattern.INFINITIVE}]
    carriers: list[Statement] = []
    for carrier in statements:
        mention = carrier.mention
        if carrier.pattern is not Pattern.PARENTHESIS or mention is None:
            continue
        covered = [s for s in others if s.content[0].start >= carrier.content[0].start]
        if covered and (mention.entity == ORGANIZATION or mention.head in AGENCY_NOUNS):
            carriers.append(carrier)
            for statement in covered:
                statement.outlet = statement.outlet or mention.span
    return [statement for statement in statements if statement not in carriers]


def _refer_back(text: str, cue: Cue, previous: ParsedSentence | None) -> Statement | None:
    """`Об этом сообщает ТАСС`: the content is the sentence before, or the speech that it is."""
    sentence = cue.sentence
    match = BACKWARD.match(text, *sentence.source.span)
    if not match or previous is None or cue.start > MAX_WORDS_TO_CUE or sentence.source.speeches:
        return None
    if "," in sentence.lowers[: cue.start] and not match[0].lower().startswith("об"):
        return None
    speeches = [speech for speech in previous.source.speeches if not speech.is_used]
    if speeches and not any(word.text.isalnum() for word in previous.source.words):
        spans: list[Span] = []
        for speech in speeches:
            speech.is_used = True
            spans += speech.parts
        outlet = sentence.source.text_span(cue.outlet.start, cue.outlet.end) if cue.outlet else None
        return Statement(sentence, spans, Kind.DIRECT, cue.act, Pattern.BACKWARD, cue.span, cue.mention, outlet)
    if any(speech.is_used for speech in previous.source.speeches) or not previous.source.words:
        return None
    return build(text, cue, previous.source.span.start, sentence_end(previous), Pattern.BACKWARD)


def _find_behind_colon(text: str, cue: Cue) -> Statement | None:
    """`Мама сказала: иди домой`."""
    words = cue.sentence.source.words
    if cue.word is None or not cue.is_finite or cue.mention is None:
        return None
    near = range(cue.end, min(len(words) - 1, cue.end + MAX_WORDS_TO_CUE))
    colon = next((index for index in near if words[index].text in {":", ",", ";"}), None)
    if colon is None or words[colon].text != ":":
        return None
    return build(text, cue, words[colon].span.end, sentence_end(cue.sentence), Pattern.COLON)
