"""Of which nation the text says that somebody is: `чешский защитник Павел Моравец` is the only «чех»."""

from functools import lru_cache
from importlib.resources import files

import yaml

_NATIONS: dict[str, str] = yaml.safe_load(files(__package__).joinpath("nationalities.yaml").read_text("utf-8"))
_BY_NOUN = {noun: beginnings for nouns, beginnings in _NATIONS.items() for noun in nouns.split()}
_BY_BEGINNING = {beginning: value for value in _NATIONS.values() for beginning in value.split()}
_LENGTHS = sorted({len(beginning) for beginning in _BY_BEGINNING})


def nation_of_noun(lemma: str) -> str:
    """Return the nation that a noun says somebody is of; nothing of other nouns: `чешка`."""
    return _BY_NOUN.get(lemma, "")


@lru_cache(maxsize=5_000)  # by the word alone
def nation_of_word(lower: str) -> str:
    """Return the nation whose adjective or country a word is a form of, if any: `чешский`, `Чехии`."""
    return next((_BY_BEGINNING[lower[:n]] for n in _LENGTHS if lower[:n] in _BY_BEGINNING), "")
