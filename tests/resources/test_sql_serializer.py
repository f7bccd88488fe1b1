"""The SQL serializer returns what the serializers would, and the fields that are selected."""

import datetime as dt
import random
from itertools import pairwise

import orjson
import pytest

from claims.articles import RawContent as Bytes
from claims.models import (
    Anchor,
    Claim,
    ClaimRelation,
    Correction,
    Evidence,
    EvidenceCopy,
    Position,
    Quote,
    Rating,
    RawContent,
    Repeat,
    Snapshot,
    Source,
    SourceRelation,
    Verification,
    Watch,
)
from claims.resources import RESOURCES
from claims.resources.sql.prepared_query import iter_blocks
from claims.resources.sql.sql_serializer import (
    UnknownFieldError,
    all_field_names,
    expandable_names,
    field_names,
    load_row,
    sql_serializer_for,
)
from tests import factories as f
from tests.resources import serializer_oracle

TIMESTAMPS = [
    dt.datetime(2025, 5, 16, 9, 30, tzinfo=dt.UTC),
    dt.datetime(2025, 5, 16, 9, 30, 1, 120000, tzinfo=dt.UTC),
    dt.datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC),
    dt.datetime(2025, 1, 1, 0, 0, 0, 1, tzinfo=dt.UTC),
]


@pytest.fixture(scope="module")
def module_rows(module_db) -> None:
    random_source = random.Random(7)  # no secret
    for number, moment in enumerate(TIMESTAMPS):
        quote = f.QuoteFactory(
            accepted=True,
            decided_at=moment,
            role='Minister "of" water\\',
            outlet="Газета\n",
            claim__said_on=moment.date() if number % 2 else None,
            claim__released_at=moment,
            speaker__wikidata_id=f"Q{number + 1}" if number else "",
            snapshot__source__published_on=None if number % 2 else moment.date(),
            snapshot__retrieved_at=moment,
        )
        for _ in range(number * 5):
            extra_quote = f.QuoteFactory(accepted=True, claim=quote.claim, speaker=quote.speaker, decided_at=moment)
            Quote.objects.filter(pk=extra_quote.pk).update(confidence=random_source.random(), updated_at=moment)
        f.QuoteFactory(claim=quote.claim, speaker=quote.speaker)
        for name in ("Water", "Air", "Earth")[:number]:
            quote.claim.topics.add(f.TopicFactory(name=f"{name} {number}", slug=f"{name}-{number}"))
        f.SpeakerNameFactory(speaker=quote.speaker, name=f'Лена "L" Ford {number}')
        for held_from in (None, dt.date(2020, 1, 1), dt.date(2021, 1, 1)):
            Position.objects.create(speaker=quote.speaker, title="Minister", held_from=held_from)
        other = f.SnapshotFactory(source=quote.snapshot.source, text='Lena Ford said: "Rivers are empty."')
        Snapshot.objects.filter(pk=other.pk).update(retrieved_at=moment - dt.timedelta(days=1))
        f.QuoteFactory(snapshot=other, accepted=True, claim=None, speaker=quote.speaker, end=33)
        Correction.objects.create(
            claim=quote.claim,
            kind="correction",
            text="A date.",
            reason="Wrong.",
            made_by=f.UserFactory(),
            made_at=moment,
        )
        if number:
            verification = f.VerificationFactory(claim=quote.claim, submitted=True)
            f.EvidenceFactory(verification=verification, source=f.SourceFactory(published_on=moment.date()))
            f.EvidenceFactory(verification=verification, note="№ 2")
        if number > 1:
            Verification.objects.filter(pk=verification.pk).update(
                state="published",
                approver=f.UserFactory(),
                published_at=moment,
                rating=Rating.objects.order_by("pk")[number],
            )
            for repeat, outlet in enumerate(("Nachrichten", "Fakty", "Nachrichten")[:number]):
                later = f.QuoteFactory(accepted=True, claim__released_at=moment, decided_at=moment)
                said_on = moment.date() + dt.timedelta(days=1 + repeat)
                repeated = {"claim": quote.claim, "quote": later, "outlet": outlet}
                Repeat.objects.create(**repeated, said_on=said_on, rated_on=moment.date())
        link = {"claim": quote.claim, "linked_by": f.UserFactory()}
        for review in range(number):
            published_on = moment.date() if review else None
            f.ExternalReviewFactory(**link, speaker_name="Лена", published_on=published_on)
        f.ExternalReviewFactory(**link, withdrawn_at=moment)
    Quote.objects.filter(pk=quote.pk).update(confidence=1.0)
    create_checks_and_relations()
    first, second, third, _ = Claim.objects.order_by("pk").filter(quotes__decision="accepted").distinct()[:4]
    for kind, pair in (("same", (first, second)), ("updates", (third, first)), ("repeats", (second, third))):
        ClaimRelation.objects.create(
            first=pair[0], second=pair[1], kind=kind, state="confirmed", decided_by=f.UserFactory()
        )
    assert Source.objects.filter(published_on=None).exists()


