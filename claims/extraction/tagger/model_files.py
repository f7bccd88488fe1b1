"""The tagger's files: an ONNX graph, the vocabulary, and the model card that says what both must be.

The card is a Markdown file with a YAML head, as model cards are. Its head names the version, the SHA-256 of each
file and the numbers that were chosen on the development corpus; nothing is run that is not what the card says.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import onnxruntime
import yaml
from tokenizers import Tokenizer

MODEL_FOLDER = Path(__file__).parents[1] / "model"
CARD_FILE = "README.md"
GRAPH_FILE = "tagger.onnx"
VOCABULARY_FILE = "tokenizer.json"
# Fused, an addition and a normalisation take seven times as long as apart (onnxruntime 1.32, 256 x 384 numbers).
DISABLED_OPTIMIZERS = ["SkipLayerNormFusion"]


class ModelError(Exception):
    """The tagger's files are missing, damaged or not those of the model card; says which and what to do."""


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """The numbers that development chose: what is added to the log probability of a cue's and a content's words and of
    "no source", the least confidence that is given out, and the coefficients of the confidence by sign.
    """

    cue_bias: float
    content_bias: float
    nobody_bias: float
    least: float
    confidence: dict[str, float]


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """A model ready to run: safe to share between threads."""

    version: str
    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    settings: TaggerSettings


@cache
def load_model(folder: Path = MODEL_FOLDER) -> TaggerModel:
    """The model of a folder; loaded once. Raises `ModelError` for files that are not what its card says."""
    card = _read_card(folder / CARD_FILE)
    files = {name: _read_verified(folder / name, card.get("files")) for name in (GRAPH_FILE, VOCABULARY_FILE)}
    options = onnxruntime.SessionOptions()
    # Documents, not the parts of one, are spread over the processor's cores.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        session = onnxruntime.InferenceSession(
            files[GRAPH_FILE], options, providers=["CPUExecutionProvider"], disabled_optimizers=DISABLED_OPTIMIZERS
        )
        tokenizer = Tokenizer.from_str(files[VOCABULARY_FILE].decode())
        version = str(card["version"])
        settings = TaggerSettings(**card["settings"])
    except Exception as error:
        raise ModelError(
            f"{folder}: cannot be loaded ({error}); restore the folder from the project's history"
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return TaggerModel(version, session, tokenizer, settings)


def _read_card(path: Path) -> dict[str, Any]:
    try:
        head = path.read_text(encoding="utf-8").split("---\n", 2)[1]
        card = yaml.safe_load(head)
    except (OSError, UnicodeDecodeError, IndexError, yaml.YAMLError) as error:
        raise ModelError(
            f"{path}: the model card cannot be read ({error}); restore it from the project's history"
        ) from error
    if not isinstance(card, dict):
        raise ModelError(f"{path}: the model card's head is no mapping; restore it from the project's history")
    return card


def _read_verified(path: Path, sums: object) -> bytes:
    """The file's bytes, which are what the model card says."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; restore it from the project's history") from error
    found = hashlib.sha256(content).hexdigest()
    if not isinstance(sums, dict) or sums.get(path.name) != found:
        raise ModelError(
            f"{path}: damaged or not the file of the model card (SHA-256 {found[:12]}…); restore it from the "
            "project's history, or put the checksum of the weights you mean to run into the card"
        )
    return content
