"""Invented articles: sentences of invented words, as often as words are, with quotes at known places."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

COMMON_WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "that",
    "is",
    "for",
    "on",
    "with",
    "as",
    "by",
    "will",
    "not",
    "have",
    "this",
    "from",
    "they",
    "country",
    "people",
    "states",
    "president",
    "minister",
    "energy",
    "economic",
    "council",
    "border",
    "agreement",
    "election",
    "industry",
    "workers",
    "prices",
    "water",
    "health",
    "schools",
]
# How often a word that is searched for stands in a quote; RARE in a few of all.
FREQUENT_WORD, MEDIUM_WORD, RARE_WORD, ABSENT_WORD = "government", "harbour", "quokka", "governharb"
WORD_SHARES = {FREQUENT_WORD: 0.2, MEDIUM_WORD: 0.005}
QUOTES_PER_RARE_WORD = 200_000  # quotes for each with RARE in it
QUOTES_PER_ARTICLE = 10  # of an article


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """A text and its quotes: (where it starts, where it ends, mention's start, cue's start)."""

    text: str
    quotes: list[tuple[int, int, int, int]]


class ArticleGenerator:
    """Writes the same articles every time."""

    def __init__(self, names: int, seed: int = 4) -> None:
        self.random = random.Random(seed)  # noqa: S311  # the same every time
        syllables = [
            a + b
            for a in [
                "b",
                "c",
                "d",
                "f",
                "g",
                "h",
                "k",
                "l",
                "m",
                "n",
                "p",
                "r",
                "s",
                "t",
                "v",
                "w",
                "st",
                "tr",
                "ch",
                "sh",
            ]
            for b in ["a", "e", "i", "o", "u", "ea", "er", "in", "on", "ar"]
        ]
        made = (
            "".join(self.random.choices(syllables, k=self.random.choice((1, 2, 2, 3, 3, 4)))) for _ in range(20_000)
        )
        vocabulary = [*COMMON_WORDS, *made]
        weights = list(accumulate(1 / (place + 3) for place in range(len(vocabulary))))
        # Halves of sentences, made once: a million sentences are put together from them in seconds.
        self.halves = [
            " ".join(self.random.choices(vocabulary, cum_weights=weights, k=self.random.randint(5, 12)))
            for _ in range(40_000)
        ]
        self.names = [f"{self.word(3)} {self.word(4)}".title() for _ in range(names)]
        self.written = 0

    def word(self, most: int) -> str:
        """A word of two syllables or more."""
        letters = "bdfgklmnprstvz"
        return "".join(
            self.random.choice(letters) + self.random.choice("aeiou") for _ in range(self.random.randint(2, most))
        )

    def sentence(self) -> str:
        """Two halves."""
        return f"{self.random.choice(self.halves)} {self.random.choice(self.halves)}"

    def said(self) -> str:
        """What somebody says."""
        self.written += 1
        words = self.marked(self.sentence())
        return (
            f"{words} {RARE_WORD}.".capitalize()
            if self.written % QUOTES_PER_RARE_WORD == 7
            else f"{words}.".capitalize()
        )

    def marked(self, words: str) -> str:
        """Some of them with the words that are searched for."""
        for word, share in WORD_SHARES.items():
            if self.random.random() < share:
                words = f"{words} {word}"
        return words

    def article(self, speakers: list[str]) -> GeneratedArticle:
        """One with a quote of each of these speakers."""
        parts: list[str] = []
        quotes = []
        at = 0
        for name in speakers:
            lead, said = f"{self.sentence().capitalize()}. “", self.said()
            start = at + len(lead)
            end = start + len(said)
            mention = end + len("” ")
            cue = mention + len(name) + 1
            quotes.append((start, end, mention, cue))
            parts.append(f"{lead}{said}” {name} said.\n\n")
            at += len(parts[-1])
        return GeneratedArticle("".join(parts), quotes)

    def articles(self, quotes: int) -> Iterator[list[int]]:
        """For each article, who is quoted in it, by number: some much more often than others."""
        while quotes > 0:
            many = min(QUOTES_PER_ARTICLE, quotes)
            yield [int(len(self.names) * self.random.random() ** 2) for _ in range(many)]
            quotes -= many
