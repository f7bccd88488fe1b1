"""Created the triggers, which are derived objects now (`claims.database`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = []
