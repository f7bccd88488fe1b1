"""Merging speakers, and undoing a merge exactly."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from claims.models import (
    Claim,
    MergeSuggestion,
    MergeSuggestionState,
    Position,
    Quote,
    QuoteDecision,
    Speaker,
    SpeakerMerge,
    SpeakerName,
    Verification,
)
from claims.services.claims.claim_release import release_claim
from claims.services.claims.correction_drafts import publish_correction_draft, save_correction_draft
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from claims.services.speakers.merge import merge_speakers, preview_merge, undo_merge
from claims.services.speakers.merge_suggestions import dismiss_merge_suggestion, suggest_merges
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.concurrency import run_overlapping
from tests.sample_articles import make_article
from tests.table_contents import count_rows, dump_models

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 5, 16, 12, tzinfo=dt.UTC)
MERGED_MODELS = ("Speaker", "SpeakerName", "Position", "Quote", "Claim", "MergeSuggestion")


@dataclass
class MergeWorld:
    """Two speakers with rows of every kind, and a third one."""

    kept: Speaker
    merged: Speaker
    other: Speaker
    editor: User


def make_speaker_with_everything(name: str, *aliases: str, wikidata_id: str = "") -> Speaker:
    speaker = make.SpeakerFactory(name=name, wikidata_id=wikidata_id)
    for alias in aliases:
        make.SpeakerNameFactory(speaker=speaker, name=alias)
    Position.objects.create(speaker=speaker, title="Minister", held_from=dt.date(2020, 1, 1))
    make.QuoteFactory(speaker=speaker)
    make.QuoteFactory(speaker=speaker, accepted=True)
    make.QuoteFactory(speaker=speaker, rejected=True, claim=None)
    make.ClaimFactory(speaker=speaker)
    return speaker


@pytest.fixture
def world() -> MergeWorld:
    kept = make_speaker_with_everything("Bogdan Bezpalko", "B. Bezpalko", "Bezpalko")
    merged = make_speaker_with_everything("Bohdan Bezpalko", "b.  bezpalko", "Bogdan B.", wikidata_id="Q1")
    other = make_speaker_with_everything("Lena Ford", "Bezpalko")
    suggest_merges([kept])
    return MergeWorld(kept, merged, other, make.UserFactory())


def list_names(speaker: Speaker) -> list[str]:
    return [row.name for row in speaker.names.order_by("pk")]


def test_merging_moves_everything(world: MergeWorld) -> None:
    others = dump_models("Quote", "Claim", "Position")
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    kept, merged = Speaker.objects.get(pk=world.kept.pk), Speaker.objects.get(pk=world.merged.pk)
    assert merged.merged_into == kept
    assert set(Speaker.objects.current()) == {kept, world.other}
    for related in ("quotes", "claims", "positions"):
        assert not getattr(merged, related).exists()
        assert getattr(kept, related).count() == 2 * getattr(world.other, related).count()
    assert list_names(kept) == ["Bogdan Bezpalko", "B. Bezpalko", "Bezpalko", "Bohdan Bezpalko", "Bogdan B."]
    assert list_names(merged) == ["b.  bezpalko"], "names that both have stay"
    assert (kept.wikidata_id, merged.wikidata_id) == ("Q1", "")
    for name, before in others.items():
        for old, new in zip(before, dump_models(name)[name], strict=True):
            assert new == old | {"speaker_id": kept.pk if old["speaker_id"] == merged.pk else old["speaker_id"]}


def test_a_draft_correction_moves_and_can_still_be_published(world: MergeWorld) -> None:
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    draft = save_correction_draft(
        claim=claim,
        text="Said otherwise.",
        speaker=world.merged,
        said_on=None,
        note=verifications.PUBLIC_NOTE,
        author=world.editor,
    )
    before = dump_models("ClaimAmendment")
    assert [preview_merge(kept=world.kept, merged=speaker).drafts for speaker in (world.merged, world.other)] == [1, 0]
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    draft.refresh_from_db()
    assert (draft.speaker, draft.was_speaker) == (world.kept, world.kept)
    assert undo_merge(merge=merge, editor=world.editor).restored["draft correction"] == 1
    assert dump_models("ClaimAmendment") == before
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert publish_correction_draft(amendment=draft, editor=world.editor).speaker == world.kept


def test_an_old_merge_that_moved_no_drafts_is_undone(world: MergeWorld) -> None:
    before = dump_models(*MERGED_MODELS)
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    for kind in ("draft correction", "corrected draft"):
        del merge.moved[kind]
    merge.save()
    assert undo_merge(merge=merge, editor=world.editor).warnings == []
    assert dump_models(*MERGED_MODELS) == before


def test_undo_restores_everything(world: MergeWorld) -> None:
    before = dump_models(*MERGED_MODELS)
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert dump_models(*MERGED_MODELS) != before
    undo_merge(merge=merge, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == before
    merge.refresh_from_db()
    assert merge.undone_by == world.editor
    assert merge.undone_at


def test_merge_and_undo_are_in_the_history(world: MergeWorld) -> None:
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    undo_merge(merge=merge, editor=world.editor)
    quote = world.merged.quotes.earliest("pk")
    assert [(row.speaker_id, row.history_user) for row in quote.history.all()[:2]] == [
        (world.merged.pk, world.editor),
        (world.kept.pk, world.editor),
    ]
    newest, before = world.merged.history.all()[:2]
    assert (newest.merged_into_id, before.merged_into_id) == (None, world.kept.pk)
    assert newest.history_change_reason == "merge of Bohdan Bezpalko into Bogdan Bezpalko undone"


def test_merging_again_after_an_undo(world: MergeWorld) -> None:
    undo_merge(
        merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor),
        editor=world.editor,
    )
    before = dump_models(*MERGED_MODELS)
    merge = merge_speakers(kept=world.merged, merged=world.kept, editor=world.editor)
    assert set(list_names(world.merged)) >= {"Bogdan Bezpalko", "Bohdan Bezpalko", "b.  bezpalko"}
    assert list_names(world.kept) == ["B. Bezpalko"], "names that both have stay"
    undo_merge(merge=merge, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == before


@pytest.mark.parametrize("state", [MergeSuggestionState.OPEN, MergeSuggestionState.DISMISSED])
def test_the_suggestion_is_merged_and_restored(world: MergeWorld, state: MergeSuggestionState) -> None:
    suggestion = MergeSuggestion.objects.get(first=world.kept, second=world.merged)
    if state == MergeSuggestionState.DISMISSED:
        dismiss_merge_suggestion(suggestion=suggestion, editor=(dismisser := make.UserFactory()))
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.decided_by) == (MergeSuggestionState.MERGED, world.editor)
    with pytest.raises(RefusedError, match="Undo the merge first"):
        dismiss_merge_suggestion(suggestion=suggestion, editor=world.editor)
    undo_merge(merge=merge, editor=world.editor)
    suggestion.refresh_from_db()
    assert suggestion.state == state
    assert suggestion.decided_by == (dismisser if state == MergeSuggestionState.DISMISSED else None)


def test_speakers_without_a_suggestion_can_be_merged(world: MergeWorld) -> None:
    before = dump_models(*MERGED_MODELS)
    merge = merge_speakers(kept=world.kept, merged=world.other, editor=world.editor)
    undo_merge(merge=merge, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == before


def test_later_quotes_of_the_kept_speaker_stay_there(world: MergeWorld) -> None:
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    ingest(article=make_article('"Rivers are full," said Bohdan Bezpalko.'))
    new = Quote.objects.latest("pk")
    assert new.speaker == world.kept, "resolved by the name that moved"
    own = world.kept.quotes.earliest("pk")
    moved = Quote.objects.filter(pk__in=merge.moved["quote"]).earliest("pk")
    Quote.objects.filter(pk=moved.pk).update(speaker=world.other)
    undo_merge(merge=merge, editor=world.editor)
    new.refresh_from_db()
    moved.refresh_from_db()
    assert new.speaker == new.claim.speaker == world.kept
    assert moved.speaker == world.other, "an editor changed it since"
    assert own.speaker == world.kept
    assert world.merged.quotes.count() == 2


def test_a_wikidata_id_changed_since_stays(world: MergeWorld) -> None:
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    Speaker.objects.filter(pk=world.kept.pk).update(wikidata_id="Q7")
    undo_merge(merge=merge, editor=world.editor)
    assert [Speaker.objects.get(pk=row.pk).wikidata_id for row in (world.kept, world.merged)] == ["Q7", ""]


def test_a_chain_of_merges_is_undone_from_its_end(world: MergeWorld) -> None:
    before = dump_models(*MERGED_MODELS)
    first = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    after_first = dump_models(*MERGED_MODELS)
    second = merge_speakers(kept=world.other, merged=world.kept, editor=world.editor)
    assert world.other.quotes.count() == Quote.objects.count()
    with pytest.raises(RefusedError, match="Undo that merge first"):
        undo_merge(merge=first, editor=world.editor)
    undo_merge(merge=second, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == after_first
    undo_merge(merge=first, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == before


def test_two_merged_into_one_are_undone_in_any_order(world: MergeWorld) -> None:
    before = dump_models(*MERGED_MODELS)
    first = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    second = merge_speakers(kept=world.kept, merged=world.other, editor=world.editor)
    undo_merge(merge=first, editor=world.editor)
    undo_merge(merge=second, editor=world.editor)
    assert dump_models(*MERGED_MODELS) == before


def test_refused_merges(world: MergeWorld) -> None:
    third = make.SpeakerFactory(name="Nell Elm", wikidata_id="Q2")
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    before = count_rows(), dump_models(*MERGED_MODELS, without=())
    for kept, merged, error in [
        (world.kept, world.kept, "into itself"),
        (world.other, world.merged, "already"),
        (world.merged, world.other, "already"),
        (third, world.kept, "different Wikidata IDs"),  # the kept speaker has taken over the ID
        (world.kept, third, "different Wikidata IDs"),
    ]:
        with pytest.raises(RefusedError, match=error):
            merge_speakers(kept=kept, merged=merged, editor=world.editor)
    assert (count_rows(), dump_models(*MERGED_MODELS, without=())) == before
    undo_merge(merge=merge, editor=world.editor)
    before = count_rows(), dump_models(*MERGED_MODELS, without=())
    with pytest.raises(RefusedError, match="already"):
        undo_merge(merge=merge, editor=world.editor)
    assert (count_rows(), dump_models(*MERGED_MODELS, without=())) == before


@pytest.mark.parametrize("undo", [False, True], ids=["merge", "undo"])
def test_a_failing_merge_stores_nothing(world: MergeWorld, undo: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**kwargs: object) -> None:
        raise RuntimeError("half-way")

    act = partial(merge_speakers, kept=world.kept, merged=world.merged)
    if undo:
        act = partial(undo_merge, merge=act(editor=world.editor))
    before = count_rows(), dump_models(*MERGED_MODELS, "SpeakerMerge", without=())
    monkeypatch.setattr(workflow, "reopen_outdated", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        act(editor=world.editor)
    assert (count_rows(), dump_models(*MERGED_MODELS, "SpeakerMerge", without=())) == before


def test_verdicts_on_moved_claims_go_back_to_review(world: MergeWorld) -> None:
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert list(Verification.objects.order_by("pk").values_list("state", flat=True)) == ["superseded", "submitted"]
    undo_merge(merge=merge, editor=world.editor)
    assert Verification.objects.latest("pk").state == "submitted", "still submitted for the original speaker"


def test_new_quotes_of_both_names_share_a_claim(world: MergeWorld) -> None:
    ingest(article=make_article('"Rivers are full," said Bogdan Bezpalko.'))
    first = Quote.objects.latest("pk")
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    ingest(article=make_article('"Rivers are full," said Bohdan Bezpalko on Monday.'))
    second = Quote.objects.latest("pk")
    assert first != second
    assert first.claim == second.claim
    decide_quotes(quotes=[first.pk, second.pk], decision=QuoteDecision.ACCEPTED, editor=world.editor)
    released = release_claim(claim=first.claim, text="Rivers are full.", editor=world.editor)
    assert Claim.objects.released().get(pk=first.claim_id) == released
    assert released.quotes.accepted().count() == 2


def test_a_merged_speaker_is_not_suggested(world: MergeWorld) -> None:
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    new = make.SpeakerFactory(name="Bohdan Bezpalko")
    suggest_merges([new])
    assert {row.first for row in MergeSuggestion.objects.filter(second=new)} == {world.kept}


def test_a_speaker_has_one_open_merge(world: MergeWorld) -> None:
    merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert SpeakerMerge.objects.filter(undone_at=None).count() == 1


# --- What undo restores, and what it warns of -------------------------------------------------------------------------

RECORDS_OF_THE_MERGE = {"AuditEntry", "Correction", "CorrectedField", "SpeakerMerge", "Operation", "Change", "Touched"}


def dump_all_models() -> dict[str, list[dict[str, Any]]]:
    """All rows of the app, except histories, records that a merge took place, and the index of their words."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    names = [model.__name__ for model in models if model._meta.managed and not model.__name__.startswith("Historical")]
    return dump_models(*(name for name in names if name not in RECORDS_OF_THE_MERGE))


