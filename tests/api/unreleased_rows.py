"""Rows in every unreleased state, with the texts and ids that must not become public."""

import datetime as dt
import itertools

from django.utils import timezone

from claims.articles import RawContent as Bytes
from claims.models import (
    Claim,
    ClaimRelation,
    CorrectedField,
    Correction,
    Evidence,
    EvidenceCopy,
    Quote,
    QuoteDecision,
    RawContent,
    Snapshot,
    Source,
    SourceRelation,
    SpeakerMerge,
    Verification,
    VerificationState,
    Watch,
)
from claims.resources import RESOURCES
from claims.services.sources.anchors import carry_over_quotes
from claims.services.verification.evidence_copies import anchor_excerpts
from tests import factories as f

FIRST_SECRET_ID = 7_000_000  # of unreleased rows, so that these numbers occur nowhere else


class Secrets:
    """The texts and ids of unreleased rows, which it creates."""

    def __init__(self) -> None:
        self.ids = itertools.count(FIRST_SECRET_ID)
        self.ids_by_resource: dict[str, list[int]] = {resource: [] for resource in RESOURCES}
        self.texts: list[str] = []

    def text(self, state: str, field: str) -> str:
        self.texts.append(f"secret-{state}-{field}")
        return self.texts[-1]

    def next_id(self, resource: str) -> int:
        self.ids_by_resource[resource].append(next(self.ids))
        return self.ids_by_resource[resource][-1]

    def quote(self, state: str, **fields) -> Quote:
        """Creates a quote with a claim, speaker, source and topic of its own, all unreleased."""
        text = self.text(state, "quote")
        claim = fields.pop("claim", None) or f.ClaimFactory(
            pk=self.next_id("claims"), text=self.text(state, "claim"), released_at=timezone.now()
        )
        if claim.pk >= FIRST_SECRET_ID:
            slug = self.text(state, "topic")
            claim.topics.add(f.TopicFactory(pk=self.next_id("topics"), name=slug, slug=slug))
        speaker = fields.pop("speaker", None) or f.SpeakerFactory(
            pk=self.next_id("speakers"), name=self.text(state, "speaker"), description=self.text(state, "description")
        )
        snapshot = fields.pop("snapshot", None) or f.SnapshotFactory(
            text=f'Lena Ford said: "{text}!!!!!!!!!!!!!!" {self.text(state, "text")}',
            source__pk=self.next_id("sources"),
            source__title=self.text(state, "title"),
            source__publisher=self.text(state, "publisher"),
            source__url=f"https://example.org/{self.text(state, 'url')}",
        )
        self.texts.append(snapshot.sha256)
        return f.QuoteFactory(
            pk=self.next_id("quotes"),
            claim=claim,
            speaker=speaker,
            snapshot=snapshot,
            start=17,
            end=17 + len(text),
            role=self.text(state, "role"),
            outlet=self.text(state, "outlet"),
            **fields,
        )


def decision_fields(decision: QuoteDecision) -> dict:
    return {"decision": decision, "decided_by": f.UserFactory(), "decided_at": timezone.now()}


def add_quote_before_its_claim(secrets: Secrets, public: Quote, state: str, pk: int) -> Claim:
    """Adds a public quote beside the `public` one, and returns its claim, which is secret."""
    claim = f.ClaimFactory(
        pk=secrets.next_id("claims"),
        text=secrets.text(state, "claim"),
        speaker=public.speaker,
        said_on=dt.date(2024, 2, 29),
        proposed=state == "proposal",
    )
    slug = secrets.text(state, "topic")
    claim.topics.add(f.TopicFactory(pk=secrets.next_id("topics"), name=slug, slug=slug))
    f.QuoteFactory(pk=pk, accepted=True, claim=claim, speaker=public.speaker, snapshot=public.snapshot)
    return claim


