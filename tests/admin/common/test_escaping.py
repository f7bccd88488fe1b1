"""Text from articles and forms is escaped on every page of the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import (
    ClaimRelation,
    Correction,
    CorrectionKind,
    Evidence,
    Feed,
    Invitation,
    Notice,
    Position,
    RatingMapping,
    ResourceKind,
    SitePage,
    Source,
    SourceRelation,
)
from claims.services.claims.correction_drafts import save_correction_draft
from claims.services.claims.corrections import PublicNote
from claims.services.people import assignments, comments, reader_keys, saved_views
from claims.services.quotes import decisions
from claims.services.site import error_reports
from claims.services.speakers import directory, merge
from tests import factories as make
from tests.admin.common.test_every_page import REGISTRY, admin_pages
from tests.admin.sources.source_pages import create_quotes

MARKUP = "<script>alert(1)</script>"
ATTRIBUTE = "\"><img src=x onerror=alert(1)> '{{ 7*7 }}"
HOSTILE = f"{MARKUP} {ATTRIBUTE}"


@pytest.fixture
def hostile(editor: User) -> None:
    """A row of everything, its every free text hostile."""
    text = f"{HOSTILE} said: {HOSTILE} {HOSTILE}"
    at = len(HOSTILE)
    speakers = [directory.add_speaker(name=f"{HOSTILE} {letter} Ford", editor=editor) for letter in ("Lena", "Lenna")]
    for speaker in speakers:
        speaker.description = HOSTILE
        speaker.save()
        Position.objects.create(speaker=speaker, title=HOSTILE, organization=HOSTILE)
    source = make.SourceFactory(title=HOSTILE, publisher=HOSTILE, authors=HOSTILE, translator=HOSTILE)
    snapshot = make.SnapshotFactory(source=source, text=text)
    claim = make.ClaimFactory(text=HOSTILE, speaker=speakers[0], released_at=timezone.now())
    claim.topics.add(make.TopicFactory(name=HOSTILE[:90], description=HOSTILE))
    for speaker in (*speakers, None):
        make.QuoteFactory(
            snapshot=snapshot,
            start=at + 7,
            end=at + 7 + len(HOSTILE),
            cue_spans=[[at + 1, at + 5]],
            mention=HOSTILE,
            mention_spans=[[0, at]],
            candidates=[HOSTILE],
            role=HOSTILE,
            outlet=HOSTILE,
            speaker=speaker,
            claim=claim,
        )
    decisions.decide_quotes(quotes=[claim.quotes.earliest("pk").pk], decision="accepted", editor=editor)
    row = make.VerificationFactory(claim=claim, author=editor, explanation=HOSTILE, comment=HOSTILE)
    Evidence.objects.create(verification=row, source=source, stance="context", excerpt=HOSTILE, note=HOSTILE)
    Correction.objects.create(claim=claim, kind=CorrectionKind.CORRECTION, text=HOSTILE, reason=HOSTILE, made_by=editor)
    save_correction_draft(
        claim=claim, text=f"{HOSTILE}!", speaker=None, said_on=None, note=PublicNote(HOSTILE, HOSTILE), author=editor
    )
    second = make.ClaimFactory(text=HOSTILE, speaker=speakers[1])
    ClaimRelation.objects.create(first=claim, second=second, kind="repeats", score=0.5, reason=HOSTILE)
    for subject in (claim, row):
        comments.add_comment(on=subject, text=f"@{editor.username} {HOSTILE}", author=editor)
    for subject in (source, claim, row):
        assignments.assign(rows=[subject], assignee=editor, editor=make.UserFactory(), note=HOSTILE)
    Notice.objects.create(
        kind="assigned",
        channel="email",
        recipient=editor,
        claim=claim,
        summary=HOSTILE,
        text=HOSTILE,
        error=HOSTILE,
        due_at=timezone.now(),
        attempts=7,
    )
    saved_views.create_saved_view(
        name=HOSTILE[:60], listing="claims.claim", query=[("q", HOSTILE), (HOSTILE, "1")], owner=editor, shared=True
    )
    reader_keys.create_key(name=HOSTILE, editor=editor)
    Invitation.objects.create(email=f"{HOSTILE}@example.org", delivery="shown", digest="a" * 64, invited_by=editor)
    Feed.objects.create(
        url="https://example.org/feed", title=HOSTILE, publisher=HOSTILE, reason=HOSTILE, failures=1, added_by=editor
    )
    make.ExternalReviewFactory(
        claim_text=HOSTILE, speaker_name=HOSTILE, rating=HOSTILE, publisher=HOSTILE, author=HOSTILE, claim=claim,
        review_url=f"https://example.org/{HOSTILE}", linked_by=editor,
    )  # fmt: skip
    RatingMapping.objects.create(publisher=HOSTILE, words=HOSTILE)
    make.DeliveryFactory(refused=True, url=HOSTILE, fetched_url=HOSTILE, reason=HOSTILE, requested_by=editor)
    Source.objects.filter(pk=source.pk).update(warnings=[{"code": "short-text", "message": HOSTILE}])
    SourceRelation.objects.create(first=source, second=make.SourceFactory(title=HOSTILE), kind="copy", shared=1)
    report = error_reports.report_error(text=HOSTILE, kind=ResourceKind.CLAIMS, pk=claim.pk, subject=HOSTILE)
    error_reports.answer_report(report=report, answer=HOSTILE, is_public=True, editor=editor)
    SitePage.objects.update(title=HOSTILE[:100], text=HOSTILE)
    other = make.SpeakerFactory(name=HOSTILE)
    merge.merge_speakers(kept=other, merged=make.SpeakerFactory(name=HOSTILE), editor=editor)


def test_every_page_escapes_markup(client: Client, hostile: None) -> None:
    seen = 0
    for model, model_admin in REGISTRY:
        addresses = [address for _, address in admin_pages(model, model_admin)]
        for step in getattr(model_admin, "object_actions", ()):
            row = model._default_manager.order_by("pk").last()
            addresses.append(f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/step/{step.name}/")
        for address in addresses:
            page = client.get(address, follow=True).content.decode()
            assert MARKUP not in page, address
            assert "<img src=x" not in page, address
            seen += "&lt;script&gt;" in page
    assert seen > 20, "the pages do show it"


def test_messages_escape_markup(client: Client, hostile: None) -> None:
    for model, model_admin in REGISTRY:
        for step in getattr(model_admin, "object_actions", ()):
            for row in list(model._default_manager.all()):
                address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/step/{step.name}/"
                data = {"reason": HOSTILE, "comment": HOSTILE}
                page = client.post(address, data, follow=True).content.decode()
                assert MARKUP not in page, address
                assert "<img src=x" not in page, address


def test_source_of_two_million_characters_is_shown(client: Client) -> None:
    snapshot = make.SnapshotFactory(text='Lena Ford said: "Rivers are full." ' * 57_000)
    create_quotes(snapshot, [(17 + n * 35, 33 + n * 35) for n in range(300)])
    parts = [
        client.get(f"/admin/claims/source/{snapshot.source_id}/change/?part={part}").content.decode()
        for part in range(1, 6)
    ]
    assert sum(part.count('<mark class="fb-mark fb-quote-pending" id=') for part in parts) == 300
    assert all(len(part) < 300_000 for part in parts)
