"""Fills the text of the stored quotes from their spans."""

from django.db import migrations

from claims.models.quote_text import shown_text

BATCH_SIZE = 500


def fill_text(apps, schema_editor):
    alias = schema_editor.connection.alias
    quotes, snapshots = (apps.get_model("claims", name).objects.using(alias) for name in ("Quote", "Snapshot"))
    for pk in list(quotes.order_by("snapshot").values_list("snapshot", flat=True).distinct()):
        text = snapshots.values_list("text", flat=True).get(pk=pk)
        rows = list(quotes.filter(snapshot=pk).only("spans"))
        for quote in rows:
            quote.text = shown_text(text, quote.spans)
        quotes.bulk_update(rows, ["text"], batch_size=BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [("claims", "0024_quote_text")]

    operations = [migrations.RunPython(fill_text, migrations.RunPython.noop)]