def test_undo_restores_every_table_and_keeps_later_edits(world: MergeWorld) -> None:
    """Each row is as if there had been no merge: with its former speaker, and with the edits since."""
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    moved_quote, moved_claim = merge.moved["quote"][0], merge.moved["claim"][0]

    def edit() -> None:
        decide_quotes(quotes=[moved_quote], decision=QuoteDecision.REJECTED, editor=world.editor, at=NOON)
        decide_quotes(
            quotes=[world.other.quotes.earliest("pk").pk], decision=QuoteDecision.REJECTED, editor=world.editor, at=NOON
        )
        Claim.objects.filter(pk=moved_claim).update(text="Reworded since.")
        Speaker.objects.filter(pk=world.kept.pk).update(description="Described since.")
        Position.objects.filter(pk=merge.moved["position"][0]).update(title="Former minister")

    edit()
    result = undo_merge(merge=merge, editor=world.editor)
    assert result.warnings == []
    after = dump_all_models()
    # The same edits without a merge.
    fresh = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    undo_merge(merge=fresh, editor=world.editor)
    assert dump_all_models() == after
    assert {row.speaker for row in Quote.objects.filter(pk__in=merge.moved["quote"])} == {world.merged}
    assert {row.speaker for row in Claim.objects.filter(pk__in=merge.moved["claim"])} == {world.merged}
    assert Claim.objects.get(pk=moved_claim).text == "Reworded since."
    assert Quote.objects.get(pk=moved_quote).decision == QuoteDecision.REJECTED
    assert Speaker.objects.get(pk=world.kept.pk).description == "Described since."


