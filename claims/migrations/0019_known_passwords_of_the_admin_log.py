"""Reads from the admin log who knows whose password, as the two-person rule did until now.

The log has a mark of each password that was set for its holder. The mark of a password that was changed since, or
hashed anew by an upgrade of Django, is of no use any more.
"""

import hashlib

from django.conf import settings
from django.db import migrations

CHANGE = 2  # the action flag in the admin log


def log_message(account):
    mark = hashlib.sha256(account.password.encode()).hexdigest()[:16]
    return f"Set the password for its holder (mark {mark})."


def read_admin_log(apps, schema_editor):
    alias, knowledge = schema_editor.connection.alias, apps.get_model("claims", "PasswordKnowledge")
    entries = (
        apps.get_model("admin", "LogEntry")
        .objects.using(alias)
        .filter(
            content_type__app_label="auth",
            content_type__model="user",
            change_message__startswith="Set the password for its holder (mark ",
        )
    )
    entries = list(entries.order_by("-action_time", "-pk"))
    holders = apps.get_model("auth", "User").objects.using(alias).filter(pk__in={entry.object_id for entry in entries})
    accounts = {str(account.pk): account for account in holders}
    newest = {}
    for entry in entries:
        account = accounts.get(entry.object_id)
        if account and entry.user_id != account.pk and entry.change_message == log_message(account):
            newest.setdefault(account.pk, entry)
    knowledge.objects.using(alias).bulk_create(
        knowledge(holder_id=pk, known_by_id=entry.user_id, set_at=entry.action_time) for pk, entry in newest.items()
    )


def write_admin_log(apps, schema_editor):
    alias, log_entry = schema_editor.connection.alias, apps.get_model("admin", "LogEntry")
    users, _ = (
        apps.get_model("contenttypes", "ContentType").objects.using(alias).get_or_create(app_label="auth", model="user")
    )
    for known in apps.get_model("claims", "PasswordKnowledge").objects.using(alias).select_related("holder"):
        log_entry.objects.using(alias).get_or_create(
            user_id=known.known_by_id,
            content_type=users,
            object_id=str(known.holder_id),
            object_repr=known.holder.username[:200],
            action_flag=CHANGE,
            change_message=log_message(known.holder),
            defaults={"action_time": known.set_at},
        )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0018_known_passwords"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(read_admin_log, write_admin_log)]
