"""Reads model cards: Markdown files that say how a model was made, with a YAML head for its settings."""

from pathlib import Path
from typing import Any

import yaml


class ModelError(Exception):
    """The files of a model are missing or damaged; the message says which and what to do."""


def read_card(path: Path) -> dict[str, Any]:
    """Return the head of a model card. Raises `ModelError` if it has none."""
    try:
        head = path.read_text(encoding="utf-8").split("---\n", 2)[1]
        card = yaml.safe_load(head)
    except (OSError, UnicodeDecodeError, IndexError, yaml.YAMLError) as error:
        raise ModelError(
            f"{path}: the model card cannot be read ({error}); restore it from the project's history"
        ) from error
    if not isinstance(card, dict):
        raise ModelError(f"{path}: the model card's head is not a mapping; restore it from the project's history")
    return card
