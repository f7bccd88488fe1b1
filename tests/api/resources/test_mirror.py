"""A mirror that follows by `updated_since` alone ends identical, whatever is written meanwhile."""

import datetime as dt
import random
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from claims.models import (
    Claim,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    Source,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Topic,
    Verification,
)
from claims.resources import RESOURCES
from claims.services.changefeed.processor import reconcile
from claims.services.claims.bulk_changes import BulkChanges, bulk_change_claims
from claims.services.claims.corrections import (
    PublicNote,
    PublicNoteRequiredError,
    ReopenConfirmationRequiredError,
    retract_claim,
)
from claims.services.claims.editing import edit_claim
from claims.services.claims.split_merge import merge_claims, split_claim
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes.claim_links import create_own_claim, set_quote_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import assign_speaker
from claims.services.speakers.merge import merge_speakers, undo_merge
from claims.services.verification.workflow import publish_verification, submit_verification, withdraw_verification
from tests import factories as make

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS, WRITERS, STEPS = 12, 3, 45
SPEAKER_ID = 7_000_000  # that no sequence gives
NOTE = PublicNote("What it says.", "It was wrong.")
LONG_AGO = "2000-01-01T00:00:00Z"
# Some mirrors follow a part of a list.
LISTS = [
    *RESOURCES,
    "claims?has_verdict=true",
    "quotes?topic=topic-a",
    "quotes?speaker_name=Ann",
    f"sources?speaker={SPEAKER_ID}",
]


