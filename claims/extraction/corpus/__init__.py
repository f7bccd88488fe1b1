"""Corpora of attributed quotations that people annotated: what extraction is trained on and measured with."""

from claims.extraction.corpus.brat import Annotated, Attribution, CorpusError, read_corpus

__all__ = ["Annotated", "Attribution", "CorpusError", "read_corpus"]
