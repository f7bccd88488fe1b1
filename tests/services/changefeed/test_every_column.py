"""Whatever column of whatever row changes, the feed has every object whose JSON changes, and hardly any other."""

import datetime as dt
import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import orjson
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max, Q
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.articles import RawContent as Bytes
from claims.models import (
    Anchor,
    Change,
    Claim,
    ClaimRelation,
    CorrectedField,
    Correction,
    Evidence,
    EvidenceCopy,
    ExternalReview,
    Position,
    Quote,
    Rating,
    RawContent,
    Repeat,
    ResourceKind,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    SpeakerCounts,
    SpeakerName,
    Topic,
    TopicCounts,
    Touched,
    Verification,
    Watch,
)
from claims.resources import RESOURCES
from claims.resources.sql.sql_serializer import sql_serializer_for
from claims.services.changefeed.processor import process_pending
from tests import factories as make

pytestmark = pytest.mark.django_db
Objects = dict[tuple[str, int], bytes]
NOW, DAY = timezone.now(), dt.timedelta(days=1)
LONG_AGO, BIRTHDAY = NOW - 30 * DAY, dt.date(2020, 1, 1)
MODELS: list[Any] = [
    *(Anchor, ClaimRelation, EvidenceCopy, ExternalReview, SourceRelation, Watch),
    *(Claim, Claim.topics.through, CorrectedField, Correction, Evidence, Position, Quote, Rating),
    *(Snapshot, Source, Speaker, SpeakerName, Topic, Verification),
]
# Parts of lists that depend on other objects than those that they show.
FILTERED_LISTS = [
    *("quotes?speaker_name=Ann", "quotes?topic=topic-a", "quotes?said_after=2020-01-01", "quotes?has_verdict=true"),
    *("claims?said_after=2020-01-01", "claims?repeated=true", "quotes?after_verdict=true"),
    *("claims?speaker_name=Ann", "claims?source={source}", "sources?speaker={speaker}", "speakers?name=Ann"),
    *("verifications?speaker={speaker}", "verifications?topic=topic-a", "verifications?q=Ann", "quotes?q=Ann"),
    *("claims?q=Ann", "speakers?q=Ann"),
]
REFUSING_TRIGGERS = (
    *("quote_exact_is_slice", "anchor_is_slice", "evidence_is_append_only"),
    *("verification_is_append_only", "verification_ends_for_good"),
)
# The trigger `snapshot_is_immutable`, and the constraint `evidence_copy_exact_is_slice`, refuse changes of these alone.
IMMUTABLE_COLUMNS = {
    Verification: {"review_url"},
    Snapshot: {"source", "text", "sha256"},
    EvidenceCopy: {"start", "end", "exact"},
}
OTHER_VALUES = {"sha256": "0" * 64, "review_url": "https://example.org/other"}  # of columns with a form of their own
CHANGES_PER_COLUMN = 1
CHANGES_PER_COLUMN_NIGHTLY = 8
# The triggers of all tables are made by the same code: these show whether it is right on PostgreSQL too.
ON_EACH_PUSH_TO_POSTGRESQL = {Quote, Claim.topics.through, Speaker}
MODEL_CASES = [
    pytest.param(
        model,
        id=model.__name__,
        marks=() if model in ON_EACH_PUSH_TO_POSTGRESQL else pytest.mark.sqlite_suffices,
    )
    for model in MODELS
]
# The kinds of which the feed may record objects that are the same for readers, where any column of the model counts.
# Models that are not here concern all that belongs to a claim, and so do the columns below.
RECORDED_WITHOUT_DIFFERENCE = {
    Anchor: {"quotes", "claims"},
    CorrectedField: {"corrections"},
    Correction: {"corrections", "claims", "verifications"},  # which show the newest
    ExternalReview: {"claims"},
    Position: {"speakers"},
    Quote: {"quotes", "claims"},
    Snapshot: {"sources", "quotes", "claims", "verifications"},
    Source: {"sources"},
    Speaker: {"speakers", "verifications"},  # verdicts are found by the names of the speaker
    SpeakerName: {"speakers", "quotes", "claims", "verifications"},
    SourceRelation: {"sources"},
    Watch: {"sources", "quotes", "verifications"},  # evidence is a source, and a quote may stand elsewhere too
}
DECISIVE_COLUMNS = {Quote: {"snapshot", "speaker", "claim", "decision", "INSERT", "DELETE"}, Watch: {"source"}}


