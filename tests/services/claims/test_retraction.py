import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from claims.models import Claim, Correction, Quote
from claims.services.claims.claim_release import release_claim
from claims.services.claims.corrections import refuse_publication_time, retract_claim
from claims.services.errors import RefusedError
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.sample_articles import make_article
from tests.services.claims.claim_states import make_retracted_claim

pytestmark = pytest.mark.django_db


def test_retracting_hides_the_claim_and_publishes_the_reason() -> None:
    claim, editor = make.QuoteFactory(accepted=True).claim, make.UserFactory()
    correction = retract_claim(claim=claim, editor=editor, reason="She never said it.")
    assert (correction.kind, correction.reason, correction.made_by) == ("retraction", "She never said it.", editor)
    assert Claim.objects.get().retracted_at
    assert not Claim.objects.released().exists()
    assert not Quote.objects.released().exists()
    entry = claim.history.latest()
    assert (entry.history_user, entry.history_change_reason) == (editor, "retracted: She never said it.")


@pytest.mark.parametrize(
    ("claim", "reason", "error"),
    [
        (make.ClaimFactory, "Wrong.", "is not public"),
        (
            lambda: make.ClaimFactory(released_at=timezone.now() + dt.timedelta(days=1)),
            "Wrong.",
            "is not public",
        ),
        (make_retracted_claim, "Wrong.", "already"),
        (lambda: make.ClaimFactory(released=True), "Wrong.", "is not public"),
        (lambda: make.QuoteFactory(accepted=True).claim, "  ", "Give a reason"),
    ],
    ids=["never-released", "embargo", "twice", "no-accepted-quote", "no-reason"],
)
def test_refused_retractions(claim: Callable[[], Claim], reason: str, error: str) -> None:
    row = claim()
    before = Correction.objects.count()
    with pytest.raises(RefusedError, match=error):
        retract_claim(claim=row, editor=make.UserFactory(), reason=reason)
    assert Correction.objects.count() == before


TOMORROW = timezone.now() + dt.timedelta(days=1)
YESTERDAY = timezone.now() - dt.timedelta(days=1)


@pytest.mark.parametrize("moment", [None, TOMORROW], ids=["not-released", "embargo"])
def test_a_public_claim_cannot_be_hidden(moment: dt.datetime | None) -> None:
    with pytest.raises(RefusedError, match="Retract it with a reason"):
        refuse_publication_time(claim=make.QuoteFactory(accepted=True).claim, released_at=moment)


@pytest.mark.parametrize(
    ("claim", "moment"),
    [
        (lambda: make.QuoteFactory(accepted=True).claim, YESTERDAY),
        (make.ClaimFactory, TOMORROW),
        (lambda: make.ClaimFactory(released_at=TOMORROW), None),
        (lambda: make.ClaimFactory(released=True), None),
    ],
    ids=["earlier", "embargo-before-release", "embargo-lifted", "no-quote-yet"],
)
def test_other_publication_dates_can_be_set(claim: Callable[[], Claim], moment: dt.datetime | None) -> None:
    refuse_publication_time(claim=claim(), released_at=moment)


def test_new_quotes_do_not_restore_a_retracted_claim() -> None:
    ingest(article=make_article())
    quote = Quote.objects.earliest("pk")
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=make.UserFactory())
    release_claim(claim=quote.claim, text=quote.claim.text, editor=make.UserFactory())
    retract_claim(claim=quote.claim, editor=make.UserFactory(), reason="She never said it.")
    ingest(article=make_article(publisher="Another"))
    again = Quote.objects.filter(exact=quote.exact).latest("pk")
    assert again.claim != quote.claim
    assert again.claim.retracted_at is None
