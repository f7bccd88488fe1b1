"""Corrections as readers see them: in their list, on claims and verdicts, in feeds, and where something is gone."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Correction, Quote, Rating
from claims.services.claims.corrections import PublicNote, retract_claim
from claims.services.claims.editing import edit_claim
from claims.services.claims.public_state import GRACE_PERIOD
from claims.services.quotes.decisions import decide_quotes
from claims.services.verification.workflow import publish_verification, withdraw_verification
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim

pytestmark = pytest.mark.django_db
NOTE = PublicNote("The year was corrected.", "A typing error.")
BASE = "http://testserver/api/v1"


def get_json(client: Client, url: str) -> Any:
    return client.get(url if url.startswith("http") else f"/api/v1/{url}").json()


def correct(claim: Any, text: str = "Rivers are low.") -> Correction:
    edit_claim(claim=claim, changes={"text": text}, editor=make.UserFactory(), note=NOTE)
    return Correction.objects.latest("pk")


def get_changes(row: Any) -> list[tuple[str, str, str]]:
    return [(change["field"], change["before"], change["after"]) for change in row["changes"]]


def test_a_correction_says_what_was_changed(client: Client) -> None:
    claim = make_public_claim()
    correct(claim)
    [row] = get_json(client, "corrections/")["results"]
    assert get_changes(row) == [("wording", claim.text, "Rivers are low.")]
    assert (row["subject"], row["speaker"], row["claim_id"]) == (claim.text, claim.speaker.name, claim.pk)
    assert (row["text"], row["reason"]) == (NOTE.what, NOTE.why)
    assert [row[name] for name in ("quote_id", "quote_url", "verification_id", "verification_url")] == [None] * 4
    edit_claim(claim=claim, changes={"text": "Rivers are dry."}, editor=make.UserFactory(), note=NOTE)
    assert get_json(client, row["url"]) == row, "a later change does not rewrite it"


def test_a_table_has_the_changes_in_one_cell(client: Client) -> None:
    claim = make_public_claim()
    correct(claim)
    lines = b"".join(client.get("/api/v1/corrections/?format=csv").streaming_content).decode()
    assert f"wording: “{claim.text}” → “Rivers are low.”" in lines


def test_a_claim_and_its_verdict_show_the_newest_corrections(client: Client) -> None:
    verdict = verifications.make_published()
    url = f"claims/{verdict.claim_id}/"
    assert [get_json(client, url)[name] for name in ("corrections", "corrections_count")] == [[], 0]
    made = [
        Correction.objects.create(
            claim=verdict.claim, kind="correction", text=f"No. {n}", reason="Wrong.", made_by=make.UserFactory()
        )
        for n in range(4)
    ]
    for row in (get_json(client, url), get_json(client, f"verifications/{verdict.pk}/")):
        assert [correction["text"] for correction in row["corrections"]] == ["No. 3", "No. 2", "No. 1"]
        assert row["corrections_count"] == 4
        listed = get_json(client, row["corrections_url"])["results"]
        assert [correction["id"] for correction in listed] == [correction.pk for correction in reversed(made)]


def test_a_claim_whose_verdict_was_withdrawn_says_so(client: Client) -> None:
    verdict = verifications.make_published()
    get_json(client, "verifications/?updated_since=2000-01-01")
    withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    claim = get_json(client, f"claims/{verdict.claim_id}/")
    [correction] = claim["corrections"]
    assert (correction["kind"], correction["reason"]) == ("withdrawal", "A gauge broke.")
    response = client.get(f"/api/v1/verifications/{verdict.pk}/")
    assert (response.status_code, response.json()["cause"]) == (410, "withdrawn")
    [correction] = response.json()["corrections"]
    assert (correction["reason"], get_changes(correction)) == ("A gauge broke.", [("verdict", "True", "")])


def test_a_superseded_verdict_says_by_which(client: Client) -> None:
    verdict = verifications.make_published()
    get_json(client, "verifications/?updated_since=2000-01-01")
    newer = verifications.make_submitted(verdict.claim)
    type(newer).objects.filter(pk=newer.pk).update(rating=Rating.objects.get(slug="false"))
    publish_verification(verification=newer, approver=make.UserFactory())
    stub = get_json(client, f"verifications/{verdict.pk}/")
    assert stub["cause"] == "superseded"
    assert stub["superseded_by"]["id"] == newer.pk
    assert get_json(client, stub["superseded_by"]["url"])["id"] == newer.pk
    assert get_changes(stub["corrections"][0])[0] == ("verdict", "True", "False")


def test_a_verdict_back_in_review_has_no_successor(client: Client) -> None:
    verdict = verifications.make_published()
    get_json(client, "verifications/?updated_since=2000-01-01")
    correct(verdict.claim)
    stub = get_json(client, f"verifications/{verdict.pk}/")
    assert (stub["cause"], stub["superseded_by"]) == ("superseded", None)
    assert [row["kind"] for row in stub["corrections"]] == ["supersession"]


def test_a_retracted_claim_and_its_quotes_carry_the_corrections(client: Client) -> None:
    claim = make_public_claim()
    get_json(client, "claims/?updated_since=2000-01-01")
    first = correct(claim)
    retraction = retract_claim(claim=claim, editor=make.UserFactory(), reason="A hoax.")
    stub = get_json(client, f"claims/{claim.pk}/")
    assert [row["id"] for row in stub["corrections"]] == [retraction.pk, first.pk]
    assert (stub["reason"], stub["corrections"][0]["subject"]) == ("A hoax.", "Rivers are low.")
    stub = get_json(client, f"quotes/{claim.quotes.get().pk}/")
    assert (stub["cause"], [row["id"] for row in stub["corrections"]]) == ("retracted", [retraction.pk])


@pytest.mark.parametrize("has_claim", [True, False])
def test_a_withdrawn_quote_carries_its_corrections(client: Client, has_claim: bool) -> None:
    claim = make_public_claim()
    quote = make.QuoteFactory(accepted=True, claim=claim if has_claim else None, speaker=claim.speaker)
    Quote.objects.update(decided_at=timezone.now() - 2 * GRACE_PERIOD)
    get_json(client, "quotes/?updated_since=2000-01-01")
    decide_quotes(quotes=[quote.pk], decision="rejected", editor=make.UserFactory(), note=NOTE)
    stub = get_json(client, f"quotes/{quote.pk}/")
    [correction] = stub["corrections"]
    assert (correction["quote_id"], correction["claim_id"]) == ((None, claim.pk) if has_claim else (quote.pk, None))
    assert get_changes(correction) == [("quote", quote.text, "")]
    assert get_json(client, f"corrections/?quote={quote.pk}")["results"] == [correction]
    assert get_json(client, f"corrections/?quote={claim.quotes.earliest('pk').pk}")["results"] == []


def test_mirrors_are_told_of_a_claim_that_is_corrected_and_of_a_correction_that_is_hidden(client: Client) -> None:
    verdict = verifications.make_published()
    quote = make.QuoteFactory(accepted=True, claim=None, decided_at=timezone.now() - 2 * GRACE_PERIOD)
    since = {name: get_json(client, f"{name}/?updated_since=2000-01-01")["updated_since"] for name in LISTS}
    Correction.objects.create(
        claim=verdict.claim, kind="correction", text="A date.", reason="Wrong.", made_by=make.UserFactory()
    )
    own = Correction.objects.create(
        quote=quote, kind="edit", text="A word.", reason="Wrong.", made_by=make.UserFactory()
    )
    pages = {name: get_json(client, f"{name}/?updated_since={since[name]}") for name in LISTS}
    assert {name: len(page["results"]) for name, page in pages.items()} == {
        "claims": 1,
        "verifications": 1,
        "corrections": 2,
    }
    decide_quotes(quotes=[quote.pk], decision="pending", editor=make.UserFactory(), note=NOTE)
    page = get_json(client, f"corrections/?updated_since={pages['corrections']['updated_since']}")
    assert [row["kind"] for row in page["results"]] == ["withdrawal"]
    assert [tombstone["id"] for tombstone in page["tombstones"]] == [own.pk]


LISTS = ("claims", "verifications", "corrections")


def test_the_feed_names_the_claim_and_what_was_changed(client: Client) -> None:
    claim = make_public_claim()
    correct(claim)
    verdict = verifications.make_published(claim)
    withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    feed = ET.fromstring(client.get("/api/v1/corrections.atom").content)
    namespace = {"atom": "http://www.w3.org/2005/Atom"}
    entries = [
        [entry.findtext(f"atom:{name}", namespaces=namespace) for name in ("title", "content")]
        for entry in feed.findall("atom:entry", namespace)
    ]
    assert entries == [
        [
            f"Verdict withdrawn: “Rivers are low.” ({claim.speaker})",
            "The verdict “True” was withdrawn.\nVerdict: “True” → –\nReason: A gauge broke.",
        ],
        [
            f"Correction: “{claim.text}” ({claim.speaker})",
            f"The year was corrected.\nWording: “{claim.text}” → “Rivers are low.”\nReason: A typing error.",
        ],
    ]