def add_checks_and_copies(secrets: Secrets, public: Quote, newer: Snapshot, hidden: list[Verification]) -> None:
    """Adds what is known of pages: changed and gone ones, copies of evidence, and relations to unreleased sources."""
    text = f"{secrets.text('newer', 'text')} Rivers are full to the brim. {secrets.text('newer', 'rest')}"
    newest = f.SnapshotFactory(source=public.snapshot.source, text=text)
    secrets.texts.append(newest.sha256)
    for snapshot in (newer, newest):
        carry_over_quotes(snapshot)
    gone = {"gone_at": timezone.now(), "last_checked_at": timezone.now()}
    Watch.objects.create(source=public.snapshot.source, reason=secrets.text("watch", "reason"), **gone)
    evidence = f.EvidenceFactory(verification=Verification.objects.get(pk=6_000_015), excerpt="the highest")
    for row in [evidence, *Evidence.objects.filter(verification__in=hidden)]:
        state = f"of-evidence-{row.pk}"
        body = f"{secrets.text(state, 'start')} {'.' * 40} It is the highest. {'.' * 40} {secrets.text(state, 'end')}"
        raw = RawContent.of(Bytes(body.encode(), "text/plain")).get_or_save()
        copied = {"text": body, "sha256": Snapshot.digest(body), "raw": raw, "retrieved_at": timezone.now()}
        title, reason = secrets.text(state, "title"), secrets.text(state, "reason")
        EvidenceCopy.objects.create(evidence=row, url=row.url, title=title, reason=reason, **copied, **gone)
        if row != evidence:
            secrets.texts.append(copied["sha256"])
    anchor_excerpts(EvidenceCopy.objects.all())
    for number, source in enumerate(Source.objects.filter(pk__gte=FIRST_SECRET_ID).order_by("pk")):
        pair = [public.snapshot.source, source][:: 1 if number % 2 else -1]
        SourceRelation.objects.create(
            first=pair[0], second=pair[1], kind="copy", state="confirmed", shared=0.9, decided_by=public.decided_by
        )


