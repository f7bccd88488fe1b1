"""Shingles: three words in a row, as numbers. Two texts that share a passage share its shingles.

SQLite calls `indexed_shingles` from its triggers; PostgreSQL has an equivalent function, in
`claims.database.shingle_index`.
"""

from hashlib import md5

from claims.search.tokenizer import BOUNDARY, normalize_text

SHINGLE_WORDS = 3
MAX_SHINGLED_CHARACTERS = 1_000_000  # of a text: a book of 500 pages


def shingles_of(words: list[str]) -> list[int]:
    """Returns the shingles of words as the tokenizer writes them, in order: numbers of 32 bits with a sign."""
    triples = zip(words, words[1:], words[2:], strict=False)
    return [
        int.from_bytes(md5(" ".join(triple).encode(), usedforsecurity=False).digest()[:4], "big", signed=True)
        for triple in triples
    ]


def text_shingles(text: str) -> list[int]:
    """Returns the shingles of a text, in order."""
    words = normalize_text(text.replace(BOUNDARY, " "), max_characters=MAX_SHINGLED_CHARACTERS)
    return shingles_of(words.split())


def shingle_term(shingle: int) -> str:
    """Returns a shingle as SQLite's index has it: a word."""
    return f"{shingle & 0xFFFFFFFF:08x}"


def indexed_shingles(text: str | None) -> str:
    """Returns the different shingles of a text, as words."""
    return " ".join(map(shingle_term, sorted(set(text_shingles(text or "")))))
