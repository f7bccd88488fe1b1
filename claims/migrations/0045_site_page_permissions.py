"""Chiefs write the texts of the site, which exist from the start; editors answer readers' reports."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SLUGS = ("about", "methodology", "corrections", "data")
REPORTS, PAGES = ("view_errorreport", "change_errorreport"), ("view_sitepage", "change_sitepage")
GROUPS = {"Editor": REPORTS, "Approver": REPORTS, "Chief": REPORTS + PAGES}


def add_rows_and_permissions(apps, schema_editor):
    alias = schema_editor.connection.alias
    pages = apps.get_model("claims", "SitePage").objects.using(alias)
    for slug in SLUGS:
        pages.get_or_create(slug=slug)
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
    permissions.filter(content_type__app_label="claims", codename__in=REPORTS + PAGES).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0044_site_pages_and_error_reports")]

    operations = [migrations.RunPython(add_rows_and_permissions, remove_permissions)]