@pytest.fixture(scope="module")
def module_rows(module_db: None) -> None:
    """Rows in every state, each of them shown, counted or found through several others."""
    drop_triggers_that_refuse_changes()
    speaker = make.SpeakerFactory(with_name="Ann")
    claimant, merged, *others = (make.SpeakerFactory() for _ in range(7))
    Speaker.objects.filter(pk=merged.pk).update(merged_into=speaker)
    make.SpeakerNameFactory(speaker=speaker)
    for person in (speaker, claimant):
        Position.objects.create(speaker=person, title="Mayor", held_from=BIRTHDAY)
    topics = [make.TopicFactory(slug=f"topic-{letter}") for letter in "abc"]
    claims = [
        make.ClaimFactory(speaker=speaker, said_on=BIRTHDAY, released_at=LONG_AGO),
        make.ClaimFactory(speaker=speaker, released_at=LONG_AGO),
        make.ClaimFactory(speaker=claimant, released_at=LONG_AGO),
        make.ClaimFactory(speaker=others[0], released_at=LONG_AGO, retracted_at=NOW - DAY),
        make.ClaimFactory(speaker=others[1], released_at=NOW + DAY),
        make.ClaimFactory(speaker=others[2]),
    ]
    rated, reviewed, unrated, retracted, embargoed, unreleased = claims
    redirect = make.ClaimFactory(speaker=speaker, released_at=LONG_AGO, merged_into=rated)
    for claim, topic in ((rated, 0), (rated, 1), (unrated, 1), (retracted, 1), (embargoed, 2)):
        claim.topics.add(topics[topic])
    snapshot = make.SnapshotFactory()
    for claim in (*claims, None):
        known = {"claim": claim, "speaker": claim.speaker if claim and claim != unrated else speaker}
        quote = make.QuoteFactory(accepted=True, decided_at=LONG_AGO, **known)
        make.QuoteFactory(accepted=True, decided_at=LONG_AGO, snapshot=snapshot, **known)
        make.QuoteFactory(snapshot=quote.snapshot, **known)
    make.QuoteFactory(accepted=True, decided_at=LONG_AGO, claim=None, speaker=others[3])
    make.QuoteFactory(rejected=True, claim=rated, speaker=speaker)
    states = {"published": [rated, retracted, embargoed], "submitted": [reviewed], "draft": [rated, unreleased]}
    for state, verified in (states | {"superseded": [rated], "withdrawn": [unrated]}).items():
        for claim in verified:
            verification = make.VerificationFactory(claim=claim, published=True, state=state, published_at=LONG_AGO)
            make.EvidenceFactory(verification=verification)
            make.EvidenceFactory(verification=verification, source=make.SourceFactory())
            make.EvidenceFactory(verification=verification, source=snapshot.source)
    for claim in (rated, redirect, retracted, embargoed, unreleased):
        words = {"kind": "correction", "text": "It was so.", "reason": "It is not."}
        row = Correction.objects.create(claim=claim, made_by=make.UserFactory(), made_at=LONG_AGO, **words)
        CorrectedField.objects.create(correction=row, field="wording", before="It was.", after="It is.")
    for quote in Quote.objects.accepted().filter(Q(claim=None) | Q(claim__in=(unreleased, embargoed))):
        Correction.objects.create(quote=quote, made_by=make.UserFactory(), made_at=LONG_AGO, **words)
    withdrawn = make.QuoteFactory(rejected=True, claim=None, speaker=others[3])
    Correction.objects.create(quote=withdrawn, made_by=make.UserFactory(), made_at=LONG_AGO, **words)
    for claim in (rated, embargoed, unreleased, None):
        linked_by = make.UserFactory() if claim else None
        make.ExternalReviewFactory(claim=claim, linked_by=linked_by, said_on=BIRTHDAY)
    create_relations(claims)
    create_repeats(rated)
    create_later_snapshots(snapshot)
    create_source_relations()
    tie_quotes()
    process_pending()


@pytest.fixture
def rows(module_rows: None, db: None) -> None:
    """Those rows, whose changes by the test are rolled back."""


