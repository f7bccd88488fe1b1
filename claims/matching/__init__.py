"""Finds earlier claims that say the same as a text, and tells in what two claims differ. English only; no Django.

index = Index(folder, read_texts)
index.put((pk, text, load_encoder().embed(text)) for pk, text in claims)
[Match(id=7, likeness=0.91, …), …] = index.find(text, load_encoder().embed(text))
compare_claims("40,000 people came", "400,000 people came").differences
"""

from claims.matching.comparison import Comparison, compare_claims
from claims.matching.difference import Difference, DifferenceKind, Span
from claims.matching.encoder import ENCODER_VERSION, Encoder, EncoderError, load_encoder, verify_encoder
from claims.matching.index import Index, Match, pack_vector, unpack_vector

__all__ = [
    "ENCODER_VERSION",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Encoder",
    "EncoderError",
    "Index",
    "Match",
    "Span",
    "compare_claims",
    "load_encoder",
    "pack_vector",
    "unpack_vector",
    "verify_encoder",
]
