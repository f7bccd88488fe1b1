"""Every service that writes more than once is whole or not at all: it fails after its last write, and nothing stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from claims.models import Decision, RelationKind, SpeakerMerge
from claims.services import (
    amend,
    bulk,
    correct,
    decide,
    edit,
    link,
    merge,
    record,
    relate,
    resolve,
    split,
    verify,
)
from tests import factories as make
from tests.services import verdicts
from tests.tables import dump

pytestmark = pytest.mark.django_db

Act = Callable[[], Any]


def accepting() -> Act:
    ids, editor = [make.QuoteFactory().pk, make.QuoteFactory().pk], make.UserFactory()
    return lambda: decide.decide(quotes=ids, decision=Decision.ACCEPTED, editor=editor)


def linking() -> Act:
    quote, claim, editor = make.QuoteFactory(accepted=True), make.ClaimFactory(), make.UserFactory()
    return lambda: link.set_claim(quote=quote, claim=claim, editor=editor)


def retracting() -> Act:
    claim, editor = make.QuoteFactory(accepted=True).claim, make.UserFactory()
    return lambda: correct.retract_claim(claim=claim, editor=editor, reason="Wrong.")


def setting_the_speaker() -> Act:
    quote, speaker, editor = make.QuoteFactory(), make.SpeakerFactory(), make.UserFactory()
    return lambda: resolve.set_speaker(quote=quote, speaker=speaker, editor=editor)


def adding_a_speaker() -> Act:
    editor = make.UserFactory()
    return lambda: resolve.add_speaker(name="Ann Lee", aliases=["A. Lee"], editor=editor)


def merging() -> Act:
    kept, merged, editor = make.SpeakerFactory(), make.QuoteFactory().speaker, make.UserFactory()
    return lambda: merge.merge_speakers(kept=kept, merged=merged, editor=editor)


def undoing() -> Act:
    merging()()
    done, editor = SpeakerMerge.objects.get(), make.UserFactory()
    return lambda: merge.undo_merge(merge=done, editor=editor)


def submitting() -> Act:
    row = verdicts.draft()
    return lambda: verify.submit_verification(verification=row, editor=row.author)


def publishing() -> Act:
    row, approver = verdicts.submitted(verdicts.published().claim), make.UserFactory()
    return lambda: verify.publish_verification(verification=row, approver=approver)


def sending_back() -> Act:
    row, editor = verdicts.submitted(), make.UserFactory()
    return lambda: verify.send_back(verification=row, editor=editor, comment="Which gauges?")


def withdrawing() -> Act:
    row, editor = verdicts.published(), make.UserFactory()
    return lambda: verify.withdraw_verification(verification=row, editor=editor, reason="A gauge broke.")


def splitting() -> Act:
    first, editor = make.QuoteFactory(accepted=True), make.UserFactory()
    second = make.QuoteFactory(accepted=True, claim=first.claim, speaker=first.speaker)
    first.claim.topics.add(make.TopicFactory())
    return lambda: split.split_claim(claim=first.claim, quotes=[second.pk], editor=editor)


def merging_claims() -> Act:
    kept, editor = verdicts.published().claim, make.UserFactory()
    emptied = make.QuoteFactory(accepted=True, speaker=kept.speaker).claim
    emptied.topics.add(make.TopicFactory())
    verdicts.submitted(emptied)
    relate.relate(first=emptied, second=make.ClaimFactory(), kind=RelationKind.UPDATES, editor=editor)
    return lambda: split.merge_claims(kept=kept, emptied=emptied, editor=editor, note=verdicts.NOTE)


def rewording() -> Act:
    claim, editor, topic = verdicts.published().claim, make.UserFactory(), make.TopicFactory()
    changes = {"text": "Rivers rise."}
    return lambda: edit.edit_claim(claim=claim, changes=changes, topics=[topic.pk], editor=editor, note=verdicts.NOTE)


def publishing_a_draft() -> Act:
    claim, editor = verdicts.published().claim, make.UserFactory()
    draft = amend.draft_amendment(
        claim=claim, text="Rivers rise.", speaker=None, said_on=None, note=verdicts.NOTE, author=editor
    )
    return lambda: amend.publish_amendment(amendment=draft, editor=editor)


def changing_many() -> Act:
    ids, editor = [verdicts.published().claim.pk, make.ClaimFactory().pk], make.UserFactory()
    changes = bulk.Changes(fields={"speaker": make.SpeakerFactory()}, add_topics=frozenset([make.TopicFactory().pk]))
    return lambda: bulk.change_claims(claims=ids, changes=changes, editor=editor, note=verdicts.NOTE)


class BrokenError(Exception):
    """What goes wrong."""


@pytest.mark.parametrize(
    "prepare",
    [
        accepting,
        linking,
        retracting,
        setting_the_speaker,
        adding_a_speaker,
        merging,
        undoing,
        submitting,
        publishing,
        sending_back,
        withdrawing,
        splitting,
        merging_claims,
        rewording,
        publishing_a_draft,
        changing_many,
    ],
)
def test_what_fails_at_its_last_write_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, prepare: Callable[[], Act]
) -> None:
    act = prepare()
    before = dump()
    writes, last = 0, -1

    def counted(write: Callable[..., Any]) -> Callable[..., Any]:
        def written(*args: Any, **kwargs: Any) -> Any:
            nonlocal writes
            done = write(*args, **kwargs)
            writes += 1
            if writes == last:
                raise BrokenError
            return done

        return written

    monkeypatch.setattr(record, "create", counted(record.create))
    monkeypatch.setattr(record, "update", counted(record.update))
    with transaction.atomic():
        act()
        transaction.set_rollback(True)
    assert dump() == before
    writes, last = 0, writes
    with pytest.raises(BrokenError):
        act()
    assert dump() == before
