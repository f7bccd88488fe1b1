"""The right to correct is described as what it is. `migrate` does not rename permissions that exist."""

from django.db import migrations

NAME = "Can change and retract claims and quotes that readers see, with a public note"
FORMER_NAME = "Can change and retract claims that readers see"


def rename(name):
    def run(apps, schema_editor):
        permissions = apps.get_model("auth", "permission").objects.using(schema_editor.connection.alias)
        permissions.filter(codename="correct_claim", content_type__app_label="claims").update(name=name)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0037_released_claims_have_confirmed_wording"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="claim",
            options={"ordering": ["-created_at", "-id"], "permissions": [("correct_claim", NAME)]},
        ),
        migrations.RunPython(rename(NAME), rename(FORMER_NAME)),
    ]
