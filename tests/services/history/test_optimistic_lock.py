"""Refusing changes to rows that somebody else changed."""

import pytest

from claims.models import Claim, Quote, QuoteDecision
from claims.services.history import audit
from claims.services.history.optimistic_lock import ChangedError, get_version, get_versions, refuse_if_changed
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.speaker_assignment import set_speaker
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote() -> Quote:
    row = Quote.objects.get(pk=make.QuoteFactory().pk)
    row.save()  # so that its history begins
    return row


def test_an_unchanged_row_is_accepted(quote: Quote) -> None:
    refuse_if_changed(row=quote, seen=get_version(quote))
    refuse_if_changed(row=quote, seen=None)
    refuse_if_changed(row=Claim(pk=10**9), seen=0)


def test_the_message_says_who_changed_what(quote: Quote) -> None:
    seen, ann = get_version(quote), make.UserFactory(username="ann")
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Ann Wu"), editor=ann)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=ann)
    with pytest.raises(ChangedError) as refused:
        refuse_if_changed(row=quote, seen=seen)
    message = str(refused.value)
    assert "was changed by ann at " in message
    assert f"speaker: “{quote.speaker}” → “Ann Wu”" in message
    assert "decision: “pending” → “accepted”" in message
    assert "updated" not in message
    assert "decided" not in message


def test_the_message_shows_a_missing_value() -> None:
    quote = Quote.objects.get(pk=make.QuoteFactory(speaker=None, claim=None).pk)
    quote.save()
    seen = get_version(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Ann Wu"), editor=make.UserFactory())
    with pytest.raises(ChangedError, match="speaker: nothing → “Ann Wu”"):
        refuse_if_changed(row=quote, seen=seen)


@pytest.mark.parametrize("character", ["a", "\u0301"], ids=["letter", "combining mark"])
def test_the_message_shortens_long_values_and_keeps_their_characters(character: str) -> None:
    claim = Claim.objects.get(pk=make.ClaimFactory().pk)
    claim.save()
    seen = get_version(claim)
    claim.text = "e\u0301" + character * 1000
    audit.update([claim], ["text"], user=make.UserFactory(), reason="reworded")
    with pytest.raises(ChangedError) as refused:
        refuse_if_changed(row=claim, seen=seen)
    assert f"→ “e\u0301{character * 117}…”" in str(refused.value)


def test_a_reverted_change_is_no_conflict(quote: Quote) -> None:
    seen, ann = get_version(quote), make.UserFactory()
    for decision in (QuoteDecision.ACCEPTED, QuoteDecision.PENDING):
        decide_quotes(quotes=[quote.pk], decision=decision, editor=ann)
    refuse_if_changed(row=quote, seen=seen)


def test_an_entry_without_changes_is_no_conflict() -> None:
    claim = Claim.objects.get(pk=make.ClaimFactory().pk)
    seen = get_version(claim)
    audit.update([claim], [], user=make.UserFactory(), reason="touched")
    refuse_if_changed(row=claim, seen=seen)


def test_a_change_of_topics_is_a_conflict() -> None:
    claim, topic, ann = make.ClaimFactory(), make.TopicFactory(name="Rivers"), make.UserFactory(username="ann")
    seen = get_version(claim)
    audit.set_topics([claim], {claim.pk: [topic.pk]}, user=ann, reason="topics set")
    with pytest.raises(ChangedError, match="topics: nothing → "):
        refuse_if_changed(row=claim, seen=seen)


@pytest.mark.parametrize("seen", [-1, 10**12])
def test_an_unknown_version_is_refused(quote: Quote, seen: int) -> None:
    with pytest.raises(ChangedError, match="no version"):
        refuse_if_changed(row=quote, seen=seen)


def test_any_entry_of_a_row_without_history_is_a_conflict() -> None:
    quote = Quote.objects.get(pk=make.QuoteFactory().pk)
    quote.history.all().delete()  # as bulk-loaded rows are
    assert get_version(quote) == 0
    refuse_if_changed(row=quote, seen=0)
    decide_quotes(quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=make.UserFactory(username="ann"))
    with pytest.raises(ChangedError, match=r"was changed by ann at .*: decided\. Your change was not saved"):
        refuse_if_changed(row=quote, seen=0)


def test_get_versions() -> None:
    first, second = (Quote.objects.get(pk=make.QuoteFactory().pk) for _ in range(2))
    second.history.all().delete()
    assert get_versions(Quote, [first.pk, second.pk, 10**9]) == {first.pk: get_version(first), second.pk: 0, 10**9: 0}
