"""Keys to the public API, and the permissions to manage them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def give_to_chiefs(apps, schema_editor):
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    config = apps.get_app_config("claims")
    config.models_module = True  # else it has no permissions; they are needed now, not after all migrations
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    config.models_module = None
    # Whoever renamed the group gives the permission themselves.
    for group in Group.objects.filter(name="Chief"):
        group.permissions.add(
            *Permission.objects.filter(
                codename__in=["view_readerkey", "add_readerkey", "change_readerkey"], content_type__app_label="claims"
            )
        )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0014_what_changed_for_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReaderKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Who uses the key, and what for.", max_length=100)),
                (
                    "contact",
                    models.EmailField(blank=True, help_text="Contacted before the key is revoked.", max_length=254),
                ),
                ("hint", models.CharField(editable=False, max_length=8, verbose_name="begins with")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "per_minute",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave empty to use FACTBASE_KEY_READS_PER_MINUTE.",
                        null=True,
                        verbose_name="requests a minute",
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="Last day on which the key works (UTC). Leave empty for no end.",
                        null=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader_keys_revoked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="reader_key_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reader_key_is_revoked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_minute", None),
                            models.Q(("per_minute__gte", 1), ("per_minute__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="reader_key_rate_is_sound",
                    ),
                ],
            },
        ),
        migrations.RunPython(give_to_chiefs, migrations.RunPython.noop),
    ]
