"""An embargo ends at its time without anybody acting, and nothing is public before."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Correction, Quote, Source, Speaker, Topic, Verification
from claims.services.claims import corrections
from claims.services.claims.editing import edit_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import requires_public_note

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NOON = NOW + dt.timedelta(days=2)
API_LISTS = ["quotes", "claims", "speakers", "sources", "verifications", "topics", "corrections"]


class FakeClock:
    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        patch.setattr(timezone, "now", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    return FakeClock(monkeypatch)


@pytest.fixture
def embargoed(clock: FakeClock) -> Claim:
    """A claim with an accepted quote, a verdict and a topic, under embargo until noon."""
    quote, editor = make.QuoteFactory(), make.UserFactory()
    edit_claim(claim=quote.claim, changes={"released_at": NOON}, topics=[make.TopicFactory().pk], editor=editor)
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=editor)
    verifications.make_published(quote.claim)
    return Claim.objects.get(pk=quote.claim_id)


def count_public_rows(claim: Claim) -> dict[str, Any]:
    """The number of rows in each list of the API and in the CSV, and the status of the claim's own address."""
    client = Client()
    counts = {name: len(client.get(f"/api/v1/{name}/").json()["results"]) for name in API_LISTS}
    assert client.get("/api/v1/claims/?format=csv").status_code == 200
    lines = b"".join(client.get("/api/v1/claims/?format=csv").streaming_content).decode().splitlines()
    return counts | {"claim": client.get(f"/api/v1/claims/{claim.pk}/").status_code, "csv": len(lines) - 1}


def test_everything_becomes_public_at_the_end_of_the_embargo(embargoed: Claim, clock: FakeClock) -> None:
    assert embargoed.released_at == NOON
    not_public = dict.fromkeys(API_LISTS, 0) | {"claim": 404, "csv": 0}
    assert count_public_rows(embargoed) == not_public
    clock.now = NOON - dt.timedelta(seconds=1)
    assert count_public_rows(embargoed) == not_public
    versions = embargoed.history.count()
    clock.now = NOON
    assert count_public_rows(embargoed) == dict.fromkeys(API_LISTS, 1) | {"corrections": 0, "claim": 200, "csv": 1}
    assert embargoed.history.count() == versions, "nothing was written"
    for model in (Claim, Quote, Speaker, Source, Topic, Verification):
        assert model.objects.released().count() == 1


def test_a_change_takes_a_note_only_after_the_embargo(embargoed: Claim, clock: FakeClock) -> None:
    editor = make.UserFactory()
    assert not requires_public_note(embargoed)
    edit_claim(claim=embargoed, changes={"text": "Rivers rise."}, editor=editor)
    copy = Verification.objects.get(state="submitted")
    workflow.publish_verification(verification=copy, approver=make.UserFactory())
    clock.now = NOON
    assert requires_public_note(embargoed)
    with pytest.raises(corrections.PublicNoteRequiredError):
        edit_claim(claim=embargoed, changes={"text": "Rivers fall."}, editor=editor)


def test_a_verdict_reopened_under_embargo_leaves_no_correction(embargoed: Claim, clock: FakeClock) -> None:
    edit_claim(claim=embargoed, changes={"text": "Rivers rise."}, editor=make.UserFactory())
    clock.now = NOON
    assert not Correction.objects.released().exists()


def test_an_embargo_can_be_moved_until_it_ends(embargoed: Claim, clock: FakeClock) -> None:
    editor = make.UserFactory()
    later = NOON + dt.timedelta(days=1)
    edit_claim(claim=embargoed, changes={"released_at": later}, editor=editor)
    edit_claim(claim=embargoed, changes={"released_at": NOON}, editor=editor)
    clock.now = NOON
    with pytest.raises(corrections.RefusedError, match="Retract it with a reason"):
        edit_claim(claim=embargoed, changes={"released_at": later}, editor=editor)


def test_an_embargo_is_not_lifted_from_accepted_quotes(embargoed: Claim) -> None:
    """They would be public at once, as quotes whose claim is not released."""
    editor = make.UserFactory()
    with pytest.raises(corrections.RefusedError, match="accepted quotes of this claim would be public at once"):
        edit_claim(claim=embargoed, changes={"released_at": None}, editor=editor)
    assert not Quote.objects.released().exists()
    decide_quotes(quotes=[embargoed.quotes.get().pk], decision="pending", editor=editor)
    assert edit_claim(claim=embargoed, changes={"released_at": None}, editor=editor).released_at is None


def test_a_verdict_withdrawn_under_embargo_leaves_no_correction(embargoed: Claim, clock: FakeClock) -> None:
    verdict = Verification.objects.get()
    workflow.withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    clock.now = NOON
    assert not Correction.objects.released().exists()
