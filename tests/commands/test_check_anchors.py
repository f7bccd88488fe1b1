"""`check_anchors`: what was changed underneath, with the database's own guards out of the way, is found and named."""

import hashlib
import json

import pytest
from django.db import connection

from claims.models import Anchor, Quote, Snapshot
from claims.services.ingestion.ingest import ingest
from tests.commands.shell import Shell
from tests.sample_articles import RIVERS_TEXT, RIVERS_URL, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    ingest(article=make_article(url=RIVERS_URL))
    ingest(article=make_article("News.\n\n" + RIVERS_TEXT, url=RIVERS_URL))
    return Shell(monkeypatch, capsys)


def drop_triggers() -> None:
    """For the rest of the test's transaction: both databases take a trigger's fall back with the rest."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("quote_exact_is_slice", "anchor_is_slice", "snapshot_is_immutable"):
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def test_all_hold(shell: Shell) -> None:
    ran = shell("check_anchors")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Checked 2 snapshots.",
        "Checked 3 quotes.",
        "Checked 3 anchors in later snapshots.",
        "Quotes: 3 pending, 0 accepted, 0 rejected.",
        "Anchors: 0 exact, 3 moved, 0 ambiguous, 0 orphaned, 0 waiting for an editor.",
        "All hold.",
    ]


def test_nothing_stored_holds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Shell(monkeypatch, capsys)("check_anchors")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "Checked 0 snapshots.")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        pytest.param({"exact": "Rivers are empty,"}, "its quote", id="other-words"),
        pytest.param({"spans": [[2, 17]]}, "its quote", id="another-place"),
        pytest.param(
            {"spans": [[1, 17], [1, 17]], "exact": "Rivers are full, Rivers are full,"}, "its quote", id="order"
        ),
        pytest.param(
            {"spans": [[1 - len(RIVERS_TEXT), 17 - len(RIVERS_TEXT)]]}, "its quote", id="counted-from-the-end"
        ),
        pytest.param({"spans": [[1, 10**9]], "exact": RIVERS_TEXT[1:]}, "its quote", id="beyond-the-end"),
        pytest.param({"spans": [1, 17]}, "its quote", id="no-spans"),
        pytest.param({"spans": [["1", "17"]]}, "its quote", id="no-numbers"),
        pytest.param({"spans": None}, "its quote", id="nothing"),
        pytest.param({"spans": [], "exact": ""}, "its start and end", id="empty"),
        pytest.param({"cue": "denied"}, "its cue", id="cue"),
        pytest.param({"mention": "Tom Oak"}, "its mention", id="mention"),
        pytest.param({"cue": "denied", "exact": "No."}, "its quote and cue", id="two-of-them"),
        pytest.param({"start": 0}, "its start and end", id="start"),
        pytest.param({"prefix": "Said:"}, "its prefix", id="prefix"),
        pytest.param({"suffix": "she said"}, "its suffix", id="suffix"),
    ],
)
def test_a_quote_that_is_not_where_it_says(shell: Shell, fields: dict[str, object], named: str) -> None:
    drop_triggers()
    quote = Quote.objects.earliest("pk")
    # Not through the model: `spans` may be what the column would not take from it.
    values = {name: json.dumps(value) if name == "spans" else value for name, value in fields.items()}
    assignments = ", ".join(f'"{name}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_quote SET {assignments} WHERE id = %s", [*values.values(), quote.pk])
    ran = shell("check_anchors")
    assert ran.status == 1
    fault, *_, last = ran.err.splitlines()
    assert fault == f"quote {quote.pk}: not where it says: {named}"
    assert "All hold." not in ran.out
    assert "do not hold" in last


def test_a_text_that_was_changed_underneath(shell: Shell) -> None:
    drop_triggers()
    _, second = Snapshot.objects.order_by("pk")
    Snapshot.objects.filter(pk=second.pk).update(text=second.text.replace("Roads", "roads"))
    ran = shell("check_anchors")
    assert ran.status == 1
    changed = hashlib.sha256(second.text.replace("Roads", "roads").encode()).hexdigest()
    snapshot, anchor, last = ran.err.splitlines()
    assert snapshot == f"snapshot {second.pk}: its text's SHA-256 is {changed}, not {second.sha256}"
    wrong = Anchor.objects.get(quote__exact="Roads are dry,")
    assert anchor == f"anchor {wrong.pk} of quote {wrong.quote_id}: not where it says"
    assert last.endswith("2 do not hold.")


def test_an_anchor_that_was_moved_underneath(shell: Shell) -> None:
    drop_triggers()
    anchor = Anchor.objects.earliest("pk")
    Anchor.objects.filter(pk=anchor.pk).update(spans=[[0, 5]])
    ran = shell("check_anchors")
    assert ran.status == 1
    assert ran.err.splitlines()[0] == f"anchor {anchor.pk} of quote {anchor.quote_id}: not where it says"
