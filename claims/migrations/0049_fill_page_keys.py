"""Fills the keys of the stored sources' pages from their URLs."""

from django.db import migrations

from claims.addresses import page_key

BATCH_SIZE = 1000


def fill_keys(apps, schema_editor):
    sources = apps.get_model("claims", "Source").objects.using(schema_editor.connection.alias).exclude(url="")
    last = 0
    while rows := list(sources.filter(pk__gt=last).order_by("pk").only("url")[:BATCH_SIZE]):
        for source in rows:
            source.page_key = page_key(source.url)
        sources.bulk_update(rows, ["page_key"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("claims", "0048_page_keys")]

    operations = [migrations.RunPython(fill_keys, migrations.RunPython.noop)]
