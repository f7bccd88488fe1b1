"""`check_anchors` finds and names changes that bypassed the database's triggers."""

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
def changed_article() -> None:
    """A source with two snapshots and three quotes, which have moved in the second."""
    ingest(article=make_article(url=RIVERS_URL))
    ingest(article=make_article("News.\n\n" + RIVERS_TEXT, url=RIVERS_URL))


def drop_triggers() -> None:
    """Drops the triggers until the end of the test, when both databases roll this back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in ("quote_exact_is_slice", "anchor_is_slice", "snapshot_is_immutable"):
                cursor.execute(f"DROP FUNCTION {name}() CASCADE")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def test_no_faults(changed_article: None, shell: Shell) -> None:
    ran = shell("check_anchors")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Checked 2 snapshots.",
        "Checked 3 quotes.",
        "Checked 3 anchors in later snapshots.",
        "Quotes: 3 pending, 0 accepted, 0 rejected.",
        "Anchors: 0 exact, 3 moved, 0 ambiguous, 0 orphaned, 0 unresolved.",
        "No faults found.",
    ]


def test_empty_database_has_no_faults(shell: Shell) -> None:
    ran = shell("check_anchors")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "Checked 0 snapshots.")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        pytest.param({"exact": "Rivers are empty,"}, "quote", id="other-words"),
        pytest.param({"spans": [[2, 17]]}, "quote", id="another-place"),
        pytest.param({"spans": [[1, 17], [1, 17]], "exact": "Rivers are full, Rivers are full,"}, "quote", id="order"),
        pytest.param({"spans": [[1 - len(RIVERS_TEXT), 17 - len(RIVERS_TEXT)]]}, "quote", id="counted-from-the-end"),
        pytest.param({"spans": [[1, 10**9]], "exact": RIVERS_TEXT[1:]}, "quote", id="beyond-the-end"),
        pytest.param({"spans": [1, 17]}, "quote", id="no-spans"),
        pytest.param({"spans": [["1", "17"]]}, "quote", id="no-numbers"),
        pytest.param({"spans": None}, "quote", id="nothing"),
        pytest.param({"spans": [], "exact": ""}, "start and end", id="empty"),
        pytest.param({"cue": "denied"}, "cue", id="cue"),
        pytest.param({"mention": "Tom Oak"}, "mention", id="mention"),
        pytest.param({"cue": "denied", "exact": "No."}, "quote and cue", id="two-of-them"),
        pytest.param({"start": 0}, "start and end", id="start"),
        pytest.param({"prefix": "Said:"}, "prefix", id="prefix"),
        pytest.param({"suffix": "she said"}, "suffix", id="suffix"),
        pytest.param({"text": "Rivers are full,"}, "text as shown", id="text-as-shown"),
    ],
)
def test_wrong_quote(changed_article: None, shell: Shell, fields: dict[str, object], named: str) -> None:
    drop_triggers()
    quote = Quote.objects.earliest("pk")
    # By SQL, because the model would not write some of these values of `spans`.
    values = {name: json.dumps(value) if name == "spans" else value for name, value in fields.items()}
    assignments = ", ".join(f'"{name}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE claims_quote SET {assignments} WHERE id = %s", [*values.values(), quote.pk])
    ran = shell("check_anchors")
    assert ran.status == 1
    fault, *_, last = ran.err.splitlines()
    assert fault == f"quote {quote.pk}: does not match the text: {named}"
    assert "No faults found." not in ran.out
    assert "faults found" in last


def test_changed_text(changed_article: None, shell: Shell) -> None:
    drop_triggers()
    _, second = Snapshot.objects.order_by("pk")
    Snapshot.objects.filter(pk=second.pk).update(text=second.text.replace("Roads", "roads"))
    ran = shell("check_anchors")
    assert ran.status == 1
    changed = hashlib.sha256(second.text.replace("Roads", "roads").encode()).hexdigest()
    snapshot, anchor, last = ran.err.splitlines()
    assert snapshot == f"snapshot {second.pk}: SHA-256 of its text is {changed}, not {second.sha256}"
    wrong = Anchor.objects.get(quote__exact="Roads are dry,")
    assert anchor == f"anchor {wrong.pk} of quote {wrong.quote_id}: does not match the text"
    assert last.endswith("2 faults found.")


def test_moved_anchor(changed_article: None, shell: Shell) -> None:
    drop_triggers()
    anchor = Anchor.objects.earliest("pk")
    Anchor.objects.filter(pk=anchor.pk).update(spans=[[0, 5]])
    ran = shell("check_anchors")
    assert ran.status == 1
    assert ran.err.splitlines()[0] == f"anchor {anchor.pk} of quote {anchor.quote_id}: does not match the text"
