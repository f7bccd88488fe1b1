"""Generated articles: sentences of invented words with natural frequencies, and quotes at known offsets."""

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
# Words to search for, and their share of the quotes.
FREQUENT_WORD, MEDIUM_WORD, RARE_WORD, ABSENT_WORD = "government", "harbour", "quokka", "governharb"
WORD_SHARES = {FREQUENT_WORD: 0.2, MEDIUM_WORD: 0.005}
QUOTES_PER_RARE_WORD = 200_000  # one quote in so many contains RARE_WORD
QUOTES_PER_ARTICLE = 10


@dataclass(frozen=True, slots=True)
class GeneratedArticle:
    """A text and the offsets of its quotes: (start, end, start of the mention, start of the cue)."""

    text: str
    quotes: list[tuple[int, int, int, int]]


class ArticleGenerator:
    """Generates the same articles every time."""

    def __init__(self, names: int, seed: int = 4) -> None:
        self.random = random.Random(seed)  # noqa: S311  # reproducible, not secret
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
        invented = (
            "".join(self.random.choices(syllables, k=self.random.choice((1, 2, 2, 3, 3, 4)))) for _ in range(20_000)
        )
        vocabulary = [*COMMON_WORDS, *invented]
        weights = list(accumulate(1 / (rank + 3) for rank in range(len(vocabulary))))
        # Halves of sentences, generated once: a million sentences are combined from them in seconds.
        self.halves = [
            " ".join(self.random.choices(vocabulary, cum_weights=weights, k=self.random.randint(5, 12)))
            for _ in range(40_000)
        ]
        self.names = [f"{self.word(3)} {self.word(4)}".title() for _ in range(names)]
        self.quote_count = 0

    def word(self, max_syllables: int) -> str:
        """Returns a word of two to `max_syllables` syllables."""
        letters = "bdfgklmnprstvz"
        return "".join(
            self.random.choice(letters) + self.random.choice("aeiou")
            for _ in range(self.random.randint(2, max_syllables))
        )

    def sentence(self) -> str:
        return f"{self.random.choice(self.halves)} {self.random.choice(self.halves)}"

    def quote(self) -> str:
        self.quote_count += 1
        words = self.add_search_words(self.sentence())
        return (
            f"{words} {RARE_WORD}.".capitalize()
            if self.quote_count % QUOTES_PER_RARE_WORD == 7
            else f"{words}.".capitalize()
        )

    def add_search_words(self, words: str) -> str:
        """Appends the words to search for, each with its probability."""
        for word, share in WORD_SHARES.items():
            if self.random.random() < share:
                words = f"{words} {word}"
        return words

    def article(self, speakers: list[str]) -> GeneratedArticle:
        """Generates an article with a quote of each of these speakers."""
        parts: list[str] = []
        quotes = []
        offset = 0
        for name in speakers:
            lead, quote = f"{self.sentence().capitalize()}. “", self.quote()
            start = offset + len(lead)
            end = start + len(quote)
            mention = end + len("” ")
            cue = mention + len(name) + 1
            quotes.append((start, end, mention, cue))
            parts.append(f"{lead}{quote}” {name} said.\n\n")
            offset += len(parts[-1])
        return GeneratedArticle("".join(parts), quotes)

    def articles(self, quotes: int) -> Iterator[list[int]]:
        """Yields the quoted speakers of each article, by number; some are quoted much more often than others."""
        while quotes > 0:
            count = min(QUOTES_PER_ARTICLE, quotes)
            yield [int(len(self.names) * self.random.random() ** 2) for _ in range(count)]
            quotes -= count
