"""Imports of fact-checks: own ones become verdicts, those of others external reviews; twice is once."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Claim,
    Evidence,
    ExternalReview,
    HistoryCause,
    ImportedReview,
    Rating,
    RatingMapping,
    Speaker,
    TieReason,
    Verification,
    VerificationState,
)
from claims.services.claims.bulk_changes import BulkChanges, PublicationChange, bulk_change_claims
from claims.services.claims.claim_release import release_claim
from claims.services.claims.editing import edit_claim
from claims.services.claims.split_merge import merge_claims
from claims.services.errors import RefusedError
from claims.services.history.undo import undo_operation
from claims.services.people.account_ties import record_tie
from claims.services.reviews import review_import
from claims.services.reviews.external_reviews import link_review
from claims.services.reviews.outcomes import ReviewPlan, ReviewStatus
from claims.services.reviews.review_files import read_review_file
from claims.services.verification import workflow
from tests import factories as make
from tests.services.reviews.review_data import (
    OTHER_SITE,
    OWN_SITE,
    make_importer,
    map_false,
    own_review_node,
    review_node,
    run_import,
)

pytestmark = pytest.mark.django_db

NEW, CHANGED, UNCHANGED, WAITING, EDITED, REJECTED = ReviewStatus


@pytest.fixture(autouse=True)
def _own_sites(settings: Any) -> None:
    settings.FACTBASE_OWN_SITES = [OWN_SITE]


@pytest.fixture
def chief() -> User:
    return make_importer()


@pytest.fixture
def mapped(chief: User) -> User:
    map_false(editor=chief)
    return chief


def statuses(plan: ReviewPlan) -> list[ReviewStatus]:
    return [outcome.status for outcome in plan.outcomes]


def count_rows() -> tuple[int, ...]:
    models = (Claim, Verification, Evidence, ExternalReview, ImportedReview, Speaker)
    return tuple(model.objects.count() for model in models)


def test_an_own_review_becomes_an_imported_verdict(mapped: User) -> None:
    assert statuses(run_import(own_review_node(), editor=mapped)) == [NEW]
    verification = Verification.objects.get()
    assert verification.state == VerificationState.PUBLISHED
    assert (verification.rating.slug, verification.explanation) == ("false", "Two gauges show it.")
    assert (verification.author, verification.approver) == (mapped, None)
    assert verification.is_imported
    assert verification.review_url == f"https://{OWN_SITE}/rivers"
    assert verification.published_at == dt.datetime(2024, 3, 5, tzinfo=dt.UTC)
    claim = verification.claim
    assert (claim.text, claim.speaker.name, claim.said_on) == ("Rivers rose.", "Achieng Otieno", dt.date(2024, 3, 1))
    assert claim.wording_confirmed_at
    assert claim.released_at is None
    assert Claim.objects.with_status().get().status == "false"
    assert verification.evidence.get().url == verification.review_url
    assert verification.history.get().history_cause == HistoryCause.IMPORTED
    assert not ExternalReview.objects.exists()


def test_a_review_of_another_publisher_is_no_verdict(chief: User) -> None:
    assert statuses(run_import(review_node(), editor=chief)) == [NEW]
    review = ExternalReview.objects.get()
    assert (review.claim_text, review.rating, review.publisher) == ("Rivers rose.", "False", "Fakty")
    assert (review.speaker_name, review.said_on) == ("Achieng Otieno", dt.date(2024, 3, 1))
    assert review.claim is None
    assert not Claim.objects.exists()
    assert not Verification.objects.exists()
    assert not RatingMapping.objects.exists()


def test_whose_a_review_is_is_told_by_its_address(mapped: User) -> None:
    forged = review_node(author={"@type": "Organization", "name": "Checks"}, url=f"https://example.net/{OWN_SITE}/")
    run_import(forged, review_node(url=f"https://not{OWN_SITE}/1"), editor=mapped)
    assert ExternalReview.objects.count() == 2
    assert not Verification.objects.exists()


def test_own_sites_may_include_those_below(mapped: User, settings: Any) -> None:
    settings.FACTBASE_OWN_SITES = [f".{OWN_SITE}"]
    run_import(own_review_node(url=f"https://fr.{OWN_SITE}/1"), editor=mapped)
    assert Verification.objects.get().is_imported


def test_pages_of_this_site_are_not_imported_into_it(mapped: User, settings: Any) -> None:
    settings.FACTBASE_BASE_URL = f"https://{OWN_SITE}"
    assert statuses(run_import(own_review_node(), editor=mapped)) == [UNCHANGED]
    assert not Claim.objects.exists()


def test_twice_is_once(mapped: User) -> None:
    nodes = [own_review_node(), review_node(), review_node("Lakes fell.")]
    assert statuses(run_import(*nodes, editor=mapped)) == [NEW, NEW, NEW]
    before = count_rows()
    assert statuses(run_import(*nodes, editor=mapped)) == [UNCHANGED] * 3
    url = "http://www.{}/rivers/?utm_source=x#top"
    variants = own_review_node(url=url.format(OWN_SITE)), review_node(" Rivers rose! ", url=url.format(OTHER_SITE))
    assert statuses(run_import(*variants, editor=mapped)) == [UNCHANGED, CHANGED]  # the claim's mark
    assert count_rows() == before


def test_the_same_review_twice_in_a_file_is_one(mapped: User) -> None:
    plan = run_import(own_review_node(), own_review_node(), review_node(), review_node(), editor=mapped)
    assert statuses(plan) == [NEW, UNCHANGED, NEW, UNCHANGED]
    assert count_rows()[:4] == (1, 1, 1, 1)


def test_ratings_wait_for_a_person(chief: User) -> None:
    plan = run_import(own_review_node(rating="Pants on fire"), editor=chief)
    assert statuses(plan) == [WAITING]
    assert not plan.is_complete
    assert not Claim.objects.exists()
    mapping = RatingMapping.objects.get()
    assert (mapping.publisher, mapping.words, mapping.rating) == ("Checks", "Pants on fire", None)
    map_false("Pants on fire", editor=chief)
    assert statuses(run_import(own_review_node(rating="Pants on fire"), editor=chief)) == [NEW]
    assert Verification.objects.get().rating.slug == "false"


def test_a_changed_review_supersedes_the_verdict(mapped: User) -> None:
    run_import(own_review_node(), editor=mapped)
    map_false("True after all", "true", editor=mapped)
    changed = own_review_node(rating="True after all", datePublished="2024-04-01")
    plan = run_import(changed, editor=mapped)
    assert statuses(plan) == [CHANGED]
    assert ("verdict", "False", "True") in plan.outcomes[0].changes
    former, current = Verification.objects.order_by("pk")
    assert (former.state, current.state) == (VerificationState.SUPERSEDED, VerificationState.PUBLISHED)
    assert current.rating.slug == "true"
    assert Claim.objects.count() == 1
    assert statuses(run_import(changed, editor=mapped)) == [UNCHANGED]


def test_a_changed_mapping_takes_effect_with_the_next_import(mapped: User) -> None:
    run_import(own_review_node(), editor=mapped)
    map_false(slug="mostly-false", editor=mapped)
    assert statuses(run_import(own_review_node(), editor=mapped)) == [CHANGED]
    assert Claim.objects.with_status().get().status == "mostly-false"


@pytest.mark.parametrize("act", ["edit", "withdraw", "release", "own verdict", "retract"])
def test_what_was_edited_here_is_reported(mapped: User, act: str) -> None:
    run_import(own_review_node(), editor=mapped)
    claim, verification = Claim.objects.get(), Verification.objects.get()
    if act == "edit":
        edit_claim(claim=claim, changes={"said_on": dt.date(2024, 2, 1)}, editor=mapped)
    elif act == "withdraw":
        workflow.withdraw_verification(verification=verification, editor=mapped, reason="Wrong.")
    elif act == "release":
        Claim.objects.update(released_at=timezone.now())
    elif act == "retract":
        Claim.objects.update(released_at=timezone.now(), retracted_at=timezone.now())
    else:
        Verification.objects.update(state="superseded")
        make.VerificationFactory(claim=claim, published=True)
    before = count_rows()
    plan = run_import(own_review_node(reviewBody="Three gauges show it."), editor=mapped)
    assert statuses(plan) == [EDITED]
    assert str(claim.pk) in plan.outcomes[0].detail
    assert count_rows() == before


def release_by_hand(claim: Claim, editor: User) -> None:
    release_claim(claim=claim, text=claim.text, editor=editor)


def release_in_bulk(claim: Claim, editor: User) -> None:
    changes = BulkChanges(publication=PublicationChange.RELEASE)
    bulk_change_claims(claims=[claim.pk], changes=changes, editor=editor)


def release_at_a_time(claim: Claim, editor: User) -> None:
    edit_claim(claim=claim, changes={"released_at": timezone.now() + dt.timedelta(days=1)}, editor=editor)


def release_by_a_merge(claim: Claim, editor: User) -> None:
    released = make.QuoteFactory(accepted=True, claim__released=True, claim__speaker=claim.speaker).claim
    merge_claims(kept=claim, emptied=released, editor=editor)


RELEASES = [release_by_hand, release_in_bulk, release_at_a_time, release_by_a_merge]


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("tied", [False, True])
def test_whoever_imported_a_verdict_does_not_release_its_claim(
    mapped: User, release: Callable[[Claim, User], None], tied: bool
) -> None:
    """Otherwise one person could publish any verdict by saying that it was published elsewhere before."""
    run_import(own_review_node(), editor=mapped)
    claim = Claim.objects.get()
    make.QuoteFactory(accepted=True, claim=claim, speaker=claim.speaker)
    editor = make.UserFactory() if tied else mapped
    record_tie(account=editor, person=mapped, reason=TieReason.CREATED)
    with pytest.raises(RefusedError, match="Another person has to release it"):
        release(claim, editor)
    claim.refresh_from_db()
    assert claim.released_at is None
    release(claim, make.UserFactory())
    claim.refresh_from_db()
    assert claim.released_at


def test_a_changed_external_review_keeps_its_link(chief: User) -> None:
    run_import(review_node(), editor=chief)
    review = link_review(review=ExternalReview.objects.get(), claim=make.ClaimFactory(), editor=chief)
    plan = run_import(review_node(rating="Missing context"), editor=chief)
    assert plan.outcomes[0].changes == (("rating", "False", "Missing context"),)
    review.refresh_from_db()
    assert review.rating == "Missing context"
    assert review.claim
    assert review.linked_by == chief


def test_errors_do_not_keep_back_the_rest(mapped: User) -> None:
    plan = run_import(
        own_review_node(datePublished=None),
        own_review_node("Lakes fell.", url="ftp://x"),
        own_review_node("Seas fell."),
        review_node(reviewRating=None),
        editor=mapped,
    )
    assert statuses(plan) == [REJECTED, REJECTED, NEW, REJECTED]
    assert [outcome.place for outcome in plan.outcomes] == ["review 1", "review 2", "review 3", "review 4"]
    assert Claim.objects.get().text == "Seas fell."


def test_a_name_that_several_have_is_refused(mapped: User) -> None:
    for _ in range(2):
        make.SpeakerFactory(name="Achieng Otieno")
    plan = run_import(own_review_node(), editor=mapped)
    assert statuses(plan) == [REJECTED]
    assert "Several speakers" in plan.outcomes[0].detail


def test_a_claim_that_is_there_keeps_its_own_verdict(mapped: User) -> None:
    speaker = make.SpeakerFactory(name="Achieng Otieno")
    claim = make.ClaimFactory(text="Rivers rose.", speaker=speaker, wording_confirmed_at=timezone.now())
    plan = run_import(own_review_node(), editor=mapped)
    assert statuses(plan) == [REJECTED]
    assert f"Claim {claim.pk} already" in plan.outcomes[0].detail


def test_own_reviews_need_somebody_who_imports_them(mapped: User) -> None:
    plan = run_import(own_review_node(), review_node(), editor=None)
    assert statuses(plan) == [REJECTED, NEW]


def test_the_dry_run_stores_nothing_and_tells_what_the_import_does(mapped: User) -> None:
    nodes = [own_review_node(), own_review_node("Lakes fell.", rating="Hoax"), review_node()]
    entries = read_review_file(json.dumps(nodes).encode(), clean_cell=str)
    before = count_rows(), RatingMapping.objects.count()
    plan = review_import.dry_run_import(entries=entries, editor=mapped)
    assert (count_rows(), RatingMapping.objects.count()) == before
    assert [(rating.words, rating.mapped_to) for rating in plan.ratings] == [("False", "false"), ("Hoax", "")]
    assert review_import.import_reviews(entries=entries, editor=mapped, digest=plan.digest) == plan


def test_the_import_is_what_the_dry_run_showed_or_nothing(mapped: User) -> None:
    entries = read_review_file(json.dumps([own_review_node()]).encode(), clean_cell=str)
    plan = review_import.dry_run_import(entries=entries, editor=mapped)
    map_false(slug="true", editor=mapped)
    with pytest.raises(review_import.PlanChangedError) as changed:
        review_import.import_reviews(entries=entries, editor=mapped, digest=plan.digest)
    assert not Claim.objects.exists()
    assert changed.value.plan.ratings[0].mapped_to == "true"


CSV = """claim;speaker;date;rating;rating scale;review URL;published;author
Rivers rose.;Achieng Otieno;2024-03-01;2;1 to 5;https://checks.example.org/rivers;2024-03-05;Ifeoma Obi
;;;False;;https://fakty.example.net/1;;
Lakes fell.;;;Fake;;https://fakty.example.net/2;;
"""


def test_reads_csv(chief: User) -> None:
    map_rating = RatingMapping.objects.create
    map_rating(publisher=OWN_SITE, words="2 (1 to 5)", rating=Rating.objects.get(slug="false"), mapped_by=chief)
    entries = read_review_file(CSV.encode(), clean_cell=str)
    plan = review_import.import_reviews(entries=entries, editor=chief)
    assert [(outcome.place, outcome.status) for outcome in plan.outcomes] == [
        ("line 2", NEW),
        ("line 3", REJECTED),
        ("line 4", NEW),
    ]
    assert "Ifeoma Obi" in Verification.objects.get().evidence.get().note
    assert ExternalReview.objects.get().rating == "Fake"


class TestGuards:
    """The database lets nothing else through the way that imports take past the second person."""

    def test_an_imported_verdict_has_no_approver(self) -> None:
        with pytest.raises(IntegrityError, match="verification_imported_was_published_elsewhere"), transaction.atomic():
            make.VerificationFactory(published=True, review_url="https://example.org/1")

    @pytest.mark.parametrize("state", ["draft", "submitted"])
    def test_a_draft_cannot_be_an_imported_verdict(self, state: str) -> None:
        fields = {"submitted": True, "state": state, "review_url": "https://example.org/1"}
        with pytest.raises(IntegrityError, match="verification_imported_was_published_elsewhere"), transaction.atomic():
            make.VerificationFactory(**fields)

    def test_a_submitted_verification_cannot_become_imported(self) -> None:
        verification = make.VerificationFactory(submitted=True)
        change = {"state": "published", "published_at": timezone.now(), "review_url": "https://example.org/1"}
        with pytest.raises(IntegrityError, match="verification_is_imported_or_not"), transaction.atomic():
            Verification.objects.filter(pk=verification.pk).update(**change)

    def test_without_either_a_verdict_is_not_published(self) -> None:
        verification = make.VerificationFactory(submitted=True)
        with pytest.raises(IntegrityError, match="verification_published_has_approver"), transaction.atomic():
            Verification.objects.filter(pk=verification.pk).update(state="published", published_at=timezone.now())


class TestWording:
    """An imported verdict is bound to its claim's wording, and not to quotes that were found later."""

    def test_a_quote_leaves_it_as_it_is(self, mapped: User) -> None:
        run_import(own_review_node(), editor=mapped)
        claim = Claim.objects.get()
        make.QuoteFactory(accepted=True, claim=claim)
        assert workflow.outdated_verifications([claim]) == []
        assert workflow.reopen_outdated(claims=[claim], editor=mapped) == []

    def test_another_wording_sends_it_to_a_second_person(self, mapped: User) -> None:
        run_import(own_review_node(), editor=mapped)
        claim = Claim.objects.get()
        quote = make.QuoteFactory(accepted=True, claim=claim)
        edit_claim(claim=claim, changes={"text": "Rivers fell."}, editor=make.UserFactory())
        former, copy = Verification.objects.order_by("pk")
        assert (former.state, copy.state) == (VerificationState.SUPERSEDED, VerificationState.SUBMITTED)
        assert not copy.is_imported
        assert copy.evidence.get().url == former.review_url
        assert copy.fingerprint == workflow.compute_fingerprints([copy.claim])[copy.claim_id]
        assert quote.claim_id == copy.claim_id
        with pytest.raises(workflow.RefusedError, match="did not work on it"):
            workflow.publish_verification(verification=copy, approver=mapped)
        workflow.publish_verification(verification=copy, approver=make.UserFactory())


def test_reviews_follow_their_claim_into_another_and_back(chief: User) -> None:
    run_import(review_node(), editor=chief)
    kept, emptied = make.ClaimFactory(speaker=None), make.ClaimFactory(speaker=None)
    review = link_review(review=ExternalReview.objects.get(), claim=emptied, editor=chief)
    merge_claims(kept=kept, emptied=emptied, editor=chief)
    review.refresh_from_db()
    assert review.claim == kept
    undo_operation(operation=chief.operations.latest("pk"), editor=chief)
    review.refresh_from_db()
    assert review.claim == emptied