def create_checks_and_relations() -> None:
    """Anchors in every state, pages that are gone or not, copies of evidence, and relations of sources."""
    quotes = Quote.objects.accepted().order_by("pk")
    for number, quote in enumerate(quotes):
        source, moment = quote.snapshot.source, TIMESTAMPS[number % len(TIMESTAMPS)]
        Snapshot.objects.filter(pk=quote.snapshot_id).update(positions=[[5, "p. 1"], [20, 'p. "2"'], [60, "p. 3"]])
        if number % 5 == 0:
            continue
        later = f.SnapshotFactory(source=source, text=f"Rivers are very full. № {number}", retrieved_at=moment)
        state = ("exact", "moved", "ambiguous", "orphaned")[number % 4]
        spans = {"spans": [[0, 6]]} if number % 4 < 2 else {"passage_start": 0, "passage_end": 21}
        if state in {"ambiguous", "orphaned"}:
            Anchor.objects.create(quote=quote, snapshot=later, state=state, **spans)
        gone = {"gone_at": moment, "reason": "no such page"} if number % 3 == 0 else {}
        Watch.objects.get_or_create(source=source, defaults={"last_checked_at": moment, **gone})
    raw = RawContent.of(Bytes(b"", "text/html")).get_or_save()
    for number, evidence in enumerate(Evidence.objects.order_by("pk")):
        text = "Rivers are full."
        copied = {"raw": raw, "retrieved_at": TIMESTAMPS[0], "text": text, "sha256": Snapshot.digest(text)}
        anchored = {"start": 0, "end": 6, "exact": "Rivers", "suffix": " are"}
        gone = {"gone_at": TIMESTAMPS[1], "last_checked_at": TIMESTAMPS[2], "reason": "no such page"}
        fields = (copied | anchored, copied | gone, gone, {})[number % 4]
        EvidenceCopy.objects.create(evidence=evidence, url=evidence.url, **fields)
    for original, translation in pairwise(Quote.objects.order_by("pk")):
        Quote.objects.filter(pk=translation.pk).update(translation_of=original)
    sources = Source.objects.order_by("pk")
    for number, (first, second) in enumerate(pairwise(sources)):
        SourceRelation.objects.create(
            first=first,
            second=second,
            shared=0.5,
            state="confirmed",
            decided_by=f.UserFactory(),
            kind=("copy", "release", "updated")[number % 3],
        )


@pytest.fixture
def linked_rows(module_rows, db) -> None:
    """Released rows of all resources, with everything that can be nested, and all kinds of timestamps and numbers."""


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.usefixtures("linked_rows")
def test_rows_equal_the_serializer_output(client, resource):
    expected = orjson.loads(orjson.dumps(serializer_oracle.serialize_all(resource)))
    view = RESOURCES[resource]
    rows_as_json = list(map(load_row, sql_serializer_for(view.serializer_class).rows(view.rows().order_by("id"))))
    assert len(rows_as_json) >= 2
    for row, expected_row in zip(rows_as_json, expected, strict=True):
        for name, value in expected_row.items():
            assert row[name] == value, name
    assert rows_as_json == expected
    assert [list(row) for row in rows_as_json] == [list(row) for row in expected], "in the same order"
    rows_from_api = {row["id"]: row for row in client.get(f"/api/v1/{resource}/?page_size=200").json()["results"]}
    assert rows_from_api == {row["id"]: row for row in expected}
    for row in expected:
        assert client.get(f"/api/v1/{resource}/{row['id']}/").json() == row


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.usefixtures("linked_rows")
def test_both_databases_write_the_same_bytes(resource):
    """Those of orjson: without spaces, floats as short as they can be."""
    view = RESOURCES[resource]
    serializer = view.serializer_class
    sql_serializer = sql_serializer_for(serializer, expand=expandable_names(serializer))
    texts = [bytes(orjson.dumps(row)) for row in sql_serializer.rows(view.rows())]
    assert [orjson.dumps(orjson.loads(text)) for text in texts] == texts
    if resource == "quotes":
        assert any(b'"confidence":1,' in text for text in texts)


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.usefixtures("linked_rows")
def test_every_field_can_be_selected(client, resource, django_assert_num_queries):
    serializer = RESOURCES[resource].serializer_class
    (whole,) = client.get(f"/api/v1/{resource}/?page_size=1").json()["results"]
    for name in field_names(serializer):
        with django_assert_num_queries(1):
            (row,) = client.get(f"/api/v1/{resource}/?page_size=1&fields={name}").json()["results"]
        assert row == select_fields(whole, [name]), name
    names = random.Random(3).sample(field_names(serializer), 3)  # no secret
    row = client.get(f"/api/v1/{resource}/{whole['id']}/?fields={','.join(names)}").json()
    assert row == select_fields(whole, names)


