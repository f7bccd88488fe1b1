from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0054_unite_sources_of_one_page")]

    operations = [
        migrations.RemoveConstraint(model_name="source", name="source_url_is_unique"),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("url", ""), _negated=True), ("merged_into", None)),
                fields=("url",),
                name="source_url_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(models.Q(("page_key", ""), _negated=True), ("merged_into", None)),
                fields=("page_key",),
                name="source_page_is_unique",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="source_is_not_merged_into_itself",
            ),
        ),
    ]
