"""The change feed: every change once, in order, and nothing of what was never public."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from claims.database.triggers.changes import CHANGE_TRIGGERS, change_trigger_name
from claims.models import (
    Change,
    Claim,
    Position,
    Quote,
    QuoteDecision,
    Rating,
    ResourceKind,
    Source,
    Speaker,
    SpeakerCounts,
    SpeakerName,
    Topic,
    Touched,
    Verification,
)
from claims.services.changefeed import processor
from claims.services.changefeed.processor import STAMP_RESOLUTION, _next_stamp, process_pending, reconcile
from claims.services.ingestion.periodic_work import do_periodic_work
from claims.services.locks import change_feed_transaction
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.concurrency import run_concurrently

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def quote(db: None) -> Quote:
    """An accepted quote with objects of every kind around it, all in the feed."""
    quote = make.QuoteFactory(accepted=True)
    quote.claim.topics.add(make.TopicFactory())
    verification = make.VerificationFactory(claim=quote.claim, published=True)
    make.EvidenceFactory(verification=verification, source=make.SourceFactory(title="Cited"))
    make.QuoteFactory(accepted=True)  # unrelated
    process_pending()
    return quote


def last_stamp() -> dt.datetime:
    return Change.objects.order_by("-changed_at").values_list("changed_at", flat=True)[0]


def kinds_changed_by(change: Callable[[], Any]) -> set[str]:
    """The kinds of the objects that the feed shows as changed or gone after this call."""
    before = last_stamp()
    change()
    process_pending()
    return set(Change.objects.filter(changed_at__gt=before).values_list("kind", flat=True))


QUOTE, CLAIM, SPEAKER, SOURCE, VERDICT = "quotes", "claims", "speakers", "sources", "verifications"
SHOWN_WITH_CLAIM = {QUOTE, CLAIM, SPEAKER, SOURCE, VERDICT, "topics"}
CHANGES: list[tuple[str, Callable[[Quote], Any], set[str]]] = [
    ("quote-confidence", lambda q: Quote.objects.filter(pk=q.pk).update(confidence=0.1), {QUOTE, CLAIM}),
    ("quote-rejected", lambda q: Quote.objects.filter(pk=q.pk).update(decision="rejected"), SHOWN_WITH_CLAIM),
    ("claim-touched", lambda q: q.claim.save(), {CLAIM}),
    ("claim-reworded", lambda q: Claim.objects.filter(pk=q.claim_id).update(text="So."), SHOWN_WITH_CLAIM),
    ("speaker-described", lambda q: Speaker.objects.filter(pk=q.speaker_id).update(description="So."), {SPEAKER}),
    (
        "speaker-named",
        lambda q: Speaker.objects.filter(pk=q.speaker_id).update(name="So"),
        {SPEAKER, QUOTE, CLAIM, VERDICT},
    ),
    ("speaker-spelled", lambda q: make.SpeakerNameFactory(speaker=q.speaker), {SPEAKER, QUOTE, CLAIM, VERDICT}),
    ("position", lambda q: Position.objects.create(speaker=q.speaker, title="Mayor"), {SPEAKER}),
    (
        "source-titled",
        lambda q: Source.objects.filter(pk=q.snapshot.source_id).update(title="So"),
        {SOURCE, QUOTE, CLAIM},
    ),
    ("source-author", lambda q: Source.objects.filter(pk=q.snapshot.source_id).update(authors="So"), {SOURCE}),
    ("cited-titled", lambda q: Source.objects.filter(title="Cited").update(title="So"), {SOURCE, VERDICT, CLAIM}),
    ("rating-named", lambda q: Rating.objects.filter(slug="true").update(name="So"), SHOWN_WITH_CLAIM | {"ratings"}),
    ("topic-named", lambda q: Topic.objects.update(name="So"), SHOWN_WITH_CLAIM),
    ("topic-described", lambda q: Topic.objects.update(description="So"), {"topics"}),
    ("draft", lambda q: make.VerificationFactory(claim=q.claim), set()),
    ("pending", lambda q: make.QuoteFactory(claim=q.claim, speaker=q.speaker, snapshot=q.snapshot), set()),
]


@pytest.mark.parametrize(("change", "kinds"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_also_changes_what_shows_it(quote: Quote, change: Callable[[Quote], Any], kinds: set[str]) -> None:
    assert kinds_changed_by(lambda: change(quote)) == kinds
    assert not Touched.objects.exists()
    assert not any(reconcile().values())


def test_each_batch_has_a_later_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    Rating.objects.filter(slug="true").update(explanation="0")
    process_pending()
    before = last_stamp()
    monkeypatch.setattr("django.utils.timezone.now", lambda: before - HOUR)  # the clock was set back
    for n in (1, 2, 3):
        Rating.objects.filter(slug="true").update(explanation=str(n))
        process_pending()
        assert last_stamp() == before + n * STAMP_RESOLUTION


def test_what_was_never_public_is_not_in_the_feed() -> None:
    make.QuoteFactory()
    make.QuoteFactory(rejected=True)
    make.VerificationFactory()
    process_pending()
    assert set(Change.objects.values_list("kind", flat=True)) == {"ratings"}


def test_an_embargoed_claim_is_in_the_feed_when_the_embargo_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now() + HOUR
    quote = make.QuoteFactory(accepted=True, claim__released_at=at)
    process_pending()
    assert not Change.objects.seen().exclude(kind=ResourceKind.RATINGS).exists()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + HOUR)
    process_pending()
    assert set(Change.objects.live().values_list("kind", flat=True)) == {"ratings", QUOTE, CLAIM, SPEAKER, SOURCE}
    assert Change.objects.get(kind=CLAIM, object_id=quote.claim_id).changed_at == at + HOUR


def test_workers_notice_the_end_of_an_embargo(monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now() + HOUR
    quote = make.QuoteFactory(accepted=True, claim__released_at=at)
    do_periodic_work()
    assert not Change.objects.seen().filter(kind=CLAIM).exists()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + HOUR)
    do_periodic_work()
    assert Change.objects.live().get(kind=CLAIM).object_id == quote.claim_id


def test_a_quote_rejected_after_its_embargo_leaves_a_tombstone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if the feed was not processed between its end and the rejection."""
    at = timezone.now() + HOUR
    quote = make.QuoteFactory(accepted=True, claim__released_at=at)
    process_pending()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + HOUR)
    Quote.objects.filter(pk=quote.pk).update(decision=QuoteDecision.REJECTED)
    process_pending()
    assert Change.objects.get(kind=QUOTE, object_id=quote.pk).cause == "rejected"


