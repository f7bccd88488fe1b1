"""Sentences with their names and their syntax."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from claims.extraction.russian.name_runs import NameRun
from claims.extraction.russian.parsing.models import Parse, load_models
from claims.extraction.russian.sentences import Sentence

MAX_STEPS = 12  # heads can form cycles
MAX_PHRASE_WORDS = 30
NP_RELATIONS = frozenset(
    [
        "amod",
        "det",
        "nmod",
        "flat",
        "flat:name",
        "flat:foreign",
        "compound",
        "nummod",
        "appos",
        "case",
        "fixed",
        "nummod:gov",
        "cc",
        "conj",
    ]
)
# Within a noun phrase: names in marks, and full stops of abbreviations.
PHRASE_MARKS = '«»"“”„-.'
UNKNOWN = Parse("X", {}, -1, "dep")


@dataclass
class ParsedSentence:
    """A sentence with its names and, if it was parsed, its syntax."""

    source: Sentence
    number: int
    names: list[NameRun] = field(default_factory=list)

    @cached_property
    def lowers(self) -> list[str]:
        return [word.lower for word in self.source.words]

    @cached_property
    def parses(self) -> list[Parse]:
        return [word.parse or UNKNOWN for word in self.source.words]

    @cached_property
    def children(self) -> list[list[int]]:
        children: list[list[int]] = [[] for _ in self.source.words]
        for index, parse in enumerate(self.parses):
            if 0 <= parse.head < len(children) and parse.head != index:
                children[parse.head].append(index)
        return children

    def name_at(self, index: int) -> NameRun | None:
        return next((run for run in self.names if run.start <= index < run.end), None)

    def text_of(self, run: NameRun) -> str:
        """Return the words of a run as they are written, with single spaces."""
        pieces: list[str] = []
        for index in range(run.start, run.end):
            words = self.source.words
            is_apart = index > run.start and words[index].span.start > words[index - 1].span.end
            pieces.append(f" {words[index].text}" if is_apart else words[index].text)
        return "".join(pieces)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield what a word depends on, nearest first; stops where heads form a cycle."""
        for _ in range(MAX_STEPS):
            index = self.parses[index].head
            if index < 0 or index >= len(self.parses):
                return
            yield index

    def phrase(self, head: int) -> tuple[int, int]:
        """Return the contiguous words of a noun phrase, without its clauses."""
        return self._extend(head, -1), self._extend(head, 1) + 1

    def _extend(self, head: int, step: int) -> int:
        inside = {head}
        edge, index = head, head + step
        while (
            0 <= index < len(self.parses)
            and abs(index - head) < MAX_PHRASE_WORDS
            and self._belongs(index, head, inside)
        ):
            inside.add(index)
            if self.parses[index].pos not in {"PUNCT", "CCONJ"}:
                edge = index
            index += step
        return edge

    def _belongs(self, index: int, head: int, inside: set[int]) -> bool:
        """Whether the next word belongs to a phrase; of its nouns, only those in the genitive do."""
        parse = self.parses[index]
        if parse.pos == "PUNCT":
            is_person = self.parses[head].feats.get("Animacy") == "Anim" and self.name_at(head) is None
            return self.source.words[index].text in PHRASE_MARKS and not (is_person and index == head + 1)
        if parse.rel == "case" and parse.head == head and index < head:
            return False
        depends = not inside.isdisjoint(self.ancestors(index))
        is_noun = parse.pos in {"NOUN", "PROPN"} and parse.rel not in {"appos", "flat", "flat:name", "conj"}
        is_other_case = is_noun and index > head and parse.feats.get("Case", "Gen") not in {"Gen", "Loc"}
        has_preposition = any(self.parses[child].rel == "case" for child in self.children[index])
        return (
            depends
            and (parse.rel in NP_RELATIONS or parse.pos == "PROPN")
            and not (is_other_case and not has_preposition)
        )


def parse_late(sentence: ParsedSentence) -> None:
    """Parse a sentence that was not parsed together with the others of its document."""
    words = sentence.source.words
    (parses,) = load_models().parse([[word.text for word in words]])
    for word, parse in zip(words, parses, strict=False):
        word.parse = parse
    sentence.source.is_parsed = True
    for name in ("parses", "children"):
        sentence.__dict__.pop(name, None)
