"""Factories for tests. Every row is valid, and as small as its invariants allow."""

import hashlib
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

from claims import models
from claims.models.quote import WORTH_FIELDS
from claims.models.quote_text import shown_text
from claims.services.sources.integrity import text_at_spans
from claims.services.worthiness.quote_scores import score_quotes


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"editor-{n}")
    is_staff = True


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    publisher = "The Daily Example"
    title = factory.Sequence(lambda n: f"Article {n}")
    url = factory.Sequence(lambda n: f"https://example.org/articles/{n}")
    language = "en"
    language_origin = models.LanguageOrigin.STATED


class SnapshotFactory(DjangoModelFactory):
    """A text with two quotes: `Lena Ford said: "Rivers are full."` and `According to Ford, roads are dry.`."""

    class Meta:
        model = models.Snapshot

    source = factory.SubFactory(SourceFactory)
    text = factory.Sequence(lambda n: f'Lena Ford said: "Rivers are full." According to Ford, roads are dry. ({n})')
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.text.encode()).hexdigest())
    reader = "plain-text"
    reader_version = "1"


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = models.Speaker
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Lena Ford {n}")

    @factory.post_generation
    def with_name(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """Creates the row of the main name."""
        SpeakerNameFactory(speaker=self, name=extracted or self.name)


class SpeakerNameFactory(DjangoModelFactory):
    class Meta:
        model = models.SpeakerName

    speaker = factory.SubFactory(SpeakerFactory)
    name = factory.Sequence(lambda n: f"L. Ford {n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class ClaimFactory(DjangoModelFactory):
    """A claim in an editor's wording that is not public; `released=True` releases it (it needs an accepted quote, too).

    `proposed=True` makes it a proposal in a machine's wording, unless it is released.
    """

    class Meta:
        model = models.Claim

    class Params:
        proposed = factory.Trait(wording_confirmed_at=factory.SelfAttribute("released_at"))
        released = factory.Trait(released_at=factory.LazyFunction(timezone.now))

    released_at = None
    wording_confirmed_at = factory.LazyFunction(timezone.now)
    text = factory.Sequence(lambda n: f"Rivers are full, says report {n}.")
    speaker = factory.SubFactory(SpeakerFactory)


class QuoteFactory(DjangoModelFactory):
    """A pending quote of `Rivers are full.` with a proposal; `rejected=True` rejects it.

    `accepted=True` makes it public with a released claim; `before_claim=True` with its proposal.
    """

    class Meta:
        model = models.Quote

    class Params:
        accepted = factory.Trait(
            decision=models.QuoteDecision.ACCEPTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
            claim=factory.SubFactory(ClaimFactory, released=True, speaker=factory.SelfAttribute("..speaker")),
        )
        before_claim = factory.Trait(
            accepted=True,
            claim=factory.SubFactory(ClaimFactory, proposed=True, speaker=factory.SelfAttribute("..speaker")),
        )
        rejected = factory.Trait(
            decision=models.QuoteDecision.REJECTED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
        )

    snapshot = factory.SubFactory(SnapshotFactory)
    kind = models.QuoteKind.DIRECT
    start = 17
    end = 33
    spans = factory.LazyAttribute(lambda o: [[o.start, o.end]])
    exact = factory.LazyAttribute(lambda o: o.snapshot.text[o.start : o.end])
    text = factory.LazyAttribute(
        lambda o: shown_text(o.snapshot.text, o.spans) if text_at_spans(o.snapshot.text, o.spans) else "Nothing."
    )
    prefix = factory.LazyAttribute(lambda o: o.snapshot.text[: o.start])
    suffix = factory.LazyAttribute(lambda o: o.snapshot.text[o.end :])
    cue = "said"
    cue_spans = [[10, 14]]
    mention = "Lena Ford"
    mention_spans = [[0, 9]]
    mention_kind = models.MentionKind.NAME
    speaker = factory.SubFactory(SpeakerFactory)
    claim = factory.SubFactory(ClaimFactory, proposed=True, speaker=factory.SelfAttribute("..speaker"))
    confidence = 0.9
    speaker_confidence = factory.LazyAttribute(lambda o: 0.95 if o.speaker else None)
    extractor = "rules"
    extractor_version = "1"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Any:
        """Adds the score, as it is stored with every quote."""
        if "worth_features" not in fields:
            quote = model_class(**fields)
            score_quotes([quote])
            fields |= {name: getattr(quote, name) for name in WORTH_FIELDS}
        return super()._create(model_class, *args, **fields)


class VerificationFactory(DjangoModelFactory):
    """A draft; `submitted=True` and `published=True` for later states."""

    class Meta:
        model = models.Verification

    class Params:
        submitted = factory.Trait(
            state=models.VerificationState.SUBMITTED,
            rating=factory.LazyFunction(lambda: models.Rating.objects.get(slug="true")),
            explanation="Two gauges show it.",
            fingerprint="0" * 64,
            submitted_at=factory.LazyFunction(timezone.now),
        )
        published = factory.Trait(
            submitted=True,
            state=models.VerificationState.PUBLISHED,
            approver=factory.SubFactory(UserFactory),
            published_at=factory.LazyFunction(timezone.now),
        )

    claim = factory.SubFactory(ClaimFactory)
    author = factory.SubFactory(UserFactory)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    verification = factory.SubFactory(VerificationFactory)
    url = "https://example.org/gauges"
    stance = models.EvidenceStance.SUPPORTS


class ExternalReviewFactory(DjangoModelFactory):
    class Meta:
        model = models.ExternalReview

    claim_text = factory.Sequence(lambda n: f"Rivers rose, says report {n}.")
    rating = "Mostly false"
    publisher = "Fakty"
    review_url = factory.Sequence(lambda n: f"https://fakty.example.net/{n}")


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.Delivery

    class Params:
        refused = factory.Trait(
            state=models.DeliveryState.REFUSED,
            problem=models.DeliveryProblem.GONE,
            reason="The page is gone.",
            next_at=None,
            finished_at=factory.LazyFunction(timezone.now),
        )

    origin = models.DeliveryOrigin.ADMIN
    url = factory.Sequence(lambda n: f"https://example.org/delivery/{n}")
    request_key = factory.Sequence(lambda n: f"{n:064x}")