def test_undo_right_after_a_merge_leaves_no_difference(world: MergeWorld) -> None:
    before = dump_all_models()
    undo_merge(merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor), editor=world.editor)
    assert dump_all_models() == before


def test_every_reference_to_a_speaker_is_handled() -> None:
    """A new foreign key to speakers must be added to the merge, or its rows would be left behind."""
    fields = Speaker._meta.get_fields(include_hidden=True)  # also those without a reverse accessor
    references = {
        (field.related_model.__name__, field.field.name) for field in fields if field.auto_created and field.one_to_many
    }
    references = {(name, column) for name, column in references if not name.startswith("Historical")}
    assert references == {
        *((name, "speaker") for name in ("Quote", "Claim", "Position", "SpeakerName")),  # these move
        ("Speaker", "merged_into"),  # a chain: undone from its end
        *((name, side) for name in ("MergeSuggestion",) for side in ("first", "second")),  # about the pair
        *(("SpeakerMerge", side) for side in ("kept", "merged")),
        *(("ClaimAmendment", column) for column in ("speaker", "was_speaker")),  # these move
    }


def reassign_quote(world: MergeWorld, merge: SpeakerMerge) -> None:
    Quote.objects.filter(pk=merge.moved["quote"][0]).update(speaker=world.other)


