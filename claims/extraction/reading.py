"""Detection over a document: every attributed stretch, its cue and its mention, before anyone asks who that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.extraction.attribution import Attribution
from claims.extraction.clauses import attributions
from claims.extraction.cues import Act
from claims.extraction.document import Document
from claims.extraction.frame import Form, Sentence, sentences
from claims.extraction.labels import label_of, transcript_labels
from claims.extraction.marks import chains, opens_with_mark, stretches
from claims.extraction.names import Names, names_of
from claims.extraction.outlets import outlet
from claims.extraction.phrases import Mention, MentionForm, phrase
from claims.extraction.quotation import Kind, Span
from claims.extraction.subjects import subject
from claims.extraction.things import names_a_thing

# Of a hundred quotations found by this pattern about so many are right: estimates, until a corpus calibrates them.
NAMED_DIRECT = 0.95
OTHER_DIRECT = 0.85
THAT = 0.85
BARE = 0.75
THOUGHT = 0.7
LABEL = 0.8
CONTINUED = 0.5
ORPHAN = 0.4
UNCLOSED = 0.4

# Without an attribution of its own a quotation has this many words at least; fewer may be a title or a scare quote.
ORPHAN_WORDS = 6
OPENING = frozenset("([$#@£€")
CLOSING = frozenset(")]%")
LOOSE = frozenset({"and", "but", "while", ","})


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with its place: the paragraph it is in and the mention it opens with."""

    paragraph: int
    tokens: Sentence
    subject: Mention | None


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation whose mention is not resolved yet. `passage` is the number of the sentence its mention stands in."""

    kind: Kind
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    mention: Mention | None
    outlet: Span | None
    passage: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What detection hands to the resolver."""

    text: str
    names: Names
    passages: list[Passage]
    found: list[Found]


def read(document: Document) -> Reading:
    """Find every attributed stretch of the document."""
    return _Reader(document).read()


