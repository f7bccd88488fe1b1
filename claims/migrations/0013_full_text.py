"""The models of the full-text index, whose tables are derived objects (`claims.database`)."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.search_document

KINDS = ["Claim", "Quote", "Source", "Speaker", "Topic", "Verification"]


def documents(kind):
    """Returns the state of a model."""
    row = models.OneToOneField(
        db_column="row_id",
        db_constraint=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="document",
        to=f"claims.{kind.lower()}",
    )
    return migrations.CreateModel(
        name=f"{kind}Words",
        fields=[
            ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
            ("words", claims.models.search_document.SearchWordsField()),
            ("row", row),
        ],
        options={
            "db_table": f"claims_{kind.lower()}_words",
            "abstract": False,
            "managed": False,
            "default_permissions": (),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_groups")]
    operations = [*map(documents, KINDS)]
