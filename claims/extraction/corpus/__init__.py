"""Corpora of attributed quotations that people annotated: what extraction is trained on and measured with."""

from claims.extraction.corpus.brat import AnnotatedText, Attribution, CorpusError, read_corpus

__all__ = ["AnnotatedText", "Attribution", "CorpusError", "read_corpus"]
