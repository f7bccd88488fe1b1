"""Names in Latin letters, which texts in any language may hold, all lower case; and how lists of words are written."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string that white space separates."""
    return frozenset(words.split())


def name_set(names: str) -> frozenset[str]:
    """Return the names of a string that white space separates; an underscore stands for the space within a name."""
    return frozenset(name.replace("_", " ") for name in names.split())
