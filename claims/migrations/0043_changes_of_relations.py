"""Backwards, removes relations from the change feed. Forwards, `migrate` fills the feed after a migration with code."""

from django.db import migrations


def remove_relations(apps, schema_editor):
    changes = apps.get_model("claims", "Change").objects.using(schema_editor.connection.alias)
    changes.filter(kind="relations").delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0042_relations_in_the_change_feed")]

    operations = [migrations.RunPython(migrations.RunPython.noop, remove_relations)]
