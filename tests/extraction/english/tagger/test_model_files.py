"""A model is loaded only if its files match the model card."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from claims.extraction import ModelError
from claims.extraction.english.tagger.model_files import (
    CARD_FILE,
    GRAPH_FILE,
    MODEL_FOLDER,
    VOCABULARY_FILE,
    load_model,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(MODEL_FOLDER, tmp_path / "model")


def flip_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def edit_card(path: Path, change: Callable[[dict[str, object]], object]) -> None:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    card = yaml.safe_load(head)
    change(card)
    path.write_text(f"---\n{yaml.safe_dump(card)}---\n{body}", encoding="utf-8")


def test_copy_loads(folder: Path) -> None:
    assert load_model(folder).version == load_model().version


def test_size_of_the_weights() -> None:
    assert (MODEL_FOLDER / GRAPH_FILE).stat().st_size < 25_000_000


@pytest.mark.parametrize("name", [GRAPH_FILE, VOCABULARY_FILE])
def test_flipped_bit_is_detected(folder: Path, name: str) -> None:
    flip_bit(folder / name)
    with pytest.raises(ModelError, match=f"{name}: damaged, or not the file that the model card describes"):
        load_model(folder)


@pytest.mark.parametrize("name", [GRAPH_FILE, VOCABULARY_FILE, CARD_FILE])
def test_missing_file(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_model(folder)


def test_truncated_file_is_detected(folder: Path) -> None:
    path = folder / GRAPH_FILE
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(ModelError, match="damaged"):
        load_model(folder)


def test_invalid_weights_with_a_valid_checksum(folder: Path) -> None:
    (folder / GRAPH_FILE).write_bytes(b"not a graph")
    checksum = hashlib.sha256(b"not a graph").hexdigest()
    edit_card(folder / CARD_FILE, lambda card: card["files"].update({GRAPH_FILE: checksum}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(folder)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("no head at all", id="no head"),
        pytest.param("---\n- a list\n---\n", id="a list"),
        pytest.param("---\n{broken\n---\n", id="no YAML"),
        pytest.param("---\nversion: '1'\n---\n", id="no checksums"),
    ],
)
def test_invalid_card(folder: Path, text: str) -> None:
    (folder / CARD_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ModelError):
        load_model(folder)


def test_card_with_unknown_settings(folder: Path) -> None:
    edit_card(folder / CARD_FILE, lambda card: card["settings"].update({"haste": 1}))
    with pytest.raises(ModelError, match="haste"):
        load_model(folder)