class Mirror:
    """A copy of the lists, as a client would keep it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.rows: dict[str, dict[int, Any]] = {name: {} for name in LISTS}
        self.since = dict.fromkeys(LISTS, LONG_AGO)
        self.causes: set[str] = set()

    def follow(self, page_size: int = 200) -> None:
        """Applies the changes of each list since the last call."""
        for name in LISTS:
            resource, _, filters = name.partition("?")
            query = f"{filters}&updated_since={self.since[name]}&page_size={page_size}".removeprefix("&")
            url = f"/api/v1/{resource}/?{query}"
            while url:
                page = self.client.get(url).json()
                for row in page["results"]:
                    self.rows[name][row["id"]] = row
                for tombstone in page["tombstones"]:
                    self.rows[name].pop(tombstone["id"], None)
                    self.causes.add(tombstone["cause"])
                url, self.since[name] = page["next"], page["updated_since"]

    def read_lists(self) -> dict[str, dict[int, Any]]:
        """Reads all lists in full."""
        lists: dict[str, dict[int, Any]] = {}
        for name in LISTS:
            resource, _, filters = name.partition("?")
            url, lists[name] = f"/api/v1/{resource}/?page_size=200&{filters}".rstrip("&"), {}
            while url:
                page = self.client.get(url).json()
                lists[name] |= {row["id"]: row for row in page["results"]}
                url = page["next"]
        return lists


class ShiftedClock:
    """The real time, plus a shift."""

    def __init__(self) -> None:
        self.ahead = dt.timedelta()

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + self.ahead


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> ShiftedClock:
    clock = ShiftedClock()
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    return clock


class Newsroom:
    """Performs random actions of editors. Those that are refused are skipped."""

    def __init__(self, seed: int, editor: User, clock: ShiftedClock) -> None:
        self.chance, self.editor, self.clock = random.Random(seed), editor, clock
        self.done: set[str] = set()
        self.acts: list[Callable[[], Any]] = [
            self.decide, self.decide, self.decide, self.reword, self.date, self.retract, self.merge_speakers,
            self.part, self.merge_claims, self.split, self.submit, self.publish, self.publish, self.withdraw,
            self.undo, self.embargo, self.wait, self.rename, self.spell, self.position, self.retitle, self.topics,
            self.retopic, self.rerate, self.move, self.own, self.choose, self.erase, self.release,
        ]  # fmt: skip

    def one(self, model: Any, **condition: Any) -> Any:
        ids = list(model._base_manager.filter(**condition).order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise RefusedError("none")
        return model._base_manager.get(pk=self.chance.choice(ids))

    def act(self) -> None:
        act = self.chance.choice(self.acts)
        try:
            act()
        except (
            RefusedError,
            PublicNoteRequiredError,
            ReopenConfirmationRequiredError,
            DatabaseError,
            ObjectDoesNotExist,  # another has deleted it
        ):
            return
        self.done.add(act.__name__)

    def words(self) -> str:
        return f"It is so, {self.chance.random()}."

    def decide(self) -> None:
        quotes = [self.one(Quote).pk for _ in range(3)]
        decide_quotes(quotes=quotes, decision=self.chance.choice(QuoteDecision.values), editor=self.editor, note=NOTE)

    def reword(self) -> None:
        edit_claim(claim=self.one(Claim), changes={"text": self.words()}, editor=self.editor, note=NOTE)

    def date(self) -> None:
        edit_claim(
            claim=self.one(Claim),
            changes={"said_on": dt.date(2025, 1, self.chance.randint(1, 28))},
            editor=self.editor,
            note=NOTE,
        )

    def retract(self) -> None:
        retract_claim(claim=self.one(Claim), editor=self.editor, reason="It was not said.")

    def merge_speakers(self) -> None:
        merge_speakers(kept=self.one(Speaker), merged=self.one(Speaker), editor=self.editor)

    def part(self) -> None:
        undo_merge(merge=self.one(SpeakerMerge, undone_at=None), editor=self.editor)

    def merge_claims(self) -> None:
        kept = self.one(Claim)
        merge_claims(kept=kept, emptied=self.one(Claim, speaker=kept.speaker_id), editor=self.editor, note=NOTE)

    def split(self) -> None:
        claim = self.one(Claim)
        split_claim(claim=claim, quotes=[self.one(Quote, claim=claim).pk], editor=self.editor, note=NOTE)

    def submit(self) -> None:
        row = make.VerificationFactory(
            claim=self.one(Claim), author=self.editor, rating=self.one(Rating), explanation=self.words()
        )
        make.EvidenceFactory(verification=row, source=self.one(Source))
        submit_verification(verification=row, editor=self.editor)

    def publish(self) -> None:
        publish_verification(verification=self.one(Verification, state="submitted"), approver=make.UserFactory())

    def withdraw(self) -> None:
        row = self.one(Verification, state="published")
        withdraw_verification(verification=row, editor=self.editor, reason="A gauge broke.")

    def undo(self) -> None:
        if last := last_operation(self.editor):
            undo_operation(operation=last, editor=self.editor, note=NOTE)

    def embargo(self) -> None:
        at = timezone.now() + dt.timedelta(minutes=30)
        Claim.objects.filter(pk=self.one(Claim, retracted_at=None).pk).update(released_at=at)

    def release(self) -> None:
        Claim.objects.filter(pk=self.one(Claim, merged_into=None).pk).update(
            retracted_at=None, released_at=timezone.now()
        )

    def wait(self) -> None:
        self.clock.ahead += dt.timedelta(hours=1)

    def rename(self) -> None:
        speaker = self.one(Speaker)
        speaker.name = self.words()
        speaker.save()

    def spell(self) -> None:
        if self.chance.random() < 0.5:
            make.SpeakerNameFactory(speaker=self.one(Speaker), name=self.chance.choice(["Ann", self.words()]))
        else:
            self.one(SpeakerName).delete()

    def position(self) -> None:
        Position.objects.create(speaker=self.one(Speaker), title=self.words())

    def retitle(self) -> None:
        Source.objects.filter(pk=self.one(Source).pk).update(title=self.words())

    def topics(self) -> None:
        add = frozenset([self.one(Topic).pk])
        changes = BulkChanges(add_topics=add) if self.chance.random() < 0.7 else BulkChanges(remove_topics=add)
        bulk_change_claims(
            claims=[self.one(Claim).pk, self.one(Claim).pk], changes=changes, editor=self.editor, note=NOTE
        )

    def retopic(self) -> None:
        topic = self.one(Topic)
        topic.name = self.words()
        topic.save()

    def rerate(self) -> None:
        Rating.objects.filter(pk=self.one(Rating).pk).update(name=self.words(), explanation=self.words())

    def move(self) -> None:
        set_quote_claim(quote=self.one(Quote), claim=self.one(Claim), editor=self.editor, note=NOTE)

    def own(self) -> None:
        create_own_claim(quote=self.one(Quote), editor=self.editor, note=NOTE)

    def choose(self) -> None:
        assign_speaker(
            quote=self.one(Quote), speaker=self.one(Speaker, merged_into=None), editor=self.editor, note=NOTE
        )

    def erase(self) -> None:
        self.one(Quote, hold=None).delete()


def create_mirrored_rows() -> None:
    topics = [make.TopicFactory(slug=f"topic-{letter}") for letter in "abc"]
    make.SpeakerFactory(pk=SPEAKER_ID)
    for n in range(ROWS):
        claim = make.QuoteFactory(accepted=True).claim
        claim.topics.add(topics[n % 3])
        make.QuoteFactory(claim=claim, speaker=claim.speaker)
        if n % 3 == 0:
            verification = make.VerificationFactory(claim=claim, published=True)
            make.EvidenceFactory(verification=verification, source=make.SourceFactory())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_a_mirror_ends_identical(client: Client, clock: ShiftedClock, seed: int) -> None:
    create_mirrored_rows()
    mirror = Mirror(client)
    newsrooms = [Newsroom(seed * 100 + n, make.UserFactory(), clock) for n in range(WRITERS)]

    def work(newsroom: Newsroom) -> None:
        try:
            for _ in range(STEPS):
                newsroom.act()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[newsroom]) for newsroom in newsrooms]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        mirror.follow(page_size=3)
    for thread in threads:
        thread.join()
    mirror.follow(page_size=5)
    lists = mirror.read_lists()
    for name in LISTS:
        assert mirror.rows[name] == lists[name], name
    done = set().union(*(newsroom.done for newsroom in newsrooms))
    assert len(done) > 20, done
    for _ in range(40 * STEPS):  # which causes are met depends on timing: goes on until each was
        if {"rejected", "merged", "other"} <= mirror.causes:
            break
        newsrooms[0].act()
        mirror.follow()
    assert {"rejected", "merged", "other"} <= mirror.causes
    assert not any(reconcile().values()), "the feed is complete"
