"""A Russian text and its English translation, with a quote of each that say the same."""

from django.contrib.auth.models import User

from claims.models import Quote, Snapshot
from claims.services.sources.translations import relate_translation
from tests import factories as make

RUSSIAN = "Порт\n\nСомов сказал: «Паром вернётся».\n\nОрлова сказала: «Рейс стоит 250 рублей»."
ENGLISH = "Port\n\nSomov said: “The ferry will return.”\n\nOrlova said: “A trip costs 250 roubles.”"


def quote_words(snapshot: Snapshot, words: str, **fields: object) -> Quote:
    """Stores a quote of these words of a text."""
    start = snapshot.text.index(words)
    parts = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": [], "mention_kind": ""}
    quote: Quote = make.QuoteFactory(snapshot=snapshot, start=start, end=start + len(words), **(parts | fields))
    return quote


def translated_quotes(editor: User) -> tuple[Quote, Quote]:
    """Stores both texts, related, and returns their quotes about 250 roubles, which are not tied."""
    russian = make.SnapshotFactory(text=RUSSIAN, source__language="ru", source__title="Порт")
    english = make.SnapshotFactory(text=ENGLISH, source__language="en", source__title="Port")
    original = quote_words(russian, "Рейс стоит 250 рублей", accepted=True)
    translation = quote_words(english, "A trip costs 250 roubles.", accepted=True, speaker=original.speaker)
    relate_translation(original=russian.source, translation=english.source, editor=editor)
    return original, translation
