"""An embargo ends by the clock, without a person, and nothing shows before."""

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

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NOON = NOW + dt.timedelta(days=2)
LISTS = ["quotes", "claims", "speakers", "sources", "verifications", "topics", "corrections"]


class FakeClock:
    """What the site takes for now."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        patch.setattr(timezone, "now", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FakeClock:
    return FakeClock(monkeypatch)


@pytest.fixture
def held(clock: FakeClock) -> Claim:
    """Accepted, judged and about a topic, and not to be seen before noon."""
    quote, editor = make.QuoteFactory(), make.UserFactory()
    edit_claim(claim=quote.claim, changes={"released_at": NOON}, topics=[make.TopicFactory().pk], editor=editor)
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=editor)
    verifications.make_published(quote.claim)
    return Claim.objects.get(pk=quote.claim_id)


def shown(held: Claim) -> dict[str, Any]:
    """How many rows of each list readers find, and what the claim's own address answers."""
    client = Client()
    counts = {name: len(client.get(f"/api/v1/{name}/").json()["results"]) for name in LISTS}
    assert client.get("/api/v1/claims/?format=csv").status_code == 200
    lines = b"".join(client.get("/api/v1/claims/?format=csv").streaming_content).decode().splitlines()
    return counts | {"claim": client.get(f"/api/v1/claims/{held.pk}/").status_code, "csv": len(lines) - 1}


def test_nothing_shows_before_and_everything_after_without_a_person(held: Claim, clock: FakeClock) -> None:
    assert held.released_at == NOON
    nothing = dict.fromkeys(LISTS, 0) | {"claim": 404, "csv": 0}
    assert shown(held) == nothing
    clock.now = NOON - dt.timedelta(seconds=1)
    assert shown(held) == nothing
    versions = held.history.count()
    clock.now = NOON
    assert shown(held) == dict.fromkeys(LISTS, 1) | {"corrections": 0, "claim": 200, "csv": 1}
    assert held.history.count() == versions, "nobody wrote anything"
    for model in (Claim, Quote, Speaker, Source, Topic, Verification):
        assert model.objects.released().count() == 1


def test_a_change_under_embargo_takes_no_note_and_one_after_it_does(held: Claim, clock: FakeClock) -> None:
    editor = make.UserFactory()
    assert not corrections.requires_public_note(held)
    edit_claim(claim=held, changes={"text": "Rivers rise."}, editor=editor)
    copy = Verification.objects.get(state="submitted")
    workflow.publish_verification(verification=copy, approver=make.UserFactory())
    clock.now = NOON
    assert corrections.requires_public_note(held)
    with pytest.raises(corrections.PublicNoteRequiredError):
        edit_claim(claim=held, changes={"text": "Rivers fall."}, editor=editor)


def test_readers_are_not_told_of_a_verdict_that_they_never_saw(held: Claim, clock: FakeClock) -> None:
    edit_claim(claim=held, changes={"text": "Rivers rise."}, editor=make.UserFactory())
    clock.now = NOON
    assert not Correction.objects.released().exists()


def test_an_embargo_can_be_shortened_and_lengthened_until_it_ends(held: Claim, clock: FakeClock) -> None:
    editor = make.UserFactory()
    later = NOON + dt.timedelta(days=1)
    edit_claim(claim=held, changes={"released_at": later}, editor=editor)
    edit_claim(claim=held, changes={"released_at": NOON}, editor=editor)
    clock.now = NOON
    with pytest.raises(corrections.RefusedError, match="taking it back in silence"):
        edit_claim(claim=held, changes={"released_at": later}, editor=editor)


def test_nor_of_one_that_was_withdrawn_before_they_could(held: Claim, clock: FakeClock) -> None:
    verdict = Verification.objects.get()
    workflow.withdraw_verification(verification=verdict, editor=make.UserFactory(), reason="A gauge broke.")
    clock.now = NOON
    assert not Correction.objects.released().exists()
