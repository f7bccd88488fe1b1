"""Annotated corpora of attributed quotations, to train and evaluate extraction."""

from claims.extraction.corpus.brat import AnnotatedText, Attribution, CorpusError, read_corpus

__all__ = ["AnnotatedText", "Attribution", "CorpusError", "read_corpus"]