def test_a_quote_rejected_during_its_embargo_leaves_nothing() -> None:
    quote = make.QuoteFactory(accepted=True, claim__released_at=timezone.now() + HOUR)
    process_pending()
    Quote.objects.filter(pk=quote.pk).update(decision=QuoteDecision.REJECTED)
    process_pending()
    assert not Change.objects.exclude(kind=ResourceKind.RATINGS).exists()


@pytest.mark.parametrize(
    ("change", "kind", "cause"),
    [
        (lambda q: Quote.objects.filter(pk=q.pk).update(decision="rejected"), QUOTE, "rejected"),
        (lambda q: Claim.objects.filter(pk=q.claim_id).update(retracted_at=timezone.now()), CLAIM, "retracted"),
        (lambda q: Claim.objects.filter(pk=q.claim_id).update(retracted_at=timezone.now()), VERDICT, "retracted"),
        (lambda q: Claim.objects.filter(pk=q.claim_id).update(released_at=None), CLAIM, "withdrawn"),
        (lambda q: Verification.objects.filter(claim=q.claim_id).update(state="superseded"), VERDICT, "superseded"),
        (lambda q: Verification.objects.filter(claim=q.claim_id).update(state="withdrawn"), VERDICT, "withdrawn"),
        (lambda q: q.claim.topics.clear(), "topics", "unused"),
        (lambda q: Quote.objects.get(pk=q.pk).delete(), QUOTE, "deleted"),
    ],
)
def test_tombstones_have_a_cause(quote: Quote, change: Callable[[Quote], Any], kind: str, cause: str) -> None:
    before = last_stamp()
    change(quote)
    process_pending()
    gone = Change.objects.gone().filter(kind=kind)
    assert [(row.cause, row.changed_at == row.gone_at) for row in gone] == [(cause, True)]
    assert last_stamp() > before
    changed_at = gone[0].changed_at
    process_pending()
    assert Change.objects.gone().get(kind=kind).changed_at == changed_at, "only once"


def test_reconcile_after_a_load_without_triggers() -> None:
    make.QuoteFactory(accepted=True)
    Touched.objects.all().delete()
    assert reconcile() == dict.fromkeys(ResourceKind.values, 0) | {QUOTE: 1, CLAIM: 1, SPEAKER: 1, SOURCE: 1}
    assert not any(reconcile().values())
    Quote.objects.update(decision=QuoteDecision.REJECTED)
    Touched.objects.all().delete()
    assert reconcile()[QUOTE] == 1
    assert Change.objects.gone().filter(kind=QUOTE).count() == 1


