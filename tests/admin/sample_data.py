"""Objects of every model in every state, for visiting all pages of the admin."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import Group, User
from django.utils import timezone

from claims.models import (
    Anchor,
    AnchorState,
    Claim,
    ClaimRelation,
    Correction,
    CorrectionKind,
    Feed,
    MergeSuggestion,
    Notice,
    Position,
    Quote,
    Rating,
    RatingMapping,
    SitePage,
    Source,
    SourceRelation,
    Speaker,
    WeightSet,
)
from claims.services.claims import correction_drafts
from claims.services.claims.corrections import PublicNote
from claims.services.people import assignments, comments, invitations, reader_keys, saved_views
from claims.services.reviews.external_reviews import link_review
from claims.services.site import error_reports
from claims.services.speakers import directory, merge
from tests import factories as make


def create_sample_rows(times: int, *, by: User) -> None:
    """Creates objects of each model, and of each state that a page displays differently, `times` times."""
    before = Group.objects.count()
    for n in range(before, before + times):
        at = timezone.now() + timedelta(minutes=n)
        pending = make.QuoteFactory(candidates=["Lena Ford", "Lena Fjord"], speaker=None, claim__speaker=None)
        later = make.SnapshotFactory(source=pending.snapshot.source, retrieved_at=at)
        Anchor.objects.create(quote=pending, snapshot=later, state=AnchorState.MOVED, spans=[[17, 33]])
        rejected = make.QuoteFactory(rejected=True)
        Anchor.objects.create(
            quote=rejected, snapshot=make.SnapshotFactory(source=rejected.snapshot.source), state=AnchorState.ORPHANED
        )
        accepted = make.QuoteFactory(accepted=True, role="Minister", outlet="The Example")
        claim = accepted.claim
        claim.topics.add(make.TopicFactory(), make.TopicFactory())
        Position.objects.create(speaker=accepted.speaker, title="Minister", organization="Ministry of Rivers")
        Position.objects.create(speaker=accepted.speaker, title="Deputy")
        for state in ({"published": True}, {"submitted": True}, {}):
            row = make.VerificationFactory(claim=claim, **state)
            make.EvidenceFactory(verification=row)
            make.EvidenceFactory(verification=row, url="", source=pending.snapshot.source)
        make.ClaimFactory(released_at=at + timedelta(days=2))
        make.ClaimFactory(released_at=at, retracted_at=at)
        make.ClaimFactory(released_at=at, merged_into=claim)
        ClaimRelation.objects.create(first=claim, second=make.ClaimFactory(), kind="repeats", score=0.8, reason="Alike")
        ClaimRelation.objects.create(
            first=claim, second=pending.claim, kind="updates", state="confirmed", decided_by=by
        )
        correction_drafts.save_correction_draft(
            claim=claim, text="Rivers rise.", speaker=None, said_on=None, note=PublicNote("All.", "Wrong."), author=by
        )
        Correction.objects.create(
            claim=claim, kind=CorrectionKind.CORRECTION, text="Reworded.", reason="Unclear.", made_by=by
        )
        first, second = (directory.add_speaker(name=name, editor=by) for name in (f"Ann Wu{n}", f"Anne Wu{n}"))
        assert MergeSuggestion.objects.filter(first=first, second=second).exists()
        merge.merge_speakers(kept=make.SpeakerFactory(name=f"Kim Lo {n}"), merged=make.SpeakerFactory(), editor=by)
        merge.undo_merge(
            merge=merge.merge_speakers(kept=make.SpeakerFactory(), merged=make.SpeakerFactory(), editor=by), editor=by
        )
        for subject in (pending, claim, row):
            said = comments.add_comment(
                on=subject, text=f"@{by.username} is this so?", author=make.UserFactory()
            ).comment
        comments.delete_comment(comment=said, editor=said.author)
        for subject in (pending.snapshot.source, claim, row):
            assignments.assign(rows=[subject], assignee=by, editor=make.UserFactory(), due_on=at.date())
        for attempts, sent_at in ((0, None), (1, at), (7, None)):
            Notice.objects.create(
                kind="mentioned",
                channel="email",
                recipient=make.UserFactory(),
                claim=claim,
                summary="Rivers",
                due_at=at,
                attempts=attempts,
                sent_at=sent_at,
            )
        WeightSet.objects.create(
            origin="edited", base=n / 10, weights={"FIGURES": 1.5}, created_by=by, adopted_by=by, adopted_at=at
        )
        page = SitePage.objects.earliest("pk")
        page.text, page._history_user = f"We are {n}.", by
        page.save()
        reports = [
            error_reports.report_error(
                text="The date is wrong.", contact="ann@example.org", kind="claims", pk=claim.pk, subject=claim.text
            )
            for _ in range(3)
        ]
        error_reports.dismiss_report(report=reports[0], editor=by)
        error_reports.answer_report(report=reports[1], answer="It is right.", is_public=True, editor=by)
        saved_views.create_saved_view(name=f"Rivers {n}", listing="claims.claim", query=[("q", "rivers")], owner=by)
        invitations.invite_by_link(email=f"ann{n}@example.org", groups=[], by=by)
        reader_keys.create_key(name=f"River watch {n}", contact="desk@example.org", per_minute=900, editor=by)
        for state, failures, reason in (
            ("active", 0, ""),
            ("active", 3, "the site has no such page (404)"),
            ("paused", 0, ""),
            ("ended", 1, "the site says that the page was removed for good (410)"),
        ):
            Feed.objects.create(
                url=f"https://example.org/{n}/{state}/{failures}", title="Rivers", state=state, kind="rss",
                failures=failures, reason=reason, last_polled_at=at, last_new=failures, added_by=by,
            )  # fmt: skip
        create_sample_reviews(n, claim, by)
        SourceRelation.objects.create(
            first=pending.snapshot.source, second=accepted.snapshot.source, kind="copy", shared=0.9
        )
        make.DeliveryFactory(url=f"https://example.org/{n}/waiting", requested_by=by)
        make.DeliveryFactory(url=f"https://example.org/{n}/refused", requested_by=by, refused=True)
        Group.objects.create(name=f"Group {n}")
        AccessAttempt.objects.create(username=f"u{n}", ip_address="10.0.0.1", failures_since_start=3)
        AccessLog.objects.create(username=f"u{n}", ip_address="10.0.0.1")


def create_sample_reviews(n: int, claim: Claim, by: User) -> None:
    make.VerificationFactory(
        published=True, approver=None, review_url=f"https://example.org/{n}/checked", claim=make.ClaimFactory()
    )
    for rating in (None, Rating.objects.earliest("pk")):
        words, mapped_by = f"Rating {n} {rating}", rating and by
        RatingMapping.objects.create(publisher="Checks", words=words, rating=rating, mapped_by=mapped_by)
    make.ExternalReviewFactory(withdrawn_at=timezone.now())
    link_review(review=make.ExternalReviewFactory(), claim=claim, editor=by)


def change_sample_rows(by: User) -> None:
    """Changes an object of each model with history, so that it has more than one version."""
    for model in (Quote, Source, Speaker, Rating, SitePage):
        row = model.objects.order_by("pk").first()
        row._history_user = by
        row.save()
