"""Every language has what the shared modules ask of it."""

import pytest

from claims.extraction import LANGUAGES, Document, Extractor, Quotation, Span, detect_language, extract, readers
from claims.extraction.evaluation.scoring import Scoring
from claims.extraction.evaluation.word_index import WordIndex
from claims.extraction.readers import Language, choose_language, load_part, load_reader
from claims.extraction.text.orthography import Orthography

STATEMENTS = {"en": "“The mill turns,” said Ann Moor.", "ru": "«Мельница работает», — сказала Анна Мороз."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_interface(language: str) -> None:
    text = STATEMENTS[language]
    reader = load_reader(language)
    (quotation,) = reader.extract(Document.from_text(text))
    assert isinstance(quotation, Quotation)
    assert quotation.extractor == reader.extractor
    assert isinstance(reader.extractor, Extractor)
    assert reader.sentences_around(Document.from_text(text), Span(1, 4)).of(text) == text
    assert isinstance(load_part(language, "orthography"), Orthography)
    scoring = load_part(language, "scoring")
    assert isinstance(scoring, Scoring)
    assert scoring.is_speech_cue(":")
    words = WordIndex.from_text(text)
    assert scoring.find_head_words(words, quotation.mention) == words.indexes_in(quotation.mention)


def test_extractors_have_names_of_their_own() -> None:
    assert len({load_reader(language).extractor.name for language in LANGUAGES}) == len(LANGUAGES)


def test_the_stated_language_is_chosen_among_those_of_a_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LANGUAGES", {**LANGUAGES, "uk": Language("Cyrillic", "claims.extraction.ukrainian")})
    monkeypatch.setattr(readers, "READ_LANGUAGES", frozenset({"en", "ru", "uk"}))
    chosen = [choose_language("«Млин», — каже Мороз.", stated) for stated in ("uk-UA", "ru", "en", "")]
    assert chosen == ["uk", "ru", "ru", "ru"]


def test_languages_are_detected() -> None:
    for language, text in STATEMENTS.items():
        assert detect_language(text) in {language, ""}
        assert extract(Document.from_text(text))
