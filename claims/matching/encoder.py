"""Encodes texts as vectors of meaning with a sentence encoder (all-MiniLM-L6-v2, 8-bit weights)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.matching.difference import Span
from claims.matching.reading.words import Word

MODEL_FOLDER = Path(__file__).parent / "model"
# SHA-256 of each file, as in the model card.
CHECKSUMS = {
    "encoder.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
ENCODER_VERSION = CHECKSUMS["encoder.onnx"][:8]  # vectors of different versions cannot be compared
DIMENSIONS = 384
MAX_KEPT_ENCODINGS = 64  # of up to 400 kB
MAX_PIECES = 256  # of a text: the encoder was trained with texts up to this length

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoding:
    """A text's vector [DIMENSIONS] and those of its pieces [piece, DIMENSIONS], all of length 1."""

    vector: FloatArray
    piece_vectors: FloatArray
    piece_spans: Sequence[Span]

    def word_vectors(self, words: Sequence[Word]) -> FloatArray:
        """Returns the vectors of these words of the text [word, DIMENSIONS]; zeros for those that were cut off."""
        vectors = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
        piece = 0
        for number, word in enumerate(words):
            while piece < len(self.piece_spans) and self.piece_spans[piece].end <= word.span.start:
                piece += 1
            last = piece
            while last < len(self.piece_spans) and self.piece_spans[last].start < word.span.end:
                vectors[number] += self.piece_vectors[last]
                last += 1
        return _normalize(vectors)


class EncoderError(Exception):
    """The encoder's files are missing or damaged; the message says which and what to do."""


class Encoder:
    """Loaded weights. Thread-safe."""

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        """Raises EncoderError if a file is not the one that the model card describes."""
        graph, vocabulary = (_read_verified(folder / name) for name in CHECKSUMS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_str(vocabulary.decode())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)

        # A text is compared with several claims, and a claim with several texts.
        self.encode = lru_cache(MAX_KEPT_ENCODINGS)(self._encode)

    def _encode(self, text: str) -> Encoding:
        pieces = self._tokenizer.encode(text)
        ids = np.array([pieces.ids], dtype=np.int64)
        [states] = self._session.run(
            None,
            {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)},
        )
        spans = [Span(*offsets) for offsets in pieces.offsets[1:-1]]
        return Encoding(_normalize(states[0].mean(axis=0)), _normalize(states[0, 1:-1]), spans)

    def embed(self, text: str) -> FloatArray:
        return self.encode(text).vector


@cache  # the files are those that the process started with
def load_encoder() -> Encoder:
    """Returns the encoder of the repository, loaded once. Raises EncoderError."""
    return Encoder()


def verify_encoder(folder: Path = MODEL_FOLDER) -> None:
    """Raises EncoderError if a file is not the one that the model card describes."""
    for name in CHECKSUMS:
        _read_verified(folder / name)


def _read_verified(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EncoderError(f"{path}: {error.strerror}; restore it from the project's history") from error
    if hashlib.sha256(content).hexdigest() != CHECKSUMS[path.name]:
        raise EncoderError(f"{path}: not the file that the model card describes; restore it from the project's history")
    return content


def _normalize(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    normalized: FloatArray = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return normalized
