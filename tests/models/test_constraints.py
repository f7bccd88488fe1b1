"""Breaks every invariant of the database on purpose; each must be refused by name."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from claims.models import (
    AccountTie,
    Anchor,
    Assignment,
    AuditEntry,
    Change,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    Comment,
    CorrectedField,
    Correction,
    Delivery,
    DeliveryTotal,
    ErrorReport,
    Evidence,
    EvidenceCopy,
    ExternalReview,
    Feed,
    ImportedReview,
    Invitation,
    Mention,
    MergeSuggestion,
    Notice,
    NoticePreference,
    Operation,
    Position,
    Quote,
    Rating,
    RatingMapping,
    RawContent,
    ReaderKey,
    Repeat,
    SavedView,
    SitePage,
    Skip,
    Snapshot,
    SourceMerge,
    SourceRelation,
    SpeakerMerge,
    Topic,
    Verification,
    Watch,
    WeightSet,
)
from tests import factories as make

pytestmark = pytest.mark.django_db

HASH = "a" * 64
NOW = timezone.now()


def create_suggestion(**fields: object) -> MergeSuggestion:
    first, second = make.SpeakerFactory(), make.SpeakerFactory()
    return MergeSuggestion.objects.create(**{"first": first, "second": second, "score": 0.9, **fields})


def create_duplicate_suggestion() -> None:
    suggestion = create_suggestion()
    create_suggestion(first=suggestion.first, second=suggestion.second)


def create_reversed_suggestion() -> None:
    first, second = make.SpeakerFactory(), make.SpeakerFactory()
    create_suggestion(first=second, second=first)


def create_assignment(**fields: object) -> Assignment:
    user = make.UserFactory()
    return Assignment.objects.create(**{"claim": make.ClaimFactory(), "assignee": user, "assigned_by": user} | fields)


def create_error_report(**fields: object) -> ErrorReport:
    return ErrorReport.objects.create(**{"text": "The date is wrong."} | fields)


def decide_error_report(**fields: object) -> ErrorReport:
    decision = {"state": "answered", "decided_by": make.UserFactory(), "decided_at": NOW}
    return create_error_report(**decision | fields)


def create_delivery(**fields: object) -> Delivery:
    return Delivery.objects.create(**{"origin": "api", "url": "https://example.org/1", "request_key": HASH} | fields)


def create_feed(**fields: object) -> Feed:
    return Feed.objects.create(**{"url": "https://example.org/feed"} | fields)


def create_external_review(**fields: object) -> ExternalReview:
    values = {
        "claim_text": "Rivers rose.",
        "rating": "False",
        "publisher": "Fakty",
        "review_url": "https://example.org/1",
    }
    return ExternalReview.objects.create(**values | fields)


def create_rating_mapping(**fields: object) -> RatingMapping:
    return RatingMapping.objects.create(**{"publisher": "Checks", "words": "Hoax"} | fields)


def create_imported_verification(**fields: object) -> Verification:
    values = {"approver": None, "review_url": "https://example.org/1"}
    return make.VerificationFactory(published=True, **values | fields)


def import_review_twice() -> None:
    for _ in range(2):
        row = create_imported_verification()
        ImportedReview.objects.create(page_key="a", claim_key="b", claim=row.claim, verification=row)


def break_feed_key() -> None:
    create_feed()
    Feed.objects.update(page_key="")


def end_delivery(**fields: object) -> Delivery:
    snapshot = make.SnapshotFactory()
    ended = {"state": "stored", "next_at": None, "finished_at": NOW, "snapshot": snapshot, "source": snapshot.source}
    return create_delivery(**ended | fields)


def refuse_delivery(**fields: object) -> Delivery:
    reason = {"problem": "gone", "reason": "The page is gone."}
    return end_delivery(**{"state": "refused", "snapshot": None, "source": None} | reason | fields)


def store_raw_content(**fields: object) -> RawContent:
    return RawContent.objects.create(**{"sha256": HASH, "compressed": b"", "size": 0} | fields)


def create_site_page() -> SitePage:
    SitePage.objects.filter(slug="about").delete()  # the one of the installation has no history
    return SitePage.objects.create(slug="about")


def create_notice(**fields: object) -> Notice:
    defaults = {"kind": "mentioned", "channel": "email", "recipient": make.UserFactory(), "claim": make.ClaimFactory()}
    return Notice.objects.create(**{**defaults, "summary": "Rivers", "due_at": NOW, **fields})


def create_preference(**fields: object) -> NoticePreference:
    return NoticePreference.objects.create(
        **{"user": make.UserFactory(), "kind": "mentioned", "delivery": "daily", **fields}
    )


def create_duplicate_preference() -> None:
    create_preference(user=create_preference().user)


def create_comment(**fields: object) -> Comment:
    defaults = {"claim": make.ClaimFactory(), "author": make.UserFactory(), "text": "Is this so?"}
    return Comment.objects.create(**defaults | fields)


def create_duplicate_mention() -> None:
    comment, user = create_comment(), make.UserFactory()
    Mention.objects.create(comment=comment, user=user)
    Mention.objects.create(comment=comment, user=user)


def create_change(**fields: object) -> Change:
    return Change.objects.create(**{"kind": "quotes", "object_id": 1, "changed_at": NOW, **fields})


def store_reader_key(**fields: object) -> ReaderKey:
    return ReaderKey.objects.create(**{"name": "Site", "digest": HASH, "made_by": make.UserFactory(), **fields})


def create_invitation(**fields: object) -> Invitation:
    return Invitation.objects.create(**{"email": "ann@example.org", "delivery": "mailed", "digest": HASH, **fields})


def accept_invitation(**fields: object) -> Invitation:
    return create_invitation(**{"accepted_at": NOW, "account": make.UserFactory(), **fields})


def accept_own_invitation() -> None:
    user = make.UserFactory()
    accept_invitation(account=user, invited_by=user)


def create_watch(**fields: object) -> Watch:
    return Watch.objects.create(source=make.SourceFactory(), **fields)


def create_copy(**fields: object) -> EvidenceCopy:
    return EvidenceCopy.objects.create(evidence=make.EvidenceFactory(), url="https://example.org/", **fields)


def create_duplicate_view() -> None:
    owner = make.UserFactory()
    for listing in ("claims.claim", "claims.quote"):
        SavedView.objects.create(name="Rivers", owner=owner, listing=listing)


def create_duplicate_repeat() -> None:
    quote, day = make.QuoteFactory(accepted=True), timezone.now().date()
    for _ in range(2):
        Repeat.objects.create(claim=quote.claim, quote=quote, said_on=day, rated_on=day, outlet="The Daily Example")


def create_second_skip() -> None:
    quote, editor = make.QuoteFactory(), make.UserFactory()
    for _ in range(2):
        Skip.objects.create(quote=quote, editor=editor)


def create_tie(**fields: object) -> AccountTie:
    values = {"account": make.UserFactory, "person": make.UserFactory}
    missing = {name: factory() for name, factory in values.items() if name not in fields}
    return AccountTie.objects.create(**{"reason": "created"} | missing | fields)


def create_second_open_tie() -> None:
    tie = create_tie()
    create_tie(account=tie.account, person=tie.person)


def tie_account_to_itself() -> None:
    user = make.UserFactory()
    create_tie(account=user, person=user)


def confirmed_by_one_of_them(role: str) -> Callable[[], object]:
    def confirm() -> None:
        user = make.UserFactory()
        create_tie(**{role: user}, confirmation="administrator", confirmed_at=NOW, confirmed_by=user)

    return confirm


def change_tie(**fields: object) -> Callable[[], object]:
    return lambda: AccountTie.objects.filter(pk=create_tie().pk).update(**fields)


def change_confirmed_tie(**fields: object) -> Callable[[], object]:
    def change() -> None:
        tie = create_tie(confirmation="operator", confirmed_at=NOW)
        AccountTie.objects.filter(pk=tie.pk).update(**fields)

    return change


def delete_tie() -> None:
    AccountTie.objects.filter(pk=create_tie().pk).delete()


def tied_accounts(hops: int) -> tuple[User, User]:
    """Two accounts with a chain of so many ties between them, in both directions."""
    first = person = make.UserFactory()
    for hop in range(hops):
        other = make.UserFactory()
        account, by = (other, person) if hop % 2 else (person, other)
        create_tie(account=account, person=by)
        person = other
    return first, person


def insert_published_by_tied(hops: int) -> Callable[[], object]:
    def insert() -> None:
        author, approver = tied_accounts(hops)
        make.VerificationFactory(published=True, author=author, approver=approver)

    return insert


def approve_by_tied(hops: int) -> Callable[[], object]:
    def approve() -> None:
        author, approver = tied_accounts(hops)
        row = make.VerificationFactory(author=author)
        Verification.objects.filter(pk=row.pk).update(approver=approver)

    return approve


def create_audit_entry(**fields: object) -> AuditEntry:
    return AuditEntry.objects.create(**{"action": "changed", "kind": "quote", "object_id": "1"} | fields)


def create_sealed_entry(number: int = 1) -> AuditEntry:
    return create_audit_entry(number=number, previous_hash=HASH, hash=HASH)


def change_audit_entry(create: Callable[[], AuditEntry], **fields: object) -> Callable[[], object]:
    return lambda: AuditEntry.objects.filter(pk=create().pk).update(**fields)


def delete_audit_entry() -> None:
    AuditEntry.objects.filter(pk=create_audit_entry().pk).delete()


def rename_who_decided() -> None:
    quote = make.QuoteFactory(accepted=True)
    User.objects.filter(pk=quote.decided_by_id).update(username="another")


def write_unknown_cause(create: Callable[[], models.Model]) -> Callable[[], object]:
    return lambda: create().history.update(history_cause="gossip")


def create_merge(**fields: object) -> SpeakerMerge:
    return SpeakerMerge.objects.create(
        **{
            "kept": make.SpeakerFactory(),
            "merged": make.SpeakerFactory(),
            "merged_by": make.UserFactory(),
            "moved": {},
            **fields,
        }
    )


def create_anchored_copy(**fields: object) -> EvidenceCopy:
    copied = {"raw": store_raw_content(), "retrieved_at": NOW, "text": "The rivers.", "sha256": HASH}
    return create_copy(**copied | {"start": 4, "end": 11, "exact": "rivers."} | fields)


def create_anchor(**fields: object) -> Anchor:
    quote = make.QuoteFactory()
    later = make.SnapshotFactory(source=quote.snapshot.source, text="Later. " + quote.snapshot.text)
    return Anchor.objects.create(**{"quote": quote, "snapshot": later, "state": "moved", "spans": [[24, 40]], **fields})


def create_duplicate_anchor() -> None:
    anchor = create_anchor()
    Anchor.objects.create(quote=anchor.quote, snapshot=anchor.snapshot, state="orphaned")


def correct_field(**fields: object) -> CorrectedField:
    defaults = {"correction": create_correction(), "field": "wording", "before": "Rivers are full."}
    return CorrectedField.objects.create(**defaults | fields)


def create_correction(**fields: object) -> Correction:
    return Correction.objects.create(
        **{
            "claim": make.ClaimFactory(),
            "kind": "correction",
            "text": "A date.",
            "reason": "It was wrong.",
            "made_by": make.UserFactory(),
            **fields,
        }
    )


def create_relation(**fields: object) -> ClaimRelation:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    return ClaimRelation.objects.create(**{"first": first, "second": second, "kind": "repeats", **fields})


def create_reversed_relation() -> None:
    first, second = make.ClaimFactory(), make.ClaimFactory()
    create_relation(first=second, second=first, kind="contradicts")


def create_duplicate_relation() -> None:
    relation = create_relation()
    create_relation(first=relation.second, second=relation.first, kind="updates")


def create_relation_to_itself() -> None:
    claim = make.ClaimFactory()
    create_relation(first=claim, second=claim)


def create_amendment(**fields: object) -> ClaimAmendment:
    defaults = {"author": make.UserFactory(), "text": "Rivers rise.", "was_text": "Rivers are full.", "what": "A word."}
    return ClaimAmendment.objects.create(
        **{**defaults, "claim": fields.get("claim") or make.ClaimFactory(), "why": "It was wrong.", **fields}
    )


def create_second_open_amendment() -> None:
    create_amendment(claim=create_amendment().claim)


def merge_claim_into_itself() -> None:
    claim = make.ClaimFactory()
    claim.merged_into = claim
    claim.save()


def merge_speaker_into_itself() -> None:
    speaker = make.SpeakerFactory()
    speaker.merged_into = speaker
    speaker.save()


def create_second_source_of_page() -> None:
    for url in ("https://example.org/1", "http://www.example.org/1/?utm_source=mail#top"):
        make.SourceFactory(url=url)


def merge_source_into_itself() -> None:
    source = make.SourceFactory()
    source.merged_into = source
    source.save()


def record_merge_of_source_with_itself() -> None:
    source = make.SourceFactory()
    SourceMerge.objects.create(kept=source, merged=source, moved={})


def create_source_relation(**fields: object) -> SourceRelation:
    sources = {name: make.SourceFactory() for name in ("first", "second") if name not in fields}
    return SourceRelation.objects.create(**{"kind": "copy", "shared": 0.9, **sources, **fields})


def create_reversed_source_relation() -> None:
    relation = create_source_relation()
    create_source_relation(first=relation.second, second=relation.first)


def translate_from_itself(quote: Quote) -> None:
    Quote.objects.filter(pk=quote.pk).update(translation_of=quote)


def relate_source_to_itself() -> None:
    source = make.SourceFactory()
    create_source_relation(first=source, second=source)


def create_twice(factory: Callable[..., models.Model], **fields: object) -> Callable[[], object]:
    return lambda: [factory(**fields), factory(**fields)]


def create_duplicate_snapshot() -> None:
    snapshot = make.SnapshotFactory()
    make.SnapshotFactory(source=snapshot.source, text=snapshot.text)


def create_duplicate_name() -> None:
    name = make.SpeakerNameFactory(name="Ann Lee")
    make.SpeakerNameFactory(speaker=name.speaker, name="ann  LEE")


def publish_second_verdict() -> None:
    verification = make.VerificationFactory(published=True)
    make.VerificationFactory(published=True, claim=verification.claim)


def merge_speaker_twice() -> None:
    merge = create_merge()
    create_merge(merged=merge.merged)


def merge_speaker_with_itself() -> None:
    speaker = make.SpeakerFactory()
    create_merge(kept=speaker, merged=speaker)


def approve_own_verification() -> None:
    user = make.UserFactory()
    make.VerificationFactory(published=True, author=user, approver=user)


def update_behind_model(
    factory: Callable[..., models.Model], field: str, value: object, **fields: object
) -> Callable[[], object]:
    """Builds a call that changes a row without the model, as `.update()` and other programs do."""
    return lambda: type(row := factory(**fields))._default_manager.filter(pk=row.pk).update(**{field: value})


def create_published_evidence() -> models.QuerySet[Evidence]:
    evidence = make.EvidenceFactory(verification=make.VerificationFactory(published=True))
    return Evidence.objects.filter(pk=evidence.pk)


BREAKS: dict[str, list[Callable[[], object]]] = {
    "source_url_is_unique": [create_twice(make.SourceFactory, url="https://localhost/1")],
    "source_page_is_unique": [create_second_source_of_page],
    "source_is_not_merged_into_itself": [merge_source_into_itself],
    "source_merge_is_of_two_sources": [record_merge_of_source_with_itself],
    "source_relation_is_unique": [create_reversed_source_relation],
    "source_relation_is_not_to_itself": [relate_source_to_itself],
    "source_relation_kind_is_known": [lambda: create_source_relation(kind="rumour")],
    "source_relation_state_is_known": [lambda: create_source_relation(state="believed", decided_by=make.UserFactory())],
    "source_relation_shares_a_part_of_the_text": [
        lambda: create_source_relation(shared=1.1),
        lambda: create_source_relation(shared=-0.1),
    ],
    "source_relation_is_decided_by_a_person": [
        lambda: create_source_relation(state="confirmed"),
        lambda: create_source_relation(decided_by=make.UserFactory()),
    ],
    "historicalsourcerelation_cause_is_known": [write_unknown_cause(create_source_relation)],
    "source_kind_is_known": [lambda: make.SourceFactory(kind="rumour")],
    "source_language_origin_is_known": [lambda: make.SourceFactory(language_origin="guessed")],
    "source_is_not_translated_from_its_own_language": [lambda: make.SourceFactory(language="en", translated_from="en")],
    "snapshot_is_unique_per_source_and_sha256": [create_duplicate_snapshot],
    "snapshot_sha256_is_lowercase_hex": [lambda: make.SnapshotFactory(sha256="A" * 64)],
    "snapshot_text_is_not_empty": [lambda: make.SnapshotFactory(text="", sha256=HASH)],
    "snapshot_is_immutable": [
        update_behind_model(make.SnapshotFactory, "text", "Something else."),
        update_behind_model(make.SnapshotFactory, "sha256", HASH),
        lambda: Snapshot.objects.filter(pk=make.SnapshotFactory().pk).update(source=make.SourceFactory()),
    ],
    "speaker_wikidata_id_is_unique": [create_twice(make.SpeakerFactory, wikidata_id="Q42")],
    "speaker_kind_is_known": [lambda: make.SpeakerFactory(kind="robot")],
    "speaker_name_is_not_empty": [lambda: make.SpeakerFactory(name="", with_name="Ann Lee")],
    "speaker_is_not_merged_into_itself": [merge_speaker_into_itself],
    "speaker_name_is_unique_per_speaker": [create_duplicate_name],
    "speaker_name_has_a_key": [update_behind_model(make.SpeakerNameFactory, "key", "")],
    "position_starts_before_it_ends": [
        lambda: Position.objects.create(
            speaker=make.SpeakerFactory(),
            title="Minister",
            held_from=dt.date(2025, 1, 2),
            held_to=dt.date(2025, 1, 1),
        )
    ],
    "merge_suggestion_is_unique": [create_duplicate_suggestion],
    "merge_suggestion_is_in_order": [create_reversed_suggestion],
    "merge_suggestion_score_is_a_share": [lambda: create_suggestion(score=1.1)],
    "merge_suggestion_state_is_known": [lambda: create_suggestion(state="perhaps")],
    "speaker_is_merged_once_at_a_time": [merge_speaker_twice],
    "merge_is_of_two_speakers": [merge_speaker_with_itself],
    "assignment_is_of_one_object": [
        lambda: create_assignment(claim=None),
        lambda: create_assignment(source=make.SourceFactory()),
        lambda: create_assignment(verification=make.VerificationFactory(), source=make.SourceFactory(), claim=None),
    ],
    "notice_kind_is_known": [lambda: create_notice(kind="gossip")],
    "notice_channel_is_known": [lambda: create_notice(channel="fax", recipient=None)],
    "notice_by_email_has_a_recipient": [
        lambda: create_notice(recipient=None),
        lambda: create_notice(channel="chat"),
    ],
    "notice_is_about_one_object": [
        lambda: create_notice(claim=None),
        lambda: create_notice(source=make.SourceFactory()),
    ],
    "notice_preference_is_unique": [create_duplicate_preference],
    "notice_preference_kind_is_known": [lambda: create_preference(kind="gossip")],
    "notice_preference_delivery_is_known": [lambda: create_preference(delivery="hourly")],
    "comment_is_on_one_thing": [
        lambda: create_comment(claim=None),
        lambda: create_comment(quote=make.QuoteFactory()),
        lambda: create_comment(claim=None, quote=make.QuoteFactory(), verification=make.VerificationFactory()),
    ],
    "comment_says_something": [lambda: create_comment(text="")],
    "comment_is_not_edited": [lambda: Comment.objects.filter(pk=create_comment().pk).update(text="Something else.")],
    "mention_is_unique_per_comment": [create_duplicate_mention],
    "saved_view_name_is_unique_per_owner": [create_duplicate_view],
    "change_has_a_moment": [lambda: create_change(changed_at=None)],
    "change_is_one_a_thing": [lambda: [create_change(), create_change()]],
    "change_kind_is_known": [lambda: create_change(kind="people")],
    "change_says_why_it_is_gone": [
        lambda: create_change(gone_at=NOW),
        lambda: create_change(cause="rejected"),
        lambda: create_change(merged_into=2),
        lambda: create_change(gone_at=NOW, cause="bored"),
        lambda: create_change(gone_at=NOW, cause="rejected", changed_at=None, due_at=NOW),
    ],
    "reader_key_has_a_name": [lambda: store_reader_key(name="")],
    "reader_key_is_revoked_by_somebody": [
        lambda: store_reader_key(revoked_at=NOW),
        lambda: store_reader_key(revoked_by=make.UserFactory()),
    ],
    "reader_key_scope_is_known": [lambda: store_reader_key(scope="write")],
    "reader_key_rate_is_sound": [
        lambda: store_reader_key(per_minute=0),
        lambda: store_reader_key(per_minute=1_000_001),
    ],
    "invitation_has_an_address": [lambda: create_invitation(email="")],
    "invitation_delivery_is_known": [lambda: create_invitation(delivery="pigeon")],
    "invitation_is_accepted_by_an_account": [
        lambda: create_invitation(accepted_at=NOW),
        lambda: create_invitation(account=make.UserFactory()),
    ],
    "invitation_is_accepted_or_withdrawn": [lambda: accept_invitation(withdrawn_at=NOW)],
    "invitation_second_factor_follows_acceptance": [
        lambda: accept_invitation(second_factor_at=NOW - dt.timedelta(seconds=1)),
        lambda: create_invitation(second_factor_at=NOW),
    ],
    "invitation_is_of_another": [accept_own_invitation],
    "saved_view_has_a_name": [lambda: SavedView.objects.create(name="", owner=make.UserFactory())],
    "operation_verb_is_known": [
        lambda: Operation.objects.create(summary="?", editor=make.UserFactory()),
        lambda: Operation.objects.create(verb="ponder", summary="?", editor=make.UserFactory()),
    ],
    "operation_does_not_undo_itself": [
        lambda: Operation.objects.create(pk=7, verb="undo", summary="?", editor=make.UserFactory(), undoes_id=7)
    ],
    "skip_of_quote_is_unique_per_editor": [create_second_skip],
    "rating_value_is_on_its_scale": [
        lambda: Rating.objects.create(name="Six", slug="six", value=6),
        lambda: Rating.objects.create(name="Backwards", slug="backwards", worst=5, best=1),
    ],
    "rating_slug_is_not_a_status": [lambda: Rating.objects.create(name="Unreviewed", slug="unreviewed")],
    "claim_text_is_not_empty": [lambda: make.ClaimFactory(text="")],
    "claim_released_has_confirmed_wording": [lambda: make.ClaimFactory(released=True, wording_confirmed_at=None)],
    "claim_is_released_before_retracted": [lambda: make.ClaimFactory(retracted_at=NOW)],
    "claim_is_merged_into_another_or_retracted": [
        merge_claim_into_itself,
        lambda: make.ClaimFactory(released=True, retracted_at=NOW, merged_into=make.ClaimFactory()),
    ],
    "relation_is_unique": [create_duplicate_relation],
    "relation_is_not_to_itself": [create_relation_to_itself],
    "relation_is_in_order": [create_reversed_relation],
    "relation_kind_is_known": [lambda: create_relation(kind="echoes")],
    "relation_state_is_known": [lambda: create_relation(state="perhaps", decided_by=make.UserFactory())],
    "relation_score_is_a_share": [lambda: create_relation(score=1.01), lambda: create_relation(score=-0.01)],
    "relation_is_decided_by_a_person": [
        lambda: create_relation(state="confirmed"),
        lambda: create_relation(decided_by=make.UserFactory()),
    ],
    "amendment_one_open_per_claim": [create_second_open_amendment],
    "amendment_state_is_known": [lambda: create_amendment(state="lost", decided_by=make.UserFactory(), decided_at=NOW)],
    "amendment_says_text_what_and_why": [
        lambda: create_amendment(text=""),
        lambda: create_amendment(what=""),
        lambda: create_amendment(why=""),
    ],
    "amendment_is_decided_by_a_person": [
        lambda: create_amendment(state="published", decided_at=NOW),
        lambda: create_amendment(decided_by=make.UserFactory()),
    ],
    "quote_act_is_known": [lambda: make.QuoteFactory(act="rumour")],
    "quote_kind_is_known": [lambda: make.QuoteFactory(kind="hearsay")],
    "quote_decision_is_known": [
        lambda: make.QuoteFactory(decision="maybe", decided_by=make.UserFactory(), decided_at=NOW)
    ],
    "quote_mention_kind_is_known": [lambda: make.QuoteFactory(mention_kind="title")],
    "quote_speaker_confidence_is_a_share": [
        lambda: make.QuoteFactory(speaker_confidence=1.01),
        lambda: make.QuoteFactory(speaker_confidence=-0.01),
    ],
    "quote_only_rejected_has_a_reason": [
        lambda: make.QuoteFactory(rejection_reason="duplicate"),
        lambda: make.QuoteFactory(rejected=True, rejection_reason="dull"),
    ],
    "quote_confidence_is_a_share": [
        lambda: make.QuoteFactory(confidence=1.01),
        lambda: make.QuoteFactory(confidence=-0.01),
    ],
    "quote_decision_has_its_editor_and_moment": [
        lambda: make.QuoteFactory(decision="accepted"),
        lambda: make.QuoteFactory(decision="rejected", decided_at=NOW),
        lambda: make.QuoteFactory(decided_by=make.UserFactory()),
    ],
    "quote_accepted_has_a_speaker": [
        lambda: make.QuoteFactory(decision="accepted", decided_by=make.UserFactory(), decided_at=NOW, speaker=None)
    ],
    "quote_is_not_its_own_translation": [lambda: translate_from_itself(make.QuoteFactory())],
    "quote_text_is_not_empty": [lambda: make.QuoteFactory(text="")],
    "quote_exact_is_slice": [
        lambda: make.QuoteFactory(exact="Rivers are fill."),
        lambda: make.QuoteFactory(exact="rivers are full."),
        lambda: make.QuoteFactory(spans=[[17, 32]], exact="Rivers are full."),
        lambda: make.QuoteFactory(spans=[[17, 33], [10, 14]], end=14, exact="Rivers are full. said"),
        lambda: make.QuoteFactory(spans=[[17, 33], [32, 33]], exact="Rivers are full. ."),
        lambda: make.QuoteFactory(spans=[[17, 9999]], end=9999),
        lambda: make.QuoteFactory(spans=[[-3, 14]], exact="x"),
        lambda: make.QuoteFactory(spans=[[17, "33"]]),
        lambda: make.QuoteFactory(spans=[[17.5, 33]]),
        lambda: make.QuoteFactory(spans=[17, 33]),
        lambda: make.QuoteFactory(spans=[], exact=""),
        lambda: make.QuoteFactory(spans=[[9, 9]], start=9, end=9, exact=""),
        lambda: make.QuoteFactory(spans={"a": 1}),
        lambda: make.QuoteFactory(spans=[[17, 33, 34]]),
        lambda: make.QuoteFactory(spans=[[33, 17]], start=33, end=17, exact=""),
        lambda: make.QuoteFactory(cue_spans=[[10 + 2**32, 14 + 2**32]]),
        lambda: make.QuoteFactory(cue_spans=[[14, 10]], cue=""),
        lambda: make.QuoteFactory(mention_spans=[[9000, 9009]], mention=""),
        lambda: make.QuoteFactory(spans=[[17, 33]], start=16),
        lambda: make.QuoteFactory(spans=[[17, 33]], end=34, exact="Rivers are full."),
        lambda: make.QuoteFactory(cue="says"),
        lambda: make.QuoteFactory(cue="said", cue_spans=[]),
        lambda: make.QuoteFactory(mention="Lena"),
        lambda: make.QuoteFactory(mention_spans=[[0, 9], [0, 9]]),
        update_behind_model(make.QuoteFactory, "exact", "Rivers are empty."),
        update_behind_model(make.QuoteFactory, "spans", [[18, 33]]),
        lambda: Quote.objects.filter(pk=make.QuoteFactory().pk).update(
            snapshot=make.SnapshotFactory(text="Another text altogether, of a good length.")
        ),
    ],
    "anchor_is_unique": [create_duplicate_anchor],
    "anchor_has_spans_where_it_is_found": [
        lambda: create_anchor(spans=None),
        lambda: create_anchor(state="lost"),
        lambda: create_anchor(state="orphaned"),
    ],
    "anchor_is_settled_by_somebody": [
        lambda: create_anchor(settled_at=timezone.now()),
        lambda: create_anchor(settled_by=make.UserFactory()),
        lambda: create_anchor(state="ambiguous", spans=None, settled_by=make.UserFactory(), settled_at=timezone.now()),
    ],
    "anchor_is_slice": [lambda: create_anchor(spans=[[23, 39]]), lambda: create_anchor(spans=[[24, 9999]])],
    "evidencecopy_says_why_a_page_is_gone": [lambda: create_copy(gone_at=NOW)],
    "evidencecopy_says_why_it_failed": [lambda: create_copy(failures=1)],
    "anchor_passage_has_both_ends": [
        lambda: create_anchor(passage_start=3),
        lambda: create_anchor(passage_start=3, passage_end=3),
    ],
    "evidence_copy_exact_is_slice": [
        lambda: create_anchored_copy(exact="rivers"),
        lambda: create_anchored_copy(start=None),
        lambda: create_anchored_copy(end=None),
        lambda: create_anchored_copy(end=0, exact=""),
        lambda: create_copy(prefix="The "),
    ],
    "evidence_copy_has_its_bytes": [lambda: create_copy(text="Rivers.", sha256=HASH)],
    "evidence_copy_sha256_is_lowercase_hex": [
        lambda: create_copy(sha256=HASH),
        lambda: create_copy(raw=store_raw_content(), retrieved_at=NOW, text="Rivers.", sha256=HASH.upper()),
    ],
    "watch_says_why_a_page_is_gone": [lambda: create_watch(gone_at=NOW)],
    "watch_says_why_it_failed": [lambda: create_watch(failures=1)],
    "verification_state_is_known": [
        lambda: make.VerificationFactory(submitted=True, state="shelved"),
    ],
    "verification_one_current_per_claim": [publish_second_verdict],
    "verification_approver_is_not_author": [approve_own_verification],
    "verification_rating_needed_once_submitted": [
        lambda: make.VerificationFactory(submitted=True, rating=None),
        lambda: make.VerificationFactory(submitted=True, explanation=""),
        lambda: make.VerificationFactory(submitted=True, fingerprint=""),
        lambda: make.VerificationFactory(submitted=True, submitted_at=None),
        lambda: make.VerificationFactory(state="withdrawn"),
    ],
    "verification_published_has_approver_and_moment": [
        lambda: make.VerificationFactory(submitted=True, state="published"),
        lambda: make.VerificationFactory(published=True, published_at=None),
        lambda: make.VerificationFactory(submitted=True, state="superseded"),
    ],
    "verification_imported_was_published_elsewhere": [
        lambda: create_imported_verification(approver=make.UserFactory()),
        lambda: create_imported_verification(state="submitted"),
        lambda: create_imported_verification(reopened_from=make.VerificationFactory()),
    ],
    "verification_is_imported_or_not": [
        update_behind_model(make.VerificationFactory, "review_url", "https://example.org/1", published=True),
        lambda: Verification.objects.filter(pk=create_imported_verification().pk).update(review_url=""),
    ],
    "imported_review_is_unique": [import_review_twice],
    "rating_mapping_is_unique": [lambda: [create_rating_mapping(), create_rating_mapping()]],
    "rating_mapping_has_words": [lambda: create_rating_mapping(words="")],
    "rating_mapping_is_made_by_a_person": [
        lambda: create_rating_mapping(rating=Rating.objects.get(slug="true")),
        lambda: create_rating_mapping(mapped_by=make.UserFactory()),
    ],
    "external_review_is_unique": [lambda: [create_external_review(), create_external_review(rating="True")]],
    "external_review_says_who_found_what": [
        lambda: create_external_review(claim_text=""),
        lambda: create_external_review(rating=""),
        lambda: create_external_review(publisher=""),
    ],
    "external_review_has_a_web_address": [lambda: create_external_review(review_url="javascript:alert(1)")],
    "external_review_is_linked_by_a_person": [
        lambda: create_external_review(claim=make.ClaimFactory()),
        lambda: create_external_review(linked_by=make.UserFactory()),
    ],
    "verification_is_append_only": [
        update_behind_model(make.VerificationFactory, "explanation", "Another.", published=True),
        update_behind_model(make.VerificationFactory, "fingerprint", HASH, published=True),
        update_behind_model(make.VerificationFactory, "rating", None, published=True),
        update_behind_model(make.VerificationFactory, "explanation", "Another.", published=True, state="superseded"),
    ],
    "verification_ends_for_good": [
        update_behind_model(make.VerificationFactory, "state", "submitted", published=True),
        update_behind_model(make.VerificationFactory, "state", "draft", published=True, state="superseded"),
        update_behind_model(make.VerificationFactory, "state", "published", submitted=True, state="withdrawn"),
    ],
    "evidence_is_append_only": [
        lambda: create_published_evidence().update(note="Another."),
        lambda: create_published_evidence().update(verification=make.VerificationFactory()),
    ],
    "evidence_stance_is_known": [lambda: make.EvidenceFactory(stance="neutral")],
    "evidence_has_a_url_or_a_source": [lambda: make.EvidenceFactory(url="")],
    "correction_kind_is_known": [lambda: create_correction(kind="apology")],
    "account_tie_reason_is_known": [lambda: create_tie(reason="cousin")],
    "account_tie_is_to_another": [tie_account_to_itself],
    "account_tie_is_open_once": [create_second_open_tie],
    "account_tie_is_confirmed_by_a_third": [
        confirmed_by_one_of_them("account"),
        confirmed_by_one_of_them("person"),
        lambda: create_tie(confirmed_at=NOW),
        lambda: create_tie(confirmation="operator"),
        lambda: create_tie(confirmation="administrator", confirmed_at=NOW),
        lambda: create_tie(confirmation="operator", confirmed_at=NOW, confirmed_by=make.UserFactory()),
    ],
    "account_tie_is_kept": [delete_tie],
    "account_tie_is_what_happened": [
        change_tie(reason="email"),
        change_tie(created_at=NOW - dt.timedelta(1)),
        lambda: AccountTie.objects.filter(pk=create_tie().pk).update(person=make.UserFactory()),
    ],
    "account_tie_ends_for_good": [
        change_confirmed_tie(confirmed_at=None, confirmation=""),
        change_confirmed_tie(confirmed_at=NOW - dt.timedelta(1)),
        change_confirmed_tie(confirmation="second factor"),
    ],
    "verification_approver_is_another_person": [insert_published_by_tied(hops) for hops in (1, 2, 3)],
    "verification_approver_becomes_another_person": [approve_by_tied(hops) for hops in (1, 2, 3)],
    "audit_entry_says_what_was_done": [lambda: create_audit_entry(action="")],
    "audit_entry_is_sealed_whole": [
        lambda: create_audit_entry(number=1),
        lambda: create_audit_entry(hash=HASH, previous_hash=HASH),
        lambda: create_audit_entry(number=0, hash=HASH, previous_hash=HASH),
    ],
    "audit_entry_is_kept": [delete_audit_entry],
    "audit_entry_is_what_happened": [
        change_audit_entry(create, **{field: value})
        for create in (create_audit_entry, create_sealed_entry)
        for field, value in [("action", "deleted"), ("at", NOW - dt.timedelta(1)), ("actor_name", "eva")]
    ],
    "audit_entry_is_sealed": [
        change_audit_entry(create_sealed_entry, **fields)
        for fields in (
            {"number": 2},
            {"number": None, "hash": "", "previous_hash": ""},
            {"hash": "b" * 64},
            {"details": {"changed": []}},
        )
    ],
    "account_name_stays": [rename_who_decided],
    "correction_is_of_a_claim_or_a_quote": [
        lambda: create_correction(claim=None),
        lambda: create_correction(
            claim=None, quote=make.QuoteFactory(claim=None), verification=make.VerificationFactory()
        ),
    ],
    "corrected_field_is_known": [lambda: correct_field(field="tone")],
    "corrected_field_differs": [lambda: correct_field(after="Rivers are full.")],
    "correction_says_what_and_why": [lambda: create_correction(text=""), lambda: create_correction(reason="")],
    "raw_content_is_stored_once": [lambda: [store_raw_content(), store_raw_content()]],
    "raw_content_sha256_is_lowercase_hex": [lambda: store_raw_content(sha256="A" * 64)],
    "feed_state_is_known": [lambda: create_feed(state="asleep", reason="it is tired")],
    "feed_kind_is_known": [lambda: create_feed(kind="gopher")],
    "feed_has_an_address": [break_feed_key],
    "feed_interval_is_sound": [lambda: create_feed(interval_minutes=9), lambda: create_feed(interval_minutes=1441)],
    "feed_that_fails_says_why": [lambda: create_feed(failures=1), lambda: create_feed(state="ended")],
    "delivery_origin_is_known": [lambda: create_delivery(origin="fax")],
    "delivery_state_is_known": [lambda: end_delivery(state="lost", snapshot=None)],
    "delivery_total_state_is_known": [lambda: DeliveryTotal.objects.create(state="lost")],
    "delivery_problem_is_known": [lambda: create_delivery(problem="gossip")],
    "delivery_has_an_address_or_content": [lambda: create_delivery(url="")],
    "delivery_is_open_once": [lambda: [create_delivery(), create_delivery()]],
    "delivery_waits_for_a_moment": [
        lambda: create_delivery(next_at=None),
        lambda: end_delivery(next_at=NOW),
    ],
    "delivery_is_leased_while_worked_on": [
        lambda: create_delivery(state="working", next_at=None, leased_until=NOW),
        lambda: create_delivery(state="working", next_at=None, worker="here 1"),
        lambda: create_delivery(leased_until=NOW),
        lambda: end_delivery(worker="here 1"),
    ],
    "delivery_ends_at_a_moment": [
        lambda: end_delivery(finished_at=None),
        lambda: create_delivery(finished_at=NOW),
    ],
    "delivery_that_succeeds_has_its_snapshot": [
        lambda: end_delivery(snapshot=None),
        lambda: end_delivery(source=None),
        lambda: create_delivery(snapshot=make.SnapshotFactory()),
        lambda: refuse_delivery(snapshot=make.SnapshotFactory()),
    ],
    "delivery_that_fails_says_why": [
        lambda: refuse_delivery(problem=""),
        lambda: refuse_delivery(reason=""),
    ],
    "error_report_is_on_one_row_or_none": [
        lambda: create_error_report(kind="claims"),
        lambda: create_error_report(object_id=1),
    ],
    "error_report_kind_is_known": [lambda: create_error_report(kind="rumours", object_id=1)],
    "error_report_says_something_until_erased": [
        lambda: create_error_report(text=""),
        lambda: decide_error_report(erased_at=NOW),
        lambda: decide_error_report(text="", contact="ann@example.org", erased_at=NOW),
    ],
    "error_report_state_is_known": [lambda: decide_error_report(state="lost")],
    "error_report_is_decided_by_a_person": [
        lambda: create_error_report(state="dismissed"),
        lambda: create_error_report(decided_by=make.UserFactory(), decided_at=NOW),
        lambda: create_error_report(text="", erased_at=NOW),
    ],
    "error_report_public_answer_says_something": [
        lambda: decide_error_report(is_public=True),
        lambda: decide_error_report(is_public=True, answer="Mended.", state="dismissed"),
    ],
    "site_page_slug_is_known": [lambda: SitePage.objects.create(slug="sports")],
    "repeat_is_unique": [create_duplicate_repeat],
    "claim_type_is_known": [lambda: make.ClaimFactory(claim_type="rumour")],
    "weight_set_origin_is_known": [
        lambda: WeightSet.objects.create(
            base=0, weights={}, origin="guessed", adopted_at=timezone.now(), adopted_by=make.UserFactory()
        )
    ],
    "weight_set_is_adopted_or_a_fitted_proposal": [
        lambda: WeightSet.objects.create(base=0, weights={}, origin="edited"),
        lambda: WeightSet.objects.create(base=0, weights={}, origin="fitted", adopted_at=timezone.now()),
        lambda: WeightSet.objects.create(base=0, weights={}, origin="fitted", adopted_by=make.UserFactory()),
    ],
}
ROWS_WITH_HISTORY: dict[str, Callable[[], models.Model]] = {
    "assignment": create_assignment,
    "anchor": create_anchor,
    "claim": make.ClaimFactory,
    "claimamendment": create_amendment,
    "claimrelation": create_relation,
    "errorreport": create_error_report,
    "evidence": make.EvidenceFactory,
    "externalreview": create_external_review,
    "mergesuggestion": create_suggestion,
    "position": lambda: Position.objects.create(speaker=make.SpeakerFactory(), title="Mayor"),
    "quote": make.QuoteFactory,
    "rating": lambda: Rating.objects.create(name="Half true", slug="half-true"),
    "sitepage": create_site_page,
    "source": make.SourceFactory,
    "speaker": make.SpeakerFactory,
    "speakermerge": create_merge,
    "speakername": make.SpeakerNameFactory,
    "topic": make.TopicFactory,
    "verification": make.VerificationFactory,
}
BREAKS |= {
    f"historical{name}_cause_is_known": [write_unknown_cause(create)] for name, create in ROWS_WITH_HISTORY.items()
}
TRIGGERS = {
    "account_name_stays",
    "account_tie_ends_for_good",
    "account_tie_is_kept",
    "account_tie_is_what_happened",
    "anchor_is_slice",
    "audit_entry_is_kept",
    "audit_entry_is_sealed",
    "audit_entry_is_what_happened",
    "comment_is_not_edited",
    "evidence_is_append_only",
    "quote_exact_is_slice",
    "snapshot_is_immutable",
    "verification_approver_becomes_another_person",
    "verification_approver_is_another_person",
    "verification_ends_for_good",
    "verification_is_append_only",
    "verification_is_imported_or_not",
}
CASES = [(name, number) for name, breaks in BREAKS.items() for number in range(len(breaks))]


@pytest.mark.parametrize(("name", "number"), CASES, ids=[f"{name}-{number}" for name, number in CASES])
def test_violation_is_refused_by_name(name: str, number: int) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        BREAKS[name][number]()
    message = str(error.value)
    if name not in message:  # SQLite names the columns of a unique constraint instead of the constraint
        assert connection.vendor == "sqlite"
        assert message == f"UNIQUE constraint failed: {unique_columns(name)}"


def unique_columns(name: str) -> str:
    for model in apps.get_app_config("claims").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name and isinstance(constraint, models.UniqueConstraint):
                if constraint.expressions:
                    return f"index '{name}'"
                columns = [model._meta.get_field(field).column for field in constraint.fields]
                return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    raise AssertionError(f"{name} is not a unique constraint")


def test_every_named_constraint_has_a_violation() -> None:
    names = {
        constraint.name
        for model in apps.get_app_config("claims").get_models()
        for constraint in model._meta.constraints
    }
    assert set(BREAKS) == names | TRIGGERS


def test_minimal_rows_are_valid() -> None:
    """The rows that the violations start from are valid, so that each violates only its own invariant."""
    create_anchor()
    create_comment()
    create_correction()
    create_merge()
    create_suggestion()
    create_relation()
    create_amendment()
    create_feed()
    create_delivery()
    end_delivery()
    refuse_delivery()
    store_raw_content()
    make.QuoteFactory(accepted=True)
    make.QuoteFactory(rejected=True)
    make.EvidenceFactory(verification=make.VerificationFactory(published=True))
    make.TopicFactory()
    assert Topic.objects.count() == Verification.objects.count() == Correction.objects.count() == 1
    assert Claim.objects.count() == 9


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("🙂🙂 «Вода е\u0301сть», сказала Лена.", id="emoji-and-combining"),
        pytest.param("\ufeffالنص «الماء هنا», قالت.", id="byte-order-mark-and-right-to-left"),
        pytest.param("One\r\ntwo «three\r\nfour» five.", id="crlf"),
        pytest.param("A\u00a0b «c\u2028d» \U0010ffff.", id="no-break-space-and-last-code-point"),
    ],
)
def test_offsets_are_code_points(text: str) -> None:
    start, end = text.index("«") + 1, text.index("»")
    snapshot = make.SnapshotFactory(text=text)
    quote = make.QuoteFactory(
        snapshot=snapshot, start=start, end=end, cue="", cue_spans=[], mention="", mention_spans=[]
    )
    quote.refresh_from_db()
    assert quote.exact == quote.snapshot.text[start:end]


def test_several_spans_are_joined_by_one_space() -> None:
    text = "“Rivers,” Ford said, “are full.”"
    snapshot = make.SnapshotFactory(text=text)
    quote = make.QuoteFactory(
        snapshot=snapshot,
        spans=[[1, 8], [22, 31]],
        start=1,
        end=31,
        exact="Rivers, are full.",
        cue="said",
        cue_spans=[[15, 19]],
        mention="Ford",
        mention_spans=[[10, 14]],
    )
    assert Quote.objects.get(pk=quote.pk).exact == "Rivers, are full."
