"""Accepting a quote and releasing its claim in one step, and linking it to another claim."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Operation, Quote, QuoteDecision
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history.optimistic_lock import ChangedError, get_version
from claims.services.history.undo import last_operation, undo_operation
from claims.services.quotes import claim_choice, review_lock
from claims.services.quotes.claim_choice import WordingChangedError, accept_and_release, link_to_claim
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from claims.services.sources.source_changes import SourceChangedError
from tests import factories as make
from tests.services.sources.newer_snapshots import change_source
from tests.table_contents import dump_models

pytestmark = pytest.mark.django_db

ACCEPTED, PENDING = QuoteDecision.ACCEPTED, QuoteDecision.PENDING
WORDING = "Rivers in the north are full."


@pytest.fixture(name="quote")
def pending_quote() -> Quote:
    return make.QuoteFactory()


def release(quote: Quote, editor: User, text: str = WORDING, **arguments: Any) -> Claim:
    """Accepts the quote and releases its claim, as the editor saw them."""
    claim = Claim.objects.filter(quotes=quote).first()
    seen = {"seen_claim": claim and claim.pk, "seen_wording": claim.text if claim else ""}
    return accept_and_release(quote=quote, text=text, editor=editor, **(seen | arguments))


def test_it_accepts_the_quote_and_releases_the_claim_as_one_operation(quote: Quote, editor: User) -> None:
    before = dump_models("Quote", "Claim")
    claim = release(quote, editor, f"  {WORDING} ")
    quote.refresh_from_db()
    assert (quote.decision, quote.claim, claim.text) == (ACCEPTED, claim, WORDING)
    assert list(Claim.objects.released()) == [claim]
    operation = last_operation(editor)
    assert operation
    assert (operation.verb, operation.summary) == ("accepted", f"Accepted, claim released: “{WORDING}”")
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before, "one undo"


def test_the_claim_of_an_accepted_quote_is_released(editor: User, quote: Quote) -> None:
    decide_quotes(quotes=[quote.pk], decision=ACCEPTED, editor=editor)
    release(quote, editor)
    assert [claim.text for claim in Claim.objects.released()] == [WORDING]
    assert Operation.objects.latest("pk").summary == f"Claim released: “{WORDING}”"


def test_a_quote_without_a_claim_gets_one_of_its_own(editor: User) -> None:
    first = make.QuoteFactory(accepted=True)
    quote = make.QuoteFactory(claim=None, speaker=first.speaker)
    claim = release(quote, editor)
    assert claim != first.claim
    assert (claim.text, claim.speaker, list(claim.quotes.all())) == (WORDING, quote.speaker, [quote])


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_wording_is_refused(quote: Quote, editor: User, text: str) -> None:
    with pytest.raises(RefusedError, match="Claim text is empty"):
        release(quote, editor, text)
    quote.refresh_from_db()
    assert quote.decision == PENDING


def test_a_wording_that_changed_meanwhile_is_refused(quote: Quote, editor: User) -> None:
    seen = {"seen_claim": quote.claim_id, "seen_wording": quote.claim.text}
    edit_claim(claim=quote.claim, changes={"text": "Rivers are nearly full."}, editor=make.UserFactory())
    with pytest.raises(WordingChangedError, match="reworded to “Rivers are nearly full"):
        release(quote, editor, **seen)
    link_to_claim(quote=quote, claim=make.ClaimFactory(), editor=make.UserFactory())
    with pytest.raises(WordingChangedError, match="another claim now"):
        release(quote, editor, **seen)
    quote.refresh_from_db()
    assert quote.decision == PENDING


def test_line_breaks_and_spaces_are_no_change_of_the_wording(editor: User) -> None:
    quote = make.QuoteFactory(claim__text="Rivers\r\nare  full.")
    assert release(quote, editor, seen_wording="Rivers are full.").text == WORDING


def test_a_released_claim_is_refused(editor: User) -> None:
    first = make.QuoteFactory(accepted=True)
    quote = make.QuoteFactory(claim=first.claim, speaker=first.speaker)
    with pytest.raises(RefusedError, match="released already"):
        release(quote, editor)


def test_what_keeps_a_quote_from_being_accepted_keeps_its_claim_from_being_released(editor: User) -> None:
    changed, held, edited = (make.QuoteFactory() for _ in range(3))
    newest = change_source(changed)
    with pytest.raises(SourceChangedError):
        release(changed, editor)
    review_lock.acquire_review_lock(quote=held, editor=make.UserFactory(username="ann"))
    with pytest.raises(RefusedError, match="ann is reviewing"):
        release(held, editor)
    with pytest.raises(RefusedError, match="no speaker"):
        release(make.QuoteFactory(speaker=None), editor)
    seen = get_version(edited)
    set_speaker(quote=edited, speaker=make.SpeakerFactory(), editor=make.UserFactory())
    with pytest.raises(ChangedError):
        release(edited, editor, seen=seen)
    assert not Claim.objects.confirmed().exists()
    release(changed, editor, seen_snapshot=newest.pk)
    assert Claim.objects.released().get() == changed.claim


def test_a_failure_rolls_the_decision_back(quote: Quote, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    monkeypatch.setattr(claim_choice, "release_claim", broken)
    before = dump_models("Quote", "Claim", without=())
    with pytest.raises(RuntimeError, match="half-way"):
        release(quote, editor)
    assert dump_models("Quote", "Claim", without=()) == before


def test_linking_removes_the_proposal_and_can_be_undone(quote: Quote, editor: User) -> None:
    other = make.QuoteFactory(accepted=True).claim
    before = dump_models("Quote", "Claim")
    link_to_claim(quote=quote, claim=other, editor=editor, seen=get_version(quote))
    quote.refresh_from_db()
    assert (quote.claim, quote.decision) == (other, PENDING)
    assert list(Claim.objects.all()) == [other]
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == before


def test_a_quote_is_not_linked_to_a_proposal_nor_in_an_outdated_version(quote: Quote, editor: User) -> None:
    with pytest.raises(RefusedError, match="confirmed the wording"):
        link_to_claim(quote=quote, claim=make.QuoteFactory().claim, editor=editor)
    seen = get_version(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=make.UserFactory())
    with pytest.raises(ChangedError):
        link_to_claim(quote=quote, claim=make.QuoteFactory(accepted=True).claim, editor=editor, seen=seen)
