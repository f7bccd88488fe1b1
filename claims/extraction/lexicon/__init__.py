"""The English words that extraction's rules know. All lower case."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string that white space separates."""
    return frozenset(words.split())
