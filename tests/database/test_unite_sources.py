"""An upgrade unites the sources of one page, and can be reversed."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from claims.models import (
    Anchor,
    Assignment,
    Change,
    Evidence,
    Quote,
    RemovalCause,
    ResourceKind,
    Snapshot,
    Source,
    SourceMerge,
)
from claims.services.changefeed.processor import process_pending, reconcile
from claims.services.sources.integrity import check_anchors, check_quotes
from tests import factories as make

# Nightly: it goes back through most migrations and forth again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.nightly]

BEFORE = "0053_source_merges"
TEXT = 'Lena Ford said: "Rivers are full." According to Ford, roads are dry.'
LATER_TEXT = f"Corrected at noon. {TEXT}"


def create_double(url: str, **fields: object) -> Source:
    """A source as it was stored before one page was one source."""
    source = make.SourceFactory(**fields)
    Source.objects.filter(pk=source.pk).update(url=url, page_key="")
    return source


def read_links() -> dict[str, Any]:
    """Which rows belong to which."""
    columns: dict[type, tuple[str, ...]] = {
        Source: ("pk", "url", "merged_into"),
        Snapshot: ("pk", "source", "text"),
        Quote: ("pk", "snapshot", "decision"),
        Anchor: ("pk", "quote", "snapshot", "state"),
        Evidence: ("pk", "source"),
        Assignment: ("pk", "source"),
    }
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list(*names)) for model, names in columns.items()
    }


def migrate_back() -> None:
    call_command("migrate", "claims", BEFORE, verbosity=0)


def migrate() -> None:
    call_command("migrate", verbosity=0)
    process_pending()
    assert not any(reconcile(repair=False).values())


def test_sources_of_one_page_are_united_and_parted(client: Client) -> None:
    oldest = create_double("http://www.example.org/rivers/")
    same_text = create_double("https://example.org/rivers?utm_source=mail")
    later_text = create_double("https://web.archive.org/web/20260302100000/https://example.org/rivers")
    another = create_double("https://example.org/roads")
    speaker = make.SpeakerFactory()
    quotes = []
    for source, text in [(oldest, TEXT), (same_text, TEXT), (later_text, LATER_TEXT), (another, TEXT)]:
        at = text.index("Rivers")
        quotes.append(
            make.QuoteFactory(
                snapshot=make.SnapshotFactory(source=source, text=text),
                start=at,
                end=at + 16,
                cue_spans=[[at - 7, at - 3]],
                mention_spans=[[at - 17, at - 8]],
                speaker=speaker,
                accepted=True,
            )
        )
    pending = make.QuoteFactory(snapshot=quotes[1].snapshot)
    evidence = make.EvidenceFactory(source=same_text, verification=make.VerificationFactory(published=True))
    assignment = Assignment.objects.create(
        source=later_text, assignee=make.UserFactory(), assigned_by=make.UserFactory()
    )
    process_pending()
    migrate_back()
    former = read_links()

    migrate()
    assert list(Source.objects.current().order_by("pk")) == [oldest, another]
    assert set(Source.objects.values_list("page_key", flat=True)) == {"org,example)/rivers", "org,example)/roads"}
    assert list(Quote.objects.order_by("pk").values_list("snapshot__source", flat=True)) == [
        *([oldest.pk] * 3),
        another.pk,
        oldest.pk,
    ]
    assert (
        Quote.objects.get(pk=pending.pk).snapshot == Quote.objects.get(pk=quotes[1].pk).snapshot == quotes[0].snapshot
    )
    assert Quote.objects.get(pk=quotes[2].pk).snapshot_id == quotes[2].snapshot_id
    # As if the later text had been stored as a new version.
    assert set(Anchor.objects.values_list("quote", "snapshot", "state")) == {
        (quote.pk, quotes[2].snapshot_id, "moved") for quote in (quotes[0], quotes[1], pending)
    }
    assert not any([*check_quotes(), *check_anchors()])
    assert Evidence.objects.get(pk=evidence.pk).source == Assignment.objects.get(pk=assignment.pk).source == oldest
    for merged in (same_text, later_text):
        change = Change.objects.get(kind=ResourceKind.SOURCES, object_id=merged.pk)
        assert (change.cause, change.merged_into) == (RemovalCause.MERGED, oldest.pk)
        assert client.get(f"/api/v1/sources/{merged.pk}/").headers["Location"].endswith(f"/sources/{oldest.pk}/")
        assert client.get(f"/sources/{merged.pk}/").status_code == 301
        assert merged.history.latest("history_id").history_reason == f"merged into source {oldest.pk}: the same page"
    assert client.get(f"/api/v1/quotes/{quotes[1].pk}/").json()["source"]["id"] == oldest.pk

    migrate_back()
    assert read_links() == former
    assert not SourceMerge.objects.exists()
    migrate()
    assert Source.objects.current().count() == 2