def remove_name(world: MergeWorld, merge: SpeakerMerge) -> None:
    SpeakerName.objects.get(speaker=world.kept, name="Bohdan Bezpalko").delete()


def change_wikidata_id(world: MergeWorld, merge: SpeakerMerge) -> None:
    Speaker.objects.filter(pk=world.kept.pk).update(wikidata_id="Q7")


def link_to_kept_claim(world: MergeWorld, merge: SpeakerMerge) -> None:
    claim = Claim.objects.filter(speaker=world.kept).exclude(pk__in=merge.moved["claim"]).earliest("pk")
    Quote.objects.filter(pk=merge.moved["quote"][0]).update(claim=claim)


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (reassign_quote, "1 quote was reassigned or deleted after the merge and stays as it is."),
        (remove_name, "1 name was reassigned or deleted after the merge and stays as it is."),
        (change_wikidata_id, "The Wikidata ID Q1 was changed after the merge (to Q7) and stays as it is."),
        (link_to_kept_claim, "1 of the quotes now belong to a claim by “Bogdan Bezpalko”: please check."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_undo_cannot_restore_is_a_warning(
    world: MergeWorld, change: Callable[[MergeWorld, SpeakerMerge], None], warning: str
) -> None:
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    change(world, merge)
    assert undo_merge(merge=merge, editor=world.editor).warnings == [warning]
    assert world.merged.names.filter(name=world.merged.name).exists(), "it keeps its main name"


def test_a_reopened_verdict_is_a_warning(world: MergeWorld) -> None:
    claim = world.merged.claims.filter(quotes__decision=QuoteDecision.ACCEPTED).get()
    verifications.make_published(claim)
    preview = preview_merge(kept=world.kept, merged=world.merged)
    assert [row.claim for row in preview.reopened] == [claim]
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    (warning,) = undo_merge(merge=merge, editor=world.editor).warnings
    assert warning == "1 verdict went back to review after the merge: approve again or send back."


def test_the_preview_is_what_moves(world: MergeWorld) -> None:
    preview = preview_merge(kept=world.kept, merged=world.merged)
    before = dump_all_models()
    assert preview_merge(kept=world.kept, merged=world.merged) == preview
    assert dump_all_models() == before, "a preview changes nothing"
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    assert (preview.quotes, preview.claims) == (len(merge.moved["quote"]), len(merge.moved["claim"]))
    assert [row.pk for row in preview.positions] == merge.moved["position"]
    assert [row.pk for row in preview.names] == merge.moved["name"]
    assert [row.name for row in preview.shared] == ["b.  bezpalko"]
    assert (preview.wikidata_id, preview.refusal) == ("Q1", "")
    impossible = preview_merge(kept=world.other, merged=Speaker.objects.get(pk=world.merged.pk))
    assert "is already merged into" in impossible.refusal


@pytest.mark.parametrize("kept", ["first", "second"])
def test_a_merge_is_undone_as_an_operation(world: MergeWorld, kept: str) -> None:
    """Including the Wikidata ID, whichever of the two had it."""
    pair = (world.kept, world.merged) if kept == "first" else (world.merged, world.kept)
    before = dump_all_models()
    merge_speakers(kept=pair[0], merged=pair[1], editor=world.editor)
    operation = last_operation(world.editor)
    assert operation
    assert operation.verb == "merge"
    undo_operation(operation=operation, editor=world.editor)
    assert dump_all_models() == before
    assert not SpeakerMerge.objects.exists()


def test_an_undone_merge_is_undone_as_an_operation(world: MergeWorld) -> None:
    merge = merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor)
    after_first = dump_all_models()
    undo_merge(merge=merge, editor=world.editor)
    operation = last_operation(world.editor)
    assert operation
    undo_operation(operation=operation, editor=world.editor)
    assert dump_all_models() == after_first
    merge.refresh_from_db()
    assert (merge.undone_by, merge.undone_at) == (None, None)


