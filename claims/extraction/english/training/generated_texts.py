"""Generated texts: quotations of the corpus in frames that it lacks or has seldom (wire, courts, sports, business)."""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from claims.extraction.corpus import AnnotatedText, Attribution
from claims.extraction.english.training.frames import (
    ASKED,
    CLAUSES,
    DAYS,
    EXCLAIMED,
    FRAMES,
    NICKNAMES,
    ORGANIZATIONS,
    PREDICATES,
    QUESTIONS,
    ROLES,
    TITLES,
    VERBS,
)
from claims.extraction.english.training.varied_names import OUTLETS, PLACES, REGIONS
from claims.extraction.quotation import Span

PARAGRAPHS = range(8, 16)
PLAIN_PERCENT = 40

PART_PATTERN = re.compile(r"\[([csq])(\d?) ?([^\[\]]*)\]")
SLOT_PATTERN = re.compile(r"\{(\w+)\}")
QUOTE_PATTERN = re.compile(r"[“\"]([A-Z][^“”\"\[\]{}\n]{15,180}?)[.,]?[”\"]")
CLAUSE_PATTERN = re.compile(
    r"(?:that )?((?:he|she|it|they|the|there|his|her|their|a|an|no|some|many) [^“”\"\[\]{}\n]{12,160})"
)
SENTENCE_PATTERN = re.compile(r"(?<![^\s])[A-Z][^.!?\n“”\"\[\]{}]{30,220}\.(?=\s)")


@dataclass(slots=True)
class ContentPool:
    """What is said in a corpus: quotations without marks, clauses, and sentences that attribute nothing."""

    quotes: list[str] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)

    @classmethod
    def from_corpus(cls, corpus: Iterable[AnnotatedText]) -> "ContentPool":
        pool = cls()
        for annotated in corpus:
            attributed = sorted(
                span for one in annotated.attributions for spans in (one.source, one.cue, one.content) for span in spans
            )
            for one in annotated.attributions:
                if len(one.content) == 1 and len(one.cue) == 1 and one.cue[0].of(annotated.text) in {"said", "says"}:
                    content = one.content[0].of(annotated.text)
                    if quoted := QUOTE_PATTERN.fullmatch(content):
                        pool.quotes.append(quoted[1])
                    elif clause := CLAUSE_PATTERN.fullmatch(content):
                        pool.clauses.append(clause[1].rstrip(".,"))
            for match in SENTENCE_PATTERN.finditer(annotated.text):
                if not any(span.start < match.end() and match.start() < span.end for span in attributed):
                    pool.sentences.append(match[0])
        return pool


@dataclass(frozen=True, slots=True)
class Person:
    first: str
    last: str
    role: str
    pronoun: str

    def introduction(self, rng: random.Random) -> str:
        name = f"{self.first} {self.last}"
        return rng.choice((name, f"{self.role} {name}", f"{name}, a {self.role},", f"the {self.role}, {name},", name))


def generate_texts(pool: ContentPool, count: int, seed: str) -> list[AnnotatedText]:
    """Generate texts. The same pool, count and seed always give the same texts."""
    rng = random.Random(f"{seed} generated")  # noqa: S311  not for security
    return [_generate_text(pool, f"generated {number}", rng) for number in range(count)]


def _generate_text(pool: ContentPool, name: str, rng: random.Random) -> AnnotatedText:
    people = [_generate_person(rng) for _ in range(3)]
    text = ""
    attributions: list[Attribution] = []
    for _ in range(rng.choice(PARAGRAPHS)):
        if rng.randrange(100) < PLAIN_PERCENT:
            text += f"{' '.join(rng.sample(pool.sentences, min(len(pool.sentences), rng.randrange(1, 4))))}\n\n"
            continue
        rng.shuffle(people)
        paragraph = _fill_slots(rng.choice(FRAMES), pool, people, rng)
        if rng.randrange(3) == 0 and "\n" not in paragraph and pool.sentences:
            paragraph = f"{rng.choice(pool.sentences)} {paragraph}"
        plain, found = parse_marked_text(paragraph, len(text))
        text += f"{plain}\n\n"
        attributions.extend(found)
    return AnnotatedText(name, text, tuple(attributions))


def parse_marked_text(marked: str, offset: int = 0) -> tuple[str, list[Attribution]]:
    """Return a text without its part markers, and its attributions with spans from `offset` on."""
    plain = ""
    position = 0
    spans: dict[str, dict[str, list[Span]]] = {}
    for match in PART_PATTERN.finditer(marked):
        plain += marked[position : match.start()]
        parts = spans.setdefault(match[2], {"s": [], "q": [], "c": []})
        parts[match[1]].append(Span(offset + len(plain), offset + len(plain) + len(match[3])))
        plain += match[3]
        position = match.end()
    plain += marked[position:]
    return plain, [Attribution(tuple(parts["s"]), tuple(parts["q"]), tuple(parts["c"])) for parts in spans.values()]


def _generate_person(rng: random.Random) -> Person:
    men, women, surnames = rng.choice(REGIONS)
    first_names, pronoun = rng.choice(((men, "he"), (women, "she")))
    return Person(rng.choice(first_names), rng.choice(surnames), rng.choice(ROLES), pronoun)


def _fill_slots(frame: str, pool: ContentPool, people: Sequence[Person], rng: random.Random) -> str:
    first, second = people[:2]
    quotes = [*pool.quotes, *(_capitalize(clause) for clause in CLAUSES)]
    # Half of the clauses are of other news.
    clauses = pool.clauses if pool.clauses and rng.randrange(2) else CLAUSES
    fillers = {
        "quote": lambda: rng.choice(quotes),
        "clause": lambda: rng.choice(clauses),
        "Clause": lambda: _capitalize(rng.choice(clauses)),
        "predicate": lambda: rng.choice(PREDICATES),
        "question": lambda: rng.choice(QUESTIONS),
        "exclaimed": lambda: rng.choice(EXCLAIMED),
        "person": lambda: first.introduction(rng),
        "person2": lambda: second.introduction(rng),
        "name": lambda: first.last,
        "name2": lambda: second.last,
        "first": lambda: second.first,
        "pronoun": lambda: first.pronoun,
        "Pronoun": lambda: _capitalize(first.pronoun),
        "role": lambda: first.role,
        "org": lambda: rng.choice(ORGANIZATIONS),
        "outlet": lambda: rng.choice(OUTLETS),
        "verb": lambda: rng.choice(VERBS),
        "asked": lambda: rng.choice(ASKED),
        "day": lambda: rng.choice(DAYS),
        "place": lambda: rng.choice(PLACES),
        "age": lambda: str(rng.randrange(12, 80)),
        "title": lambda: rng.choice(TITLES),
        "nick": lambda: rng.choice(NICKNAMES),
    }
    filled = SLOT_PATTERN.sub(lambda slot: fillers[slot[1]](), frame)
    # "the judge, Ann Moor,." and a sentence that begins in lower case.
    filled = re.sub(r",(\]?)(?=[.,:])", r"\1", filled)
    filled = re.sub(r"([?!])[.,](?=”)", r"\1", filled)
    return re.sub(r"^((?:\[\w+ )?)([a-z])", lambda match: match[1] + match[2].upper(), filled)


def _capitalize(text: str) -> str:
    return text[0].upper() + text[1:]
