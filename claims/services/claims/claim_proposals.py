"""Which claim a quote carries: one with the same speaker and the same words, or a new one."""

import re
from collections.abc import Sequence

from django.contrib.auth.models import User

from claims.models import Claim, Quote
from claims.services.history import audit

_TRAILING_PUNCTUATION = re.compile(r"[\s,;:—–-]+$")


def claim_wording(exact: str) -> str:
    """The claim a quote makes, worded as the quote is: on one line, without the comma that led on to the speaker."""
    text = _TRAILING_PUNCTUATION.sub("", " ".join(exact.split())) or exact
    return text[:1].title() + text[1:]  # not upper: that turns a Georgian letter into a headline's


def propose_claims(quotes: Sequence[Quote], *, editor: User | None) -> list[Claim]:
    """Set `claim` on each unsaved or saved quote that has none (the caller stores it), and return these claims.

    A claim of the same speaker in the same words is taken; claims of nobody known are never shared.
    """
    waiting = [quote for quote in quotes if quote.claim_id is None]
    known: dict[tuple[int, str], Claim] = {}
    speakers = {quote.speaker_id for quote in waiting if quote.speaker_id}
    texts = {claim_wording(quote.exact) for quote in waiting}
    for same in Claim.objects.current().filter(speaker__in=speakers, text__in=texts).order_by("-pk"):
        if same.speaker_id:
            known[same.speaker_id, same.text] = same
    new: list[Claim] = []
    chosen: list[tuple[Quote, Claim]] = []
    for quote in waiting:
        text = claim_wording(quote.exact)
        claim = known.get((quote.speaker_id, text)) if quote.speaker_id else None
        if claim is None:
            claim = Claim(text=text, speaker_id=quote.speaker_id)
            new.append(claim)
            if quote.speaker_id:
                known[quote.speaker_id, text] = claim
        chosen.append((quote, claim))
    audit.create(new, user=editor, reason="proposed by a quote")
    for quote, claim in chosen:  # only now have the new ones an id to refer to
        quote.claim = claim
    return [claim for _, claim in chosen]
