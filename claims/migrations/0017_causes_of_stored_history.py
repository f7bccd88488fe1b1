"""Reads the causes of stored history from its reasons, as the rules did until now.

Backwards, newer entries get the sentences that the rules of then read.
"""

from django.db import migrations
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Concat

# The causes of the reasons in each history.
CAUSES_OF_REASONS = {
    "quote": {
        "found in the article": "extracted",
        "read again": "reextracted",
        "quote accepted": "decided",
        "quote rejected": "decided",
        "quote pending": "decided",
        "speaker set": "speaker_set",
        "claim set": "claim_set",
        "words corrected": "reworded",
    },
    "claim": {"read again": "reextracted", "a quote of it was decided": "quote_decided"},
    "verification": {
        "what it judged was changed": "reopened",
        "what was judged was changed": "copied_for_review",
    },
    "evidence": {"taken over for review": "copied_for_review"},
}
# Of any history that is imported, restored or undone; what follows the first words varies.
CAUSES_OF_PREFIXES = {"imported from ": "imported", "restored from ": "restored", "undone: ": "undone"}
ALL_HISTORIES = (
    *("anchor", "claim", "claimamendment", "claimrelation", "evidence", "mergesuggestion", "position", "quote"),
    *("rating", "source", "speaker", "speakermerge", "speakername", "topic", "verification"),
)


def read_causes(apps, schema_editor):
    for name in ALL_HISTORIES:
        reasons = CAUSES_OF_REASONS.get(name, {})
        rows = apps.get_model("claims", f"historical{name}").objects.using(schema_editor.connection.alias).order_by()
        for prefix, cause in CAUSES_OF_PREFIXES.items():
            rows.filter(history_change_reason__startswith=prefix).update(history_cause=cause)
        for reason, cause in reasons.items():
            rows.filter(history_change_reason=reason).update(history_cause=cause)


def write_reasons(apps, schema_editor):
    without_reason = Q(history_change_reason=None) | Q(history_change_reason="")
    for name, reasons in CAUSES_OF_REASONS.items():
        rows = (
            apps.get_model("claims", f"historical{name}")
            .objects.using(schema_editor.connection.alias)
            .order_by()
            .filter(without_reason)
        )
        if name == "quote":
            decision = Concat(Value("quote "), F("decision"), output_field=CharField())
            rows.filter(history_cause="decided").update(history_change_reason=decision)
        for reason, cause in reasons.items():
            rows.filter(history_cause=cause).update(history_change_reason=reason)


class Migration(migrations.Migration):
    dependencies = [("claims", "0016_history_causes")]

    operations = [migrations.RunPython(read_causes, write_reasons)]
