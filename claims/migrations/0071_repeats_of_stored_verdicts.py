from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def find_repeats_of_stored_verdicts(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lets the change feed, which keeps the repeats, look at everything once."""
    alias = schema_editor.connection.alias
    if apps.get_model("claims", "Verification").objects.using(alias).filter(state="published").exists():
        touched = apps.get_model("claims", "Touched").objects.using(alias)
        touched.create(kind="everything", object_id=0, wide=True, step=0)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0070_repeats_after_a_verdict"),
    ]

    operations = [migrations.RunPython(find_repeats_of_stored_verdicts, migrations.RunPython.noop, elidable=True)]
