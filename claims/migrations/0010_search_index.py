"""Created the trigram index, which is a derived object now (`claims.database`)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_conversation")]
    operations = []
