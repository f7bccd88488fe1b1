"""The languages of stored sources were stated: none was detected until now."""

from django.db import migrations


def fill(apps, schema_editor):
    for name in ("source", "historicalsource"):
        rows = apps.get_model("claims", name).objects.using(schema_editor.connection.alias).order_by()
        rows.exclude(language="").update(language_origin="stated")


class Migration(migrations.Migration):
    dependencies = [("claims", "0033_source_language_origin")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
