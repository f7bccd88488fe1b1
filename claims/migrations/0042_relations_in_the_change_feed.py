from django.db import migrations, models

KINDS = [
    ("quotes", "Quotes"),
    ("claims", "Claims"),
    ("speakers", "Speakers"),
    ("sources", "Sources"),
    ("verifications", "Verifications"),
    ("corrections", "Corrections"),
    ("topics", "Topics"),
    ("ratings", "Ratings"),
    ("relations", "Relations"),
]


class Migration(migrations.Migration):
    dependencies = [("claims", "0041_skips")]

    operations = [
        migrations.RemoveConstraint("change", "change_kind_is_known"),
        migrations.AlterField("change", "kind", models.CharField(choices=KINDS, max_length=13)),
        migrations.AddConstraint(
            "change",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]), name="change_kind_is_known"
            ),
        ),
    ]