def create_later_snapshots(snapshot: Snapshot) -> None:
    """Snapshots of changed texts, with anchors of public and other quotes, and checks of pages, one of them gone."""
    make.SnapshotFactory(source=snapshot.source, text="Rivers are full, said Ford. She was asked twice.")
    later = make.SnapshotFactory(source=snapshot.source, text="Rivers are very full, said Ford. So it was.")
    states = itertools.cycle(["orphaned", "exact", "ambiguous"])
    for quote, state in zip(snapshot.quotes.all(), states, strict=False):
        settled = {"spans": quote.spans, "settled_by": make.UserFactory(), "settled_at": NOW}
        fields = settled if state == "exact" else {"passage_start": 0, "passage_end": 21}
        Anchor.objects.create(quote=quote, snapshot=later, state=state, **fields)
    gone = {"gone_at": LONG_AGO, "last_checked_at": NOW, "reason": "The site has no such page."}
    Watch.objects.create(source=snapshot.source, last_checked_at=NOW)
    for source in Source.objects.exclude(pk=snapshot.source_id).order_by("pk")[:4]:
        Watch.objects.create(source=source, **gone)
    raw, _ = (RawContent.of(Bytes(content, "text/html")).get_or_save() for content in (b"", b"Other"))
    copied = {"raw": raw, "retrieved_at": NOW, "text": "So it is.", "sha256": "0" * 64}
    anchored = {"start": 0, "end": 2, "exact": "So", "suffix": " it"}
    for row in Evidence.objects.order_by("pk")[::2]:
        fields = copied if row.source_id else copied | anchored
        EvidenceCopy.objects.create(evidence=row, url=row.url, **fields)
    for row in Evidence.objects.order_by("pk")[1:6:2]:
        EvidenceCopy.objects.create(evidence=row, url=row.url, **gone)


def create_source_relations() -> None:
    """Relations in every state, between sources some of which are not public."""
    sources = list(Source.objects.order_by("pk"))
    states = itertools.cycle(["confirmed", "confirmed", "suggested", "dismissed"])
    for first, second, state in zip(sources, sources[1:], states, strict=False):
        decided_by = None if state == "suggested" else make.UserFactory()
        SourceRelation.objects.create(
            first=first, second=second, kind="copy", state=state, decided_by=decided_by, shared=0.9
        )


def tie_quotes() -> None:
    """Quotes with originals, in pairs in which the one, the other, both or none are public."""
    quotes = list(Quote.objects.order_by("pk"))
    for original, translation in zip(quotes[::2], quotes[1::2], strict=False):
        Quote.objects.filter(pk=translation.pk).update(translation_of=original)


def create_relations(claims: list[Claim]) -> None:
    """Relations in every state, and of claims in every state."""
    rated, reviewed, unrated, *others = claims
    pairs = [(rated, reviewed, "confirmed"), (rated, unrated, "suggested"), (reviewed, unrated, "dismissed")]
    for first, second, state in pairs + [(unrated, other, "confirmed") for other in others]:
        decided_by = None if state == "suggested" else make.UserFactory()
        ClaimRelation.objects.create(first=first, second=second, kind="updates", state=state, decided_by=decided_by)


def create_repeats(rated: Claim) -> None:
    """Quotes on the day after the verdict, one of them of a claim that repeats this one."""
    repeating = make.ClaimFactory(released_at=LONG_AGO)
    for claim in (rated, repeating):
        source = make.SourceFactory(published_on=LONG_AGO.date() + DAY)
        quote = {"snapshot__source": source, "claim": claim, "speaker": claim.speaker}
        make.QuoteFactory(accepted=True, decided_at=LONG_AGO, **quote)
    decided = {"kind": "repeats", "state": "confirmed", "decided_by": make.UserFactory()}
    ClaimRelation.objects.create(first=repeating, second=rated, **decided)


