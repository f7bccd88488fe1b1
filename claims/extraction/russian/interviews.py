"""Finds the turns of an interview whose lines name nobody: the answers are statements of the guest, questions are none.

Papers print a dash before questions and answers, before the answers only, or before the questions only.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from claims.extraction.quotation import Act, Kind, Span
from claims.extraction.russian.cue_words import word_set
from claims.extraction.russian.parsing.parsed_sentences import ParsedSentence
from claims.extraction.russian.quoted_speech import INITIALS, LABEL_OF_ANSWERS
from claims.extraction.russian.speakers.people import NameTable, Person
from claims.extraction.russian.statements import Pattern, Statement

MIN_TURNS = 4
MIN_QUESTIONS = 2
MIN_SHARE = 0.65  # of the paragraphs are as one way of printing has them
MIN_WORDS = 4  # a shorter one is a subheading
JOURNALISTS = word_set("корреспондент журналист журналистка обозреватель интервьюер репортёр репортер")
INTERVIEWING_VERBS = word_set(
    "беседовал беседовала побеседовал побеседовала поговорил поговорила расспросил расспросила"
)
ADDRESS = re.compile(r"(?:^|,\s)([А-ЯЁ][а-яё]+)(?:\s[А-ЯЁ][а-яё]+(?:вич|вна|ична|ьич))?(?=[,?!])")
SENTENCE_ENDS = frozenset('.!?…»"”)')
Paragraph = list[ParsedSentence]


@dataclass(slots=True)
class _Turn:
    """A paragraph behind a dash, and the paragraphs without one up to the next."""

    sentence: ParsedSentence
    is_question: bool
    following: list[Paragraph] = field(default_factory=list)

    @property
    def parts(self) -> list[Span]:
        return self.sentence.source.speeches[0].parts


@dataclass(frozen=True, slots=True)
class _Answer:
    turn: _Turn
    parts: list[Span]
    paragraphs: list[Paragraph]


def find_turns(
    text: str, sentences: Sequence[ParsedSentence], table: NameTable, statements: Sequence[Statement]
) -> list[Statement]:
    """Return a statement for each answer; answers behind labels are statements already, to which the guest is added."""
    turns = _list_turns(text, sentences)
    answers = _find_answers(text, turns)
    labelled = [s for s in statements if any(speech.is_label for speech in s.sentence.source.speeches)]
    if not answers and not labelled:
        return []
    begin = (_first_turn(turns, answers) if answers else labelled[0]).sentence.number
    people = _people_before(sentences[:begin], table)
    lead = [statement for statement in statements if statement.sentence.number < begin]
    guest = _find_guest(people, [turn.parts[0].of(text) for turn in turns], lead, table, begin)
    for statement in labelled:
        statement.guest = _find_labelled(statement, people, guest)
    if answers:
        for turn in turns:
            turn.sentence.source.speeches[0].is_used = True
    name = guest.name if guest else ""
    reported = {statement.sentence.number for statement in statements}
    built = (_build_statement(text, answer, table, name, reported) for answer in answers)
    return [statement for statement in built if statement.content]


def _list_turns(text: str, sentences: Sequence[ParsedSentence]) -> list[_Turn]:
    turns: list[_Turn] = []
    for _, group in groupby(sentences, key=lambda sentence: sentence.source.paragraph):
        paragraph = list(group)
        first = paragraph[0].source
        speech = first.speeches[0] if len(first.speeches) == 1 and not first.words else None
        if speech and speech.parts and not (speech.is_quoted or speech.is_label):
            turns.append(_Turn(paragraph[0], is_question=text[: speech.parts[-1].end].endswith("?")))
        elif turns:
            turns[-1].following.append(paragraph)
    return turns


def _find_answers(text: str, turns: Sequence[_Turn]) -> list[_Answer]:
    """Return the answers that are not attributed by words of the reporter."""
    questions = sum(turn.is_question for turn in turns)
    asked_between = sum(_is_question(text, turn.following) is True for turn in turns[:-1])
    answered_between = sum(_is_question(text, turn.following) is False for turn in turns)
    answers: list[_Answer] = []
    if len(turns) > MIN_QUESTIONS and asked_between >= max(MIN_QUESTIONS, MIN_SHARE * (len(turns) - 1)):
        answers = [_Answer(turn, turn.parts, turn.following[:-1]) for turn in turns]
    elif len(turns) > MIN_QUESTIONS and min(questions, answered_between) >= MIN_SHARE * len(turns):
        answers = [_Answer(turn, [], turn.following) for turn in turns[:-1]]
        answers.append(_Answer(turns[-1], [], turns[-1].following[:1]))  # what follows may be the reporter's
    elif len(turns) >= MIN_TURNS and questions >= MIN_QUESTIONS:
        answers = list(_alternate(turns))
    return [answer for answer in answers if not answer.turn.sentence.source.speeches[0].is_used]


def _first_turn(turns: Sequence[_Turn], answers: Sequence[_Answer]) -> _Turn:
    """Return the first turn of an interview: the question before the first answer; what is before is the article's."""
    first = next(number for number, turn in enumerate(turns) if turn is answers[0].turn)
    return turns[first - 1] if first and turns[first - 1].is_question else turns[first]


