"""Adds and edits claims. Who writes the text of a claim, or says when it is published, confirms its wording."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, OperationVerb
from claims.services.claims.corrections import Note, public_change, refuse_publication_time
from claims.services.errors import RefusedError
from claims.services.history import audit
from claims.services.quotes.claim_links import refuse_unavailable_claim

PUBLIC_CLAIM_FIELDS = ("text", "speaker", "said_on")  # a change of these takes a public note
EDITABLE_CLAIM_FIELDS = (*PUBLIC_CLAIM_FIELDS, "claim_type", "released_at")
WORDING_FIELDS = frozenset({"text", "released_at"})  # a change of these confirms the wording
_HISTORY_REASONS = {
    "text": "reworded",
    "speaker": "speaker set",
    "said_on": "day set",
    "claim_type": "type set",
    "released_at": "release set",
}


def add_claim(*, values: dict[str, Any], topics: Collection[int] = (), editor: User) -> Claim:
    """Add a claim without quotes. `values` maps some of EDITABLE_CLAIM_FIELDS; "text" is required."""
    text = clean_claim_text(values["text"])
    with audit.operation(verb=OperationVerb.ADD_CLAIM, summary=f"Added: “{text[:200]}”", editor=editor):
        claim = Claim(**{name: values[name] for name in EDITABLE_CLAIM_FIELDS if name in values} | {"text": text})
        claim.wording_confirmed_at = timezone.now()
        [claim] = audit.create([claim], user=editor, reason="added")
        if topics:
            audit.set_topics([claim], {claim.pk: topics}, user=editor, reason="topics set")
    return claim


def edit_claim(
    *,
    claim: Claim,
    changes: dict[str, Any],
    topics: Collection[int] | None = None,
    editor: User,
    note: Note = None,
) -> Claim:
    """Store the `changes` (of EDITABLE_CLAIM_FIELDS) and, unless None, replace its topics; its quotes do not change.

    Verifications of the former text or speaker go back to review. Raises RefusedError for a retracted or merged claim,
    for an empty text, and for a publication time that would hide a public claim or lift the embargo on accepted quotes;
    PublicNoteRequiredError if the change is public and there is no `note`.
    """
    with (
        audit.operation(verb=OperationVerb.EDIT_CLAIM, summary=f"Changed: “{claim.text[:200]}”", editor=editor),
        public_change(editor=editor, note=note, claims=[claim.pk]),
    ):
        claim = Claim.objects.get(pk=claim.pk)
        refuse_unavailable_claim(claim)
        changes = {name: changes[name] for name in EDITABLE_CLAIM_FIELDS if name in changes}
        if "text" in changes:
            changes["text"] = clean_claim_text(changes["text"])
        if "released_at" in changes:
            refuse_publication_time(claim=claim, released_at=changes["released_at"])
        for name, value in changes.items():
            setattr(claim, name, value)
        if changes:
            reason = ", ".join(_HISTORY_REASONS[name] for name in changes)
            if changes.keys() & WORDING_FIELDS:
                claim.wording_confirmed_at = claim.wording_confirmed_at or timezone.now()
            audit.update([claim], [*changes, "wording_confirmed_at"], user=editor, reason=reason)
        if topics is not None and set(topics) != set(claim.topics.values_list("pk", flat=True)):
            audit.set_topics([claim], {claim.pk: topics}, user=editor, reason="topics set")
    return claim


def clean_claim_text(text: str) -> str:
    """The text without spaces around it. Raises RefusedError if nothing is left."""
    if not text.strip():
        raise RefusedError("Claim text is empty.")
    return text.strip()
