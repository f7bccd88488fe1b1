"""Fills the counts of speakers and topics: after a migration with code, the change feed goes through all objects."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0046_public_counts")]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)]
