"""Finds the turns of an interview that is printed with dashes and without names: questions, and who answers them."""

from collections.abc import Sequence

from claims.extraction.quotation import Act, Kind
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.people import NameTable
from claims.extraction.russian.statements import Pattern, Statement

MIN_TURNS = 4
MIN_QUESTIONS = 2


def find_turns(text: str, sentences: Sequence[ParsedSentence], table: NameTable) -> list[Statement]:
    """Return a statement for each turn; the answers are those of the only person whom the text names before them."""
    turns = [sentence for sentence in sentences if _is_turn(sentence)]
    questions = [turn for turn in turns if text[turn.source.span.end - 1] == "?"]
    if len(turns) < MIN_TURNS or len(questions) < MIN_QUESTIONS:
        return []
    before = [person for number in range(turns[0].number) for _, person in table.people_in.get(number, ())]
    guest = before[0].name if before and all(person is before[0] for person in before) else ""
    statements = []
    for turn in turns:
        speech = turn.source.speeches[0]
        speech.is_used = True
        statement = Statement(turn, list(speech.parts), Kind.DIRECT, Act.SPEECH, Pattern.TURN)
        statement.guest = "" if turn in questions else guest
        statements.append(statement)
    return statements


def _is_turn(sentence: ParsedSentence) -> bool:
    speeches = sentence.source.speeches
    if len(speeches) != 1 or sentence.source.words:
        return False
    speech = speeches[0]
    return not (speech.is_used or speech.is_quoted or speech.is_label) and len(speech.parts) == 1
