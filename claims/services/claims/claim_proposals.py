"""Proposes the claim that a quote makes: an existing one of the same speaker in the same words, or a new one.

A new one is a proposal until an editor confirms its wording (`claim_release`, `editing`). It goes with its last quote.
"""

import re
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db.models import Model

from claims.models import Claim, HistoryCause, Quote, Snapshot, Topic
from claims.services.history import audit

_TRAILING_PUNCTUATION = re.compile(r"[\s,;:—–-]+$")


def claim_wording(exact: str) -> str:
    """The text of the claim that a quote makes: on one line, capitalized, without the comma before the speaker."""
    text = _TRAILING_PUNCTUATION.sub("", " ".join(exact.split())) or exact
    return text[:1].title() + text[1:]  # upper() would turn a Georgian letter into a headline capital


def propose_claims(quotes: Sequence[Quote], *, editor: User | None) -> list[Claim]:
    """Set `claim` on each saved or unsaved quote that has none, without storing the quotes; returns these claims.

    Quotes whose speaker is unknown never share a claim.
    """
    unlinked = [quote for quote in quotes if quote.claim_id is None]
    by_speaker_and_text: dict[tuple[int, str], Claim] = {}
    speakers = {quote.speaker_id for quote in unlinked if quote.speaker_id}
    texts = {claim_wording(quote.exact) for quote in unlinked}
    for claim in Claim.objects.current().filter(speaker__in=speakers, text__in=texts).order_by("-pk"):
        if claim.speaker_id:
            by_speaker_and_text[claim.speaker_id, claim.text] = claim
    new: list[Claim] = []
    proposed: list[Claim] = []
    for quote in unlinked:
        text = claim_wording(quote.exact)
        match = by_speaker_and_text.get((quote.speaker_id, text)) if quote.speaker_id else None
        if match is None:
            match = Claim(text=text, speaker_id=quote.speaker_id)
            new.append(match)
            if quote.speaker_id:
                by_speaker_and_text[quote.speaker_id, text] = match
        proposed.append(match)
    audit.create(new, user=editor, reason="proposed by a quote")
    for quote, claim in zip(unlinked, proposed, strict=True):  # new claims have an id only now
        quote.claim = claim
    return proposed


def add_topic_to_proposals(*, snapshot: Snapshot, topic: Topic) -> None:
    """Give the topic to the proposals that the quotes of a text made, as far as they have none."""
    proposals = list(Claim.objects.proposals().filter(quotes__snapshot=snapshot, topics=None).distinct())
    topics = {claim.pk: [topic.pk] for claim in proposals}
    audit.set_topics(proposals, topics, user=None, reason="topic of the feed")


def remove_abandoned_proposals(
    claims: Iterable[int | None], *, editor: User, cause: HistoryCause = HistoryCause.UNCLAIMED
) -> None:
    """Delete those of these claims that are proposals, without a quote, and that nothing else refers to."""
    ids = {pk for pk in claims if pk}
    used = claims_referred_to(ids)
    for claim in Claim.objects.proposals().filter(pk__in=ids, quotes=None).order_by("pk"):
        if claim.pk not in used:
            audit.delete(claim, user=editor, cause=cause)


def claims_referred_to(ids: Iterable[int]) -> set[int]:
    """Those of these claims that have topics, or that something other than a quote refers to."""
    ids = set(ids)
    used = set(Claim.objects.filter(pk__in=ids, topics__isnull=False).values_list("pk", flat=True))
    for model, name in related_models(Claim):
        if model is not Quote:
            used |= set(model._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    return used


def related_models(model: type[Model]) -> list[tuple[type[Model], str]]:
    """The models with a foreign key to this one, and the key's name."""
    return [(relation.related_model, relation.field.name) for relation in model._meta.related_objects]
