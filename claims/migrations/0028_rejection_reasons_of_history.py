"""Reads why quotes were rejected from the history, whose reasons named it. What is not recognized stays empty."""

from django.db import migrations

REASONS_OF_LABELS = {
    "Not a quote": "no-quote",
    "Wrong words": "wrong-words",
    "Wrong speaker": "wrong-speaker",
    "Duplicate": "duplicate",
}


def rejection_reason(text):
    """The reason that the text of a history entry names, such as `rejected: Duplicate: see the first paragraph`."""
    if text.startswith("joined into quote "):
        return "duplicate"
    first, _, rest = text.partition(": ")
    label = rest.partition(": ")[0]
    return REASONS_OF_LABELS.get(label, "other" if rest else "") if first == "rejected" else ""


def read_reasons(apps, schema_editor):
    alias = schema_editor.connection.alias
    quotes = apps.get_model("claims", "quote").objects.using(alias)
    history = apps.get_model("claims", "historicalquote").objects.using(alias)
    rejected = history.filter(decision="rejected").order_by().values("id")
    entries = history.filter(id__in=rejected).order_by("id", "history_id")
    reasons = {}  # of each quote, by the entries so far
    for entry in entries.only("id", "decision", "history_change_reason").iterator():
        if entry.decision != "rejected":
            reasons.pop(entry.id, None)
        elif reason := rejection_reason(entry.history_change_reason or ""):
            reasons[entry.id] = reason
        if reasons.get(entry.id):
            history.filter(pk=entry.pk).update(rejection_reason=reasons[entry.id])
    for pk, reason in reasons.items():
        quotes.filter(pk=pk, decision="rejected").update(rejection_reason=reason)


class Migration(migrations.Migration):
    dependencies = [("claims", "0027_rejection_reasons")]

    operations = [migrations.RunPython(read_reasons, migrations.RunPython.noop)]
