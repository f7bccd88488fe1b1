"""How Russian is written, for the shared reading of texts: dialogue with dashes is found by the reader itself."""

from claims.extraction.text.orthography import Orthography

ORTHOGRAPHY = Orthography()


def with_capitals_of(word: str, form: str) -> str:
    """Return another form of a word, in lower case, with the word's capitals: `О’Доннеллу`, `Спорт-Экспрессом`."""
    if word.isupper() and len(word) > 1:
        return form.upper()
    capitals = (index for index, letter in enumerate(word[: len(form)]) if letter.isupper())
    letters = list(form)
    for index in capitals:
        letters[index] = letters[index].upper()
    return "".join(letters)
