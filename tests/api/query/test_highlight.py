"""`highlight`: where the words of `q` stand in the rows of a list."""

import pytest
from django.test import Client

from claims.models import Claim
from claims.resources import RESOURCES
from tests import factories as f

pytestmark = pytest.mark.django_db


def get_rows(client: Client, path: str, **query: object) -> list[dict]:
    response = client.get(f"/api/v1/{path}/", query)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def highlighted(client: Client, path: str, **query: object) -> dict[str, list[str]]:
    """Returns the matches in the only row, as they are written there, by field."""
    (row,) = get_rows(client, path, highlight=1, **query)
    return {name: [row[name][start:end] for start, end in spans] for name, spans in row["highlight"].items()}


@pytest.fixture
def verified_claim() -> Claim:
    quote = f.QuoteFactory(
        accepted=True,
        end=43,
        speaker__name="Лена Форд",
        snapshot__text='Lena Ford said: "🌊 Rivers are full of Ford."',
        snapshot__source__title="Fords of a river",
        snapshot__source__publisher="River Post",
    )
    Claim.objects.filter(pk=quote.claim_id).update(text="A river fills.")
    quote.claim.topics.add(f.TopicFactory(name="Rivers", slug="rivers", description="Of every river."))
    f.VerificationFactory(claim=quote.claim, published=True, explanation="The river is full: rivers rose.")
    return quote.claim


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("quotes", {"q": "river"}, {"text": ["Rivers"]}),
        ("quotes", {"q": '"rivers are" full -sea'}, {"text": ["Rivers are", "full"]}),
        ("quotes", {"q": "river", "ordering": "relevance"}, {"text": ["Rivers"]}),
        ("quotes", {"q": "river", "kind": "direct", "count": "exact"}, {"text": ["Rivers"]}),
        ("quotes", {"q": "river", "updated_since": "2000-01-01"}, {"text": ["Rivers"]}),
        ("quotes", {"q": "river", "fields": "text"}, {"text": ["Rivers"]}),
        ("quotes", {"q": "river", "fields": "id"}, {}),
        ("quotes", {"q": "river", "q_in": "quote"}, {"text": ["Rivers"]}),
        ("quotes", {"q": "river", "q_in": "source"}, {"text": []}),
        ("quotes", {"q": "лена"}, {"text": []}),
        ("claims", {"q": "rivers"}, {"text": ["river"]}),
        ("claims", {"q": "rivers", "q_in": "quote,claim"}, {"text": ["river"]}),
        ("claims", {"q": "rivers", "q_in": "quote"}, {"text": []}),
        ("speakers", {"q": "форд"}, {"name": ["Форд"]}),
        ("sources", {"q": "river"}, {"title": ["river"], "publisher": ["River"]}),
        ("sources", {"q": "river", "q_in": "publisher"}, {"title": [], "publisher": ["River"]}),
        ("verifications", {"q": "rivers"}, {"explanation": ["river", "rivers"]}),
        ("topics", {"q": "river"}, {"name": ["Rivers"], "description": ["river"]}),
    ],
)
def test_matches_are_marked_in_the_places_searched(
    client: Client, verified_claim: Claim, path: str, query: dict[str, str], expected: dict[str, list[str]]
) -> None:
    assert highlighted(client, path, **query) == expected


def test_rows_are_otherwise_the_same(client: Client, verified_claim: Claim, django_assert_max_num_queries) -> None:
    for path in ("quotes", "claims", "verifications"):
        (plain,) = get_rows(client, path, q="river")
        assert get_rows(client, path, q="river", highlight=0) == [plain]
        with django_assert_max_num_queries(2):
            (row,) = get_rows(client, path, q="river", highlight=1)
        assert row.pop("highlight")
        assert row == plain


def test_it_may_be_off_without_words(client: Client, verified_claim: Claim) -> None:
    (row,) = get_rows(client, "quotes", highlight=0)
    assert "highlight" not in row


def test_next_page_is_marked_too(client: Client) -> None:
    for _ in range(2):
        f.QuoteFactory(accepted=True)
    page = client.get("/api/v1/quotes/?q=rivers&highlight=1&page_size=1").json()
    (row,) = client.get(page["next"]).json()["results"]
    assert row["highlight"]["text"]


def test_every_searched_field_is_of_a_place_that_is_searched() -> None:
    for resource in RESOURCES.values():
        assert bool(resource.searched_fields) == ("q" in resource.filterset_class.base_filters)
        if resource.searched_fields:
            places = resource.filterset_class.base_filters["q_in"].value.json_schema()["items"]["enum"]
            assert set(resource.searched_fields) <= set(places)
            assert set(resource.searched_fields.values()) <= set(resource.serializer_class().fields)
