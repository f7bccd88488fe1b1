"""Rows in each state of each state machine, and the services that may change their states."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone

from claims.articles import ArticleError
from claims.articles.fetching import GoneError, NoAnswerError
from claims.models import (
    AmendmentState,
    Claim,
    ClaimAmendment,
    ClaimRelation,
    ClaimState,
    Delivery,
    DeliveryState,
    ErrorReport,
    ErrorReportState,
    Feed,
    FeedState,
    MergeSuggestion,
    MergeSuggestionState,
    Quote,
    QuoteDecision,
    RelationKind,
    RelationState,
    SourceRelation,
    SourceRelationKind,
    Verification,
)
from claims.services.claims import correction_drafts, editing, relations, split_merge
from claims.services.claims.claim_release import release_claim
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.corrections import retract_claim
from claims.services.feeds import feed_list
from claims.services.feeds.polling import record_failure
from claims.services.history import audit
from claims.services.ingestion import deliveries
from claims.services.ingestion.delivery_attempt import MAX_ATTEMPTS, DeliveryAttempt, start_attempt
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from claims.services.site import error_reports
from claims.services.sources.near_duplicates import decide_source_relation
from claims.services.speakers import merge, merge_suggestions
from claims.services.verification import workflow
from tests import factories as make
from tests import verifications
from tests.services.claims.claim_states import make_public_claim
from tests.services.ingestion import rivers_page
from tests.verifications import PUBLIC_NOTE

# Prepares the call of a service with the row.
Service = Callable[[Any, User], Callable[[], object]]
DAY = dt.timedelta(days=1)
REFUSAL = ArticleError("page", "contains no article")
NO_ANSWER = NoAnswerError(rivers_page.URL, "the site does not answer", retryable=True)


@dataclass(frozen=True)
class Workflow:
    """`makers` build a row in a state; `services` may change it."""

    makers: tuple[Callable[[Any], Any], ...]
    services: dict[str, Service]


def make_quote(state: QuoteDecision) -> Quote:
    quote: Quote = make.QuoteFactory(**({} if state == QuoteDecision.PENDING else {state.value: True}))
    return quote


def decide(decision: QuoteDecision) -> Service:
    return lambda quote, editor: partial(decide_quotes, quotes=[quote.pk], decision=decision, editor=editor)


def make_claim(state: ClaimState) -> Claim:
    claim: Claim = make.QuoteFactory(accepted=True).claim
    if state == ClaimState.RETRACTED:
        retract(claim, make.UserFactory())()
    elif state == ClaimState.MERGED:
        merge_into_other(claim, make.UserFactory())()
    else:
        released_at = {ClaimState.EMBARGOED: timezone.now() + DAY, ClaimState.RELEASED: timezone.now() - DAY}.get(state)
        confirmed_at = None if state == ClaimState.PROPOSED else timezone.now()
        Claim.objects.filter(pk=claim.pk).update(released_at=released_at, wording_confirmed_at=confirmed_at)
    return Claim.objects.get(pk=claim.pk)


def make_claim_without_accepted_quote(state: ClaimState) -> Claim:
    claim = make_claim(state)
    claim.quotes.update(decision=QuoteDecision.PENDING, rejection_reason="", decided_by=None, decided_at=None)
    return claim


def set_release(delay: dt.timedelta | None) -> Service:
    released_at = None if delay is None else timezone.now() + delay
    return lambda claim, editor: partial(
        editing.edit_claim, claim=claim, changes={"released_at": released_at}, editor=editor, note=PUBLIC_NOTE
    )


def retract(claim: Claim, editor: User) -> Callable[[], object]:
    return partial(retract_claim, claim=claim, editor=editor, reason="Wrong.")


def merge_into_other(claim: Claim, editor: User) -> Callable[[], object]:
    kept = make.ClaimFactory(speaker=claim.speaker, released_at=claim.released_at)
    return partial(split_merge.merge_claims, kept=kept, emptied=claim, editor=editor, note=PUBLIC_NOTE)


def accept_a_quote(claim: Claim, editor: User) -> Callable[[], object]:
    quote = make.QuoteFactory(claim=claim, speaker=claim.speaker)
    return partial(decide_quotes, quotes=[quote.pk], decision=QuoteDecision.ACCEPTED, editor=editor, note=PUBLIC_NOTE)


def reword(claim: Claim, editor: User) -> Callable[[], object]:
    return partial(editing.edit_claim, claim=claim, changes={"text": "Rivers rise."}, editor=editor, note=PUBLIC_NOTE)


def release_reworded(claim: Claim, editor: User) -> Callable[[], object]:
    return partial(release_claim, claim=claim, text="Rivers rise.", editor=editor, note=PUBLIC_NOTE)


def publish_another(verification: Verification, editor: User) -> Callable[[], object]:
    other = verifications.make_submitted(verification.claim)
    return partial(workflow.publish_verification, verification=other, approver=editor)


def reword_claim(verification: Verification, editor: User) -> Callable[[], object]:
    changes = {"text": "Rivers rise."}
    return partial(editing.edit_claim, claim=verification.claim, changes=changes, editor=editor, note=PUBLIC_NOTE)


def make_correction_draft(state: AmendmentState) -> ClaimAmendment:
    draft = correction_drafts.save_correction_draft(
        claim=make_public_claim(),
        text="Rivers rise.",
        speaker=None,
        said_on=None,
        note=PUBLIC_NOTE,
        author=make.UserFactory(),
    )
    if state != AmendmentState.OPEN:
        WORKFLOWS[ClaimAmendment].services[state](draft, draft.author)()
    return ClaimAmendment.objects.get(pk=draft.pk)


def make_relation(state: RelationState) -> ClaimRelation:
    _, second = (make.ClaimFactory(text="Rivers are full.") for _ in range(2))
    list(update_vectors())
    (relation,) = relations.suggest_relations(claim=second, editor=make.UserFactory())
    if state != RelationState.SUGGESTED:
        WORKFLOWS[ClaimRelation].services[state](relation, make.UserFactory())()
    return ClaimRelation.objects.get(pk=relation.pk)


def confirm(relation: ClaimRelation, editor: User) -> Callable[[], object]:
    first, second, kind = relation.first, relation.second, RelationKind(relation.kind)
    return partial(relations.relate_claims, first=first, second=second, kind=kind, editor=editor)


def merge_claim_with_relation(relation: ClaimRelation, editor: User) -> Callable[[], object]:
    """Merge a claim with a decided relation into one of the two."""
    other = make.ClaimFactory(speaker=relation.first.speaker)
    relations.relate_claims(first=other, second=relation.second, kind=RelationKind.UPDATES, editor=editor)
    return partial(split_merge.merge_claims, kept=relation.first, emptied=other, editor=editor)


def make_source_relation(state: RelationState) -> SourceRelation:
    first, second = make.SourceFactory(), make.SourceFactory()
    relation = SourceRelation(first=first, second=second, kind=SourceRelationKind.COPY, shared=0.9)
    [relation] = audit.create([relation], user=None)
    if state != RelationState.SUGGESTED:
        WORKFLOWS[SourceRelation].services[state](relation, make.UserFactory())()
    return SourceRelation.objects.get(pk=relation.pk)


def make_suggestion(state: MergeSuggestionState) -> MergeSuggestion:
    first, second = make.SpeakerFactory(name="Ann Lee"), make.SpeakerFactory(name="Anne Lee")
    merge_suggestions.suggest_merges([second])
    suggestion = MergeSuggestion.objects.get(first=first, second=second)
    if state != MergeSuggestionState.OPEN:
        WORKFLOWS[MergeSuggestion].services[state](suggestion, make.UserFactory())()
    return MergeSuggestion.objects.get(pk=suggestion.pk)


def make_error_report(state: ErrorReportState) -> ErrorReport:
    report = error_reports.report_error(text="The date is wrong.")
    if state != ErrorReportState.NEW:
        WORKFLOWS[ErrorReport].services[state](report, make.UserFactory())()
    return ErrorReport.objects.get(pk=report.pk)


def make_delivery(state: DeliveryState) -> Delivery:
    delivery = rivers_page.request(url=rivers_page.AMP_URL if state == DeliveryState.DUPLICATE else rivers_page.URL)
    if state in {DeliveryState.UNCHANGED, DeliveryState.DUPLICATE}:
        ingest(article=rivers_page.read())
    if state != DeliveryState.WAITING:
        start_attempt(delivery.pk)
        errors = {DeliveryState.REFUSED: REFUSAL, DeliveryState.GIVEN_UP: NO_ANSWER}
        Delivery.objects.update(attempts=MAX_ATTEMPTS if state == DeliveryState.GIVEN_UP else 1)
        if state != DeliveryState.WORKING:
            attempt_delivery(errors.get(state))(Delivery.objects.get(), make.UserFactory())()
    return Delivery.objects.get()


def attempt_delivery(error: BaseException | None = None, *, known: bool = False, **changes: Any) -> Service:
    """An attempt that ends in `error`, or reads the page, whose article is stored already if it is `known`."""

    def prepare(delivery: Delivery, _: User) -> Callable[[], object]:
        if known:
            ingest(article=rivers_page.read())
        Delivery.objects.filter(pk=delivery.pk).update(**changes)
        return partial(run_attempt, Delivery.objects.get(pk=delivery.pk), error)

    return prepare


def run_attempt(delivery: Delivery, error: BaseException | None) -> None:
    with suppress(KeyboardInterrupt), DeliveryAttempt(delivery) as attempt:
        if error:
            raise error
        attempt.run()


def make_feed(state: FeedState) -> Feed:
    return Feed.objects.create(url="https://example.org/feed", state=state, reason="it has moved")


WORKFLOWS: dict[type[Model], Workflow] = {
    Quote: Workflow((make_quote,), {decision: decide(decision) for decision in QuoteDecision}),
    Claim: Workflow(
        (make_claim, make_claim_without_accepted_quote),
        {
            "clear the time": set_release(None),
            "future time": set_release(2 * DAY),
            "past time": set_release(-2 * DAY),
            "accept a quote": accept_a_quote,
            "reword": reword,
            "release": release_reworded,
            "retract": retract,
            "merge": merge_into_other,
        },
    ),
    Verification: Workflow(
        (verifications.make_in_state,),
        {
            "submit": lambda row, editor: partial(workflow.submit_verification, verification=row, editor=row.author),
            "publish": lambda row, editor: partial(workflow.publish_verification, verification=row, approver=editor),
            "send back": lambda row, editor: partial(
                workflow.send_back_verification, verification=row, editor=editor, comment="Which gauges?"
            ),
            "withdraw": lambda row, editor: partial(
                workflow.withdraw_verification, verification=row, editor=editor, reason="A gauge broke."
            ),
            "publish another": publish_another,
            "reword the claim": reword_claim,
            "merge the claim": lambda row, editor: merge_into_other(row.claim, editor),
        },
    ),
    ClaimAmendment: Workflow(
        (make_correction_draft,),
        {
            AmendmentState.PUBLISHED: lambda draft, editor: partial(
                correction_drafts.publish_correction_draft, amendment=draft, editor=editor
            ),
            AmendmentState.DISCARDED: lambda draft, editor: partial(
                correction_drafts.discard_correction_draft, amendment=draft, editor=editor, comment="No."
            ),
        },
    ),
    ClaimRelation: Workflow(
        (make_relation,),
        {
            RelationState.CONFIRMED: confirm,
            RelationState.DISMISSED: lambda row, editor: partial(
                relations.dismiss_relation, relation=row, editor=editor
            ),
            "suggest again": lambda row, editor: partial(relations.suggest_relations, claim=row.first, editor=editor),
            "merge a claim": merge_claim_with_relation,
        },
    ),
    SourceRelation: Workflow(
        (make_source_relation,),
        {
            state: lambda row, editor, state=state: partial(
                decide_source_relation, relation=row, state=state, kind=SourceRelationKind.UPDATED, editor=editor
            )
            for state in (RelationState.CONFIRMED, RelationState.DISMISSED)
        },
    ),
    MergeSuggestion: Workflow(
        (make_suggestion,),
        {
            MergeSuggestionState.MERGED: lambda row, editor: partial(
                merge.merge_speakers, kept=row.first, merged=row.second, editor=editor
            ),
            MergeSuggestionState.DISMISSED: lambda row, editor: partial(
                merge_suggestions.dismiss_merge_suggestion, suggestion=row, editor=editor
            ),
            "suggest again": lambda row, editor: partial(merge_suggestions.suggest_merges, [row.second]),
        },
    ),
    Delivery: Workflow(
        (make_delivery,),
        {
            "take": lambda delivery, _: partial(start_attempt, delivery.pk),
            "store": attempt_delivery(),
            "store what is known": attempt_delivery(known=True),
            "store what is known elsewhere": attempt_delivery(known=True, url=rivers_page.AMP_URL),
            "refuse": attempt_delivery(REFUSAL),
            "put off": attempt_delivery(NO_ANSWER),
            "give up": attempt_delivery(NO_ANSWER, attempts=MAX_ATTEMPTS),
            "stop": attempt_delivery(KeyboardInterrupt()),
            "retry": lambda delivery, _: partial(deliveries.retry_delivery, delivery=delivery),
        },
    ),
    Feed: Workflow(
        (make_feed,),
        {
            "pause": lambda feed, _: partial(feed_list.pause_feed, feed=feed),
            "resume": lambda feed, _: partial(feed_list.resume_feed, feed=feed),
            "fail": lambda feed, _: partial(record_failure, feed.pk, NO_ANSWER),
            "end": lambda feed, _: partial(record_failure, feed.pk, GoneError(feed.url, "it is gone", status=410)),
        },
    ),
    ErrorReport: Workflow(
        (make_error_report,),
        {
            ErrorReportState.ANSWERED: lambda row, editor: partial(
                error_reports.answer_report, report=row, answer="It is right.", is_public=True, editor=editor
            ),
            ErrorReportState.DISMISSED: lambda row, editor: partial(
                error_reports.dismiss_report, report=row, editor=editor
            ),
        },
    ),
}