def create_unreleased_rows() -> Secrets:
    """Creates rows in each state, beside one released claim and three public quotes."""
    now, secrets = timezone.now(), Secrets()
    accepted = decision_fields(QuoteDecision.ACCEPTED)
    secrets.quote("pending")
    secrets.quote("rejected", **decision_fields(QuoteDecision.REJECTED))
    secrets.quote("rejected-later", **accepted)
    Quote.objects.filter(role="secret-rejected-later-role").update(decision=QuoteDecision.REJECTED)
    embargoed = secrets.quote("embargoed", **accepted).claim
    Claim.objects.filter(pk=embargoed.pk).update(released_at=now + dt.timedelta(hours=1))
    retracted = secrets.quote("retracted", **accepted).claim
    Claim.objects.filter(pk=retracted.pk).update(retracted_at=now)
    never_out = secrets.quote("never-out", **accepted).claim
    Claim.objects.filter(pk=never_out.pk).update(released_at=now + dt.timedelta(hours=2), retracted_at=now)
    unclaimed = f.ClaimFactory(pk=secrets.next_id("claims"), text=secrets.text("no-quote", "claim"), released_at=now)
    editor, approver = f.UserFactory(username="secret-editor"), f.UserFactory(username="secret-approver")
    secrets.texts += ["secret-editor", "secret-approver", "editor-"]

    # A released claim with a pending quote, and verifications in every state.
    public = f.QuoteFactory(
        pk=6_000_011,
        accepted=True,
        decided_by=editor,
        claim__pk=6_000_012,
        speaker__pk=6_000_013,
        snapshot__source__pk=6_000_014,
    )
    secrets.quote("pending-of-public", claim=public.claim)
    unreleased = [
        add_quote_before_its_claim(secrets, public, state, pk)
        for state, pk in (("proposal", 6_000_021), ("draft", 6_000_022))
    ]
    second = f.SnapshotFactory(source=public.snapshot.source, text="A text that holds only what is pending. " * 2)
    f.QuoteFactory(
        pk=secrets.next_id("quotes"),
        snapshot=second,
        start=2,
        end=6,
        cue="",
        cue_spans=[],
        mention="",
        mention_spans=[],
    )
    secrets.texts.append(second.sha256)
    f.VerificationFactory(
        pk=6_000_015,
        claim=public.claim,
        published=True,
        author=editor,
        approver=approver,
        comment=secrets.text("public", "comment"),
    )
    common = {"author": editor, "claim": public.claim}
    hidden = [
        f.VerificationFactory(
            pk=secrets.next_id("verifications"), explanation=secrets.text("draft", "verdict"), **common
        ),
        f.VerificationFactory(
            pk=secrets.next_id("verifications"),
            submitted=True,
            explanation=secrets.text("submitted", "verdict"),
            **common,
        ),
    ]
    for state in (VerificationState.SUPERSEDED, VerificationState.WITHDRAWN):
        verification = f.VerificationFactory(
            pk=secrets.next_id("verifications"),
            submitted=True,
            state=state,
            approver=approver,
            published_at=now,
            explanation=secrets.text(state, "verdict"),
            **common,
        )
        hidden.append(verification)
    hidden += [
        f.VerificationFactory(
            pk=secrets.next_id("verifications"),
            claim=claim,
            published=True,
            explanation=secrets.text(f"of-{claim.pk}", "verdict"),
        )
        for claim in (embargoed, retracted, unclaimed, *unreleased)
    ]
    for verification in hidden:
        f.EvidenceFactory(
            verification=verification,
            url=f"https://example.org/{secrets.text(f'of-{verification.pk}', 'evidence')}",
            source=f.SourceFactory(pk=secrets.next_id("sources"), title=secrets.text(f"of-{verification.pk}", "cited")),
        )
    for claim in (embargoed, never_out, unclaimed):
        Correction.objects.create(
            pk=secrets.next_id("corrections"),
            claim=claim,
            kind="correction",
            text=secrets.text(f"of-{claim.pk}", "correction"),
            reason="Wrong.",
            made_by=editor,
        )

    add_checks_and_copies(secrets, public, second, hidden)

    # Of what is public, originals and translations that are not.
    Quote.objects.filter(pk__in=secrets.ids_by_resource["quotes"]).update(translation_of=public)
    for pk, state in ((public.pk, "embargoed"), (6_000_021, "pending"), (6_000_022, "retracted")):
        original = Quote.objects.get(role=f"secret-{state}-role")
        Quote.objects.filter(pk=pk).update(translation_of=original)

    # Of the public claim to claims that are not.
    for claim in (embargoed, retracted, never_out, unclaimed, *unreleased):
        ClaimRelation.objects.create(
            pk=secrets.next_id("relations"),
            first=public.claim,
            second=claim,
            kind="updates",
            state="confirmed",
            decided_by=editor,
        )

    # Of quotes that have no public claim: one taken back at once, one that an embargo hides now.
    for quote in (Quote.objects.get(role="secret-rejected-role"), Quote.objects.get(role="secret-embargoed-role")):
        subject = secrets.text(f"of-{quote.pk}", "subject")
        correction = Correction.objects.create(
            pk=secrets.next_id("corrections"),
            quote=quote,
            kind="edit",
            subject=subject,
            text="Taken back.",
            reason="Wrong.",
            made_by=editor,
        )
        after = secrets.text(f"of-{quote.pk}", "after")
        CorrectedField.objects.create(correction=correction, field="wording", before=subject, after=after)

    # An unused speaker, merged into one that is unreleased too.
    merged = f.SpeakerFactory(pk=secrets.next_id("speakers"), name=secrets.text("merged", "speaker"))
    secret = Quote.objects.get(role="secret-pending-role").speaker
    type(merged).objects.filter(pk=merged.pk).update(merged_into=secret)
    SpeakerMerge.objects.create(kept=secret, merged=merged, moved={}, merged_by=editor)
    f.TopicFactory(pk=secrets.next_id("topics"), name=secrets.text("empty", "topic"), slug="secret-empty-topic")
    return secrets