def select_fields(whole, names):
    """Returns the object with only the fields of these dotted names."""
    if whole is None or None in names:
        return whole
    if isinstance(whole, list):
        return [select_fields(item, names) for item in whole]
    heads = {}
    for name in names:
        head, _, rest = name.partition(".")
        heads.setdefault(head, []).append(rest or None)
    return {name: select_fields(whole[name], heads[name]) for name in whole if name in heads}


@pytest.mark.usefixtures("linked_rows")
def test_an_expanded_object_equals_its_own_resource(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        quotes = client.get("/api/v1/quotes/?expand=speaker,source,claim").json()["results"]
    quote = next(quote for quote in quotes if quote["claim"] and quote["claim"]["verification"])
    assert quote["speaker"] == client.get(quote["speaker"]["url"]).json()
    assert quote["source"] == client.get(quote["source"]["api_url"]).json()
    claim = client.get(quote["claim"]["url"]).json()
    assert quote["claim"] == {name: value for name, value in claim.items() if name != "quotes"}
    for verification in client.get("/api/v1/verifications/?expand=claim").json()["results"]:
        claim = client.get(verification["claim"]["url"]).json()
        assert verification["claim"] == {name: value for name, value in claim.items() if name != "quotes"}
    (claim,) = client.get("/api/v1/claims/?page_size=1&expand=speaker").json()["results"]
    assert claim["speaker"] == client.get(claim["speaker"]["url"]).json()


@pytest.mark.usefixtures("linked_rows")
def test_selecting_an_expanded_field_implies_the_expansion(client):
    (quote,) = client.get("/api/v1/quotes/?page_size=1&fields=id,speaker.names").json()["results"]
    assert set(quote) == {"id", "speaker"}
    assert list(quote["speaker"]) == ["names"]


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.usefixtures("linked_rows")
def test_everything_expandable_can_be_read(resource):
    view = RESOURCES[resource]
    serializer = view.serializer_class
    assert len(sql_serializer_for(serializer, expand=expandable_names(serializer)).rows(view.rows())) >= 2
    for name in all_field_names(serializer):
        assert sql_serializer_for(serializer, [name]).rows(view.rows()[:1]), name


def test_unknown_fields_are_all_named():
    names = ["id", "colour", "speaker.wikidata", "colour"]
    with pytest.raises(UnknownFieldError) as refusal:
        sql_serializer_for(RESOURCES["quotes"].serializer_class, names, ["sources", "claim", "text"])
    assert refusal.value.messages == {
        "fields": [
            "unknown field 'colour'",
            "unknown field 'speaker.wikidata'; did you mean speaker.wikidata_id?",
        ],
        "expand": [
            "'sources' must be one of claim, source, speaker; did you mean source?",
            "'text' must be one of claim, source, speaker",
        ],
    }
    assert "speaker.wikidata_id" in refusal.value.known_fields


@pytest.mark.usefixtures("linked_rows")
def test_blocks_are_the_whole_list(django_assert_num_queries):
    view = RESOURCES["quotes"]
    sql_serializer, rows = sql_serializer_for(view.serializer_class), view.rows()
    whole = list(map(load_row, sql_serializer.rows(rows.order_by("-decided_at", "-id"))))
    for size in (1, 7, len(whole), len(whole) + 1):
        with django_assert_num_queries(len(whole) // size + 1):
            blocks = list(iter_blocks(sql_serializer.rows_with_positions, rows, ("-decided_at", "-id"), size=size))
        assert [load_row(row) for block in blocks for _, _, row in block] == whole


@pytest.mark.usefixtures("linked_rows")
def test_orderings_and_counts(client):
    for kind, view in RESOURCES.items():
        newest = client.get(f"/api/v1/{kind}/?ordering=newest&page_size=200").json()["results"]
        oldest = client.get(f"/api/v1/{kind}/?ordering=oldest&page_size=200&count=exact").json()
        assert newest == oldest["results"][::-1]
        assert (oldest["count"], oldest["count_is_estimate"]) == (len(newest), False)
        estimate = client.get(f"/api/v1/{kind}/?count=estimate&page_size=1").json()
        assert (estimate["count"], estimate["count_is_estimate"]) == (len(newest), False)
        assert "count" not in client.get(f"/api/v1/{kind}/").json()
        assert ("relevance" in view.orderings) == ("q" in view.filterset_class.base_filters)