def _is_question(text: str, paragraphs: Sequence[Paragraph]) -> bool | None:
    """Whether the last of some paragraphs asks; None if there is none."""
    return _span_of(text, paragraphs[-1]).of(text).endswith("?") if paragraphs else None


def _alternate(turns: Sequence[_Turn]) -> Iterator[_Answer]:
    """Yield the answers of turns that follow questions; a question need not end with its mark, and an answer may."""
    even = [turn.is_question for turn in turns[::2]]
    odd = [turn.is_question for turn in turns[1::2]]
    is_regular = max(sum(even), sum(odd)) >= MIN_SHARE * (sum(even) + sum(odd))
    is_answer = True
    for number, turn in enumerate(turns):
        behind = turns[number + 1] if number + 1 < len(turns) else None
        if is_regular:
            is_answer = number % 2 == int(sum(even) >= sum(odd))
        else:  # two turns in a row that do not ask are what is said to the guest, and the answer
            is_answer = not is_answer or not (turn.is_question or (behind is not None and not behind.is_question))
        if is_answer:
            yield _Answer(turn, turn.parts, turn.following if behind else [])


def _build_statement(text: str, answer: _Answer, table: NameTable, guest: str, reported: Collection[int]) -> Statement:
    """Return an answer with its later paragraphs, up to one in which the reporter speaks of the guest or quotes."""
    content = list(answer.parts)
    for paragraph in answer.paragraphs:
        span = _span_of(text, paragraph)
        numbers = {sentence.number for sentence in paragraph}
        names = {person.name for number in numbers for _, person in table.people_in.get(number, ())}
        if guest in names or (content and not numbers.isdisjoint(reported)):
            break
        is_subheading = bool(content) and len(span.of(text).split()) < MIN_WORDS
        if text[span.end - 1] in SENTENCE_ENDS and not is_subheading:
            content.append(span)
    return Statement(answer.turn.sentence, content, Kind.DIRECT, Act.SPEECH, Pattern.TURN, guest=guest)


def _span_of(text: str, paragraph: Paragraph) -> Span:
    start = paragraph[0].source.span.start
    end = max(sentence.source.span.end for sentence in paragraph)
    return Span(start, start + len(text[start:end].rstrip()))


def _people_before(sentences: Sequence[ParsedSentence], table: NameTable) -> list[Person]:
    """Return who is named before an interview, but for who asks in it."""
    people: dict[int, Person] = {}
    for sentence in sentences:
        is_of_interviewer = not INTERVIEWING_VERBS.isdisjoint(sentence.lowers)
        for _, person in table.people_in.get(sentence.number, ()):
            is_interviewer = is_of_interviewer and sentence.number in person.subject_of
            if not is_interviewer and JOURNALISTS.isdisjoint(person.roles):
                people[id(person)] = person
    return list(people.values())


def _find_guest(
    people: Sequence[Person],
    turns: Sequence[str],
    lead: Sequence[Statement],
    table: NameTable,
    begin: int,
) -> Person | None:
    """Return the only person, or the one whom a turn addresses, the last sentence introduces, or the lead quotes."""
    if len(people) <= 1:
        return people[0] if people else None
    addressed = {match[1] for turn in turns for match in ADDRESS.finditer(turn)}
    fitting = [person for person in people if person.given and person.given.split()[0] in addressed]
    if not fitting and (introduced := _introduced_last(begin, people, lead, table)):
        return introduced
    if not fitting:
        mentions = [statement.mention for statement in lead if statement.mention]
        quoted = [table.person_at.get((mention.sentence.number, mention.start)) for mention in mentions]
        fitting = [person for person in people if any(person is other for other in quoted)]
    return fitting[0] if len(fitting) == 1 else None


def _introduced_last(
    begin: int, people: Sequence[Person], lead: Sequence[Statement], table: NameTable
) -> Person | None:
    """Return the only person whom the sentence before an interview names, its subject: `К прессе вышел Рогов.`"""
    named = [person for person in table.people_named_in([begin - 1]) if person in people]
    is_report = any(statement.sentence.number == begin - 1 for statement in lead)
    return named[0] if len(named) == 1 and begin - 1 in named[0].subject_of and not is_report else None


def _find_labelled(statement: Statement, people: Sequence[Person], guest: Person | None) -> str:
    """Return whom a label means that is no name: `Ответ`, or the initials of somebody."""
    label = statement.mention.head if statement.mention else ""
    if label == LABEL_OF_ANSWERS:
        return guest.name if guest else ""
    initials = INITIALS.fullmatch(label)
    fitting = [person for person in people if initials and _has_initials(person, initials[1], initials[2])]
    return fitting[0].name if len(fitting) == 1 else ""


def _has_initials(person: Person, first: str, second: str) -> bool:
    words = person.name.split()
    return len(words) > 1 and {words[0][0].lower(), words[-1][0].lower()} == {first, second}
