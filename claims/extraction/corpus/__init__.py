"""Annotated corpora of attributed quotations, to train and evaluate extraction."""

from claims.extraction.corpus.brat import AnnotatedText, Attribution, read_corpus
from claims.extraction.corpus.speakers import AnnotatedSpeaker, CorpusError

__all__ = ["AnnotatedSpeaker", "AnnotatedText", "Attribution", "CorpusError", "read_corpus"]