def test_what_was_public_before_the_feed_is_added_first() -> None:
    make.QuoteFactory(accepted=True)
    kept, merged = make.QuoteFactory(accepted=True).claim, make.ClaimFactory(released_at=timezone.now())
    Claim.objects.filter(pk=merged.pk).update(merged_into=kept)
    Touched.objects.all().delete()
    Touched.objects.create(kind="everything", object_id=0, wide=True, step=0)
    process_pending()
    assert Change.objects.live().filter(kind=QUOTE).count() == 2
    assert Change.objects.gone().get().merged_into == kept.pk


def test_the_triggers_exist() -> None:
    with connection.cursor() as cursor:
        table = "pg_trigger WHERE NOT tgisinternal" if connection.vendor == "postgresql" else "sqlite_master"
        cursor.execute(f"SELECT {'tgname' if connection.vendor == 'postgresql' else 'name'} FROM {table}")
        names = {name for (name,) in cursor.fetchall()}
    assert {change_trigger_name(table, event) for table, event, *_ in CHANGE_TRIGGERS} <= names


@pytest.mark.django_db(transaction=True)
def test_a_service_processes_its_changes_on_commit() -> None:
    quote = make.QuoteFactory()
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory())
    assert Change.objects.live().filter(kind=QUOTE, object_id=quote.pk).exists()
    assert not Touched.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_concurrent_processors_miss_nothing() -> None:
    speakers = [make.QuoteFactory(accepted=True).speaker for _ in range(4)]
    process_pending()

    def change_repeatedly(speaker: Speaker) -> Callable[[], None]:
        def write() -> None:
            for n in range(5):
                Speaker.objects.filter(pk=speaker.pk).update(description=str(n))
                process_pending()

        return write

    run_concurrently(*(change_repeatedly(speaker) for speaker in speakers))
    assert not Touched.objects.exists()
    assert SpeakerName.objects.count() == 4
    assert not any(reconcile().values())


def hide_quotes(claim: Claim) -> None:
    Claim.objects.filter(pk=claim.pk).update(retracted_at=timezone.now())


def test_changes_of_one_object_in_two_batches_reach_what_shows_it(
    quote: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.services.changefeed.processor.MAX_RECORDS_PER_BATCH", 1)
    Quote.objects.filter(pk=quote.pk).update(confidence=0.1)
    hide_quotes(quote.claim)
    process_pending()
    assert set(Change.objects.gone().values_list("kind", flat=True)) >= {QUOTE, CLAIM, SPEAKER, SOURCE, VERDICT}
    assert not any(reconcile(repair=False).values())


if connection.vendor == "postgresql":  # SQLite runs one writing transaction at a time

    @pytest.mark.django_db(transaction=True)
    def test_a_commit_during_a_batch_counts_with_the_next(quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
        Quote.objects.filter(pk=quote.pk).update(confidence=0.1)
        write_touched = processor._write_touched

        def hide_and_write(stamp: dt.datetime) -> None:
            monkeypatch.undo()
            run_concurrently(lambda: hide_quotes(quote.claim))
            write_touched(stamp)

        monkeypatch.setattr(processor, "_write_touched", hide_and_write)
        process_pending()
        assert set(Change.objects.gone().values_list("kind", flat=True)) >= {QUOTE, CLAIM, SPEAKER, SOURCE, VERDICT}
        assert not any(reconcile(repair=False).values())

    @pytest.mark.django_db(transaction=True)
    def test_a_batch_is_repeated_when_others_delete_a_row_of_it(quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
        hide_quotes(quote.claim)
        write_touched = processor._write_touched

        def delete_and_write(stamp: dt.datetime) -> None:
            monkeypatch.undo()
            run_concurrently(SpeakerCounts.objects.all().delete)
            write_touched(stamp)

        monkeypatch.setattr(processor, "_write_touched", delete_and_write)
        process_pending()
        assert not Touched.objects.exists()
        assert Change.objects.gone().filter(kind=QUOTE, object_id=quote.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_later_stamp_waits_for_an_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the same time: the second processor gets the later stamp, though the first has not committed yet."""
    now = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    Change.objects.all().delete()

    def process_second() -> None:
        try:
            Rating.objects.filter(slug="true").update(explanation="Anew.")
            process_pending()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with change_feed_transaction():
            first_stamp = _next_stamp()
            future = pool.submit(process_second)
            with suppress(TimeoutError):
                future.result(timeout=1)  # done by now, if it does not wait
            Change.objects.create(kind=ResourceKind.TOPICS, object_id=1, changed_at=first_stamp)
        future.result(timeout=20)
    assert (
        Change.objects.get(kind=ResourceKind.RATINGS, object_id=Rating.objects.get(slug="true").pk).changed_at
        == first_stamp + STAMP_RESOLUTION
    )
