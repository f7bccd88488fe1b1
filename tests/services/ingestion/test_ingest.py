"""Ingesting one article: what is stored, all or nothing, and only once."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from claims.articles import Article, ArticleError
from claims.extraction import (
    EXTRACTOR,
    EXTRACTOR_VERSION,
    Ambiguous,
    Document,
    EntityKind,
    Quotation,
    Resolved,
    extract,
)
from claims.models import (
    Claim,
    MergeSuggestion,
    MergeSuggestionState,
    Quote,
    Snapshot,
    Source,
    Speaker,
    SpeakerKind,
    Topic,
)
from claims.models.quote_text import shown_text
from claims.services.claims import claim_proposals
from claims.services.history import audit
from claims.services.ingestion import ingest as ingest_module
from claims.services.ingestion import quote_factory
from claims.services.ingestion.ingest import IngestOutcome, ingest
from claims.services.quotes.text_selection import CONTEXT_LENGTH
from claims.services.speakers import merge, merge_suggestions
from tests import factories as make
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article
from tests.table_contents import count_rows

pytestmark = pytest.mark.django_db


class InjectedIngestError(Exception):
    """Raised in the middle of an ingest."""


def stored_quotes() -> list[tuple[str, str | None]]:
    return [(quote.exact, quote.speaker and quote.speaker.name) for quote in Quote.objects.order_by("pk")]


# --- What is stored -------------------------------------------------------------------------------------------------


def test_an_article_is_stored_with_its_quotes() -> None:
    metadata = {
        "title": "Rivers",
        "publisher": "The Daily Example",
        "authors": ("Ann Lee", "Tom Oak"),
        "url": RIVERS_URL,
        "published": dt.date(2025, 5, 16),
        "language": "en",
        "translated_from": "ru",
        "translator": "a machine",
    }
    result = ingest(article=make_article(**metadata))
    assert (result.outcome, result.quotes) == (IngestOutcome.NEW, 3)
    source = Source.objects.get()
    assert source == result.source
    assert (source.title, source.publisher, source.authors) == ("Rivers", "The Daily Example", "Ann Lee; Tom Oak")
    assert (source.url, source.published_on) == (RIVERS_URL, dt.date(2025, 5, 16))
    assert (source.language, source.translated_from, source.translator) == ("en", "ru", "a machine")
    snapshot = source.snapshots.get()
    assert snapshot == result.snapshot
    assert snapshot.text == RIVERS_TEXT
    assert snapshot.sha256 == hashlib.sha256(RIVERS_TEXT.encode()).hexdigest()
    assert (snapshot.reader, snapshot.reader_version) == ("plain-text", "1")
    assert stored_quotes() == [
        ("Rivers are full,", "Lena Ford"),
        ("Roads are dry,", "Tobias Reck"),
        ("Bridges will hold.", "Lena Ford"),
    ]
    first = Quote.objects.earliest("pk")
    assert (first.cue, first.mention, first.role) == ("said", "Lena Ford", "head of the Water Board")
    assert (first.prefix, first.suffix) == ('"', RIVERS_TEXT[17 : 17 + CONTEXT_LENGTH])
    assert (first.extractor, first.extractor_version) == (EXTRACTOR, EXTRACTOR_VERSION)


def test_quotes_are_pending_with_a_proposed_claim_and_nothing_is_public() -> None:
    ingest(article=make_article())
    for quote in Quote.objects.all():
        assert quote.decision == "pending"
        assert quote.claim
        assert quote.claim.speaker == quote.speaker
        assert quote.claim.text == claim_proposals.claim_wording(quote.exact)
        assert quote.claim.released_at is None
    for model in (Source, Speaker, Quote, Claim, Topic):
        assert not model.objects.released().exists()


def test_history_has_editor_and_reason() -> None:
    editor = make.UserFactory()
    ingest(article=make_article(), editor=editor)
    reasons = {}
    for model in (Source, Speaker, Claim, Quote):
        history = model.history.all()
        assert history.count() == model.objects.count()
        assert {(row.history_type, row.history_user) for row in history} == {("+", editor)}
        (reasons[model.__name__],) = {row.history_reason for row in history}
    assert reasons == {
        "Source": "read from rivers.txt",
        "Speaker": "named in an article",
        "Claim": "proposed by a quote",
        "Quote": "found in the article",
    }


def test_an_article_without_quotes_is_stored() -> None:
    result = ingest(article=make_article("The mill stands by the river."))
    assert (result.outcome, result.quotes) == (IngestOutcome.NEW, 0)
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(RIVERS_TEXT.replace("\n", "\r\n"), id="crlf"),
        pytest.param(RIVERS_TEXT.replace("\n", "\r"), id="cr"),
        pytest.param("\ufeff" + RIVERS_TEXT, id="byte-order-mark"),
        pytest.param("🙂👩‍🚒🇺🇦 " + RIVERS_TEXT.replace("full", "full 🌊"), id="emoji"),
        pytest.param(RIVERS_TEXT.replace("Rivers", "Ri\u0301vers").replace("Lena", "Le\u0301na"), id="combining-marks"),
        pytest.param(RIVERS_TEXT.replace(" ", "\u00a0"), id="no-break-spaces"),
        pytest.param("«Реки полны», — сказала Лена Форд.\n\n" + RIVERS_TEXT, id="cyrillic"),
        pytest.param("“Rivers,” Ford said, “are full.”\n\n" + RIVERS_TEXT, id="discontinuous"),
    ],
)
def test_the_text_is_stored_unchanged_and_offsets_index_it(text: str) -> None:
    ingest(article=make_article(text))
    stored = Snapshot.objects.get()
    assert stored.text == text
    assert stored.sha256 == hashlib.sha256(text.encode()).hexdigest()
    quotations = extract(Document.from_text(text))
    assert len(quotations) >= 3
    quotes = list(Quote.objects.order_by("pk"))
    assert [quote.spans for quote in quotes] == [[list(span) for span in quotation.content] for quotation in quotations]
    for quote in quotes:
        assert quote.exact == " ".join(text[start:end] for start, end in quote.spans)
        assert quote.text == shown_text(text, quote.spans)
        assert text[: quote.start].endswith(quote.prefix)
        assert text[quote.end :].startswith(quote.suffix)


# --- Idempotence ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"url": RIVERS_URL}, id="url"),
        pytest.param({"url": RIVERS_URL, "publisher": "The Daily Example"}, id="url-and-publisher"),
        pytest.param({"publisher": "The Daily Example"}, id="publisher"),
        pytest.param({}, id="text-only"),
    ],
)
def test_ingesting_an_article_again_adds_nothing(fields: dict[str, Any]) -> None:
    first = ingest(article=make_article(**fields))
    before = count_rows()
    again = ingest(article=make_article(**fields, name="another name.txt"))
    assert (again.outcome, again.quotes) == (IngestOutcome.UNCHANGED, 0)
    assert (again.source, again.snapshot) == (first.source, first.snapshot)
    assert count_rows() == before


def test_ingesting_again_keeps_editors_changes() -> None:
    result = ingest(article=make_article(url=RIVERS_URL, title="As read"))
    Source.objects.update(title="As an editor wants it")
    ingest(article=make_article(url=RIVERS_URL, title="As read"))
    ingest(article=make_article(RIVERS_TEXT + "\nMore.", url=RIVERS_URL, title="As read"))
    result.source.refresh_from_db()
    assert result.source.title == "As an editor wants it"


@pytest.mark.parametrize(
    ("first", "second", "sources"),
    [
        pytest.param({"publisher": "One"}, {"publisher": "Two"}, 2, id="another-publisher"),
        pytest.param({"url": RIVERS_URL}, {"url": RIVERS_URL + "/2"}, 2, id="another-url"),
        pytest.param({"publisher": "One"}, {"publisher": "One", "url": RIVERS_URL}, 2, id="url-added"),
        pytest.param({"publisher": "One", "url": RIVERS_URL}, {"publisher": "One"}, 1, id="url-removed"),
        pytest.param({"publisher": "One"}, {}, 1, id="publisher-removed"),
    ],
)
def test_when_the_same_text_is_the_same_source(first: dict[str, str], second: dict[str, str], sources: int) -> None:
    ingest(article=make_article(**first))
    ingest(article=make_article(**second))
    assert Source.objects.count() == Snapshot.objects.count() == sources
    assert Quote.objects.count() == 3 * sources
    assert Speaker.objects.count() == 2
    assert Claim.objects.count() == 3, "the same words of the same speaker are the same claim"


def test_another_text_without_a_url_is_another_source() -> None:
    ingest(article=make_article(publisher="One"))
    assert ingest(article=make_article(RIVERS_TEXT + "\nMore.", publisher="One")).outcome == IngestOutcome.NEW
    assert Source.objects.count() == 2


def test_the_same_words_of_a_speaker_share_a_claim() -> None:
    text = (
        '"Rivers are full," said Lena Ford.\n\nLater, Lena Ford said: "Rivers are full."\n\n'
        '"Rivers are full," said Tobias Reck.\n\n"Rivers are full,"\u00a0Lena Ford said.\n'
    )
    ingest(article=make_article(text))
    claims = list(Quote.objects.order_by("pk").values_list("speaker__name", "claim__text", "claim_id"))
    assert [row[:2] for row in claims] == [
        ("Lena Ford", "Rivers are full"),
        ("Lena Ford", "Rivers are full."),
        ("Tobias Reck", "Rivers are full"),
        ("Lena Ford", "Rivers are full"),
    ]
    assert [claim for *_, claim in claims].count(claims[0][2]) == 2


# --- All or nothing -------------------------------------------------------------------------------------------------


def fail_at(monkeypatch: pytest.MonkeyPatch, target: object, name: str) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise InjectedIngestError

    monkeypatch.setattr(target, name, fail)


def fail_after_creating(monkeypatch: pytest.MonkeyPatch, model: type) -> None:
    def create(rows: list[Any], **kwargs: Any) -> list[Any]:
        created = original(rows, **kwargs)
        if rows and isinstance(rows[0], model):
            raise InjectedIngestError
        return created

    original = audit.create
    monkeypatch.setattr(audit, "create", create)


FAILURES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "extraction": lambda patch: fail_at(patch, ingest_module, "extract"),
    "after-the-source": lambda patch: fail_at(patch, Snapshot.objects, "create"),
    "after-the-snapshot": lambda patch: fail_at(patch, quote_factory, "SpeakerDirectory"),
    "at-the-suggestions": lambda patch: fail_at(patch, merge_suggestions, "suggest_merges"),
    "before-the-claims": lambda patch: fail_at(patch, claim_proposals, "propose_claims"),
    "after-the-claims": lambda patch: fail_after_creating(patch, Claim),
    "after-the-quotes": lambda patch: fail_after_creating(patch, Quote),
}


@pytest.mark.parametrize("inject_failure", FAILURES.values(), ids=FAILURES)
def test_a_failure_rolls_everything_back(
    inject_failure: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = count_rows()
    with monkeypatch.context() as patch:
        inject_failure(patch)
        with pytest.raises(InjectedIngestError):
            ingest(article=make_article(url=RIVERS_URL))
    assert count_rows() == before
    assert ingest(article=make_article(url=RIVERS_URL)).outcome == IngestOutcome.NEW, "it can be stored afterwards"


def test_an_invalid_quote_rolls_everything_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def last_one_invalid(document: Document, **_: object) -> list[Quotation]:
        *good, last = extract(document)
        return [*good, replace(last, confidence=2.0)]

    before = count_rows()
    monkeypatch.setattr(ingest_module, "extract", last_one_invalid)
    monkeypatch.setattr(audit, "BATCH_SIZE", 1)  # the earlier quotes are inserted by then
    with pytest.raises(IntegrityError, match="quote_confidence_is_a_share"):
        ingest(article=make_article())
    assert count_rows() == before


def test_a_failure_rolls_back_a_second_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(article=make_article(url=RIVERS_URL))
    before = count_rows()
    fail_after_creating(monkeypatch, Quote)
    with pytest.raises(InjectedIngestError):
        ingest(article=make_article('"Dams are safe," said Lena Ford.\n\n' + RIVERS_TEXT, url=RIVERS_URL))
    assert count_rows() == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        pytest.param({"title": "T" * 501}, "title", id="title"),
        pytest.param({"publisher": "P" * 201}, "publisher", id="publisher"),
        pytest.param({"authors": tuple(f"Author {n}" for n in range(80))}, "authors", id="authors"),
        pytest.param({"url": "https://example.org/" + "u" * 2000}, "url", id="url"),
        pytest.param({"url": "not an address"}, "url", id="invalid-url"),
        pytest.param({"language": "the language of birds"}, "language", id="invalid-language"),
        pytest.param({"translated_from": "x" * 36}, "translated_from", id="long-language"),
        pytest.param({"translator": "T" * 201}, "translator", id="translator"),
        pytest.param({"language": "en", "translated_from": "en"}, "translated_from", id="same-language"),
        pytest.param({"title": "T" * 501, "publisher": "P" * 201}, "title", id="first-of-two"),
        pytest.param({"title": "T" * 501, "publisher": "P" * 201}, "publisher", id="second-of-two"),
    ],
)
def test_invalid_metadata_is_refused_by_name(fields: dict[str, Any], field: str) -> None:
    before = count_rows()
    with pytest.raises(ArticleError, match=rf"^rivers\.txt: .*\b{field}\b"):
        ingest(article=make_article(**fields))
    assert count_rows() == before


# --- Speakers -------------------------------------------------------------------------------------------------------


def by_name() -> Speaker:
    return make.SpeakerFactory(name="Lena Ford")


def by_alias() -> Speaker:
    return make.SpeakerNameFactory(speaker=make.SpeakerFactory(name="Helena Ford-Oak"), name="Lena Ford").speaker


def by_another_case() -> Speaker:
    return make.SpeakerFactory(name="LENA   FORD")


def by_the_one_merged_into() -> Speaker:
    kept, merged = make.SpeakerFactory(name="Helena Oak"), make.SpeakerFactory(name="Lena Ford")
    merge.merge_speakers(kept=kept, merged=merged, editor=make.UserFactory())
    return kept


def by_the_last_of_two_merges() -> Speaker:
    kept = make.SpeakerFactory(name="Nell Elm")
    merge.merge_speakers(kept=kept, merged=by_the_one_merged_into(), editor=make.UserFactory())
    return kept


@pytest.mark.parametrize(
    "make_speaker", [by_name, by_alias, by_another_case, by_the_one_merged_into, by_the_last_of_two_merges]
)
def test_an_existing_speaker_is_found(make_speaker: Callable[[], Speaker]) -> None:
    speaker = make_speaker()
    before = count_rows()
    ingest(article=make_article('"Rivers are full," said Lena Ford.'))
    quote = Quote.objects.get()
    assert quote.speaker == speaker
    assert quote.claim
    assert quote.claim.speaker == speaker
    assert quote.candidates == []
    assert {name: count for name, count in count_rows().items() if "Speaker" in name} == {
        name: count for name, count in before.items() if "Speaker" in name
    }


def test_two_speakers_with_the_name_are_ambiguous() -> None:
    make.SpeakerFactory(name="Lena Ford")
    by_alias()
    ingest(article=make_article())
    quote = Quote.objects.earliest("pk")
    assert (quote.speaker, quote.candidates, quote.mention) == (None, ["Lena Ford"], "Lena Ford")
    assert quote.claim
    assert quote.claim.speaker is None
    assert Speaker.objects.count() == 3, "Tobias Reck is new, Lena Ford is not"
    assert Claim.objects.count() == 3, "claims without a speaker are never shared"


def test_claims_without_a_speaker_are_never_shared() -> None:
    make.SpeakerFactory(name="Lena Ford")
    by_alias()
    ingest(article=make_article('"Rivers are full," said Lena Ford.\n\n"Rivers are full," said Lena Ford.'))
    assert Claim.objects.count() == Quote.objects.count() == 2


def test_an_ambiguous_speaker_stays_unresolved(monkeypatch: pytest.MonkeyPatch) -> None:
    def ambiguous(document: Document, **_: object) -> list[Quotation]:
        return [replace(quotation, speaker=Ambiguous(("Lena Ford", "Mark Ford"))) for quotation in extract(document)]

    monkeypatch.setattr(ingest_module, "extract", ambiguous)
    ingest(article=make_article())
    assert {(quote.speaker, *quote.candidates) for quote in Quote.objects.all()} == {(None, "Lena Ford", "Mark Ford")}
    assert not Speaker.objects.exists()


def test_a_name_that_is_too_long_is_a_candidate(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Lena " * 50 + "Ford"

    def with_long_name(document: Document, **_: object) -> list[Quotation]:
        return [replace(quotation, speaker=Resolved(name, EntityKind.PERSON)) for quotation in extract(document)]

    monkeypatch.setattr(ingest_module, "extract", with_long_name)
    ingest(article=make_article())
    assert {(quote.speaker, *quote.candidates) for quote in Quote.objects.all()} == {(None, name)}


def test_a_new_speaker_has_the_extracted_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_organization(document: Document, **_: object) -> list[Quotation]:
        return [
            replace(quotation, speaker=Resolved(name, EntityKind.ORGANIZATION))
            for quotation, name in zip(extract(document), ["Water Board", "water  board", "WATER BOARD"], strict=True)
        ]

    monkeypatch.setattr(ingest_module, "extract", as_organization)
    ingest(article=make_article())
    speaker = Speaker.objects.get()
    assert (speaker.name, speaker.kind) == ("Water Board", SpeakerKind.ORGANIZATION)
    assert [name.name for name in speaker.names.all()] == ["Water Board"]
    assert speaker.quotes.count() == 3


def articles_quoting(*names: str) -> Iterator[Article]:
    for number, name in enumerate(names):
        yield make_article(f'"Rivers are full," said {name}.', url=f"{RIVERS_URL}/{number}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bogdan Bezpalko", "Bohdan Bezpalko"),
        ("Vladimir Zelensky", "Volodymyr Zelensky"),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ("Lena Ford", "L. Ford"),
    ],
)
def test_similar_names_are_suggested_and_not_merged(first: str, second: str) -> None:
    for article in articles_quoting(first, second):
        ingest(article=article)
    suggestion = MergeSuggestion.objects.get()
    assert {suggestion.first.name, suggestion.second.name} == {first, second}
    assert suggestion.state == MergeSuggestionState.OPEN
    assert suggestion.reason
    assert Speaker.objects.current().count() == Claim.objects.count() == 2


def test_similar_names_within_one_article_are_suggested() -> None:
    ingest(
        article=make_article(
            "\n\n".join(article.text for article in articles_quoting("Bogdan Bezpalko", "Bohdan Bezpalko"))
        )
    )
    assert MergeSuggestion.objects.count() == 1


@pytest.mark.parametrize("state", [MergeSuggestionState.OPEN, MergeSuggestionState.DISMISSED])
def test_a_pair_is_suggested_once_and_stays_dismissed(state: MergeSuggestionState) -> None:
    for article in articles_quoting("Bogdan Bezpalko", "Bohdan Bezpalko"):
        ingest(article=article)
    suggestion = MergeSuggestion.objects.get()
    if state == MergeSuggestionState.DISMISSED:
        merge_suggestions.dismiss_merge_suggestion(suggestion=suggestion, editor=make.UserFactory())
    ingest(article=make_article('"More," said Bohdan Bezpalko. "And more," said Bogdan Bezpalko.'))
    merge_suggestions.suggest_merges(list(Speaker.objects.all()))
    assert MergeSuggestion.objects.get().state == state


def test_different_wikidata_ids_are_not_suggested() -> None:
    first, second = make.SpeakerFactory(name="Ivan Petrov", wikidata_id="Q1"), make.SpeakerFactory(name="Ivan Petroff")
    third = make.SpeakerFactory(name="Iwan Petrov", wikidata_id="Q2")
    merge_suggestions.suggest_merges([third])
    assert not MergeSuggestion.objects.filter(first=first, second=third).exists()
    assert second.pk not in {pk for row in MergeSuggestion.objects.all() for pk in (row.first_id, row.second_id)}


def test_a_missing_title_is_suggested_and_a_given_one_kept() -> None:
    text = f"Rivers are full\n\n{RIVERS_TEXT}"
    assert ingest(article=make_article(text)).source.title == "Rivers are full"
    assert ingest(article=make_article(f"{text}.", title="Floods")).source.title == "Floods"
    assert ingest(article=make_article(RIVERS_TEXT)).source.title.startswith('"Rivers are full," said Lena Ford')