def drop_triggers_that_refuse_changes() -> None:
    """So that each column changes alone."""
    catalog = {
        "sqlite": "SELECT name, '' FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalog[connection.vendor])
        for name, table in cursor.fetchall():
            if name.startswith(REFUSING_TRIGGERS):
                cursor.execute(f"DROP TRIGGER {name}{table}")


def read_objects() -> Objects:
    """Returns the JSON of every public object."""
    objects: Objects = {}
    for name, resource in RESOURCES.items():
        for row in map(orjson.dumps, sql_serializer_for(resource.serializer_class).rows(resource.rows())):
            objects[name, orjson.loads(row)["id"]] = row
    return objects


def compile_list(filtered_list: str) -> tuple[str, tuple[object, ...]]:
    """The SQL and the parameters that read the ids of the list."""
    name, _, query_string = filtered_list.partition("?")
    values, errors = RESOURCES[name].filterset_class.parse(QueryDict(query_string))
    assert values
    assert not errors
    return (
        RESOURCES[name].filterset_class.apply(RESOURCES[name].rows(), values).values_list("pk").query.sql_with_params()
    )


def read_filtered_ids(queries: dict[str, tuple[str, tuple[object, ...]]]) -> set[tuple[str, str, int]]:
    ids = set()
    with connection.cursor() as cursor:
        for filtered_list, (sql, parameters) in queries.items():
            cursor.execute(sql, parameters)
            ids |= {(filtered_list, filtered_list.partition("?")[0], pk) for (pk,) in cursor.fetchall()}
    return ids


def other_values(field: Any, value: Any) -> Iterator[Any]:
    """Yields other values that the column may have."""
    if field.null and value is not None:
        yield None
    match field:
        case models.ForeignKey():
            yield from field.related_model._base_manager.exclude(pk=value).order_by("pk").values_list("pk", flat=True)
        case models.Field(choices=choices) if choices:
            yield from (choice for choice, _ in choices if choice != value)
        case models.DateTimeField():
            yield from ((value or NOW) - 300 * DAY, (value or NOW) + 300 * DAY)
        case models.DateField():
            yield from ((value or BIRTHDAY) - DAY, (value or BIRTHDAY) + DAY)
        case models.JSONField():
            yield [[1, 2]]
        case models.FloatField():
            yield (value or 1) / 2
        case models.IntegerField():
            yield from ((value or 0) - 1, (value or 0) + 1)
        case models.Field(name=name) if name in OTHER_VALUES:
            yield OTHER_VALUES[name]
        case _:
            yield f"x{value}"[: field.max_length]


def possible_changes(model: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields the name of a column, or INSERT or DELETE, and a call that changes one row so."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    for row in model._base_manager.order_by("pk"):
        rows = model._base_manager.filter(pk=row.pk)
        values = {field.attname: getattr(row, field.attname) for field in fields}
        unique = {field.attname: next(other_values(field, None)) for field in fields if field.unique}
        for field in fields:
            for value in other_values(field, values[field.attname]):
                other = {field.attname: value}
                yield field.name, partial(rows.update, **other)
                yield "INSERT", partial(model._base_manager.bulk_create, [model(**values | unique | other)])
        yield "DELETE", partial(rows._raw_delete, rows.db)


def is_accepted(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("model", MODEL_CASES)
def test_the_feed_has_what_a_change_shows_in(rows: None, model: Any, pytestconfig: pytest.Config) -> None:
    speaker, source = SpeakerName.objects.get(name="Ann").speaker_id, Snapshot.objects.earliest("pk").source_id
    urls = [filtered_list.format(speaker=speaker, source=source) for filtered_list in FILTERED_LISTS]
    lists = {url: compile_list(url) for url in urls}
    objects, filtered_ids = read_objects(), read_filtered_ids(lists)
    assert set(Change.objects.live().values_list("kind", "object_id")) == objects.keys()
    start = Change.objects.aggregate(last=Max("changed_at"))["last"]
    changes_by_column: dict[str, list[Callable[[], object]]] = defaultdict(list)
    for column, change in possible_changes(model):
        changes_by_column[column].append(change)
    limit = CHANGES_PER_COLUMN_NIGHTLY if pytestconfig.getoption("everything") else CHANGES_PER_COLUMN
    for column, changes in changes_by_column.items():
        others = random.Random(column).sample(changes[1:], len(changes) - 1)
        accepted = 0
        for change in [changes[0], *others]:
            if accepted == limit:
                break
            with transaction.atomic():
                if is_accepted(change):
                    accepted += 1
                    process_pending()
                    objects_now, filtered_ids_now = read_objects(), read_filtered_ids(lists)
                    different = {key for key, _ in objects.items() ^ objects_now.items()}
                    different |= {(kind, pk) for _, kind, pk in filtered_ids ^ filtered_ids_now}
                    recorded = set(Change.objects.filter(changed_at__gt=start).values_list("kind", "object_id"))
                    assert different <= recorded, f"{column}: the feed lacks {different - recorded}"
                    assert set(Change.objects.live().values_list("kind", "object_id")) == objects_now.keys(), column
                    if column not in DECISIVE_COLUMNS.get(model, set()):
                        kinds = {kind for kind, _ in recorded - different}
                        assert kinds <= RECORDED_WITHOUT_DIFFERENCE.get(model, kinds), column
                transaction.set_rollback(True)
        assert bool(accepted) == (column not in IMMUTABLE_COLUMNS.get(model, set())) or column == "DELETE", column


def test_every_table_that_readers_see_is_changed(rows: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        read_objects()
    tables = set(re.findall(r'"(claims_\w+)"', " ".join(query["sql"] for query in queries)))
    kept_by_feed = {model._meta.db_table for model in (Change, Repeat, SpeakerCounts, TopicCounts, Touched)}
    assert tables == {model._meta.db_table for model in MODELS} | kept_by_feed


def test_every_resource_has_a_kind_of_change() -> None:
    assert set(RESOURCES) == set(ResourceKind.values)
