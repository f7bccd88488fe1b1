"""The history of a row: entries, states and differences."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import Position, Speaker, Verification
from claims.services.history import audit, optimistic_lock, revisions
from claims.services.speakers import directory
from tests import factories as make

pytestmark = pytest.mark.django_db


def history_of(row: Model) -> list[tuple[str, str, str, list[tuple[str, str, str]]]]:
    """Every entry, newest first: its kind, the owned row it is about, its reason and its changes."""
    entries, _ = revisions.list_history_entries(model=type(row), pk=row.pk)
    return [
        (
            entry.kind,
            entry.about,
            entry.reason,
            [(change.label, change.old, change.new) for change in entry.changes],
        )
        for entry in entries
    ]


def test_entries_have_kind_reason_and_changes(ann: User) -> None:
    claim, topic, speaker = (
        make.ClaimFactory(text="Rivers are full."),
        make.TopicFactory(name="Water"),
        make.SpeakerFactory(name="Lee"),
    )
    former = str(claim.speaker)
    claim.text, claim.speaker, claim.released_at = "Rivers are dry.", speaker, timezone.now()
    audit.update([claim], ["text", "speaker", "released_at"], user=ann, reason="reworded")
    audit.set_topics([claim], {claim.pk: [topic.pk]}, user=ann, reason="topics given")
    audit.update([claim], [], user=ann, reason="touched")
    released = f"{claim.released_at:%Y-%m-%d %H:%M}"
    assert history_of(claim) == [
        ("Changed", "", "touched", []),
        ("Changed", "", "topics given", [("topics", "", "Water")]),
        (
            "Changed",
            "",
            "reworded",
            [
                ("text", "Rivers are full.", "Rivers are dry."),
                ("speaker", former, "Lee"),
                ("released at", "", released),
            ],
        ),
        ("Added", "", "", []),
    ]
    assert revisions.list_history_entries(model=type(claim), pk=claim.pk)[0][0].by == "ann"


def test_owned_rows_are_in_the_history(ann: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", editor=ann)
    post = audit.create(
        [Position(speaker=speaker, title="Minister", held_from="2020-01-02")], user=ann, reason="added"
    )[0]
    post.refresh_from_db()
    post.title = "Deputy"
    audit.update([post], ["title"], user=ann, reason="corrected")
    post.delete()
    kinds = [(kind, about, changes) for kind, about, _, changes in history_of(speaker)]
    assert kinds == [
        ("Removed", "position “Deputy · 2020-01-02”", []),
        ("Changed", "position “Deputy · 2020-01-02”", [("title", "Minister", "Deputy")]),
        ("Added", "position “Minister · 2020-01-02”", []),
        ("Added", "speaker name “Lena Ford”", []),
        ("Added", "", []),
    ]


def test_evidence_is_in_the_history_of_its_verification(ann: User) -> None:
    row = make.VerificationFactory()
    make.EvidenceFactory(verification=row, note="Seen.")
    make.EvidenceFactory()
    assert [(kind, about) for kind, about, *_ in history_of(row)] == [
        ("Added", "evidence “https://example.org/gauges · Supports · Seen.”"),
        ("Added", ""),
    ]


def test_rows_with_the_same_name_are_told_apart_by_id(ann: User) -> None:
    one, other = make.SpeakerFactory(name="Ann Wu"), make.SpeakerFactory(name="Ann Wu")
    claim = make.ClaimFactory(speaker=one)
    claim.speaker = other
    audit.update([claim], ["speaker"], user=ann, reason="another")
    assert history_of(claim)[0][3] == [("speaker", f"Ann Wu (#{one.pk})", f"Ann Wu (#{other.pk})")]


def test_a_change_within_one_minute_is_not_shown(ann: User) -> None:
    claim = make.ClaimFactory(released_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    claim.released_at = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
    audit.update([claim], ["released_at"], user=ann, reason="a second later")
    assert history_of(claim)[0] == ("Changed", "", "a second later", [])


def test_the_number_of_queries_does_not_grow_with_the_entries(ann: User) -> None:
    row = make.VerificationFactory()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            revisions.list_history_entries(model=Verification, pk=row.pk)
        return len(captured)

    def change(times: int) -> None:
        for n in range(times):
            row.explanation, row.claim = f"{times} {n}", make.ClaimFactory()
            audit.update([row], ["explanation", "claim"], user=make.UserFactory(), reason="changed")
            evidence = make.EvidenceFactory(verification=row, source=make.SourceFactory())
            evidence.note = "Seen."
            evidence.save()

    change(2)
    two = cost()
    change(4)
    assert cost() == two


def test_pages_of_entries(ann: User) -> None:
    topic = make.TopicFactory()
    for n in range(4):
        topic.description = str(n)
        audit.update([topic], ["description"], user=ann, reason=str(n))
    pages = [
        revisions.list_history_entries(model=type(topic), pk=topic.pk, offset=offset, limit=2)
        for offset in (0, 2, 4, 6)
    ]
    assert [[entry.reason for entry in entries] for entries, _ in pages] == [["3", "2"], ["1", "0"], [""], []]
    assert [more for _, more in pages] == [True, True, False, False]


def test_a_state_has_the_rows_owned_at_the_time(ann: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", editor=ann)
    post = audit.create([Position(speaker=speaker, title="Minister")], user=ann, reason="added")[0]
    key = f"position-{post.history.first().history_id}"
    speaker.name = "Lena Hill"
    audit.update([speaker], ["name"], user=ann, reason="married")
    post.delete()
    then = revisions.get_state(model=Speaker, pk=speaker.pk, key=key)
    now = revisions.get_current_state(model=Speaker, pk=speaker.pk)
    assert then
    assert now
    assert (then.formatted["name"], then.formatted["position"], then.formatted["speakername"]) == (
        "Lena Ford",
        "Minister",
        "Lena Ford",
    )
    assert [(change.label, change.old, change.new) for change in revisions.diff_states(then, now, Speaker)] == [
        ("name", "Lena Ford", "Lena Hill"),
        ("positions", "Minister", ""),
    ]


def test_a_name_moved_to_another_speaker_is_no_longer_owned(ann: User) -> None:
    one, other = make.SpeakerFactory(name="One"), make.SpeakerFactory(name="Other")
    name = one.names.get()
    name.speaker = other
    audit.update([name], ["speaker"], user=ann, reason="moved")
    now = revisions.get_current_state(model=Speaker, pk=one.pk)
    assert now
    assert now.formatted["speakername"] == ""


def test_changes_since_a_state(ann: User) -> None:
    speaker = directory.add_speaker(name="Lena Ford", editor=ann)
    seen = optimistic_lock.get_state_token(speaker)
    assert optimistic_lock.list_changes_since(row=speaker, seen=seen).entries == ()
    audit.update([speaker], [], user=ann, reason="touched")
    assert optimistic_lock.list_changes_since(row=speaker, seen=seen).entries == (), "a touch is no change"
    speaker.description = "Expert."
    audit.update([speaker], ["description"], user=ann, reason="described")
    make.SpeakerNameFactory(speaker=speaker, name="L. Ford")
    since = optimistic_lock.list_changes_since(row=speaker, seen=seen)
    assert [(entry.kind, entry.about, [change.new for change in entry.changes]) for entry in since.entries] == [
        ("Added", "speaker name “L. Ford”", []),
        ("Changed", "", ["Expert."]),
    ]
    assert "ann changed “Lena Ford” at " in optimistic_lock.describe_conflict(speaker, since.entries[1])
    assert "description: nothing → “Expert.”" in optimistic_lock.describe_conflict(speaker, since.entries[1])


@pytest.mark.parametrize("seen", ["", "1", "1.2", "a.b.c", "1.2.3.4", "-1.0.0", "9" * 30 + ".1.1", "\0.1.1"])
def test_a_malformed_state_token_is_unknown(seen: str) -> None:
    assert not optimistic_lock.list_changes_since(row=make.SpeakerFactory(), seen=seen).is_known
