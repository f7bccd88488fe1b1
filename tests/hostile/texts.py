"""Generates plain texts that are made to be slow, large or damaged. Deterministic: the same name, the same text."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final

# What other programs take for the start or the end of something, or join with what is before.
MARKS: Final = {
    **{f"U+{ord(mark):04X}": mark for mark in "\"'`“”„‟‘’‚«»‹›「」『』（）()[]{}<>–—―‐-.,:;…?!*_#@&/\\|~^=+%$0aЯ中ا"},
    **{f"U+{ord(mark):04X}": mark for mark in "\u0301\u0489\u0e47\u1ab0\u20dd\ufe0f\u200d\u200b\u2060\ufeff\u00ad"},
    **{f"U+{ord(mark):04X}": mark for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"},
    **{
        f"U+{ord(mark):04X}": mark
        for mark in "\n\r\t\x0b\x0c\x1c\x85\u2028\u2029\xa0\u3000\u1680\uff0c\ufdfd\ufffd\uffff"
    },
    **{f"U+{ord(mark):04X}": mark for mark in "😀🏽\U0001f1e6\U000e0041\U0010ffff"},
    "base and mark": "e\u0301",
    "two bidi marks": "\u202e\u202c",
    "blank lines": "\n \n",
}
WORDS: Final = {
    word: word
    for word in (
        *("said", "He said", "Mr.", "A.", "Ann Moor", "Mrs. Moor", "the mayor", "according to", "who said that", "and"),
        *("&quot;", "&amp;amp;", "&#x1F600;", "<p>", "</p>", "<!--", "http://a.b/", "@a", "#a", "a@b.c", "1.", "1,000"),
        *("MOOR:", "— Да,", "сказал", "по словам", "Иванов", "И. И.", "«Да», — сказал", "%s", "{0}", "{{ a }}", "${a}"),
        *("' OR 1=1 --", "\\N", "=1+1", "=cmd|' /C calc'!A0", "\u202egnp.exe", "../../etc/passwd", "NaN", "1e999"),
    )
}
NESTED: Final = {
    f"{opening}{closing}": (opening, closing)
    for opening, closing in (
        *(("“", "”"), ("«", "»"), ("„", "“"), ("‘", "’"), ("(", ")"), ("[", "]"), ("{", "}"), ('"', '"'), ("「", "」")),
        *(("“a ", "” said X,"), ("X said that ", ""), ("(a ", ")"), ("\u2067", "\u2069"), ("\u202e", "\u202c")),
        *(("the man who said ", ""), ("— ", " — said X — "), ("> ", "\n"), ("«Он сказал: ", "», — сказал он")),
    )
}


def repeated(unit: str, separator: str, size: int) -> str:
    part = unit + separator
    return (part * (size // len(part.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")


def nested(opening: str, closing: str, size: int) -> str:
    depth = size // len(f"{opening}{closing}".encode())
    return f"{opening * depth}words{closing * depth}"


def mixed(names: list[str], vocabulary: dict[str, str], size: int, seed: int) -> str:
    """Marks and words in random order, in lines of any length."""
    source = random.Random(f"{seed}")
    units = [vocabulary[name] for name in names]
    text, length = [], 0
    while length < size:
        unit = source.choice(units) + source.choice(("", "", " ", " ", " ", "\n", ". "))
        text.append(unit)
        length += len(unit.encode())
    return "".join(text).encode()[:size].decode("utf-8", "ignore")


Form = Callable[[int], str]


def text_forms() -> Iterator[tuple[str, Form]]:
    """Yields a name and a function from a size in bytes to a text, for each form."""
    for (name, mark), separator in product(MARKS.items(), ("", " ")):
        yield f"{name} {separator!r}", lambda size, mark=mark, separator=separator: repeated(mark, separator, size)
    for (name, word), separator in product(WORDS.items(), ("", " ", "\n", " “a” ")):
        yield f"{name} {separator!r}", lambda size, word=word, separator=separator: repeated(word, separator, size)
    for name, (opening, closing) in NESTED.items():
        yield f"nested {name}", lambda size, pair=(opening, closing): nested(*pair, size)
        yield f"only {opening}", lambda size, opening=opening: repeated(f"{opening}words", " ", size)
    everything = MARKS | WORDS
    for seed in range(300):
        names = random.Random(f"names {seed}").sample(sorted(everything), 3 + seed % 12)
        yield f"mixed {seed}", lambda size, names=names, seed=seed: mixed(names, everything, size, seed)
