"""Notices by e-mail and in a chat, and who wants which. The next migration says who sees those that failed."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0038_correct_claim_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Something is assigned to me"),
                            ("mentioned", "A comment mentions me"),
                            ("sent-back", "A verdict is sent back to me"),
                            ("waiting", "A verdict is waiting for my approval"),
                            ("published", "My verdict is approved and published"),
                            ("source-changed", "A source has changed and lacks some of its quotes"),
                        ],
                        max_length=14,
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "E-mail"), ("chat", "Chat")], max_length=5)),
                ("summary", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.comment",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.quote",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "ordering": ["-id"],
                "default_permissions": ("change", "view"),
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["due_at"], name="notice_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["assigned", "mentioned", "sent-back", "waiting", "published", "source-changed"],
                            )
                        ),
                        name="notice_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "chat"])), name="notice_channel_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "email"), ("recipient__isnull", False)),
                            models.Q(("channel", "chat"), ("recipient", None)),
                            _connector="OR",
                        ),
                        name="notice_by_email_has_a_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim", None), ("quote__isnull", False), ("source", None), ("verification", None)
                            ),
                            models.Q(
                                ("claim__isnull", False), ("quote", None), ("source", None), ("verification", None)
                            ),
                            models.Q(
                                ("claim", None), ("quote", None), ("source", None), ("verification__isnull", False)
                            ),
                            models.Q(
                                ("claim", None), ("quote", None), ("source__isnull", False), ("verification", None)
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_about_one_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticePreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Something is assigned to me"),
                            ("mentioned", "A comment mentions me"),
                            ("sent-back", "A verdict is sent back to me"),
                            ("waiting", "A verdict is waiting for my approval"),
                            ("published", "My verdict is approved and published"),
                            ("source-changed", "A source has changed and lacks some of its quotes"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[("off", "Off"), ("at-once", "At once"), ("daily", "Once a day")], max_length=7
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user_id", "kind"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="notice_preference_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["assigned", "mentioned", "sent-back", "waiting", "published", "source-changed"],
                            )
                        ),
                        name="notice_preference_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["off", "at-once", "daily"])),
                        name="notice_preference_delivery_is_known",
                    ),
                ],
            },
        ),
    ]
