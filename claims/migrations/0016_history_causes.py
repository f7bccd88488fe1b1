"""Each entry of a history has a coded cause. The next migration reads those of earlier entries from their reasons."""

from django.db import migrations, models

HISTORIES = (
    *("anchor", "claim", "claimamendment", "claimrelation", "evidence", "mergesuggestion", "position", "quote"),
    *("rating", "source", "speaker", "speakermerge", "speakername", "topic", "verification"),
)
CAUSES = (
    *("edited", "extracted", "reextracted", "decided", "quote_decided", "speaker_set", "claim_set", "reworded"),
    *("reopened", "copied_for_review", "imported", "restored", "undone"),
)


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_squashed_0015_reader_keys")]

    operations = [
        operation
        for name in HISTORIES
        for operation in (
            migrations.AddField(
                f"historical{name}", "history_cause", models.CharField(default="edited", max_length=20)
            ),
            migrations.AddConstraint(
                f"historical{name}",
                models.CheckConstraint(
                    condition=models.Q(history_cause__in=list(CAUSES)), name=f"historical{name}_cause_is_known"
                ),
            ),
        )
    ]
