"""Loads the example: an article and its original, with their quotes, editors' decisions and verdicts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction

from claims.articles import ArticleError, parse_published, read_articles
from claims.extraction import is_language_read
from claims.models import (
    Evidence,
    EvidenceStance,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    Snapshot,
    Source,
    Speaker,
    Topic,
    Verification,
    VerificationState,
)
from claims.services.claims.claim_release import release_claim
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.claim_links import set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.sources.counterparts import tie_quotes
from claims.services.sources.languages import describe_read_languages
from claims.services.sources.translations import relate_translation
from claims.services.verification.workflow import publish_verification, submit_verification

SEED_REASON = "an example to start with"


@dataclass(frozen=True, slots=True)
class SeedResult:
    """The example's source, and how many quotes and verifications were loaded: none if it was loaded before.

    `omitted` says why the original was left out, if it was: extraction does not read its language.
    """

    source: Source
    quotes: int
    verifications: int
    omitted: str = ""


@contextmanager
def _naming_file(file: Path) -> Iterator[None]:
    """Name the file in errors about missing keys and unknown values."""
    try:
        yield
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise RefusedError(f"{file}: {type(error).__name__}: {error}") from error


@transaction.atomic
def load_seeds(directory: Path) -> SeedResult:
    """Load the article, its original and the decisions of a directory in one transaction.

    An article with the same publisher and title is not loaded again. Raises RefusedError for a file that is missing or
    invalid.
    """
    file = directory / "decisions.yaml"
    with _naming_file(file):
        try:
            seeds = yaml.safe_load(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise RefusedError(f"{file}: {error.strerror}") from error
        metadata = seeds["article"]
        existing = Source.objects.filter(publisher=metadata["publisher"], title=metadata["title"]).first()
        if existing:
            return SeedResult(existing, 0, 0)
        snapshot = _ingest_article(directory, metadata)
        author, approver = _get_or_create_account(seeds["author"]), _get_or_create_account(seeds["approver"])
        _update_speakers(seeds["speakers"], author)
        topics = _get_or_create_topics(seeds["topics"], author)
        for entry in seeds["quotes"]:
            _decide_quote(entry, _find_quote(snapshot, entry["starts"]), topics, author)
        for entry in seeds["verifications"]:
            _create_verification(entry, _find_quote(snapshot, entry["claim_of"]), author, approver)
        is_original_read = is_language_read(seeds["original"]["article"]["language"])
        original = _load_original(directory, seeds["original"], snapshot, author) if is_original_read else None
    return SeedResult(
        source=snapshot.source,
        quotes=Quote.objects.filter(snapshot__in=filter(None, [snapshot, original])).count(),
        verifications=len(seeds["verifications"]),
        omitted="" if original else describe_read_languages(),
    )


def _load_original(directory: Path, seeds: dict[str, Any], translation: Snapshot, editor: User) -> Snapshot:
    """Load what the article translates. Its quotes are tied to their translations, and make the same claims."""
    original = _ingest_article(directory, seeds["article"])
    relate_translation(original=original.source, translation=translation.source, editor=editor)
    for entry in seeds["quotes"]:
        quote, counterpart = _find_quote(original, entry["starts"]), _find_quote(translation, entry["translated_as"])
        tie_quotes(quote=quote, counterpart=counterpart, editor=editor)
        set_quote_claim(quote=quote, claim=counterpart.claim, editor=editor, reason=SEED_REASON)
        _decide_quote(entry, quote, {}, editor)
    return original


def _ingest_article(directory: Path, metadata: dict[str, Any]) -> Snapshot:
    path = directory / metadata["file"]
    for article in read_articles([str(path)]):
        if isinstance(article, ArticleError):
            raise RefusedError(str(article))
        fields = {**metadata, "published": parse_published(metadata["published"])}
        del fields["file"]
        return ingest(article=replace(article, **fields)).snapshot
    raise RefusedError(f"{path}: no article found")


def _get_or_create_account(username: str) -> User:
    """The account with this name, or a new one that nobody can sign in with."""
    user, created = get_user_model().objects.get_or_create(username=username, defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save()
    return user


def _update_speakers(entries: list[dict[str, Any]], editor: User) -> None:
    for entry in entries:
        speaker = Speaker.objects.current().filter(name=entry["name"]).order_by("-pk").first()
        if speaker is None:
            raise ValueError(f"no speaker named {entry['name']!r}")
        speaker.description = entry["description"]
        audit.update([speaker], ["description"], user=editor, reason=SEED_REASON)
        positions = [Position(speaker=speaker, **position) for position in entry.get("positions", [])]
        audit.create(positions, user=editor, reason=SEED_REASON)


def _get_or_create_topics(entries: list[dict[str, str]], editor: User) -> dict[str, Topic]:
    slugs = [entry["slug"] for entry in entries]
    existing = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    new = [Topic(**entry) for entry in entries if entry["slug"] not in existing]
    audit.create(new, user=editor, reason=SEED_REASON)
    return existing | {topic.slug: topic for topic in new}


def _find_quote(snapshot: Snapshot, starts: str) -> Quote:
    """The one quote of the article that starts with these words."""
    quotes = list(snapshot.quotes.filter(exact__startswith=starts).select_related("claim"))
    if len(quotes) != 1:
        raise ValueError(f"{len(quotes)} quotes start with {starts!r}, not one")
    return quotes[0]


def _decide_quote(entry: dict[str, Any], quote: Quote, topics: dict[str, Topic], editor: User) -> None:
    """Decide the quote and, if the entry words its claim, release that. Other claims stay proposals."""
    decision, reason = QuoteDecision(entry["decision"]), entry.get("reason", SEED_REASON)
    result = decide_quotes(quotes=[quote.pk], decision=decision, editor=editor, reason=reason)
    if result.refused:
        raise ValueError(f"{entry['starts']!r}: {result.refused[0][1]}")
    claim = quote.claim
    if claim and "claim" in entry:
        claim = release_claim(claim=claim, text=entry["claim"], editor=editor)
        claim.said_on = date.fromisoformat(entry["said_on"]) if "said_on" in entry else None
        claim.topics.set([topics[slug] for slug in entry.get("topics", [])])
        audit.update([claim], ["said_on"], user=editor, reason=SEED_REASON)


def _create_verification(entry: dict[str, Any], quote: Quote, author: User, approver: User) -> None:
    state = VerificationState(entry["state"])
    verification = Verification(
        claim=quote.claim,
        author=author,
        rating=Rating.objects.get(slug=entry["rating"]) if "rating" in entry else None,
        explanation=entry.get("explanation", ""),
        comment=entry.get("comment", ""),
    )
    audit.create([verification], user=author, reason=SEED_REASON)
    evidence = [
        Evidence(
            verification=verification,
            source=quote.snapshot.source,
            stance=EvidenceStance(item["stance"]),
            excerpt=item["excerpt"],
            note=item["note"],
        )
        for item in entry.get("evidence", [])
    ]
    if missing := [item.excerpt for item in evidence if item.excerpt not in quote.snapshot.text]:
        raise ValueError(f"the article does not contain {missing[0]!r}")
    audit.create(evidence, user=author, reason=SEED_REASON)
    if state != VerificationState.DRAFT:
        submit_verification(verification=verification, editor=author)
    if state == VerificationState.PUBLISHED:
        publish_verification(verification=verification, approver=approver)
