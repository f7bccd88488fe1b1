"""Invitations to new accounts. The next migration says who invites."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import claims.models.invitation


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("claims", "0081_external_review_vectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "delivery",
                    models.CharField(
                        choices=[("mailed", "By mail"), ("shown", "Shown to whoever invited")],
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(default=claims.models.invitation.default_expiry, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "second_factor_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="second factor enrolled at"
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("groups", models.ManyToManyField(blank=True, related_name="+", to="auth.group")),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "-id"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="invitation_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["mailed", "shown"])), name="invitation_delivery_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("account", None)),
                            models.Q(("accepted_at__isnull", False), ("account__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_is_accepted_by_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="invitation_is_accepted_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_factor_at", None),
                            models.Q(
                                ("accepted_at__isnull", False), ("second_factor_at__gte", models.F("accepted_at"))
                            ),
                            _connector="OR",
                        ),
                        name="invitation_second_factor_follows_acceptance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account", None),
                            ("invited_by", None),
                            models.Q(("account", models.F("invited_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_is_of_another",
                    ),
                ],
            },
        ),
    ]
