"""Reads from the history what earlier corrections changed. What it does not tell stays empty."""

import datetime as dt

from django.db import migrations

SAME_TRANSACTION = dt.timedelta(seconds=2)  # between a correction and the history entries of its change
VERDICT_NOTE_START = "The verdict “"
VERDICT_NOTES = {"was withdrawn.": "withdrawal", "went back to review.": "supersession"}  # as they were written


class StoredHistory:
    """The rows of one database, as this migration knows them."""

    def __init__(self, apps, alias):
        self.apps, self.alias = apps, alias

    def rows(self, model):
        return self.apps.get_model("claims", model).objects.using(self.alias)

    def speaker_name(self, pk, moment):
        names = self.rows("historicalspeaker").filter(id=pk, history_date__lte=moment).order_by("-history_id")
        return names.values_list("name", flat=True).first() or ""

    def store_change(self, correction, field, before, after):
        if before != after:
            self.rows("correctedfield").create(correction=correction, field=field, before=before, after=after)


def entries_of_change(correction):
    """The condition on history entries that the change of this correction wrote."""
    return {
        "history_date__gte": correction.made_at - SAME_TRANSACTION,
        "history_date__lte": correction.made_at + SAME_TRANSACTION,
        "history_user": correction.made_by_id,
    }


def read_claim(history, correction):
    """Stores the claim as it stood before the correction, and what was changed of it."""
    moment = correction.made_at
    entries = history.rows("historicalclaim").filter(id=correction.claim_id).order_by("history_id")
    own = list(entries.filter(**entries_of_change(correction)))
    earlier = entries.filter(history_id__lt=own[0].history_id) if own else entries.filter(history_date__lte=moment)
    before = earlier.last()
    if before is None:
        return
    correction.subject, correction.speaker = before.text, history.speaker_name(before.speaker_id, moment)
    correction.save(update_fields=["subject", "speaker"])
    if own:
        after = own[-1]
        history.store_change(correction, "wording", before.text, after.text)
        if before.speaker_id != after.speaker_id:
            new_name = history.speaker_name(after.speaker_id, moment)
            history.store_change(correction, "speaker", correction.speaker, new_name)
        history.store_change(correction, "said_on", str(before.said_on or ""), str(after.said_on or ""))


def read_verdict(history, correction):
    """Stores which verdict was withdrawn or went back to review, if the correction was written for that."""
    _, _, note = correction.text.rpartition("” ")
    if not correction.text.startswith(VERDICT_NOTE_START) or note not in VERDICT_NOTES:
        return
    entries = history.rows("historicalverification").filter(
        claim=correction.claim_id, state__in=["withdrawn", "superseded"], **entries_of_change(correction)
    )
    if entry := entries.order_by("history_id").first():
        correction.kind, correction.verification_id = VERDICT_NOTES[note], entry.id
        correction.save(update_fields=["kind", "verification"])
        rating = correction.text.removeprefix(VERDICT_NOTE_START).removesuffix(f"” {note}")
        history.store_change(correction, "verdict", rating, "")


def read_fields(apps, schema_editor):
    history = StoredHistory(apps, schema_editor.connection.alias)
    for correction in history.rows("correction").filter(subject="").order_by("pk"):
        read_claim(history, correction)
        read_verdict(history, correction)


def leave_what_was_known(apps, schema_editor):
    corrections = apps.get_model("claims", "correction").objects.using(schema_editor.connection.alias)
    corrections.filter(claim=None).delete()
    corrections.exclude(kind="retraction").update(kind="correction")


class Migration(migrations.Migration):
    dependencies = [("claims", "0031_correction_fields")]

    operations = [migrations.RunPython(read_fields, leave_what_was_known)]
