"""Which state an editor looked at, and what is said of what others changed since."""

import pytest

from claims.models import Claim, Decision, Quote
from claims.services import record
from claims.services.decide import decide
from claims.services.resolve import set_speaker
from claims.services.version import ChangedError, refuse_if_changed, version_of, versions
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def quote() -> Quote:
    row = Quote.objects.get(pk=make.QuoteFactory().pk)
    row.save()  # so that its history begins
    return row


def test_a_row_that_nobody_changed(quote: Quote) -> None:
    refuse_if_changed(row=quote, seen=version_of(quote))
    refuse_if_changed(row=quote, seen=None)
    refuse_if_changed(row=Claim(pk=10**9), seen=0)


def test_says_who_changed_what(quote: Quote) -> None:
    seen, ann = version_of(quote), make.UserFactory(username="ann")
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Ann Wu"), editor=ann)
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=ann)
    with pytest.raises(ChangedError) as refused:
        refuse_if_changed(row=quote, seen=seen)
    said = str(refused.value)
    assert "changed meanwhile by ann" in said
    assert f"speaker: “{quote.speaker}” → “Ann Wu”" in said
    assert "decision: “pending” → “accepted”" in said
    assert "updated" not in said
    assert "decided" not in said


def test_says_nothing_where_nobody_was() -> None:
    quote = Quote.objects.get(pk=make.QuoteFactory(speaker=None, claim=None).pk)
    quote.save()
    seen = version_of(quote)
    set_speaker(quote=quote, speaker=make.SpeakerFactory(name="Ann Wu"), editor=make.UserFactory())
    with pytest.raises(ChangedError, match="speaker: nothing → “Ann Wu”"):
        refuse_if_changed(row=quote, seen=seen)


def test_there_and_back_is_no_change(quote: Quote) -> None:
    seen, ann = version_of(quote), make.UserFactory()
    for decision in (Decision.ACCEPTED, Decision.PENDING):
        decide(quotes=[quote.pk], decision=decision, editor=ann)
    refuse_if_changed(row=quote, seen=seen)


def test_an_entry_without_a_change_is_none() -> None:
    claim = Claim.objects.get(pk=make.ClaimFactory().pk)
    seen = version_of(claim)
    record.update([claim], [], user=make.UserFactory(), reason="touched")
    refuse_if_changed(row=claim, seen=seen)


def test_topics_count() -> None:
    claim, topic, ann = make.ClaimFactory(), make.TopicFactory(name="Rivers"), make.UserFactory(username="ann")
    seen = version_of(claim)
    record.set_topics([claim], {claim.pk: [topic.pk]}, user=ann, reason="topics set")
    with pytest.raises(ChangedError, match="topics: nothing → "):
        refuse_if_changed(row=claim, seen=seen)


@pytest.mark.parametrize("seen", [-1, 10**12])
def test_a_version_that_never_was(quote: Quote, seen: int) -> None:
    with pytest.raises(ChangedError, match="no version"):
        refuse_if_changed(row=quote, seen=seen)


def test_what_became_of_a_row_without_history_is_seen() -> None:
    quote = Quote.objects.get(pk=make.QuoteFactory().pk)
    quote.history.all().delete()  # as bulk-loaded rows are
    assert version_of(quote) == 0
    refuse_if_changed(row=quote, seen=0)
    decide(quotes=[quote.pk], decision=Decision.ACCEPTED, editor=make.UserFactory(username="ann"))
    with pytest.raises(ChangedError, match=r"changed meanwhile by ann at .*: quote accepted\. Nothing was overwritten"):
        refuse_if_changed(row=quote, seen=0)


def test_versions_of_many() -> None:
    first, second = (Quote.objects.get(pk=make.QuoteFactory().pk) for _ in range(2))
    second.history.all().delete()
    assert versions(Quote, [first.pk, second.pk, 10**9]) == {first.pk: version_of(first), second.pk: 0, 10**9: 0}
