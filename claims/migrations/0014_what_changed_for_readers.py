"""The change feed. The first process that reads it enters what is public already (`claims.services.changefeed`)."""

from django.db import migrations, models
from django.utils import timezone

from claims.migrations._change_triggers import install_change_triggers, remove_change_triggers


def install(apps, schema_editor):
    install_change_triggers(schema_editor)


def remove(apps, schema_editor):
    remove_change_triggers(schema_editor)


def enter_what_there_is(apps, schema_editor):
    Change, Rating, Touched = (apps.get_model("claims", name) for name in ("Change", "Rating", "Touched"))
    if apps.get_model("claims", "Source").objects.exists():
        # The first process that reads the change feed enters all of it; that takes a minute for a million rows.
        Touched.objects.create(kind="everything", object_id=0, wide=True, step=0)
    now = timezone.now()
    Change.objects.bulk_create(
        Change(kind="ratings", object_id=pk, changed_at=now) for pk in Rating.objects.values_list("pk", flat=True)
    )


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
        migrations.RunPython(install, remove),
        migrations.RunPython(enter_what_there_is, migrations.RunPython.noop),
    ]
