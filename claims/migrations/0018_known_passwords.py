"""Who knows whose password is a table of its own. The next migration fills it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0017_causes_of_stored_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PasswordKnowledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="password_known",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "known_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passwords_known",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "known password",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("holder",), name="password_knowledge_one_per_holder"),
                    models.CheckConstraint(
                        condition=models.Q(("holder", models.F("known_by")), _negated=True),
                        name="password_knowledge_is_of_another",
                    ),
                ],
            },
        ),
    ]
