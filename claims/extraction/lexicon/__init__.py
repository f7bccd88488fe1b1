"""The English words that extraction's rules know. All lower case."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string that white space separates."""
    return frozenset(words.split())


def name_set(names: str) -> frozenset[str]:
    """Return the names of a string that white space separates; an underscore stands for the space within a name."""
    return frozenset(name.replace("_", " ") for name in names.split())
