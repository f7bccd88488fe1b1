from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0036_wordings_of_stored_claims")]

    operations = [
        migrations.AddConstraint(
            "claim",
            models.CheckConstraint(
                condition=models.Q(released_at=None) | models.Q(wording_confirmed_at__isnull=False),
                name="claim_released_has_confirmed_wording",
            ),
        )
    ]
