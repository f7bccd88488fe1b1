"""The full-text index: see `_full_text`. Creating it reads all rows."""

import django.db.models.deletion
from django.db import migrations, models

import claims.models.search_document
from claims.migrations._full_text import install_full_text_index, remove_full_text_index

KINDS = ["Claim", "Quote", "Source", "Speaker", "Topic", "Verification"]


def documents(kind):
    """Returns the state of a model whose table `install_full_text_index` creates."""
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
    operations = [*map(documents, KINDS), migrations.RunPython(install_full_text_index, remove_full_text_index)]
