"""What readers may learn of a text: public claims alike in meaning, in what they differ, and their verdicts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from claims.models import Claim, Quote
from claims.resources.claims import CLAIM_FIELDS, ClaimInFull
from claims.resources.quotes import QuoteSerializer
from claims.resources.sql.sql_serializer import load_row, sql_serializer_for
from claims.search.matches.similar_claims import MAX_COMPARED_CHARACTERS, SimilarClaim, find_similar_claims
from claims.search.page_lookup import at_page

MAX_TEXT_LENGTH = MAX_COMPARED_CHARACTERS
MAX_MATCHES = 5  # of a text
MAX_QUOTES = 10  # of an article
MAX_MATCHES_OF_QUOTE = 3


class MatchedClaim(ClaimInFull):
    """A claim with its speaker and current verdict, without quotes and relations."""

    class Meta(ClaimInFull.Meta):
        fields = read_only_fields = (*CLAIM_FIELDS, "page_url", "url")


class MatchedQuote(QuoteSerializer):
    """A quote of an article, with the claim that an editor made of it."""

    class Meta(QuoteSerializer.Meta):
        fields: ClassVar[Any] = ("id", "kind", "text", "speaker", "source", "claim", "page_url", "url")
        read_only_fields: ClassVar[Any] = fields


@dataclass(frozen=True, slots=True)
class PublicMatch:
    """A public claim, as the API shows it, and how it compares to the text."""

    claim: Mapping[str, Any]
    similar: SimilarClaim


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text, or a quote of an article, and the public claims most alike to it: first those that say the same."""

    text: str
    quote: Mapping[str, Any] | None
    matches: tuple[PublicMatch, ...]


def check_text(text: str) -> CheckedText:
    """Raises EncoderError."""
    return CheckedText(text, None, _find_matches(text, without=(), limit=MAX_MATCHES))


def check_article(page_key: str) -> tuple[list[CheckedText], bool]:
    """Checks the first public quotes of the article at an address, and tells whether it has more.

    Raises EncoderError.
    """
    quotes = Quote.objects.released().filter(at_page("snapshot__source")(page_key)).order_by("snapshot", "start", "id")
    stored = list(quotes.values_list("pk", "exact", "claim")[: MAX_QUOTES + 1])
    rows = _read_rows(MatchedQuote, Quote.objects.released().filter(pk__in=[pk for pk, _, _ in stored[:MAX_QUOTES]]))
    checked = [
        CheckedText(exact, rows[pk], _find_matches(exact, without=(claim or 0,), limit=MAX_MATCHES_OF_QUOTE))
        for pk, exact, claim in stored[:MAX_QUOTES]
        if pk in rows
    ]
    return checked, len(stored) > MAX_QUOTES


def _find_matches(text: str, *, without: Collection[int], limit: int) -> tuple[PublicMatch, ...]:
    similar = find_similar_claims(text, speaker=None, without=without, limit=limit, among=Claim.objects.released())
    rows = _read_rows(MatchedClaim, Claim.objects.released().filter(pk__in=[match.claim.pk for match in similar]))
    return tuple(PublicMatch(rows[match.claim.pk], match) for match in similar if match.claim.pk in rows)


def _read_rows(serializer: Any, rows: Any) -> dict[int, dict[str, Any]]:
    read = (load_row(row) for row in sql_serializer_for(serializer).rows(rows.order_by("id")))
    return {row["id"]: row for row in read}
