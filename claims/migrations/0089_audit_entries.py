"""The audit log."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("axes", "0001_initial"),  # triggers write what it logs
        ("claims", "0088_monitoring"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(null=True, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("action", models.CharField(max_length=40)),
                ("kind", models.CharField(blank=True, max_length=100, verbose_name="object")),
                ("object_id", models.CharField(blank=True, max_length=64, verbose_name="object id")),
                ("history_id", models.BigIntegerField(null=True, verbose_name="entry of its history")),
                ("details", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(blank=True, max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log",
                "ordering": ["-number", "-id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(condition=models.Q(("number", None)), fields=["id"], name="audit_entry_unsealed")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("action", ""), _negated=True), name="audit_entry_says_what_was_done"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hash", ""), ("number", None), ("previous_hash", "")),
                            models.Q(
                                ("number__gte", 1),
                                ("number__isnull", False),
                                models.Q(("previous_hash", ""), _negated=True),
                                models.Q(("hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_entry_is_sealed_whole",
                    ),
                ],
            },
        ),
    ]
