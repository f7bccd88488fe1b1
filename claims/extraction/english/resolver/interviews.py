"""Finds who asks and who answers in an interview whose turns are labelled "Q:" and "A:".

The title or the introduction names them: "a conversation with Ann Moor", "Bob Lee spoke to Ann Moor".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from claims.extraction.english.resolver.document_words import DocumentWords
from claims.extraction.english.resolver.entities.entity_table import EntityTable
from claims.extraction.english.resolver.entities.name_runs import NameRun
from claims.extraction.english.resolver.entities.people import Person
from claims.extraction.english.resolver.name_resolution import NameResolver
from claims.extraction.lexicon import word_set

QUESTION_LABELS = frozenset({"Q", "Question"})
ANSWER_LABELS = frozenset({"A", "Answer"})
INTERVIEW_LABELS = QUESTION_LABELS | ANSWER_LABELS
# "an interview with", "spoke to", "sat down with", "caught up with", "five questions for"
CONVERSATION_WORDS = word_set(
    "interview interviews conversation q&a chat chatted chats talk talks talked talking spoke speaks speaking spoken"
    " sat sits caught questions minutes discussion"
)
CONVERSATION_PREPOSITIONS = frozenset({"with", "to", "for"})
MEETING_VERBS = word_set("interviewed interviews interviewing meet meets met asked")
INTERVIEWER_LEADS = word_set("interview interviewed conducted questions")
ANY_INTERVIEW_WORDS = CONVERSATION_WORDS | MEETING_VERBS | {"answers"}
# In words: "with" from "conversation", and a name from that ("with the marine biologist Ann Moor").
MAX_LEAD_DISTANCE = 4
MAX_ROLE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Interview:
    """The people of an interview, as far as its introduction names them."""

    interviewer: Person | None = None
    interviewee: Person | None = None

    def speaker_of(self, label: str) -> list[Person]:
        person = self.interviewer if label in QUESTION_LABELS else self.interviewee
        return [person] if person else []


def find_interview(
    words: DocumentWords, entities: EntityTable, names: NameResolver, labels: Sequence[int]
) -> Interview:
    """Read the introduction, which ends before the first of the labels, given by their indexes."""
    if not labels:
        return Interview()
    named = [
        (run, person)
        for run in takewhile(lambda run: run.end <= labels[0], entities.runs)
        if (person := names.resolve_run(run)) and len(person.words) > 1
    ]
    starts = {run.start for run, _ in named}
    leads = [words.lower(_lead_of(words, run, starts)) for run, _ in named]
    interviewees = [person for (_, person), lead in zip(named, leads, strict=True) if lead not in {"", "by"}]
    interviewers = [person for (_, person), lead in zip(named, leads, strict=True) if lead == "by"]
    # "Ann Moor sat down with The Post" names only who answers.
    interviewers += [person for run, person in named if interviewees and _asks(words, run.end)]
    if not interviewees and any(words.lower(index) in ANY_INTERVIEW_WORDS for index in range(labels[0])):
        asking = {id(person) for person in interviewers}
        interviewees = [person for _, person in named if person.is_certain and id(person) not in asking]
    return Interview(_only(interviewers), _only(interviewees))


def _lead_of(words: DocumentWords, run: NameRun, name_starts: set[int]) -> int:
    """Return the "with", "to" or "met" before the name of who answers, or the "by" before that of who asks, or -1."""
    index = run.title_start - 1
    while (
        words.in_same_sentence(index, run.start) and index not in name_starts and run.start - index <= MAX_ROLE_LENGTH
    ):
        lead = [words.lower(number) for number in range(max(0, index - MAX_LEAD_DISTANCE), index)]
        if words.lower(index) in MEETING_VERBS:
            return index
        if words.lower(index) in CONVERSATION_PREPOSITIONS and not CONVERSATION_WORDS.isdisjoint(lead):
            return index
        if words.lower(index) == "by" and lead[-1:] and lead[-1] in INTERVIEWER_LEADS:
            return index
        index -= 1
    return -1


def _asks(words: DocumentWords, index: int) -> bool:
    """Whether "spoke to" or "interviews" follows a name."""
    following = range(index, index + MAX_LEAD_DISTANCE)
    return words.lower(index) in MEETING_VERBS or (
        words.lower(index) in CONVERSATION_WORDS
        and any(words.lower(number) in CONVERSATION_PREPOSITIONS for number in following)
    )


def _only(people: Sequence[Person]) -> Person | None:
    return people[0] if len({id(person) for person in people}) == 1 else None
