"""Chiefs see the audit log."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW = ("view_auditentry",)
GROUPS = {"Chief": VIEW}


def add_permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups, permissions = (apps.get_model("auth", name).objects.using(alias) for name in ("Group", "Permission"))
    # Permissions are created after all migrations, but they are needed now.
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=alias)
    config.models_module = None
    for group in groups.filter(name__in=GROUPS):
        codenames = GROUPS[group.name]
        group.permissions.add(*permissions.filter(content_type__app_label="claims", codename__in=codenames))


def remove_permissions(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects.using(schema_editor.connection.alias)
    permissions.filter(content_type__app_label="claims", codename__in=VIEW).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0089_audit_entries")]

    operations = [migrations.RunPython(add_permissions, remove_permissions)]
