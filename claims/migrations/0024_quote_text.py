"""A quote has its text as readers see it. The next migration fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0023_speaker_confidence_of_stored_quotes")]

    operations = [
        migrations.AddField("quote", "text", models.TextField(default="", editable=False), preserve_default=False),
    ]
