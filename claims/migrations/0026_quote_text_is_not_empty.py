from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0025_text_of_stored_quotes")]

    operations = [
        migrations.AddConstraint(
            "quote", models.CheckConstraint(condition=~models.Q(text=""), name="quote_text_is_not_empty")
        ),
    ]
