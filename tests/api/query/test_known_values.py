"""Values that nothing can be found by, misspelt names and empty ranges: errors that say what there is."""

import pytest
from django.utils import timezone

from claims.models import Claim, Quote, QuoteDecision, Rating
from claims.resources import RESOURCES
from claims.search.suggestions import suggest_name
from claims.services.changefeed.processor import process_pending
from tests import factories as f


@pytest.fixture(scope="module")
def public_quote_id(module_db) -> int:
    """Public: a quote in Portuguese, from a translation out of German, about water. Not public: Ukrainian, secret."""
    quote = f.QuoteFactory(accepted=True, snapshot__source__language="pt-BR", snapshot__source__translated_from="de-AT")
    quote.claim.topics.add(f.TopicFactory(slug="water"), f.TopicFactory(slug="roads"))
    pending = f.QuoteFactory(snapshot__source__language="uk", snapshot__source__translated_from="tt")
    pending.claim.topics.add(f.TopicFactory(slug="secret"))
    f.TopicFactory(slug="unused")
    return quote.pk


@pytest.fixture
def public_quote(db, public_quote_id) -> Quote:
    return Quote.objects.get(pk=public_quote_id)


def errors_of(client, url: str) -> list[tuple[str, str]]:
    response = client.get(f"/api/v1/{url}")
    assert response.status_code == 400, response.content
    assert response["Content-Type"] == "application/problem+json"
    return [(error["parameter"], error["detail"]) for error in response.json()["errors"]]


@pytest.mark.parametrize(
    "listed", ["quotes/", "claims/", "quotes.csv", "claims.jsonl", "quotes.atom", "quotes/counts/"]
)
def test_every_list_and_format_refuses_them(client, public_quote, listed):
    by = "by=kind&" if "counts" in listed else ""
    for parameter in ("status=no-such", "topic=no-such", "language=xx", "kind=spoken"):
        ((name, _),) = errors_of(client, f"{listed}?{by}{parameter}")
        assert name == parameter.partition("=")[0]


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("topic=watre", "no topic watre; must be one of roads, water; did you mean water?"),
        ("topic=Water", "no topic Water; must be one of roads, water; did you mean water?"),
        ("topic=water,nothing", "no topic nothing; must be one of roads, water"),
        ("language=xx", "no source in the language xx; must be one of en, pt-BR, ru"),
        ("language=pt-PT", "no source in the language pt-PT; must be one of en, pt-BR, ru"),
        ("language=en,xx", "no source in the language xx; must be one of en, pt-BR, ru"),
        ("kind=mixd", "must be one of direct, indirect, mixed; did you mean mixed?"),
        ("kind=direct,Mixed", "must be one of direct, indirect, mixed; did you mean mixed?"),
        ("kind=spoken", "must be one of direct, indirect, mixed"),
        ("ordering=newst", "must be one of newest, oldest, relevance; did you mean newest?"),
        ("count=exakt", "must be one of exact, estimate; did you mean exact?"),
        ("format=jsonld2", "must be one of json, csv, jsonl, xlsx, annotation, jsonld, atom; did you mean jsonld?"),
    ],
)
def test_errors_say_what_can_be_found_and_what_may_be_meant(client, public_quote, query, detail):
    assert errors_of(client, f"quotes/?{query}") == [(query.partition("=")[0], detail)]


def test_statuses_and_ratings_are_those_of_the_scale(client, public_quote):
    slugs = ", ".join(Rating.objects.values_list("slug", flat=True))
    assert "mostly-true" in slugs
    listed = f"must be one of unreviewed, in-review, {slugs}"
    assert errors_of(client, "claims/?status=mostlytrue") == [
        ("status", f"no status mostlytrue; {listed}; did you mean mostly-true?")
    ]
    assert errors_of(client, "verifications/?rating=unreviewed")[0][1].startswith(
        "no rating unreviewed; must be one of"
    )
    Rating.objects.create(name="Satire", slug="satire")
    assert client.get("/api/v1/claims/?status=satire,unreviewed").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *("topic=water", "topic=water,roads", "language=pt", "language=PT-br", "status=true,unreviewed,in-review"),
        "language=en",  # no source yet, but one can come any day
        *("kind=mixed", "speaker=999", "publisher=Nobody", "wikidata=Q99", "q=nothing"),
    ],
)
def test_values_that_can_be_found_or_are_open_are_accepted(client, public_quote, query):
    assert client.get(f"/api/v1/quotes/?{query}").status_code == 200


