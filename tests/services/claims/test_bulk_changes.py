"""Bulk changes of claims and quotes."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Claim,
    Correction,
    Operation,
    Quote,
)
from claims.services.claims.bulk_changes import BulkChanges, PublicationChange, bulk_change_claims, bulk_set_speaker
from claims.services.claims.corrections import PublicNoteRequiredError
from claims.services.claims.public_state import GRACE_PERIOD
from tests import factories as make
from tests.services.claims.claim_states import dump_claims, make_public_claim, make_retracted_claim
from tests.services.history.undo_last import undo_last
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 5, 16)


def test_a_bulk_change_touches_only_the_chosen_fields_and_is_undone_at_once(editor: User) -> None:
    claims = [make.ClaimFactory(said_on=DAY), make.ClaimFactory()]
    old_topic, new_topic = make.TopicFactory(), make.TopicFactory()
    claims[0].topics.add(old_topic)
    before, speakers = dump_claims(), [claim.speaker for claim in claims]
    changes = BulkChanges(
        fields={"said_on": DAY}, add_topics=frozenset([new_topic.pk]), remove_topics=frozenset([old_topic.pk])
    )
    result = bulk_change_claims(claims=[claim.pk for claim in claims], changes=changes, editor=editor)
    assert (result.changed, result.unchanged, result.refused) == (2, 0, ())
    for claim, speaker in zip(Claim.objects.order_by("pk"), speakers, strict=True):
        assert (claim.said_on, claim.speaker, list(claim.topics.all())) == (DAY, speaker, [new_topic])
        assert claim.history.latest().history_user == editor
    assert Operation.objects.get().summary == "2 claims changed: said on, topics"
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims() == before


def test_a_field_can_be_cleared_in_bulk(editor: User) -> None:
    claim = make.ClaimFactory(said_on=DAY)
    bulk_change_claims(claims=[claim.pk], changes=BulkChanges(fields={"said_on": None}), editor=editor)
    assert Claim.objects.get().said_on is None


def test_unchanged_and_refused_claims_are_reported(editor: User) -> None:
    unchanged, retracted, changed = make.ClaimFactory(said_on=DAY), make_retracted_claim(), make.ClaimFactory()
    ids = [unchanged.pk, retracted.pk, changed.pk]
    result = bulk_change_claims(claims=ids, changes=BulkChanges(fields={"said_on": DAY}), editor=editor)
    assert (result.changed, result.unchanged) == (1, 1)
    ((refused, reason),) = result.refused
    assert (refused, "retracted" in reason) == (retracted, True)


def test_every_public_claim_gets_the_note(editor: User) -> None:
    claims = [make_public_claim(), make_public_claim(), make.ClaimFactory()]
    ids, changes = [claim.pk for claim in claims], BulkChanges(fields={"said_on": DAY})
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        bulk_change_claims(claims=ids, changes=changes, editor=editor)
    assert not Claim.objects.filter(said_on=DAY).exists()
    bulk_change_claims(claims=ids, changes=changes, editor=editor, note=PUBLIC_NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims[:2])


def test_releasing_and_retracting_in_bulk(editor: User) -> None:
    public, empty = make_public_claim(), make.ClaimFactory()
    hidden = make.QuoteFactory(accepted=True).claim
    Claim.objects.filter(pk=hidden.pk).update(released_at=timezone.now() + GRACE_PERIOD)
    ids = [public.pk, empty.pk, hidden.pk]
    result = bulk_change_claims(claims=ids, changes=BulkChanges(publication=PublicationChange.RELEASE), editor=editor)
    assert (result.changed, result.unchanged, [row for row, _ in result.refused]) == (1, 1, [empty])
    assert set(Claim.objects.released()) == {public, hidden}
    result = bulk_change_claims(
        claims=ids, changes=BulkChanges(publication=PublicationChange.RETRACT), editor=editor, note=PUBLIC_NOTE
    )
    assert (result.changed, [row for row, _ in result.refused]) == (2, [empty])
    assert set(Claim.objects.retracted_stubs()) == {public, hidden}
    assert [row.kind for row in Correction.objects.all()] == ["retraction", "retraction"]


def test_setting_the_speaker_of_many_quotes(editor: User) -> None:
    quotes, speaker = [make.QuoteFactory(), make.QuoteFactory()], make.SpeakerFactory()
    unchanged = make.QuoteFactory(speaker=speaker)
    before = dump_claims()
    result = bulk_set_speaker(quotes=[quote.pk for quote in [*quotes, unchanged]], speaker=speaker, editor=editor)
    assert (result.changed, result.unchanged) == (2, 1)
    assert Quote.objects.filter(speaker=speaker).count() == 3
    assert Operation.objects.count() == 1
    undo_last(editor, PUBLIC_NOTE)
    assert dump_claims() == before


def test_setting_the_speaker_of_public_quotes_takes_one_note(editor: User) -> None:
    claims, speaker = [make_public_claim(), make_public_claim()], make.SpeakerFactory()
    quotes = list(Quote.objects.values_list("pk", flat=True))
    with pytest.raises(PublicNoteRequiredError, match="2 claims"):
        bulk_set_speaker(quotes=quotes, speaker=speaker, editor=editor)
    bulk_set_speaker(quotes=quotes, speaker=speaker, editor=editor, note=PUBLIC_NOTE)
    assert {row.claim for row in Correction.objects.all()} == set(claims)
