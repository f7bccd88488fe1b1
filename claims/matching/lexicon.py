"""The words of `lexicon.yaml`."""

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # the one in Python takes half a second of each start of a process
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]  # it reads the same

LEXICON: dict[str, Any] = yaml.load((Path(__file__).parent / "lexicon.yaml").read_text(encoding="utf-8"), SafeLoader)


def word_set(name: str) -> frozenset[str]:
    return frozenset(LEXICON[name].split())


def word_groups(name: str) -> dict[str, str]:
    """Returns the group of each word."""
    return {word: group for group, words in LEXICON[name].items() for word in words.split()}
