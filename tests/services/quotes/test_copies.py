"""Twelve forms of one story are one group, and each of its utterances is decided once."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.articles.near_duplicates import comparable_words
from claims.models import (
    Operation,
    Quote,
    QuoteDecision,
    RejectionReason,
    RelationState,
    Source,
    SourceRelation,
    SourceRelationKind,
    TextFingerprint,
)
from claims.services.history.undo import undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.copies import find_copies
from claims.services.quotes.review_decisions import review_quote
from claims.services.quotes.review_lock import acquire_review_lock
from claims.services.sources.near_duplicates import compare_stored_sources, decide_source_relation
from tests import factories as make
from tests.forms_of_a_story import OTHER_STORIES, TWELVE_FORMS
from tests.sample_articles import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def stories(module_db: None) -> None:
    for form, text in (TWELVE_FORMS | OTHER_STORIES).items():
        site = form.replace(" ", "-")
        ingest(article=make_article(text, url=f"https://{site}.example/1", publisher=form, title=f"Ferry slip: {form}"))


def source_of(form: str) -> Source:
    return Source.objects.get(publisher=form)


def utterance(quote: Quote) -> tuple[object, ...]:
    return quote.speaker_id, quote.mention if quote.speaker_id is None else "", *comparable_words(quote.text)


def quotes_like(quote: Quote) -> list[Quote]:
    return [other for other in Quote.objects.order_by("pk") if utterance(other) == utterance(quote)]


def first_of_holt() -> Quote:
    return Quote.objects.filter(text__contains="waited long enough", speaker__name="Maren Holt").earliest("pk")


def test_twelve_forms_are_one_group_of_suggested_relations() -> None:
    groups = dict(TextFingerprint.objects.values_list("source__publisher", "group__publisher"))
    assert groups == dict.fromkeys(TWELVE_FORMS, "original") | dict.fromkeys(OTHER_STORIES)
    relations = SourceRelation.objects.all()
    assert relations.count() == len(TWELVE_FORMS) - 1
    assert {relation.state for relation in relations} == {RelationState.SUGGESTED}
    assert relations.get(second=source_of("shortened")).kind == SourceRelationKind.SHORTENED
    assert relations.get(second=source_of("marks")).kind == SourceRelationKind.COPY


def test_each_utterance_is_decided_once() -> None:
    editor = make.UserFactory()
    decisions: Counter[tuple[object, ...]] = Counter()
    while quote := Quote.objects.pending().order_by("snapshot", "start", "pk").first():
        copies = [copy.pk for copy in find_copies(quote)]
        review_quote(
            quote=quote,
            decision=QuoteDecision.ACCEPTED if quote.speaker else QuoteDecision.REJECTED,
            rejection_reason=None if quote.speaker else RejectionReason.NO_QUOTE,
            editor=editor,
            copies=copies,
        )
        if quote.snapshot.source.publisher in TWELVE_FORMS:
            decisions[utterance(quote)] += 1
    assert set(decisions.values()) == {1}
    assert len(decisions) < 10, "for all forms together"
    like_first = quotes_like(first_of_holt())
    assert {quote.snapshot.source.publisher for quote in like_first} >= set(TWELVE_FORMS)
    for quote in Quote.objects.select_related("snapshot"):
        assert quote.snapshot.text[quote.start : quote.end] == quote.exact or len(quote.spans) > 1


def test_copies_are_decided_by_one_operation_with_one_undo() -> None:
    editor, quote = make.UserFactory(), first_of_holt()
    copies = [copy.pk for copy in find_copies(quote)]
    assert len(copies) == len(TWELVE_FORMS) - 1
    review_quote(quote=quote, decision=QuoteDecision.ACCEPTED, editor=editor, copies=copies)
    decided = Quote.objects.filter(pk__in=[quote.pk, *copies])
    assert set(decided.values_list("decision", flat=True)) == {QuoteDecision.ACCEPTED}
    assert len(set(decided.values_list("snapshot", flat=True))) == len(TWELVE_FORMS)
    (operation,) = Operation.objects.filter(editor=editor)
    assert operation.summary.startswith("Accepted (and 11 in copies of the article): Maren Holt: “We")
    undo_operation(operation=operation, editor=editor)
    assert set(decided.values_list("decision", flat=True)) == {QuoteDecision.PENDING}


def test_only_pending_copies_that_the_editor_saw_are_decided() -> None:
    editor, other, quote = make.UserFactory(), make.UserFactory(), first_of_holt()
    unseen, decided, locked, *seen = find_copies(quote)
    cited = Quote.objects.get(snapshot__source__publisher="a story that cites it")
    review_quote(quote=decided, decision=QuoteDecision.ACCEPTED, editor=other)
    acquire_review_lock(quote=locked, editor=other)
    review_quote(
        quote=quote,
        decision=QuoteDecision.REJECTED,
        rejection_reason=RejectionReason.WRONG_WORDS,
        editor=editor,
        copies=[decided.pk, locked.pk, cited.pk, *(copy.pk for copy in seen)],
    )
    decisions = dict(Quote.objects.values_list("pk", "decision"))
    assert {decisions[row.pk] for row in (unseen, locked, cited)} == {QuoteDecision.PENDING}
    assert decisions[decided.pk] == QuoteDecision.ACCEPTED
    assert {decisions[row.pk] for row in seen} == {QuoteDecision.REJECTED}
    assert set(Quote.objects.filter(pk__in=[row.pk for row in seen]).values_list("rejection_reason", flat=True)) == {
        RejectionReason.WRONG_WORDS
    }


def test_other_words_and_other_speakers_are_no_copies() -> None:
    quote = first_of_holt()
    changed, moved, *others = find_copies(quote)
    Quote.objects.filter(pk=moved.pk).update(speaker=make.SpeakerFactory())
    changed.snapshot.source.fingerprint.group = None
    changed.snapshot.source.fingerprint.save()
    assert find_copies(Quote.objects.get(pk=quote.pk)) == others


def test_an_article_alone_costs_no_statement() -> None:
    rows = Quote.objects.select_related("snapshot__source__fingerprint")
    alone = rows.get(snapshot__source__publisher="a story that cites it")
    unread = make.QuoteFactory()
    grouped = rows.get(pk=first_of_holt().pk)
    for quote, statements in ((alone, 0), (rows.get(pk=unread.pk), 0), (grouped, 1)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find_copies(quote)
        assert len(queries) == statements


def test_a_dismissed_relation_parts_the_group_and_an_undo_unites_it_again() -> None:
    editor, quote = make.UserFactory(), first_of_holt()
    relation = SourceRelation.objects.get(second=source_of("print"))
    for state, copies in ((RelationState.CONFIRMED, 11), (RelationState.DISMISSED, 10)):
        relation = decide_source_relation(relation=relation, state=state, kind=SourceRelationKind.COPY, editor=editor)
        assert len(find_copies(Quote.objects.get(pk=quote.pk))) == copies
    assert list(compare_stored_sources(again=True))[-1] == (len(TWELVE_FORMS | OTHER_STORIES), 0)
    assert source_of("print").fingerprint.group is None
    undo_operation(operation=Operation.objects.filter(editor=editor).latest("pk"), editor=editor)
    assert len(find_copies(Quote.objects.get(pk=quote.pk))) == 11


def test_what_was_stored_before_is_compared_by_a_command() -> None:
    SourceRelation.objects.all().delete()
    TextFingerprint.objects.all().delete()
    assert list(compare_stored_sources())[-1] == (len(TWELVE_FORMS | OTHER_STORIES), len(TWELVE_FORMS) - 1)
    assert list(compare_stored_sources()) == []
    assert len(find_copies(first_of_holt())) == 11
