"""Rows in every state in which no reader may see them, with the words and ids that would give them away."""

import datetime as dt
import itertools

from django.utils import timezone

from claims.api.resources.viewsets import RESOURCES
from claims.models import Claim, Correction, Quote, QuoteDecision, SpeakerMerge, VerificationState
from tests import factories as f

FIRST_SECRET_ID = 7_000_000  # ids of what is secret, so that none is anything else


class Secrets:
    """Rows that no reader may see, and the words and ids that would give them away."""

    def __init__(self) -> None:
        self.ids = itertools.count(FIRST_SECRET_ID)
        self.kinds: dict[str, list[int]] = {kind: [] for kind in RESOURCES}
        self.words: list[str] = []

    def word(self, state: str, what: str) -> str:
        self.words.append(f"secret-{state}-{what}")
        return self.words[-1]

    def id_of(self, kind: str) -> int:
        self.kinds[kind].append(next(self.ids))
        return self.kinds[kind][-1]

    def quote(self, state: str, **fields) -> Quote:
        """A quote with a claim, speaker, source, topic of its own, all of them secret."""
        said = self.word(state, "quote")
        claim = fields.pop("claim", None) or f.ClaimFactory(
            pk=self.id_of("claims"), text=self.word(state, "claim"), released_at=timezone.now()
        )
        if claim.pk >= FIRST_SECRET_ID:
            slug = self.word(state, "topic")
            claim.topics.add(f.TopicFactory(pk=self.id_of("topics"), name=slug, slug=slug))
        speaker = fields.pop("speaker", None) or f.SpeakerFactory(
            pk=self.id_of("speakers"), name=self.word(state, "speaker"), description=self.word(state, "description")
        )
        snapshot = fields.pop("snapshot", None) or f.SnapshotFactory(
            text=f'Lena Ford said: "{said}!!!!!!!!!!!!!!" {self.word(state, "text")}',
            source__pk=self.id_of("sources"),
            source__title=self.word(state, "title"),
            source__publisher=self.word(state, "publisher"),
            source__url=f"https://example.org/{self.word(state, 'url')}",
        )
        self.words.append(snapshot.sha256)
        return f.QuoteFactory(
            pk=self.id_of("quotes"),
            claim=claim,
            speaker=speaker,
            snapshot=snapshot,
            start=17,
            end=17 + len(said),
            role=self.word(state, "role"),
            outlet=self.word(state, "outlet"),
            **fields,
        )


def decision_fields(decision: QuoteDecision) -> dict:
    return {"decision": decision, "decided_by": f.UserFactory(), "decided_at": timezone.now()}


def create_unreleased_rows() -> Secrets:
    """Rows in each, beside one released claim."""
    now, secrets = timezone.now(), Secrets()
    accepted = decision_fields(QuoteDecision.ACCEPTED)
    secrets.quote("pending")
    secrets.quote("rejected", **decision_fields(QuoteDecision.REJECTED))
    secrets.quote("rejected-later", **accepted)
    Quote.objects.filter(role="secret-rejected-later-role").update(decision=QuoteDecision.REJECTED)
    embargoed = secrets.quote("embargoed", **accepted).claim
    Claim.objects.filter(pk=embargoed.pk).update(released_at=now + dt.timedelta(hours=1))
    unreleased = secrets.quote("unreleased", **accepted).claim
    Claim.objects.filter(pk=unreleased.pk).update(released_at=None)
    retracted = secrets.quote("retracted", **accepted).claim
    Claim.objects.filter(pk=retracted.pk).update(retracted_at=now)
    never_out = secrets.quote("never-out", **accepted).claim
    Claim.objects.filter(pk=never_out.pk).update(released_at=now + dt.timedelta(hours=2), retracted_at=now)
    unclaimed = f.ClaimFactory(pk=secrets.id_of("claims"), text=secrets.word("no-quote", "claim"), released_at=now)
    editor, approver = f.UserFactory(username="secret-editor"), f.UserFactory(username="secret-approver")
    secrets.words += ["secret-editor", "secret-approver", "editor-"]

    # Beside them, a released claim: with a pending quote of its own, and verifications in every state.
    public = f.QuoteFactory(
        pk=6_000_011,
        accepted=True,
        decided_by=editor,
        claim__pk=6_000_012,
        speaker__pk=6_000_013,
        snapshot__source__pk=6_000_014,
    )
    secrets.quote("pending-of-public", claim=public.claim)
    second = f.SnapshotFactory(source=public.snapshot.source, text="A text that holds only what is pending. " * 2)
    f.QuoteFactory(
        pk=secrets.id_of("quotes"), snapshot=second, start=2, end=6, cue="", cue_spans=[], mention="", mention_spans=[]
    )
    secrets.words.append(second.sha256)
    f.VerificationFactory(
        pk=6_000_015,
        claim=public.claim,
        published=True,
        author=editor,
        approver=approver,
        comment=secrets.word("public", "comment"),
    )
    common = {"author": editor, "claim": public.claim}
    hidden = [
        f.VerificationFactory(
            pk=secrets.id_of("verifications"), explanation=secrets.word("draft", "verdict"), **common
        ),
        f.VerificationFactory(
            pk=secrets.id_of("verifications"),
            submitted=True,
            explanation=secrets.word("submitted", "verdict"),
            **common,
        ),
    ]
    for state in (VerificationState.SUPERSEDED, VerificationState.WITHDRAWN):
        verification = f.VerificationFactory(
            pk=secrets.id_of("verifications"),
            submitted=True,
            state=state,
            approver=approver,
            published_at=now,
            explanation=secrets.word(state, "verdict"),
            **common,
        )
        hidden.append(verification)
    hidden += [
        f.VerificationFactory(
            pk=secrets.id_of("verifications"),
            claim=claim,
            published=True,
            explanation=secrets.word(f"of-{claim.pk}", "verdict"),
        )
        for claim in (embargoed, retracted, unclaimed)
    ]
    for verification in hidden:
        f.EvidenceFactory(
            verification=verification,
            url=f"https://example.org/{secrets.word(f'of-{verification.pk}', 'evidence')}",
            source=f.SourceFactory(pk=secrets.id_of("sources"), title=secrets.word(f"of-{verification.pk}", "cited")),
        )
    for claim in (embargoed, never_out, unclaimed):
        Correction.objects.create(
            pk=secrets.id_of("corrections"),
            claim=claim,
            kind="correction",
            text=secrets.word(f"of-{claim.pk}", "correction"),
            reason="Wrong.",
            made_by=editor,
        )

    # A speaker whose name nobody uses any more, merged into one that is secret too.
    merged = f.SpeakerFactory(pk=secrets.id_of("speakers"), name=secrets.word("merged", "speaker"))
    secret = Quote.objects.get(role="secret-pending-role").speaker
    type(merged).objects.filter(pk=merged.pk).update(merged_into=secret)
    SpeakerMerge.objects.create(kept=secret, merged=merged, moved={}, merged_by=editor)
    f.TopicFactory(pk=secrets.id_of("topics"), name=secrets.word("empty", "topic"), slug="secret-empty-topic")
    return secrets
