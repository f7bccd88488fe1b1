"""Loads and verifies the tagger's files: an ONNX graph, a vocabulary and their model card.

The card is a Markdown file with a YAML head: the version, the SHA-256 checksum of each file, and the settings chosen on
the development corpus. A file that does not match its checksum is not loaded.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import onnxruntime
from tokenizers import Tokenizer

from claims.extraction.model_cards import ModelError, read_card

MODEL_FOLDER = Path(__file__).parents[1] / "model"
CARD_FILE = "README.md"
GRAPH_FILE = "tagger.onnx"
VOCABULARY_FILE = "tokenizer.json"
# The fused operation takes seven times as long as an addition and a normalization (onnxruntime 1.32, 256 x 384).
DISABLED_OPTIMIZERS = ["SkipLayerNormFusion"]


@dataclass(frozen=True, slots=True)
class TaggerSettings:
    """The settings chosen on the development corpus, under the names of the model card.

    The biases are added to the log probabilities of cue and content tokens and of "no source". `least` is the lowest
    confidence of a quotation that is returned, `confidence` holds the coefficients of the confidence by feature.
    """

    cue_bias: float
    content_bias: float
    nobody_bias: float
    least: float
    confidence: dict[str, float]


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """A loaded model. Thread-safe."""

    version: str
    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    settings: TaggerSettings


@cache  # the files are those that the process started with
def load_model(folder: Path = MODEL_FOLDER) -> TaggerModel:
    """Load a folder's model, once. Raises `ModelError` if a file does not match the model card."""
    card = read_card(folder / CARD_FILE)
    files = {name: _read_verified(folder / name, card.get("files")) for name in (GRAPH_FILE, VOCABULARY_FILE)}
    options = onnxruntime.SessionOptions()
    # Parallelism is over documents, not within one.
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


def _read_verified(path: Path, checksums: object) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; restore it from the project's history") from error
    checksum = hashlib.sha256(content).hexdigest()
    if not isinstance(checksums, dict) or checksums.get(path.name) != checksum:
        raise ModelError(
            f"{path}: damaged, or not the file that the model card describes (SHA-256 {checksum[:12]}…); restore it "
            "from the project's history, or update the checksum in the card if you trained new weights"
        )
    return content
