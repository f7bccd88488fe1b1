"""A claim as an editor says it: its words, who made it, when, about what, and from when readers see it."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User

from claims.models import Claim
from claims.services.claims.corrections import PublicNote, public_change, refuse_silent_withdrawal
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim

# What an editor may set; of these, readers are told.
PUBLIC_CLAIM_FIELDS = ("text", "speaker", "said_on")
EDITABLE_CLAIM_FIELDS = (*PUBLIC_CLAIM_FIELDS, "released_at")


def add_claim(*, given: dict[str, Any], topics: Collection[int] = (), editor: User) -> Claim:
    """A claim that no quote makes yet, with what is `given` of FIELDS."""
    with audit.operation(verb="add claim", summary=f"Added: “{_clean_text(given['text'])[:200]}”", editor=editor):
        row = Claim(**{name: given.get(name) for name in EDITABLE_CLAIM_FIELDS} | {"text": _clean_text(given["text"])})
        claim: Claim = audit.create([row], user=editor, reason="added")[0]
        if topics:
            audit.set_topics([claim], {claim.pk: topics}, user=editor, reason="topics set")
    return claim


def edit_claim(
    *,
    claim: Claim,
    changes: dict[str, Any],
    topics: Collection[int] | None = None,
    editor: User,
    note: PublicNote | None = None,
) -> Claim:
    """Store the `changes` (of FIELDS) and, unless None, all its topics; its quotes never change with it.

    Verdicts on the former wording or speaker go back to review. Raises RefusedError for a stub or a redirect, for no
    words at all, and if readers would lose the claim in silence; NoteNeededError if they see it otherwise than before
    and there is no `note`.
    """
    with (
        audit.operation(verb="edit claim", summary=f"Changed: “{claim.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        row = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(row)
        if "text" in changes:
            changes = changes | {"text": _clean_text(changes["text"])}
        if "released_at" in changes:
            refuse_silent_withdrawal(claim=row, released_at=changes["released_at"])
        for name in EDITABLE_CLAIM_FIELDS:
            if name in changes:
                setattr(row, name, changes[name])
        if changes:
            audit.update(
                [row],
                [name for name in EDITABLE_CLAIM_FIELDS if name in changes],
                user=editor,
                reason=_history_reason(changes),
            )
        if topics is not None and set(topics) != set(row.topics.values_list("pk", flat=True)):
            audit.set_topics([row], {row.pk: topics}, user=editor, reason="topics set")
    return row


def _clean_text(text: str) -> str:
    if not text.strip():
        raise RefusedError("A claim says something: give its words.")
    return text.strip()


def _history_reason(changes: dict[str, Any]) -> str:
    words = {"text": "reworded", "speaker": "speaker set", "said_on": "day set", "released_at": "release set"}
    return ", ".join(words[name] for name in EDITABLE_CLAIM_FIELDS if name in changes)
