"""Generates the rows of articles with their quotes, claims and verifications."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Max

from benchmarks.dataset.bulk_insert import Row, bulk_insert
from benchmarks.dataset.generated_articles import ArticleGenerator, GeneratedArticle
from claims.models import (
    Claim,
    Evidence,
    Quote,
    Rating,
    Snapshot,
    Source,
    Speaker,
    SpeakerName,
    Topic,
    Verification,
)
from claims.models.quote_text import shown_text

PUBLISHER_COUNT = 200
TOPIC_COUNT = 40
TIME_BETWEEN_ARTICLES = dt.timedelta(minutes=25)  # the last article is ingested today
DECISIONS = ("pending",) * 14 + ("accepted",) * 5 + ("rejected",)
KINDS = ("direct",) * 9 + ("indirect",) * 9 + ("mixed",) * 2
ACTS = ("speech",) * 18 + ("thought", "other")
LANGUAGES = ("en",) * 6 + ("ru", "uk", "de", "fr")
STATES = ("published",) * 6 + ("draft", "draft", "submitted", "withdrawn")


def current_second() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def get_or_create_editors(number: int) -> list[int]:
    return [User.objects.get_or_create(username=f"editor-{n}", is_staff=True)[0].pk for n in range(number)]


def get_or_create_topics() -> list[int]:
    return [
        Topic.objects.get_or_create(slug=f"topic-{n}", defaults={"name": f"Topic {n}"})[0].pk
        for n in range(TOPIC_COUNT)
    ]


def rating_ids() -> list[int]:
    return list(Rating.objects.order_by("pk").values_list("pk", flat=True))


class RowGenerator:
    """Generates rows with consecutive ids: the n-th article has the n-th source and snapshot."""

    decisions = DECISIONS
    released_share = 0.9  # of the claims

    def __init__(
        self, writer: ArticleGenerator, editors: list[int], topics: list[int], ratings: list[int], start: dt.datetime
    ) -> None:
        self.writer = writer
        self.start = start
        self.random = self.writer.random
        self.editors, self.topics, self.ratings = editors, topics, ratings
        self.next_ids = {
            model: 1 + (model.objects.aggregate(last=Max("pk"))["last"] or 0)
            for model in (Source, Quote, Claim, Verification)
        }
        self.first_source = self.next_ids[Source]
        self.speakers = self.get_or_create_speakers()

    def store(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        bulk_insert(model, rows)

    def get_or_create_speakers(self) -> list[int]:
        """Returns the ids of all speakers, after creating the missing ones."""
        existing_count = Speaker.objects.count()
        timestamps = {"created_at": self.start, "updated_at": self.start}
        missing = ({"name": name, **timestamps} for name in self.writer.names[existing_count:])
        self.store(Speaker, missing)
        pairs = Speaker.objects.order_by("pk").values_list("pk", "name")[existing_count:]
        self.store(
            SpeakerName, (self.name(pk, spelling) for pk, name in list(pairs) for spelling in self.spellings(name))
        )
        return list(Speaker.objects.order_by("pk").values_list("pk", flat=True))

    def spellings(self, name: str) -> list[str]:
        """Returns the main name and, for half of the speakers, the initial with the last name."""
        first, last = name.split()
        return [name, f"{first[0]}. {last}"] if self.random.random() < 0.5 else [name]

    def name(self, speaker: int, name: str) -> Row:
        speaker_name = SpeakerName.build(Speaker(pk=speaker), name)
        return {"speaker_id": speaker, "name": name, "key": speaker_name.key, "family_key": speaker_name.family_key}

    def add(self, speakers_by_article: Sequence[list[int]]) -> None:
        """Stores articles that quote these speakers, with their quotes, claims and verifications."""
        first = self.next_ids[Source]
        articles = [
            self.writer.article([self.writer.names[number] for number in speakers]) for speakers in speakers_by_article
        ]
        sources = [self.source(first + n) for n in range(len(articles))]
        self.store(Source, sources)
        self.store(Source.history.model, (self.creation_record(row) for row in sources))
        self.store(Snapshot, (self.snapshot(first + n, article) for n, article in enumerate(articles)))
        self.next_ids[Source] += len(articles)
        claims: list[Row] = []
        quotes = [
            row
            for n, (article, speakers) in enumerate(zip(articles, speakers_by_article, strict=True))
            for row in self.quotes(first + n, article, speakers, claims)
        ]
        self.store(Claim, claims)
        self.store(Quote, quotes)
        topics = (
            {"claim_id": row["id"], "topic_id": topic} for row in claims for topic in self.random.sample(self.topics, 1)
        )
        self.store(Claim.topics.through, topics)
        self.verify([row for row in claims if row["released_at"]])

    def ingestion_time(self, number: int) -> dt.datetime:
        return self.start + TIME_BETWEEN_ARTICLES * (number - self.first_source)

    def source(self, number: int) -> Row:
        """Returns a source; a few publishers have most of them."""
        publisher = int(PUBLISHER_COUNT * self.random.random() ** 3)
        ingested_at = self.ingestion_time(number)
        return {
            "id": number,
            "publisher": f"The {self.writer.halves[publisher].split()[0].title()} Herald",
            "title": self.writer.add_search_words(self.random.choice(self.writer.halves)).capitalize(),
            "authors": self.random.choice(self.writer.names),
            "url": f"https://example.org/{publisher}/{number}",
            "language": self.random.choice(LANGUAGES),
            "published_on": ingested_at.date(),
            "created_at": ingested_at,
            "updated_at": ingested_at,
        }

    def creation_record(self, source: Row) -> Row:
        """Returns the first row of a source's history, with the user who added it."""
        user = self.editors[source["id"] % len(self.editors)]
        return {**source, "history_type": "+", "history_date": source["created_at"], "history_user_id": user}

    def snapshot(self, number: int, article: GeneratedArticle) -> Row:
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        return {
            "id": number,
            "source_id": number,
            "text": article.text,
            "sha256": digest,
            "retrieved_at": self.ingestion_time(number),
            "reader": "plain-text",
            "reader_version": "1",
        }

    def quotes(self, source: int, article: GeneratedArticle, speakers: list[int], claims: list[Row]) -> Iterator[Row]:
        """Yields the quotes of an article, and adds claims for accepted ones to `claims`."""
        ingested_at = self.ingestion_time(source)
        for speaker_number, (start, end, mention, cue) in zip(speakers, article.quotes, strict=True):
            number, self.next_ids[Quote] = self.next_ids[Quote], self.next_ids[Quote] + 1
            decision = self.random.choice(self.decisions)
            is_resolved = decision == "accepted" or self.random.random() < 0.8
            speaker = self.speakers[speaker_number] if is_resolved else None
            claim = (
                self.claim(article.text[start:end], speaker, ingested_at, claims) if decision == "accepted" else None
            )
            is_decided = decision != "pending"
            yield {
                "id": number,
                "snapshot_id": source,
                "kind": self.random.choice(KINDS),
                "act": self.random.choice(ACTS),
                "spans": json.dumps([[start, end]]),
                "start": start,
                "end": end,
                "exact": article.text[start:end],
                "text": shown_text(article.text, [[start, end]]),
                "prefix": article.text[max(start - 32, 0) : start],
                "suffix": article.text[end : end + 32],
                "cue": "said",
                "cue_spans": json.dumps([[cue, cue + 4]]),
                "mention": article.text[mention : cue - 1],
                "mention_spans": json.dumps([[mention, cue - 1]]),
                "speaker_id": speaker,
                "claim_id": claim,
                "mention_kind": "name",
                "speaker_confidence": 0.95 if speaker else None,
                "confidence": round(1 - self.random.random() ** 2 * 0.7, 3),
                "extractor": "factbase",
                "extractor_version": "2",
                "decision": decision,
                "decided_by_id": self.random.choice(self.editors) if is_decided else None,
                "decided_at": ingested_at if is_decided else None,
                "created_at": ingested_at,
                "updated_at": ingested_at,
            }

    def claim(self, text: str, speaker: int | None, created_at: dt.datetime, claims: list[Row]) -> int:
        """Adds a claim to `claims` and returns its id, or returns the last one's: some claims have two quotes."""
        if claims and self.random.random() < 0.1:
            return int(claims[-1]["id"])
        number, self.next_ids[Claim] = self.next_ids[Claim], self.next_ids[Claim] + 1
        released_at = created_at if self.random.random() < self.released_share else None
        claims.append(
            {
                "id": number,
                "text": text,
                "speaker_id": speaker,
                "said_on": created_at.date(),
                "wording_confirmed_at": released_at,
                "released_at": released_at,
                "created_at": created_at,
                "updated_at": created_at,
            }
        )
        return number

    def verify(self, claims: Iterable[Row]) -> None:
        """Stores a verification, with a row of evidence, for one claim in ten."""
        rows, evidence = [], []
        for claim in claims:
            if self.random.random() > 0.1:
                continue
            number, self.next_ids[Verification] = self.next_ids[Verification], self.next_ids[Verification] + 1
            author, approver = self.random.sample(self.editors, 2)
            state, created_at = self.random.choice(STATES), claim["released_at"]
            is_approved = state in {"published", "withdrawn"}
            rows.append(
                {
                    "id": number,
                    "claim_id": claim["id"],
                    "state": state,
                    "rating_id": self.random.choice(self.ratings),
                    "explanation": self.writer.sentence().capitalize(),
                    "author_id": author,
                    "approver_id": approver if is_approved else None,
                    "fingerprint": "0" * 64,
                    "created_at": created_at,
                    "updated_at": created_at,
                    "submitted_at": created_at if state != "draft" else None,
                    "published_at": created_at if is_approved else None,
                }
            )
            evidence.append({"verification_id": number, "url": f"https://example.org/{number}", "stance": "supports"})
        self.store(Verification, rows)
        self.store(Evidence, evidence)