def test_the_languages_of_translations_are_those_of_public_ones(client, public_quote):
    assert client.get("/api/v1/sources/?translated_from=de").json()["results"]
    assert errors_of(client, "sources/?translated_from=tt") == [
        ("translated_from", "no source in the language tt; must be one of de-AT, en, ru")
    ]


@pytest.mark.parametrize(
    ("secret", "nonexistent"),
    [("topic=secret", "topic=sekret"), ("topic=unused", "topic=unusd"), ("language=uk", "language=xx")],
)
def test_what_is_not_public_is_refused_like_what_does_not_exist(client, public_quote, secret, nonexistent):
    bodies = [client.get(f"/api/v1/quotes/?{query}").text for query in (secret, nonexistent)]
    assert bodies[0].replace(secret.partition("=")[2], nonexistent.partition("=")[2]) == bodies[1]
    assert errors_of(client, f"quotes/?{secret}")


def test_a_topic_that_was_public_once_is_followed_on(client, public_quote):
    process_pending()
    since = client.get("/api/v1/quotes/?updated_since=2020-01-01&topic=water").json()["updated_since"]
    Claim.objects.filter(pk=public_quote.claim_id).update(retracted_at=timezone.now())
    assert client.get("/api/v1/quotes.atom?topic=water").status_code == 200
    changes = client.get(f"/api/v1/quotes/?updated_since={since}&topic=water").json()
    assert [tombstone["id"] for tombstone in changes["tombstones"]] == [public_quote.pk]


def test_changes_are_followed_when_the_last_source_in_a_language_is_gone(client, public_quote):
    since = client.get("/api/v1/quotes/?updated_since=2020-01-01&language=pt").json()["updated_since"]
    Quote.objects.filter(pk=public_quote.pk).update(decision=QuoteDecision.REJECTED)
    changes = client.get(f"/api/v1/quotes/?updated_since={since}&language=pt").json()
    assert [tombstone["id"] for tombstone in changes["tombstones"]] == [public_quote.pk]


def test_long_lists_are_cut(client, public_quote):
    for n in range(60):
        public_quote.claim.topics.add(f.TopicFactory(slug=f"topic-{n:02}"))
    ((_, detail),) = errors_of(client, "quotes/?topic=zzz")
    assert detail.startswith("no topic zzz; must be one of roads, topic-00, topic-01, ")
    assert detail.endswith(", topic-48, …")


RANGES = [
    (resource, name.removesuffix("_after"))
    for resource in ("quotes", "claims", "sources", "verifications", "corrections")
    for name in RESOURCES[resource].filterset_class.base_filters
    if name.endswith("_after")
]


@pytest.mark.django_db
@pytest.mark.parametrize(("resource", "name"), RANGES)
def test_a_range_that_ends_before_it_begins_is_refused(client, resource, name):
    url = f"{resource}/?{name}_after=2025-05-17&{name}_before="
    assert errors_of(client, f"{url}2025-05-16") == [
        (f"{name}_after", f"must not be later than {name}_before, which is 2025-05-16")
    ]
    for end in ("2025-05-17", "2025-05-18"):
        assert client.get(f"/api/v1/{url}{end}").status_code == 200


def test_every_list_has_its_ranges():
    assert len(RANGES) == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("quotes/?speakers=1", "unknown parameter; did you mean speaker?"),
        ("quotes/?Topic=water", "unknown parameter; did you mean topic?"),
        ("claims/?publishd_after=2025-01-01", "unknown parameter; did you mean published_after?"),
        ("quotes/1/?field=id", "unknown parameter; did you mean fields?"),
        ("quotes/?colour=red", "unknown parameter"),
        ("quotes/?utm_campaign=x", "unknown parameter"),
    ],
)
def test_a_misspelt_parameter_is_answered_with_the_one_meant(client, url, detail):
    assert [message for _, message in errors_of(client, url)] == [detail]


@pytest.mark.django_db
def test_every_wrong_field_is_an_error_of_its_own(client):
    problem = client.get("/api/v1/quotes/?fields=id,txt,colour&expand=sources").json()
    assert problem["errors"] == [
        {"parameter": "fields", "detail": "unknown field 'txt'; did you mean text?"},
        {"parameter": "fields", "detail": "unknown field 'colour'"},
        {"parameter": "expand", "detail": "'sources' must be one of claim, source, speaker; did you mean source?"},
    ]
    assert {"text", "speaker.name", "source.publisher"} <= set(problem["known_fields"])


@pytest.mark.parametrize(
    ("text", "name"), [("", None), ("WATER", "water"), ("wheat fields", None), ("water" * 2000, None), ("\0", None)]
)
def test_suggestions(text, name):
    assert suggest_name(text, ["roads", "water"]) == name
    assert suggest_name(text, []) is None
