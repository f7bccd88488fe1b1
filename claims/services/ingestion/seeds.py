"""An example to start with: an article through the whole story, with editors' decisions and verdicts about it."""

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
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from claims.services.verification.workflow import publish_verification, submit_verification

SEED_REASON = "an example to start with"


@dataclass(frozen=True, slots=True)
class SeedResult:
    """What was loaded; nothing if it was there already."""

    source: Source
    quotes: int
    verifications: int


@contextmanager
def _naming_file(file: Path) -> Iterator[None]:
    """Say which file is wrong when an entry lacks a key or names what is not there."""
    try:
        yield
    except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise RefusedError(f"{file}: {type(error).__name__}: {error}") from error


@transaction.atomic
def load_seeds(directory: Path) -> SeedResult:
    """Load the article and the decisions of a directory, all or nothing.

    What was loaded before stays as editors have made it since: it is not loaded again. The article is known by its
    publisher and title.

    Raises RefusedError for a file that is missing or says something that cannot be done.
    """
    file = directory / "decisions.yaml"
    with _naming_file(file):
        try:
            plan = yaml.safe_load(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise RefusedError(f"{file}: {error.strerror}") from error
        about = dict(plan["article"])
        known = Source.objects.filter(publisher=about["publisher"], title=about["title"]).first()
        if known:
            return SeedResult(known, 0, 0)
        snapshot = _ingest_article(directory / about.pop("file"), about)
        author, approver = _get_or_create_account(plan["author"]), _get_or_create_account(plan["approver"])
        _update_speakers(plan["speakers"], author)
        topics = _get_or_create_topics(plan["topics"], author)
        for entry in plan["quotes"]:
            _decide_quote(entry, _find_quote(snapshot, entry["starts"]), topics, author)
        for entry in plan["verifications"]:
            _create_verification(entry, _find_quote(snapshot, entry["claim_of"]), author, approver)
    return SeedResult(snapshot.source, snapshot.quotes.count(), len(plan["verifications"]))


def _ingest_article(path: Path, about: dict[str, Any]) -> Snapshot:
    for article in read_articles([str(path)]):
        if isinstance(article, ArticleError):
            raise RefusedError(str(article))
        fields = {**about, "published": parse_published(about["published"])}
        return ingest(article=replace(article, **fields)).snapshot
    raise RefusedError(f"{path}: holds no article")


def _get_or_create_account(username: str) -> User:
    """The account, made if it is not there; nobody can sign in with it."""
    user, created = get_user_model().objects.get_or_create(username=username, defaults={"is_active": False})
    if created:
        user.set_unusable_password()
        user.save()
    return user


def _update_speakers(entries: list[dict[str, Any]], editor: User) -> None:
    for entry in entries:
        speaker = Speaker.objects.current().filter(name=entry["name"]).order_by("-pk").first()
        if speaker is None:
            raise ValueError(f"no speaker is named {entry['name']!r}")
        speaker.description = entry["description"]
        audit.update([speaker], ["description"], user=editor, reason=SEED_REASON)
        positions = [Position(speaker=speaker, **position) for position in entry.get("positions", [])]
        audit.create(positions, user=editor, reason=SEED_REASON)


def _get_or_create_topics(entries: list[dict[str, str]], editor: User) -> dict[str, Topic]:
    slugs = [entry["slug"] for entry in entries]
    there = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    new = [Topic(**entry) for entry in entries if entry["slug"] not in there]
    audit.create(new, user=editor, reason=SEED_REASON)
    return there | {topic.slug: topic for topic in new}


def _find_quote(snapshot: Snapshot, starts: str) -> Quote:
    """The one quote of the article that starts with these words."""
    found = list(snapshot.quotes.filter(exact__startswith=starts).select_related("claim"))
    if len(found) != 1:
        raise ValueError(f"{len(found)} quotes start with {starts!r}, not one")
    return found[0]


def _decide_quote(entry: dict[str, Any], quote: Quote, topics: dict[str, Topic], editor: User) -> None:
    claim = quote.claim
    if claim and "claim" in entry:
        claim.text = entry["claim"]
        claim.said_on = date.fromisoformat(entry["said_on"]) if "said_on" in entry else None
        claim.topics.set([topics[slug] for slug in entry.get("topics", [])])
        audit.update([claim], ["text", "said_on"], user=editor, reason=SEED_REASON)
    decision, reason = QuoteDecision(entry["decision"]), entry.get("reason", SEED_REASON)
    if refused := decide_quotes(quotes=[quote.pk], decision=decision, editor=editor, reason=reason).refused:
        raise ValueError(f"{entry['starts']!r}: {refused[0][1]}")


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
            stance=EvidenceStance(each["stance"]),
            excerpt=each["excerpt"],
            note=each["note"],
        )
        for each in entry.get("evidence", [])
    ]
    if missing := [each.excerpt for each in evidence if each.excerpt not in quote.snapshot.text]:
        raise ValueError(f"the article does not say {missing[0]!r}")
    audit.create(evidence, user=author, reason=SEED_REASON)
    if state != VerificationState.DRAFT:
        submit_verification(verification=verification, editor=author)
    if state == VerificationState.PUBLISHED:
        publish_verification(verification=verification, approver=approver)