def test_the_state_of_the_suggestion_is_in_the_history(world: MergeWorld) -> None:
    suggestion = MergeSuggestion.objects.get(first=world.kept, second=world.merged)
    undo_merge(merge=merge_speakers(kept=world.kept, merged=world.merged, editor=world.editor), editor=world.editor)
    entries = [(row.state, row.history_user, row.history_change_reason) for row in suggestion.history.all()]
    assert entries == [
        ("open", world.editor, "merge undone"),
        ("merged", world.editor, "merged"),
        ("open", None, "they look alike"),
    ]


if connection.vendor == "postgresql":  # SQLite runs one writing transaction at a time

    @pytest.mark.django_db(transaction=True)
    def test_an_undo_does_not_overwrite_what_is_committed_meanwhile() -> None:
        kept, merged, editor = make.SpeakerFactory(), make.SpeakerFactory(wikidata_id="Q42"), make.UserFactory()
        merge = merge_speakers(kept=kept, merged=merged, editor=editor)
        kept.wikidata_id = "Q43"
        result = run_overlapping(
            lambda: audit.update([kept], ["wikidata_id"], user=editor, reason="mended"),
            lambda: undo_merge(merge=merge, editor=editor),
        )
        assert result.warnings == ["The Wikidata ID Q42 was changed after the merge (to Q43) and stays as it is."]
        assert Speaker.objects.get(pk=kept.pk).wikidata_id == "Q43"
