"""A claim knows whether an editor confirmed its wording. The next migration says so of stored claims."""

from django.db import migrations, models

HISTORIES = (
    *("anchor", "assignment", "claim", "claimamendment", "claimrelation", "evidence", "mergesuggestion", "position"),
    *("quote", "rating", "source", "speaker", "speakermerge", "speakername", "topic", "verification"),
)
CAUSES = (
    *("edited", "extracted", "reextracted", "decided", "quote_decided", "speaker_set", "claim_set", "reworded"),
    *("released", "unclaimed", "reopened", "copied_for_review", "imported", "restored", "undone"),
)
VERBS = (
    *("accept all", "accepted", "add claim", "add quote", "assign", "assignment done", "bulk change", "change words"),
    *("decide", "describe", "discard correction", "dismiss", "dismiss relation", "draft", "draft correction"),
    *("edit claim", "import", "introduce", "join", "merge", "merge claims", "new speaker", "own claim", "part"),
    *("pending", "publish correction", "reextract", "rejected", "relate claims", "release claim", "release claims"),
    *("restore", "retract", "set claim", "set speaker", "settle", "split", "split claim", "suggest relations", "undo"),
)


def replace_constraint(model, name, **condition):
    constraint = models.CheckConstraint(condition=models.Q(**condition), name=name)
    return [migrations.RemoveConstraint(model, name), migrations.AddConstraint(model, constraint)]


class Migration(migrations.Migration):
    dependencies = [("claims", "0034_origin_of_stored_languages")]

    operations = [
        *(
            migrations.AddField(
                model, "wording_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)
            )
            for model in ("claim", "historicalclaim")
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(wording_confirmed_at__isnull=False),
                name="claim_confirmed_newest_first",
            ),
        ),
        *(
            operation
            for name in HISTORIES
            for operation in replace_constraint(
                f"historical{name}", f"historical{name}_cause_is_known", history_cause__in=list(CAUSES)
            )
        ),
        *replace_constraint("operation", "operation_verb_is_known", verb__in=list(VERBS)),
    ]