class _Reader:
    def __init__(self, document: Document) -> None:
        text = self.text = document.text
        self.spans = [paragraph.span for paragraph in document.paragraphs if not paragraph.furniture]
        reopened = [opens_with_mark(text, span) for span in self.spans[1:]] + [False]
        self.marked = [stretches(text, s, reopened=again) for s, again in zip(self.spans, reopened, strict=False)]
        self.chains = {link: chain for chain in chains(text, self.marked, self.spans) for link in chain}
        self.paragraphs = [
            list(sentences(text, span, marked)) for span, marked in zip(self.spans, self.marked, strict=True)
        ]
        self.names = names_of(self.paragraphs)
        self.labels = transcript_labels(text, self.spans)
        self.used: set[tuple[int, int]] = set()
        self.passages: list[Passage] = []
        self.found: list[Found] = []

    def read(self) -> Reading:
        for number, paragraph in enumerate(self.paragraphs):
            first = len(self.found)
            label = label_of(self.text, self.spans[number], self.labels)
            for tokens in paragraph:
                self.passages.append(Passage(number, tokens, subject(tokens, self.names)))
                if label:
                    self._add_line(number, tokens, label)
                    break
                if all(token.form is not Form.WORD for token in tokens):
                    self._add_quote(number, tokens, joins=len(self.found) > first)
                else:
                    for attribution in attributions(tokens, self.names):
                        self._add(number, tokens, attribution)
        return Reading(self.text, self.names, self.passages, self.found)

    def _add_line(self, number: int, tokens: Sentence, label: Span) -> None:
        """A transcript's line is its speaker's to the end."""
        colon = next((i for i, token in enumerate(tokens) if token.start >= label.end), len(tokens))
        who = phrase(tokens, 0, colon, self.names)
        if who and colon + 1 < len(tokens):
            content = Span(tokens[colon + 1].start, self.spans[number].end)
            self._append(Kind.DIRECT, (content,), _span(tokens, colon, colon + 1), who, confidence=LABEL)

    def _add(self, number: int, tokens: Sentence, attribution: Attribution) -> None:
        ranges = [trimmed for start, end in attribution.content if (trimmed := _trim(tokens, start, end))]
        quotes = [token.quote for start, end in ranges for token in tokens[start:end] if token.form is Form.QUOTE]
        if not ranges or any((number, quote) in self.used for quote in quotes):
            return
        if all(token.form is not Form.WORD for start, end in ranges for token in tokens[start:end]):
            kind = Kind.DIRECT
            content = tuple(span for quote in quotes for span in self._inner(number, quote))
        else:
            said = any(
                tokens[i].form is Form.QUOTE and not names_a_thing(tokens, i)
                for start, end in ranges
                for i in range(start, end)
            )
            kind = Kind.MIXED if said else Kind.INDIRECT
            content = tuple(Span(tokens[start].start, tokens[end - 1].end) for start, end in ranges)
        confidence = UNCLOSED if self._ends_open(number, quotes) else _confidence(kind, attribution)
        where = outlet(tokens, attribution.cue[0], self.names)
        self._append(
            kind, content, _span(tokens, *attribution.cue), attribution.mention, confidence=confidence, where=where
        )

    def _add_quote(self, number: int, tokens: Sentence, *, joins: bool) -> None:
        """A sentence that is nothing but quotations: it goes on from the one before, or has no cue of its own."""
        quotes = [
            token.quote for token in tokens if token.form is Form.QUOTE and (number, token.quote) not in self.used
        ]
        last = self.found[-1] if self.found else None
        if last and joins and last.kind is Kind.DIRECT:
            content = [span for quote in quotes for span in self._inner(number, quote)]
            self.found[-1] = replace(last, content=tuple(sorted([*last.content, *content])))
        elif quotes and self._may_stand_alone(number, quotes[0]):
            content = [span for quote in quotes for span in self._inner(number, quote)]
            self._append_orphan(number, tuple(content))

    def _may_stand_alone(self, number: int, quote: int) -> bool:
        words = self.marked[number][quote].inner.of(self.text)[: ORPHAN_WORDS * 20].split()
        # A quotation that goes on in the next paragraphs finds its cue there.
        ends_here = self.chains.get((number, quote), [(number, quote)])[-1][0] == number
        return ends_here and len(words) >= ORPHAN_WORDS

    def _append_orphan(self, number: int, content: tuple[Span, ...]) -> None:
        """A paragraph of nothing but quotation: announced by a colon, or said by who spoke in the paragraph before."""
        last = self.found[-1] if self.found else None
        before = self.passages[-2] if len(self.passages) > 1 else None
        if before and before.subject and before.tokens[-1].text == ":":
            colon = _span(before.tokens, len(before.tokens) - 1, len(before.tokens))
            self._append(Kind.DIRECT, content, colon, before.subject, confidence=LABEL, passage=len(self.passages) - 2)
        elif last and last.kind is Kind.DIRECT and self.passages[last.passage].paragraph == number - 1:
            self._append(Kind.DIRECT, content, last.cue, last.mention, confidence=CONTINUED, passage=last.passage)
        else:
            self._append(Kind.DIRECT, content, (), None, confidence=ORPHAN)

    def _ends_open(self, number: int, quotes: Sequence[int]) -> bool:
        return any(not self.marked[number][quote].closed and (number, quote) not in self.chains for quote in quotes)

    def _inner(self, number: int, quote: int) -> Iterator[Span]:
        """The quotation's words over all the paragraphs it runs through; each stretch is given out once."""
        for link in self.chains.get((number, quote), [(number, quote)]):
            if link not in self.used:
                self.used.add(link)
                yield self.marked[link[0]][link[1]].inner

    def _append(  # noqa: PLR0913  one argument to each part of a quotation
        self,
        kind: Kind,
        content: tuple[Span, ...],
        cue: tuple[Span, ...],
        mention: Mention | None,
        *,
        confidence: float,
        where: Span | None = None,
        passage: int | None = None,
    ) -> None:
        at = len(self.passages) - 1 if passage is None else passage
        if content:
            self.found.append(Found(kind, tuple(sorted(content)), cue, mention, where, at, confidence))


def _span(tokens: Sentence, start: int, end: int) -> tuple[Span, ...]:
    return (Span(tokens[start].start, tokens[end - 1].end),)


def _confidence(kind: Kind, attribution: Attribution) -> float:
    if kind is Kind.DIRECT:
        return NAMED_DIRECT if attribution.mention.form is MentionForm.NAME else OTHER_DIRECT
    if attribution.verb and attribution.verb.act is Act.THOUGHT:
        return THOUGHT
    return BARE if attribution.bare else THAT


def _trim(tokens: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The range without the punctuation and conjunctions at its ends; none when nothing is left."""
    while start < end and tokens[start].form is Form.PUNCTUATION and tokens[start].text not in OPENING:
        start += 1
    while start < end and tokens[end - 1].form is Form.PUNCTUATION and tokens[end - 1].text not in CLOSING:
        end -= 1
    while end - start > 1 and tokens[end - 1].lower in LOOSE:
        end -= 1
    return (start, end) if start < end else None
