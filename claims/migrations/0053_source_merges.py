import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0052_deliveries")]

    operations = [
        migrations.AddField(
            model_name="historicalsource",
            name="given_url",
            field=models.CharField(blank=True, editable=False, max_length=2000, verbose_name="URL as given"),
        ),
        migrations.AddField(
            model_name="historicalsource",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="claims.source",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="given_url",
            field=models.CharField(blank=True, editable=False, max_length=2000, verbose_name="URL as given"),
        ),
        migrations.AddField(
            model_name="source",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="claims.source",
            ),
        ),
        migrations.CreateModel(
            name="SourceMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField(editable=False)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_kept", to="claims.source"
                    ),
                ),
                (
                    "merged",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merge", to="claims.source"
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.AddConstraint(
            model_name="sourcemerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("merged")), _negated=True), name="source_merge_is_of_two_sources"
            ),
        ),
    ]
