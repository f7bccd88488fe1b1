"""Reading a source anew in the admin: what would become of its quotes first, and then just that."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.admin import reading_anew
from claims.models import Decision, Operation, Quote, Source
from claims.services.decide import decide
from claims.services.ingest import ingest
from claims.services.undo import last_of, undo
from tests import factories as make
from tests.admin.acting import act, address, said, signed_in
from tests.admin.dump import everything
from tests.services.articles import URL, article
from tests.services.tables import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    """Of its three quotes one is lost, and one is read otherwise now."""
    source = ingest(article=article(url=URL, title="Rivers")).source
    Quote.objects.filter(exact__startswith="Bridges").delete()
    Quote.objects.filter(exact__startswith="Roads").update(confidence=0.1)
    return source


def reading(source: Source) -> str:
    return reverse("admin:claims_source_reading", args=[source.pk])


def test_it_is_shown_first_and_then_done_and_can_be_undone(client: Client, editor: User, source: Source) -> None:
    before = everything()
    page = client.get(reading(source))
    assert everything() == before, "looking changes nothing"
    fates = {line.exact.split()[0]: line.fate.value for line, _ in page.context["lines"]}
    assert fates == {"Bridges": "new", "Roads": "updated", "Rivers": "kept"}
    assert reading(source) in client.get(address("change", source)).content.decode()
    stored = rows("Quote", "Claim")
    response = client.post(reading(source), {"digest": page.context["plan"].digest})
    assert said(response) == ["Read anew: 1 new, 1 updated, 1 kept."]
    assert Quote.objects.count() == 3
    again = client.get(reading(source))
    assert "Nothing would change." in again.content.decode()
    operation = last_of(editor)
    assert operation
    undo(operation=operation, editor=editor)
    assert rows("Quote", "Claim") == stored


@pytest.mark.parametrize("digest", ["", "forged"])
def test_only_what_was_shown_is_done(client: Client, source: Source, digest: str) -> None:
    response = client.post(reading(source), {"digest": digest})
    assert "changed meanwhile" in said(response)[0]
    assert Quote.objects.count() == 2


def test_a_decision_in_between_stops_it(client: Client, editor: User, source: Source) -> None:
    digest = client.get(reading(source)).context["plan"].digest
    roads = Quote.objects.get(exact__startswith="Roads")
    decide(quotes=[roads.pk], decision=Decision.ACCEPTED, editor=editor)
    assert "changed meanwhile" in said(client.post(reading(source), {"digest": digest}))[0]
    fates = {line.exact.split()[0]: line.fate.value for line, _ in client.get(reading(source)).context["lines"]}
    assert fates["Roads"] == "stays"


def test_a_text_too_long_to_wait_for_is_left_to_the_command(
    client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_anew, "MOST_CHARACTERS", 10)
    assert "manage.py reextract" in client.get(reading(source)).content.decode()
    assert "manage.py reextract" in said(client.post(reading(source), {"digest": "x"}))[0]
    assert Quote.objects.count() == 2


def test_several_from_the_list(client: Client, source: Source) -> None:
    other = ingest(article=article('"More," said Ann Wu.', title="More")).source
    page = act(client, "read_anew", source, other)
    assert page.status_code == 200
    assert [str(row["plan"]) for row in page.context["rows"]] == ["1 new, 1 updated, 1 kept", "1 kept"]
    assert Quote.objects.count() == 3
    digests = [row["plan"].digest if row["plan"].changes else "" for row in page.context["rows"]]
    told = said(act(client, "read_anew", source, other, digests=digests))
    assert told == ["Rivers: Read anew: 1 new, 1 updated, 1 kept."]
    assert (Quote.objects.count(), Operation.objects.count()) == (4, 1)


def test_too_many_at_once(client: Client) -> None:
    sources = make.SourceFactory.create_batch(reading_anew.MOST_SOURCES + 1)
    assert "More than 20 sources at once" in said(act(client, "read_anew", *sources))[0]


def test_who_may_not_decide_quotes_reads_nothing_anew(source: Source) -> None:
    client = signed_in("view_source", "change_source", "view_quote")
    assert client.get(reading(source)).status_code == client.post(reading(source)).status_code == 403
    act(client, "read_anew", source, digests="x")
    assert Quote.objects.count() == 2


def test_a_source_without_a_text(client: Client) -> None:
    source = make.SourceFactory()
    assert client.get(reading(source)).status_code == 404
    assert act(client, "read_anew", source).status_code == 200
