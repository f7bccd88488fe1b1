"""The verb of an operation is one of a closed set."""

from django.db import migrations, models

VERBS = (
    *("accept all", "accepted", "add claim", "add quote", "bulk change", "change words", "decide", "describe"),
    *("discard correction", "dismiss", "dismiss relation", "draft", "draft correction", "edit claim", "import"),
    *("introduce", "join", "merge", "merge claims", "new speaker", "own claim", "part", "pending"),
    *("publish correction", "reextract", "rejected", "relate claims", "restore", "retract", "set claim"),
    *("set speaker", "settle", "split", "split claim", "suggest relations", "undo"),
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_known_passwords_of_the_admin_log")]

    operations = [
        migrations.RemoveConstraint("operation", "operation_has_a_verb"),
        migrations.AddConstraint(
            "operation",
            models.CheckConstraint(condition=models.Q(verb__in=list(VERBS)), name="operation_verb_is_known"),
        ),
    ]
