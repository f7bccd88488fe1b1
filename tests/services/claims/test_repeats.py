"""What counts as a repeat after a verdict, and that readers see it as soon as it does and no longer."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from pytest_django import Settings

from claims.models import Claim, ClaimRelation, Notice, Quote, Rating, Repeat, Source, Verification
from claims.services.changefeed.processor import process_pending, reconcile
from claims.services.claims.relations import relate_claims
from claims.services.claims.repeats import find_repeats
from claims.services.quotes.decisions import decide_quotes
from claims.services.verification.workflow import publish_verification
from tests import factories as make
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

RATED_ON = dt.date(2025, 5, 16)
RATED_AT = dt.datetime(2025, 5, 16, 23, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def checked() -> Claim:
    """A public claim with a verdict, and with a quote of an earlier day."""
    quote = make.QuoteFactory(accepted=True, snapshot__source__published_on=RATED_ON - 100 * DAY)
    make.VerificationFactory(claim=quote.claim, published=True, published_at=RATED_AT)
    return quote.claim


def say(claim: Claim, day: dt.date | None, **values: Any) -> Quote:
    """An accepted quote of the claim in a source of this day."""
    quote: Quote = make.QuoteFactory(
        **{"accepted": True, "claim": claim, "speaker": claim.speaker, "snapshot__source__published_on": day} | values
    )
    return quote


def relate(first: Claim, second: Claim, kind: str = "repeats", state: str = "confirmed") -> ClaimRelation:
    decided_by = None if state == "suggested" else make.UserFactory()
    return ClaimRelation.objects.create(first=first, second=second, kind=kind, state=state, decided_by=decided_by)


def kept() -> list[tuple[int, int, dt.date]]:
    process_pending()
    return list(Repeat.objects.released().order_by("claim", "quote").values_list("claim", "quote", "said_on"))


@pytest.mark.parametrize(
    ("values", "is_repeat"),
    [
        ({"day": RATED_ON + DAY}, True),
        ({"day": RATED_ON + 400 * DAY}, True),
        ({"day": RATED_ON}, False),
        ({"day": RATED_ON - DAY}, False),
        ({"day": None}, False),
        ({"day": RATED_ON + DAY, "accepted": False}, False),
        ({"day": RATED_ON + DAY, "accepted": False, "rejected": True}, False),
    ],
    ids=["next-day", "next-year", "same-day", "day-before", "undated", "pending", "rejected"],
)
def test_a_quote_of_a_later_day_repeats_its_claim(checked: Claim, values: dict[str, Any], is_repeat: bool) -> None:
    quote = say(checked, **values)
    assert kept() == ([(checked.pk, quote.pk, values["day"])] if is_repeat else [])


@pytest.mark.parametrize(
    ("kind", "state", "is_reversed", "is_repeat"),
    [
        ("repeats", "confirmed", False, True),
        ("repeats", "confirmed", True, False),
        ("same", "confirmed", False, True),
        ("contradicts", "confirmed", False, False),
        ("updates", "confirmed", False, False),
        ("repeats", "suggested", False, False),
        ("repeats", "dismissed", False, False),
    ],
)
def test_a_quote_of_a_claim_that_repeats_it_counts(
    checked: Claim, kind: str, state: str, is_reversed: bool, is_repeat: bool
) -> None:
    quote = say(make.ClaimFactory(released=True), RATED_ON + DAY)
    pair = (checked, quote.claim) if is_reversed or kind in {"same", "contradicts"} else (quote.claim, checked)
    relate(*pair, kind, state)
    assert kept() == ([(checked.pk, quote.pk, RATED_ON + DAY)] if is_repeat else [])


@pytest.mark.parametrize(
    ("claim_said_on", "published_on", "said_on"),
    [
        (RATED_ON + DAY, RATED_ON + 5 * DAY, RATED_ON + DAY),
        (RATED_ON - DAY, RATED_ON + 5 * DAY, None),
        (RATED_ON + DAY, None, RATED_ON + DAY),
        (None, RATED_ON + 5 * DAY, RATED_ON + 5 * DAY),
        (None, None, None),
    ],
    ids=["said-before-it-was-published", "said-before-the-verdict", "source-undated", "claim-undated", "undated"],
)
def test_the_date_that_editors_gave_the_other_claim_comes_first(
    checked: Claim, claim_said_on: dt.date | None, published_on: dt.date | None, said_on: dt.date | None
) -> None:
    quote = say(make.ClaimFactory(released=True, said_on=claim_said_on), published_on)
    relate(quote.claim, checked)
    assert kept() == ([(checked.pk, quote.pk, said_on)] if said_on else [])


def test_the_date_of_the_claim_itself_says_nothing_of_its_later_quotes(checked: Claim) -> None:
    Claim.objects.filter(pk=checked.pk).update(said_on=RATED_ON + DAY)
    quote = say(checked, RATED_ON + 2 * DAY)
    assert kept() == [(checked.pk, quote.pk, RATED_ON + 2 * DAY)]


@pytest.mark.parametrize(
    ("earlier", "rated_on"),
    [
        ([("true", "superseded")], RATED_ON - 10 * DAY),
        ([("true", "superseded"), ("true", "superseded")], RATED_ON - 20 * DAY),
        ([("false", "superseded")], RATED_ON),
        ([("true", "withdrawn")], RATED_ON),
        ([("false", "superseded"), ("true", "superseded")], RATED_ON),
        ([("true", "superseded"), ("false", "superseded")], RATED_ON - 10 * DAY),
    ],
    ids=[
        "reviewed-again",
        "twice",
        "another-rating",
        "withdrawn",
        "back-to-an-earlier-rating",
        "since-the-last-change",
    ],
)
def test_a_verdict_counts_from_when_the_rating_was_given(
    checked: Claim, earlier: list[tuple[str, str]], rated_on: dt.date
) -> None:
    Verification.objects.all().delete()
    for n, (rating, state) in reversed([*enumerate(earlier, start=1)]):
        values = {"rating": Rating.objects.get(slug=rating), "state": state, "published_at": RATED_AT - 10 * n * DAY}
        make.VerificationFactory(claim=checked, published=True, **values)
    make.VerificationFactory(claim=checked, published=True, published_at=RATED_AT)
    say(checked, rated_on)
    quote = say(checked, rated_on + DAY)
    assert [row[1] for row in kept()] == [quote.pk]
    assert Repeat.objects.get().rated_on == rated_on


CHANGES_THAT_END_REPEATS: dict[str, Any] = {
    "quote-rejected": lambda claim, quote: Quote.objects.filter(pk=quote.pk).update(decision="rejected"),
    "quote-moved": lambda claim, quote: Quote.objects.filter(pk=quote.pk).update(claim=make.ClaimFactory()),
    "verdict-withdrawn": lambda claim, quote: claim.verifications.update(state="withdrawn"),
    "verdict-reopened": lambda claim, quote: claim.verifications.update(state="superseded"),
    "claim-retracted": lambda claim, quote: Claim.objects.filter(pk=claim.pk).update(retracted_at=timezone.now()),
    "other-claim-retracted": lambda claim, quote: Claim.objects.filter(pk=quote.claim_id).update(
        retracted_at=timezone.now()
    ),
    "other-claim-embargoed": lambda claim, quote: Claim.objects.filter(pk=quote.claim_id).update(
        released_at=timezone.now() + DAY
    ),
    "other-claim-not-published": lambda claim, quote: Claim.objects.filter(pk=quote.claim_id).update(released_at=None),
    "relation-dismissed": lambda claim, quote: ClaimRelation.objects.update(state="dismissed"),
    "relation-deleted": lambda claim, quote: ClaimRelation.objects.all().delete(),
    "source-dated-earlier": lambda claim, quote: Source.objects.filter(pk=quote.snapshot.source_id).update(
        published_on=RATED_ON
    ),
}


@pytest.mark.parametrize("change", CHANGES_THAT_END_REPEATS)
def test_repeats_end_with_what_makes_them(checked: Claim, change: str) -> None:
    quote = say(make.ClaimFactory(released=True), RATED_ON + DAY)
    relate(quote.claim, checked)
    assert len(kept()) == 1
    CHANGES_THAT_END_REPEATS[change](checked, quote)
    if change not in {"quote-moved", "relation-dismissed", "relation-deleted", "source-dated-earlier"}:
        assert not Repeat.objects.released().exists(), "at once, before the change feed is processed"
    assert not kept()
    assert not Repeat.objects.exists()


@pytest.mark.parametrize("side", ["claim", "other claim"])
def test_a_repeat_becomes_public_when_the_embargo_ends(
    checked: Claim, side: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = say(make.ClaimFactory(released=True), RATED_ON + DAY)
    relate(quote.claim, checked)
    at = timezone.now() + DAY
    Claim.objects.filter(pk=checked.pk if side == "claim" else quote.claim_id).update(released_at=at)
    assert not kept()
    assert [row.quote_id for row in find_repeats([checked.pk])] == [quote.pk], "editors know of it"
    monkeypatch.setattr("django.utils.timezone.now", lambda: at + DAY)
    assert len(kept()) == 1


def test_editors_see_the_repeats_of_a_verdict_that_is_reviewed_again(checked: Claim) -> None:
    quote = say(checked, RATED_ON + DAY)
    published = checked.verifications.get()
    checked.verifications.update(state="superseded")
    make.VerificationFactory(claim=checked, submitted=True, reopened_from=published)
    assert [(row.quote_id, row.rated_on) for row in find_repeats([checked.pk])] == [(quote.pk, RATED_ON)]
    assert not kept(), "readers see no verdict"


def test_claims_and_quotes_change_for_readers_with_their_repeats(client: Any, checked: Claim) -> None:
    quote = say(make.ClaimFactory(released=True), RATED_ON + DAY)
    process_pending()
    since = timezone.now().isoformat().replace("+00:00", "Z")
    relate(quote.claim, checked)
    process_pending()

    def changed(resource: str) -> set[int]:
        rows = client.get(f"/api/v1/{resource}/?updated_since={since}").json()["results"]
        return {row["id"] for row in rows}

    assert changed("claims") == {checked.pk, quote.claim_id}
    assert changed("quotes") == {quote.pk}


def test_wrong_repeats_are_found_and_repaired(checked: Claim) -> None:
    quote = say(checked, RATED_ON + DAY)
    process_pending()
    Repeat.objects.all().delete()
    wrong = {kind: count for kind, count in reconcile(repair=False).items() if count}
    assert wrong == {"claims": 1, "quotes": 1}
    reconcile()
    assert [row[1] for row in kept()] == [quote.pk]
    assert not any(reconcile(repair=False).values())


@pytest.fixture
def _checkers(checked: Claim, settings: Settings) -> None:
    """A site that sends mail, to those who checked the claim, too."""
    settings.EMAIL_HOST = "mail.example.org"
    verdict = checked.verifications.get()
    chief = Group.objects.get(name="Chief")
    for name in ("author", "approver"):
        user = getattr(verdict, name)
        user.email = f"{name}@example.org"
        user.save()
        user.groups.add(chief)


def told() -> list[tuple[str, str]]:
    notices = Notice.objects.filter(kind="repeated").order_by("recipient__email")
    return [(notice.recipient.email, notice.summary) for notice in notices if notice.recipient]


@pytest.mark.usefixtures("_checkers")
def test_those_who_checked_a_claim_are_told_that_it_was_said_again(checked: Claim, editor: User) -> None:
    quote = say(checked, RATED_ON + DAY, accepted=False, snapshot__source__publisher="The Daily Example")
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=editor, note=PUBLIC_NOTE)
    summary = f"A claim that you checked was said again: {checked}"
    assert told() == [("approver@example.org", summary), ("author@example.org", summary)]
    text = Notice.objects.filter(kind="repeated")[0].text
    assert text == f"2025-05-17: {quote.speaker}, The Daily Example: “Rivers are full.”"


@pytest.mark.usefixtures("_checkers")
def test_those_who_checked_a_claim_are_told_of_a_claim_that_repeats_it(checked: Claim, editor: User) -> None:
    other = say(make.ClaimFactory(released=True), RATED_ON + DAY).claim
    say(checked, RATED_ON + DAY)  # which they were told of before
    relate_claims(first=other, second=checked, kind="same", editor=editor)
    assert [notice.text.splitlines()[0].split(":")[0] for notice in Notice.objects.filter(kind="repeated")] == [
        "2025-05-17"
    ] * 2
    assert all(str(other.speaker) in notice.text for notice in Notice.objects.filter(kind="repeated"))


@pytest.mark.usefixtures("_checkers")
@pytest.mark.parametrize("day", [RATED_ON, None], ids=["same-day", "undated"])
def test_nobody_is_told_of_a_quote_that_is_no_repeat(checked: Claim, editor: User, day: dt.date | None) -> None:
    quote = say(checked, day, accepted=False)
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=editor, note=PUBLIC_NOTE)
    other = say(make.ClaimFactory(released=True), day).claim
    relate_claims(first=other, second=checked, kind="repeats", editor=editor)
    assert not told()


def test_a_reviewed_verdict_counts_from_its_first_day(checked: Claim, editor: User) -> None:
    make.EvidenceFactory(verification=checked.verifications.get())
    quote = say(checked, RATED_ON + DAY, accepted=False)
    decide_quotes(quotes=[quote.pk], decision="accepted", editor=editor, note=PUBLIC_NOTE)
    assert not kept(), "the verdict went back to review"
    submitted = checked.verifications.get(state="submitted")
    publish_verification(verification=submitted, approver=make.UserFactory())
    assert [row[1] for row in kept()] == [quote.pk]
