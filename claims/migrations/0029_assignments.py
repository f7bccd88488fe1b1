"""Sources, claims and verifications can be assigned to editors. The next migration says who may do so."""

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

VERBS = (
    *("accept all", "accepted", "add claim", "add quote", "assign", "assignment done", "bulk change", "change words"),
    *("decide", "describe", "discard correction", "dismiss", "dismiss relation", "draft", "draft correction"),
    *("edit claim", "import", "introduce", "join", "merge", "merge claims", "new speaker", "own claim", "part"),
    *("pending", "publish correction", "reextract", "rejected", "relate claims", "restore", "retract", "set claim"),
    *("set speaker", "settle", "split", "split claim", "suggest relations", "undo"),
)
CAUSES = (
    *("edited", "extracted", "reextracted", "decided", "quote_decided", "speaker_set", "claim_set", "reworded"),
    *("reopened", "copied_for_review", "imported", "restored", "undone"),
)
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
COLUMNS = [
    ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
    ("due_on", models.DateField(blank=True, null=True)),
    ("note", models.CharField(blank=True, max_length=300)),
    ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
]


def user(related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=settings.AUTH_USER_MODEL
    )


def subject(model):
    return models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to=model)


def former(model):
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        null=True,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="+",
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0028_rejection_reasons_of_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("operation", "operation_verb_is_known"),
        migrations.AddConstraint(
            "operation",
            models.CheckConstraint(condition=models.Q(verb__in=list(VERBS)), name="operation_verb_is_known"),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ID,
                *COLUMNS,
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("assignee", user("assignments")),
                ("assigned_by", user("assignments_made")),
                ("source", subject("claims.source")),
                ("claim", subject("claims.claim")),
                ("verification", subject("claims.verification")),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("add", "change", "view"),
                "indexes": [
                    models.Index(
                        condition=models.Q(done_at=None), fields=["assignee", "due_on"], name="assignment_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(source__isnull=False, claim=None, verification=None)
                        | models.Q(source=None, claim__isnull=False, verification=None)
                        | models.Q(source=None, claim=None, verification__isnull=False),
                        name="assignment_is_of_one_object",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAssignment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                *COLUMNS,
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("assignee", former(settings.AUTH_USER_MODEL)),
                ("assigned_by", former(settings.AUTH_USER_MODEL)),
                ("source", former("claims.source")),
                ("claim", former("claims.claim")),
                ("verification", former("claims.verification")),
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical assignment",
                "verbose_name_plural": "historical assignments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(history_cause__in=list(CAUSES)), name="historicalassignment_cause_is_known"
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
