"""The rows that a database is filled with: articles, with the quotes, claims and verifications that belong to them."""

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

PUBLISHER_COUNT = 200
TOPIC_COUNT = 40
TIME_BETWEEN_ARTICLES = dt.timedelta(minutes=25)  # between one article and the next; the last is read today
DECISIONS = ("pending",) * 14 + ("accepted",) * 5 + ("rejected",)
KINDS = ("direct",) * 9 + ("indirect",) * 9 + ("mixed",) * 2
ACTS = ("speech",) * 18 + ("thought", "other")
LANGUAGES = ("en",) * 6 + ("ru", "uk", "de", "fr")
STATES = ("published",) * 6 + ("draft", "draft", "submitted", "withdrawn")


def current_second() -> dt.datetime:
    """To the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def get_or_create_editors(number: int) -> list[int]:
    """The keys of so many people; those that are missing are made."""
    return [User.objects.get_or_create(username=f"editor-{n}", is_staff=True)[0].pk for n in range(number)]


def get_or_create_topics() -> list[int]:
    """Their keys; those that are missing are made."""
    return [
        Topic.objects.get_or_create(slug=f"topic-{n}", defaults={"name": f"Topic {n}"})[0].pk
        for n in range(TOPIC_COUNT)
    ]


def rating_ids() -> list[int]:
    """Their keys."""
    return list(Rating.objects.order_by("pk").values_list("pk", flat=True))


class RowGenerator:
    """Makes rows by number: the n-th article has the n-th source and snapshot."""

    decisions = DECISIONS
    released = 0.9  # of the claims

    def __init__(
        self, writer: ArticleGenerator, editors: list[int], topics: list[int], ratings: list[int], begin: dt.datetime
    ) -> None:
        self.writer = writer
        self.begin = begin
        self.random = self.writer.random
        self.editors, self.topics, self.ratings = editors, topics, ratings
        self.next = {
            model: 1 + (model.objects.aggregate(last=Max("pk"))["last"] or 0)
            for model in (Source, Quote, Claim, Verification)
        }
        self.first = self.next[Source]
        self.speakers = self.known_speakers()

    def store(self, model: type[models.Model], rows: Iterable[Row]) -> None:
        """Store rows of one model."""
        bulk_insert(model, rows)

    def known_speakers(self) -> list[int]:
        """Their keys; those that are missing are made."""
        there = Speaker.objects.count()
        since = {"created_at": self.begin, "updated_at": self.begin}
        made = ({"name": name, **since} for name in self.writer.names[there:])
        self.store(Speaker, made)
        pairs = Speaker.objects.order_by("pk").values_list("pk", "name")[there:]
        self.store(SpeakerName, (self.name(pk, each) for pk, name in list(pairs) for each in self.spellings(name)))
        return list(Speaker.objects.order_by("pk").values_list("pk", flat=True))

    def spellings(self, name: str) -> list[str]:
        """The main name, and of every other the initial and the last name."""
        first, last = name.split()
        return [name, f"{first[0]}. {last}"] if self.random.random() < 0.5 else [name]

    def name(self, speaker: int, name: str) -> Row:
        """With its keys."""
        made = SpeakerName.of(Speaker(pk=speaker), name)
        return {"speaker_id": speaker, "name": name, "key": made.key, "family_key": made.family_key}

    def add(self, casts: Sequence[list[int]]) -> None:
        """Articles in which these speakers are quoted, with their quotes, claims and verifications."""
        first = self.next[Source]
        articles = [self.writer.article([self.writer.names[who] for who in cast]) for cast in casts]
        sources = [self.source(first + n) for n in range(len(articles))]
        self.store(Source, sources)
        self.store(Source.history.model, (self.added(row) for row in sources))
        self.store(Snapshot, (self.snapshot(first + n, article) for n, article in enumerate(articles)))
        self.next[Source] += len(articles)
        claims: list[Row] = []
        quotes = [
            row
            for n, (article, cast) in enumerate(zip(articles, casts, strict=True))
            for row in self.quotes(first + n, article, cast, claims)
        ]
        self.store(Claim, claims)
        self.store(Quote, quotes)
        about = (
            {"claim_id": row["id"], "topic_id": topic} for row in claims for topic in self.random.sample(self.topics, 1)
        )
        self.store(Claim.topics.through, about)
        self.judge([row for row in claims if row["released_at"]])

    def moment(self, number: int) -> dt.datetime:
        """When the article of this number is read."""
        return self.begin + TIME_BETWEEN_ARTICLES * (number - self.first)

    def source(self, number: int) -> Row:
        """A publication; few publishers have most of them."""
        publisher = int(PUBLISHER_COUNT * self.random.random() ** 3)
        moment = self.moment(number)
        return {
            "id": number,
            "publisher": f"The {self.writer.halves[publisher].split()[0].title()} Herald",
            "title": self.writer.marked(self.random.choice(self.writer.halves)).capitalize(),
            "authors": self.random.choice(self.writer.names),
            "url": f"https://example.org/{publisher}/{number}",
            "language": self.random.choice(LANGUAGES),
            "published_on": moment.date(),
            "created_at": moment,
            "updated_at": moment,
        }

    def added(self, source: Row) -> Row:
        """The first line of its history: who added it."""
        by = self.editors[source["id"] % len(self.editors)]
        return {**source, "history_type": "+", "history_date": source["created_at"], "history_user_id": by}

    def snapshot(self, number: int, article: GeneratedArticle) -> Row:
        """Its text."""
        digest = hashlib.sha256(article.text.encode()).hexdigest()
        return {
            "id": number,
            "source_id": number,
            "text": article.text,
            "sha256": digest,
            "retrieved_at": self.moment(number),
            "reader": "plain-text",
            "reader_version": "1",
        }

    def quotes(self, source: int, article: GeneratedArticle, cast: list[int], claims: list[Row]) -> Iterator[Row]:
        """Of an article; those that were accepted make claims."""
        moment = self.moment(source)
        for who, (start, end, mention, cue) in zip(cast, article.quotes, strict=True):
            number, self.next[Quote] = self.next[Quote], self.next[Quote] + 1
            decision = self.random.choice(self.decisions)
            known = decision == "accepted" or self.random.random() < 0.8
            speaker = self.speakers[who] if known else None
            claim = self.claim(article.text[start:end], speaker, moment, claims) if decision == "accepted" else None
            decided = decision != "pending"
            yield {
                "id": number,
                "snapshot_id": source,
                "kind": self.random.choice(KINDS),
                "act": self.random.choice(ACTS),
                "spans": json.dumps([[start, end]]),
                "start": start,
                "end": end,
                "exact": article.text[start:end],
                "prefix": article.text[max(start - 32, 0) : start],
                "suffix": article.text[end : end + 32],
                "cue": "said",
                "cue_spans": json.dumps([[cue, cue + 4]]),
                "mention": article.text[mention : cue - 1],
                "mention_spans": json.dumps([[mention, cue - 1]]),
                "speaker_id": speaker,
                "claim_id": claim,
                "confidence": round(1 - self.random.random() ** 2 * 0.7, 3),
                "extractor": "factbase",
                "extractor_version": "2",
                "decision": decision,
                "decided_by_id": self.random.choice(self.editors) if decided else None,
                "decided_at": moment if decided else None,
                "created_at": moment,
                "updated_at": moment,
            }

    def claim(self, text: str, speaker: int | None, moment: dt.datetime, claims: list[Row]) -> int:
        """A new claim, or one made shortly before: some are made twice."""
        if claims and self.random.random() < 0.1:
            return int(claims[-1]["id"])
        number, self.next[Claim] = self.next[Claim], self.next[Claim] + 1
        released = moment if self.random.random() < self.released else None
        claims.append(
            {
                "id": number,
                "text": text,
                "speaker_id": speaker,
                "said_on": moment.date(),
                "released_at": released,
                "created_at": moment,
                "updated_at": moment,
            }
        )
        return number

    def judge(self, claims: Iterable[Row]) -> None:
        """A verification, with a row of evidence, for one claim in ten."""
        rows, evidence = [], []
        for claim in claims:
            if self.random.random() > 0.1:
                continue
            number, self.next[Verification] = self.next[Verification], self.next[Verification] + 1
            author, approver = self.random.sample(self.editors, 2)
            state, moment = self.random.choice(STATES), claim["released_at"]
            published = state in {"published", "withdrawn"}
            rows.append(
                {
                    "id": number,
                    "claim_id": claim["id"],
                    "state": state,
                    "rating_id": self.random.choice(self.ratings),
                    "explanation": self.writer.sentence().capitalize(),
                    "author_id": author,
                    "approver_id": approver if published else None,
                    "fingerprint": "0" * 64,
                    "created_at": moment,
                    "updated_at": moment,
                    "submitted_at": moment if state != "draft" else None,
                    "published_at": moment if published else None,
                }
            )
            evidence.append({"verification_id": number, "url": f"https://example.org/{number}", "stance": "supports"})
        self.store(Verification, rows)
        self.store(Evidence, evidence)
