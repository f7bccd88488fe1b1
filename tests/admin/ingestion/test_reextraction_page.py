"""Re-extraction in the admin: a plan, then exactly that plan."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.admin.ingestion import reextraction_views
from claims.models import Operation, Quote, QuoteDecision, Source
from claims.services.history.undo import last_operation, undo_operation
from claims.services.ingestion.ingest import ingest
from claims.services.quotes.decisions import decide_quotes
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions, displayed_messages, run_list_action
from tests.sample_articles import RIVERS_URL, make_article
from tests.table_contents import dump_database, dump_models

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    """Of its three quotes one is lost, and one is read otherwise now."""
    source = ingest(article=make_article(url=RIVERS_URL, title="Rivers")).source
    Quote.objects.filter(exact__startswith="Bridges").delete()
    Quote.objects.filter(exact__startswith="Roads").update(confidence=0.1)
    return source


def reextraction_url(source: Source) -> str:
    return reverse("admin:claims_source_reading", args=[source.pk])


def test_plan_is_shown_applied_and_undone(client: Client, editor: User, source: Source) -> None:
    before = dump_database()
    page = client.get(reextraction_url(source))
    assert dump_database() == before, "looking changes nothing"
    outcomes = {quote.exact.split()[0]: quote.outcome.value for quote, _ in page.context["planned_quotes"]}
    assert outcomes == {"Bridges": "new", "Roads": "updated", "Rivers": "kept"}
    assert reextraction_url(source) in client.get(admin_url("change", source)).content.decode()
    stored = dump_models("Quote", "Claim")
    response = client.post(reextraction_url(source), {"digest": page.context["plan"].digest})
    [message] = displayed_messages(response)
    assert message.startswith("Re-extracted: 1 new, 1 updated, 1 kept. <a ")
    assert reverse("admin:claims_claim_undo", args=[Operation.objects.latest("pk").pk]) in message
    assert Quote.objects.count() == 3
    again = client.get(reextraction_url(source))
    assert "No changes." in again.content.decode()
    operation = last_operation(editor)
    assert operation
    undo_operation(operation=operation, editor=editor)
    assert dump_models("Quote", "Claim") == stored


@pytest.mark.parametrize("digest", ["", "forged"])
def test_only_the_shown_plan_is_applied(client: Client, source: Source, digest: str) -> None:
    response = client.post(reextraction_url(source), {"digest": digest})
    assert "changed since the preview" in displayed_messages(response)[0]
    assert Quote.objects.count() == 2


def test_decision_after_the_plan_prevents_it(client: Client, editor: User, source: Source) -> None:
    digest = client.get(reextraction_url(source)).context["plan"].digest
    roads = Quote.objects.get(exact__startswith="Roads")
    decide_quotes(quotes=[roads.pk], decision=QuoteDecision.ACCEPTED, editor=editor)
    assert (
        "changed since the preview" in displayed_messages(client.post(reextraction_url(source), {"digest": digest}))[0]
    )
    planned = client.get(reextraction_url(source)).context["planned_quotes"]
    outcomes = {quote.exact.split()[0]: quote.outcome.value for quote, _ in planned}
    assert outcomes["Roads"] == "stays"


def test_long_text_must_be_reextracted_by_the_command(
    client: Client, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reextraction_views, "MAX_CHARACTERS", 10)
    assert "manage.py reextract" in client.get(reextraction_url(source)).content.decode()
    assert "manage.py reextract" in displayed_messages(client.post(reextraction_url(source), {"digest": "x"}))[0]
    assert Quote.objects.count() == 2


def test_reextract_several_sources(client: Client, source: Source) -> None:
    other = ingest(article=make_article('"More," said Ann Wu.', title="More")).source
    page = run_list_action(client, "reextract_chosen", source, other)
    assert page.status_code == 200
    assert [str(row["plan"]) for row in page.context["rows"]] == ["1 new, 1 updated, 1 kept", "1 kept"]
    assert Quote.objects.count() == 3
    digests = [row["plan"].digest if row["plan"].has_changes else "" for row in page.context["rows"]]
    messages = displayed_messages(run_list_action(client, "reextract_chosen", source, other, digests=digests))
    assert [message.partition(" <a ")[0] for message in messages] == ["Rivers: Re-extracted: 1 new, 1 updated, 1 kept."]
    assert ">Undo</a>" in messages[0]
    assert (Quote.objects.count(), Operation.objects.count()) == (4, 1)


def test_too_many_sources_are_refused(client: Client) -> None:
    sources = make.SourceFactory.create_batch(reextraction_views.MAX_SOURCES + 1)
    assert (
        "More than 20 sources at once" in displayed_messages(run_list_action(client, "reextract_chosen", *sources))[0]
    )


def test_reextraction_requires_permission_to_decide(source: Source) -> None:
    client = client_with_permissions("view_source", "change_source", "view_quote")
    assert client.get(reextraction_url(source)).status_code == client.post(reextraction_url(source)).status_code == 403
    run_list_action(client, "reextract_chosen", source, digests="x")
    assert Quote.objects.count() == 2


def test_source_without_a_snapshot(client: Client) -> None:
    source = make.SourceFactory()
    assert client.get(reextraction_url(source)).status_code == 404
    assert run_list_action(client, "reextract_chosen", source).status_code == 200
