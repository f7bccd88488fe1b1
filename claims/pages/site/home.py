"""The home page."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.models import Claim, Quote, Verification
from claims.pages.common.page import Page, atom_alternate
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import read_rows
from claims.pages.search.lists import QUOTE_FIELDS, RATING_FIELDS, SPEAKER_FIELDS
from claims.resources.claims import CLAIMS
from claims.resources.corrections import CORRECTIONS
from claims.resources.permalinks import absolute_url, list_url
from claims.resources.quotes import QUOTES
from claims.resources.sql.expressions import ExecutionTime
from claims.resources.sql.prepared_query import IdQuery
from claims.search.keyset import order_by_keyset

CARDS = 6
FEW_VERDICTS = 3  # with fewer, the newest quotes stand beside them
NEWEST_CORRECTIONS = 3
# However many quotes there are, no more than the newest are read to find out which claims are repeated.
COUNTED_QUOTES = 2_000
CLAIM_FIELDS = (
    *("id", "text", "status", *RATING_FIELDS, *SPEAKER_FIELDS, "verification.published_at", "appearances"),
    *(f"quotes.{name}" for name in QUOTE_FIELDS),
)
CORRECTION_FIELDS = (
    *("id", "kind", "subject", "text", "reason", "made_at"),
    *("claim_id", "quote_id", "verification_id"),
)
# Quotes are counted before their claims are looked up, as most claims have one.
_CLAIM_IDS_SQL = """
SELECT claim FROM ({newest_verdicts}) v UNION SELECT claim FROM (
SELECT claim FROM (SELECT claim, COUNT(*) AS times FROM ({newest_quotes}) q GROUP BY claim HAVING COUNT(*) > 1) counted
WHERE EXISTS({public_claim}) ORDER BY times DESC, claim DESC LIMIT {limit}) repeated
"""


class HomePageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        claims = read_rows(CLAIMS, _shown_claims(), fields=CLAIM_FIELDS)
        verdicts = sorted(
            (claim for claim in claims if claim["verification"]),
            key=lambda claim: (claim["verification"]["published_at"], claim["id"]),
            reverse=True,
        )[:CARDS]
        repeated = sorted(
            (claim for claim in claims if claim["appearances"] > 1),
            key=lambda claim: (claim["appearances"], claim["id"]),
            reverse=True,
        )[:CARDS]
        return Page(
            template="claims/pages/site/home.html",
            title=settings.FACTBASE_SITE_NAME,
            path=reverse("home"),
            description=_("Who said what, where, and whether it holds up."),
            alternates=(atom_alternate(list_url("verifications", format="atom")),),
            structured_data=_website(),
            context={
                "verdicts": verdicts,
                "repeated": repeated,
                "quotes": (
                    read_rows(QUOTES, QUOTES.first_rows(CARDS), fields=QUOTE_FIELDS)
                    if len(verdicts) < FEW_VERDICTS
                    else []
                ),
                "corrections": read_rows(
                    CORRECTIONS, CORRECTIONS.first_rows(NEWEST_CORRECTIONS), fields=CORRECTION_FIELDS
                ),
            },
        )


@cache  # the time is filled in when the query is run
def _shown_claims() -> IdQuery:
    """Returns what reads the claims with the newest verdicts, and those that the newest quotes repeat most often."""
    now = ExecutionTime()
    verdicts = Verification.objects.released_in_index_order(now).order_by("-published_at", "-id").values("claim")
    quotes = order_by_keyset(Quote.objects.accepted_in_index_order(), QUOTES.default_ordering)
    newest = quotes.filter(claim__isnull=False).values("claim")[:COUNTED_QUOTES]
    public_claim = Claim.objects.released(at=now).filter(pk=RawSQL("counted.claim", [])).order_by().values("pk")
    verdicts_sql, verdicts_parameters = verdicts[:CARDS].query.sql_with_params()
    quotes_sql, quotes_parameters = newest.query.sql_with_params()
    claim_sql, claim_parameters = public_claim.query.sql_with_params()
    ids = RawSQL(  # noqa: S611  # SQL of Django's; the values are parameters
        _CLAIM_IDS_SQL.format(
            newest_verdicts=verdicts_sql, newest_quotes=quotes_sql, public_claim=claim_sql, limit=CARDS
        ),
        [*verdicts_parameters, *quotes_parameters, *claim_parameters],
    )
    return IdQuery.to_keep(Claim.objects.released(at=now).filter(pk__in=ids).order_by("-id"))


def _website() -> dict[str, Any]:
    url = absolute_url("home")
    search = f"{absolute_url('page-search')}?q={{search_term}}"
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.FACTBASE_SITE_NAME,
        "url": url,
        "inLanguage": settings.FACTBASE_LANGUAGE,
        "publisher": {"@type": "Organization", "name": settings.FACTBASE_PUBLISHER, "url": url},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term",
        },
    }
