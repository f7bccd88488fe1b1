"""Readers read from a replica, which may lag or fail; editors, and who has a key to send articles, do not.

The replica is a copy of the SQLite database here, as of the last call of `catch_up`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from claims.http.replica_monitor import REPLICA_MONITOR
from claims.models import Claim, ReaderKeyScope
from claims.reading import REPLICA, WRITER, ReadRouter, reading_from
from claims.services.changefeed.processor import process_pending
from claims.services.people.reader_keys import create_key
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite_suffices]

CatchUp = Callable[[], None]
LONG_AGO = "2000-01-01T00:00:00Z"


@pytest.fixture
def claim(transactional_db) -> Claim:
    claim = make.QuoteFactory(accepted=True).claim
    process_pending()
    return claim


@pytest.fixture
def catch_up(claim: Claim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CatchUp]:
    """Makes the replica, which has all that was written until now."""
    path = tmp_path / "replica.sqlite3"
    copied = {**connections.databases[WRITER], "NAME": str(path)}
    monkeypatch.setitem(connections.databases, REPLICA, copied)
    monkeypatch.setattr(REPLICA_MONITOR, "is_usable", lambda: True)
    replica = connections[REPLICA]

    def connect() -> None:
        if replica.connection is None:
            with replica.wrap_database_errors:
                replica.connect()

    monkeypatch.setattr(replica, "ensure_connection", connect)  # Django's tests forbid others than they know of

    def copy() -> None:
        replica.close()
        connection.ensure_connection()
        with sqlite3.connect(path) as target:
            connection.connection.backup(target)
        target.close()

    copy()
    yield copy
    replica.close()
    del connections[REPLICA]


@pytest.fixture
def suspensions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    reasons: list[str] = []
    monkeypatch.setattr(REPLICA_MONITOR, "suspend", reasons.append)
    return reasons


def change_text(claim: Claim, text: str) -> None:
    Claim.objects.filter(pk=claim.pk).update(text=text)
    process_pending()


def shown_text(client: Client, claim: Claim, **headers: str) -> str:
    return client.get(f"/api/v1/claims/{claim.pk}/", headers=headers).json()["text"]


def test_readers_read_from_the_replica_and_editors_from_the_writer(
    client: Client, claim: Claim, catch_up: CatchUp
) -> None:
    before = claim.text
    change_text(claim, "Written a moment ago.")
    assert shown_text(client, claim) == before
    assert b"Written a moment ago." not in client.get(f"/claims/{claim.pk}/", follow=True).content
    client.force_login(make.UserFactory())
    assert shown_text(client, claim) == "Written a moment ago."
    assert b"Written a moment ago." in client.get(f"/claims/{claim.pk}/", follow=True).content


def test_files_are_read_from_the_replica_to_their_end(
    client: Client, claim: Claim, catch_up: CatchUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.api.resources.whole_lists.EXPORT_BLOCK_SIZE", 1)
    for _ in range(4):
        make.QuoteFactory(accepted=True)
    catch_up()
    Claim.objects.update(text="Written a moment ago.")
    response = client.get("/api/v1/claims.jsonl")
    lines = response.getvalue().splitlines()
    assert len(lines) == 5
    assert not any(b"Written a moment ago." in line for line in lines)


def test_a_lagging_replica_never_makes_a_wrong_304(client: Client, claim: Claim, catch_up: CatchUp) -> None:
    """A validator is that of the database that the response was made from."""
    url = f"/api/v1/claims/{claim.pk}/"
    editor = Client()
    editor.force_login(make.UserFactory())
    old = client.get(url)
    change_text(claim, "Written a moment ago.")
    assert client.get(url, headers={"If-None-Match": old["ETag"]}).status_code == 304  # of what the replica has
    new = editor.get(url, headers={"If-None-Match": old["ETag"]})
    assert (new.status_code, new.json()["text"]) == (200, "Written a moment ago.")
    lagging = client.get(url, headers={"If-None-Match": new["ETag"]})
    assert (lagging.status_code, lagging.json()) == (200, old.json())
    catch_up()
    assert client.get(url, headers={"If-None-Match": old["ETag"]}).json()["text"] == "Written a moment ago."
    assert client.get(url, headers={"If-None-Match": new["ETag"]}).status_code == 304, "both databases have one version"


def test_the_change_feed_skips_nothing_between_writer_and_lagging_replica(
    client: Client, claim: Claim, catch_up: CatchUp
) -> None:
    writer = Client()
    writer.force_login(make.UserFactory())
    later = [make.QuoteFactory(accepted=True).claim for _ in range(3)]
    process_pending()
    feed = f"/api/v1/claims/?updated_since={LONG_AGO}&page_size=1"
    first = writer.get(feed).json()
    second = writer.get(first["next"]).json()
    # The replica has no row behind this cursor: the next request repeats what it may have missed.
    page = client.get(second["next"]).json()
    assert (page["results"], page["next"]) == ([], None)
    catch_up()
    ids = set()
    url = f"/api/v1/claims/?updated_since={page['updated_since']}"
    while url:
        page = client.get(url).json()
        ids |= {row["id"] for row in page["results"]}
        url = page["next"]
    assert ids >= {row.pk for row in later[1:]}
    # A moment that the writer gave is behind all that a lagging replica has.
    since = page["updated_since"]
    change_text(claim, "Written a moment ago.")
    seen = writer.get(f"/api/v1/claims/?updated_since={since}").json()
    stale = client.get(f"/api/v1/claims/?updated_since={seen['updated_since']}").json()
    assert (stale["results"], stale["updated_since"]) == ([], seen["updated_since"])


def test_a_request_that_processes_changes_reads_them(client: Client, claim: Claim, catch_up: CatchUp) -> None:
    """Another program has written, and the replica has it: what readers see of it is only on the writer yet."""
    Claim.objects.filter(pk=claim.pk).update(text="Written by another program.")
    catch_up()
    page = client.get(f"/api/v1/claims/?updated_since={LONG_AGO}").json()
    assert [row["text"] for row in page["results"]] == ["Written by another program."]


def test_keys_are_those_of_the_writer(client: Client, claim: Claim, catch_up: CatchUp) -> None:
    row, key = create_key(name="Mirror", editor=make.UserFactory(), scope=ReaderKeyScope.READ)
    authorization = f"Bearer {key}"
    assert client.get("/api/v1/claims/", headers={"Authorization": authorization}).status_code == 200
    catch_up()
    type(row).objects.filter(pk=row.pk).update(revoked_at=row.made_at, revoked_by=row.made_by)
    assert client.get("/api/v1/claims/", headers={"Authorization": authorization}).status_code == 401


@pytest.mark.parametrize("damage", ["no database", "other schema"])
def test_a_replica_that_fails_is_replaced_by_the_writer(
    client: Client, claim: Claim, catch_up: CatchUp, suspensions: list[str], damage: str
) -> None:
    change_text(claim, "Only the writer has this.")
    connections[REPLICA].close()
    path = Path(connections.databases[REPLICA]["NAME"])
    if damage == "no database":
        path.unlink()
        path.mkdir()
    else:
        with sqlite3.connect(path) as database:
            database.execute("ALTER TABLE claims_change RENAME TO claims_older")
        database.close()
    urls = [f"/api/v1/claims/{claim.pk}/", "/api/v1/claims.csv", "/api/v1/claims/?q=writer", f"/claims/{claim.pk}/"]
    for url in urls:
        response = client.get(url, follow=True)
        assert response.status_code == 200, url
        assert b"Only the writer has this." in (response.getvalue() if response.streaming else response.content), url
    assert len(suspensions) >= len(urls)


def test_errors_of_the_writer_are_not_hidden(
    client: Client, claim: Claim, catch_up: CatchUp, suspensions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the writer away as well, a reader gets one answer that says so; nothing is asked a third time."""
    client.raise_request_exception = False
    monkeypatch.setitem(connections[WRITER].settings_dict, "NAME", "/nowhere/else.sqlite3")
    connections[WRITER].close()
    connections[REPLICA].close()
    monkeypatch.setitem(connections[REPLICA].settings_dict, "NAME", "/nowhere/either.sqlite3")
    assert client.get("/api/v1/claims/").status_code in {500, 503}
    assert len(suspensions) == 1


def test_what_is_written_is_read_within_its_transaction(claim: Claim, catch_up: CatchUp) -> None:
    router = ReadRouter()
    with reading_from(REPLICA):
        assert router.db_for_read(Claim) == REPLICA
        with transaction.atomic():
            assert router.db_for_read(Claim) == WRITER
        stored = Claim.objects.get(pk=claim.pk)
        assert stored._state.db == REPLICA
        stored.text = "Written although it was read elsewhere."
        stored.save()
    assert Claim.objects.get(pk=claim.pk).text == "Written although it was read elsewhere."
