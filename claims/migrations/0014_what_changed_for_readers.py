"""The change feed. The first process that reads it enters what is public already (`claims.services.changefeed`)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0013_full_text")]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quotes", "Quotes"),
                            ("claims", "Claims"),
                            ("speakers", "Speakers"),
                            ("sources", "Sources"),
                            ("verifications", "Verifications"),
                            ("corrections", "Corrections"),
                            ("topics", "Topics"),
                            ("ratings", "Ratings"),
                        ],
                        max_length=13,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("retracted", "Retracted"),
                            ("rejected", "Rejected by an editor"),
                            ("merged", "Merged into another"),
                            ("superseded", "Superseded by a newer verdict"),
                            ("withdrawn", "Withdrawn"),
                            ("unused", "No longer referenced by anything public"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("merged_into", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["kind", "changed_at", "id"],
                "indexes": [
                    models.Index(fields=["kind", "changed_at", "id"], name="change_in_order"),
                    models.Index(fields=["changed_at"], name="change_last"),
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="change_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="change_is_one_a_thing"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "quotes",
                                    "claims",
                                    "speakers",
                                    "sources",
                                    "verifications",
                                    "corrections",
                                    "topics",
                                    "ratings",
                                ],
                            )
                        ),
                        name="change_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), ("gone_at", None), ("merged_into", None)),
                            models.Q(
                                ("changed_at__isnull", False),
                                ("gone_at__isnull", False),
                                (
                                    "cause__in",
                                    ["retracted", "rejected", "merged", "superseded", "withdrawn", "unused", "deleted"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="change_says_why_it_is_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("changed_at__isnull", False), ("due_at__isnull", False), _connector="OR"),
                        name="change_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=13)),
                ("object_id", models.BigIntegerField()),
                ("wide", models.BooleanField()),
                ("by", models.CharField(blank=True, max_length=13)),
                ("by_id", models.BigIntegerField(null=True)),
                ("step", models.SmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "touched",
                "indexes": [models.Index(fields=["step", "kind", "object_id"], name="touched_by_step")],
            },
        ),
    ]
