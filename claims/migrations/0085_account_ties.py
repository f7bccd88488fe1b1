"""Ties between accounts of one person. The next migration fills the table."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0084_request_debts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("created", "made the account"),
                            ("password", "set the password of"),
                            ("email", "changed the mail address of"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("password_replaced_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "confirmation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "by another administrator"),
                            ("second factor", "by a second factor"),
                            ("operator", "by the operator of the server"),
                        ],
                        editable=False,
                        max_length=13,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders_confirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_to_others",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="accounttie",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["created", "password", "email"])), name="account_tie_reason_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="accounttie",
            constraint=models.CheckConstraint(
                condition=models.Q(("account", models.F("person")), _negated=True), name="account_tie_is_to_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="accounttie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at", None)),
                fields=("account", "person", "reason"),
                name="account_tie_is_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="accounttie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmation", ""), ("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("confirmation__in", ["second factor", "operator"]),
                        ("confirmed_at__isnull", False),
                        ("confirmed_by", None),
                    ),
                    models.Q(
                        ("confirmation", "administrator"),
                        ("confirmed_at__isnull", False),
                        ("confirmed_by__isnull", False),
                        models.Q(("confirmed_by", models.F("account")), _negated=True),
                        models.Q(("confirmed_by", models.F("person")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="account_tie_is_confirmed_by_a_third",
            ),
        ),
    ]
