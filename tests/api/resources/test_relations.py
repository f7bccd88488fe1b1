"""Relations between claims, as readers get them: confirmed ones of public claims alone."""

import csv
import io

import pytest
from django.utils import timezone

from claims.models import Claim, ClaimRelation, Quote
from claims.resources.permalinks import page_url
from claims.services.changefeed.processor import process_pending
from claims.services.claims.corrections import retract_claim
from claims.services.claims.relations import dismiss_relation, relate_claims
from tests import factories as f
from tests.export.vocabularies import schema_org_errors

pytestmark = pytest.mark.django_db

NAMES = ("earlier", "later", "same", "opposite", "suggested", "hidden")


@pytest.fixture
def claims(db: None) -> dict[str, Claim]:
    """`later` updates `earlier`, says the same as `same`, contradicts `opposite`, and repeats `hidden`."""
    rows = {name: f.QuoteFactory(accepted=True, claim__text=f"The {name} claim.").claim for name in NAMES}
    editor = f.UserFactory()
    for kind, other in (("updates", "earlier"), ("same", "same"), ("contradicts", "opposite"), ("repeats", "hidden")):
        relate_claims(first=rows["later"], second=rows[other], kind=kind, editor=editor)
    ClaimRelation.objects.create(first=rows["later"], second=rows["suggested"], kind="repeats", score=0.9)
    Quote.objects.filter(claim=rows["hidden"]).update(decision="rejected")
    process_pending()
    return rows


def get_relations(client, claim: Claim) -> set[tuple[str, str, str]]:
    relations = client.get(f"/api/v1/claims/{claim.pk}/").json()["relations"]
    assert all(row["claim_url"].endswith(f"/claims/{row['claim_id']}/") for row in relations)
    return {(row["kind"], row["direction"], row["text"]) for row in relations}


def test_a_claim_has_its_relations_in_both_directions(client, claims):
    assert get_relations(client, claims["later"]) == {
        ("updates", "to", "The earlier claim."),
        ("same", "both", "The same claim."),
        ("contradicts", "both", "The opposite claim."),
    }
    assert get_relations(client, claims["earlier"]) == {("updates", "from", "The later claim.")}
    assert get_relations(client, claims["same"]) == {("same", "both", "The later claim.")}
    assert get_relations(client, claims["suggested"]) == set()
    (quote,) = Quote.objects.filter(claim=claims["earlier"])
    expanded = client.get(f"/api/v1/quotes/{quote.pk}/?expand=claim").json()["claim"]["relations"]
    assert [(row["kind"], row["direction"]) for row in expanded] == [("updates", "from")]


def test_the_list_and_its_filters(client, claims):
    def get_pairs(query_string: str) -> list[tuple[str, str, str]]:
        rows = client.get(f"/api/v1/relations/?{query_string}").json()["results"]
        return [(row["claim"]["text"], row["kind"], row["related_claim"]["text"]) for row in rows]

    updates = ("The later claim.", "updates", "The earlier claim.")
    same = ("The later claim.", "same", "The same claim.")
    contradicts = ("The later claim.", "contradicts", "The opposite claim.")
    assert get_pairs("") == [contradicts, same, updates]
    assert get_pairs("kind=same&kind=updates") == [same, updates]
    assert get_pairs(f"claim={claims['earlier'].pk}") == [updates]
    content = b"".join(client.get("/api/v1/relations.csv?ordering=oldest").streaming_content).decode()
    cells = csv.DictReader(io.StringIO(content, newline=""))
    assert [(row["claim"], row["kind"], row["related_claim"]) for row in cells] == [updates, same, contradicts]


def test_json_ld_says_it_in_the_words_of_schema_org(client, claims):
    node = client.get(f"/api/v1/claims/{claims['later'].pk}.jsonld").json()
    assert schema_org_errors(node) == []
    assert node["sameAs"] == [page_url("claims", claims["same"].pk, claims["same"].text)]
    assert [claim["text"] for claim in node["isBasedOn"]] == ["The earlier claim."]
    assert [claim["text"] for claim in node["mentions"]] == ["The opposite claim."]
    earlier = client.get(f"/api/v1/claims/{claims['earlier'].pk}.jsonld").json()
    assert schema_org_errors(earlier) == []
    assert not {"sameAs", "isBasedOn", "mentions"} & set(earlier)


def test_mirrors_hear_of_what_a_dismissal_and_a_retraction_take_away(client, claims):
    editor = f.UserFactory()
    relation = ClaimRelation.objects.get(kind="updates")
    start = timezone.now().isoformat().replace("+00:00", "Z")
    dismiss_relation(relation=relation, editor=editor)
    retract_claim(claim=claims["same"], reason="It was wrong.", editor=editor)
    process_pending()
    gone = client.get("/api/v1/relations/", {"updated_since": start}).json()
    assert gone["results"] == []
    assert {(row["id"], row["cause"]) for row in gone["tombstones"]} == {
        (relation.pk, "withdrawn"),
        (ClaimRelation.objects.get(kind="same").pk, "retracted"),
    }
    changed = client.get("/api/v1/claims/", {"updated_since": start}).json()["results"]
    assert {claims["earlier"].pk, claims["later"].pk} <= {row["id"] for row in changed}
    assert get_relations(client, claims["later"]) == {("contradicts", "both", "The opposite claim.")}
    assert client.get(f"/api/v1/relations/{relation.pk}/").status_code == 410
