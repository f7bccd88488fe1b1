"""Speakers of a machine-translated article, from the phrases that name them."""

from pathlib import Path

import pytest

from claims.extraction import Document, Resolved, Span, text_of
from claims.extraction.english.resolver import SpeakerMention, Utterance, resolve_speakers

ARTICLE = Path(__file__).parents[5] / "shared" / "articles" / "izvestia-istanbul-talks.txt"

pytestmark = pytest.mark.beside("shared/articles/izvestia-istanbul-talks.txt")

# A passage with the source, the source, the beginning of its content, the mention, the speaker.
SOURCES = [
    ("said Konstantin", "Konstantin Kosachev, Deputy Chairman of the Federation Council", "Konstantin Kosachev"),
    ("In his opinion", "his", "Konstantin Kosachev"),
    ("According to RBC", "RBC", "RBC"),
    ("Defense Minister Rustem", "Rustem Umerov", "Rustem Umerov"),
    ("TV channel, Medinsky", "Medinsky", "Vladimir Medinsky"),
    ("He commented", "He", "Vladimir Medinsky"),
    ("the media reported", "the media", "the media"),
    ("Andrei Belousov said", "Andrei Belousov", "Andrei Belousov"),
    ("said Alexei", "Alexei Dzermant, a Belarusian political scientist", "Alexei Dzermant"),
    ("he told Izvestia", "he", "Alexei Dzermant"),
    ("Lukashenko said", "Lukashenko", "Alexander Lukashenko"),
    ("Bogdan Bezpalko, a", "Bogdan Bezpalko", "Bogdan Bezpalko"),
    ("the expert believes", "the expert", "Bogdan Bezpalko"),
    ("Bohdan Bezpalko said", "Bohdan Bezpalko", "Bohdan Bezpalko"),
    ("They say", "They", None),
    ("Earlier, Trump said", "Trump", "Donald Trump"),
    ("He also stated", "He", "Donald Trump"),
    ("Timofey", "Timofey Bordachev", "Timofey Bordachev"),
    ("the expert admits", "the expert", "Timofey Bordachev"),
]
HEADS = [
    ("head of the Russian delegation", "This was stated by ", "the head of the Russian delegation, Vladimir Medinsky"),
    (
        "head of the Russian delegation",
        "produced a definite result. ",
        "The head of the Russian delegation, Assistant to the President of the Russian Federation Vladimir Medinsky",
    ),
]


def resolve_sources(places: list[tuple[str, str]]) -> tuple[str, list[SpeakerMention]]:
    text = ARTICLE.read_text(encoding="utf-8")
    utterances = []
    for place, source in places:
        start = text.index(source, text.index(place))
        utterances.append(Utterance((), (), (Span(start, start + len(source)),)))
    return text, resolve_speakers(Document.from_text(text), utterances)


def test_speakers() -> None:
    _, mentions = resolve_sources([(place, source) for place, source, _ in SOURCES])
    names = [mention.speaker.name if isinstance(mention.speaker, Resolved) else None for mention in mentions]
    assert names == [name for _, _, name in SOURCES]


@pytest.mark.parametrize(("role", "place", "source"), HEADS)
def test_name_after_offices(role: str, place: str, source: str) -> None:
    text, (mention,) = resolve_sources([(place, source)])
    assert text_of(text, mention.mention) == "Vladimir Medinsky"
    assert mention.role is not None
    assert mention.role.of(text) == role
