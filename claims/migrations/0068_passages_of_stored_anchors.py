"""Finds where the orphaned quotes that are stored stand in other words."""

from django.db import migrations

from claims.services.sources.passages import find_changed_words


def fill_passages(apps, schema_editor):
    alias = schema_editor.connection.alias
    anchors = apps.get_model("claims", "Anchor").objects.using(alias).filter(state="orphaned")
    for anchor in anchors.select_related("quote__snapshot", "snapshot").order_by("snapshot", "pk").iterator():
        quote = anchor.quote
        old, new = quote.snapshot.text, anchor.snapshot.text
        if passage := find_changed_words(old=old, new=new, start=quote.start, end=quote.end):
            anchor.passage_start, anchor.passage_end = passage
            anchor.save(update_fields=["passage_start", "passage_end"])


class Migration(migrations.Migration):
    dependencies = [("claims", "0067_what_pages_say_now")]

    operations = [migrations.RunPython(fill_passages, migrations.RunPython.noop)]
