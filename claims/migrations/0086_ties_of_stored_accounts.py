"""Ties of accounts made so far: from known passwords, and from what the admin log says of who made an account.

They begin now: verdicts that were approved before followed the rule as it was.
"""

from django.conf import settings
from django.db import migrations

ADDITION = 1  # the action flag in the admin log


def tie_accounts(apps, schema_editor):
    alias, tie = schema_editor.connection.alias, apps.get_model("claims", "AccountTie")
    pairs = {
        ("password", known.holder_id, known.known_by_id)
        for known in apps.get_model("claims", "PasswordKnowledge").objects.using(alias)
    }
    accounts = {str(pk): pk for pk in apps.get_model("auth", "User").objects.using(alias).values_list("pk", flat=True)}
    entries = apps.get_model("admin", "LogEntry").objects.using(alias).filter(action_flag=ADDITION)
    entries = entries.filter(content_type__app_label="auth", content_type__model="user")
    for account, person in entries.values_list("object_id", "user_id"):
        if account in accounts and accounts[account] != person:
            pairs.add(("created", accounts[account], person))
    tie.objects.using(alias).bulk_create(
        tie(reason=reason, account_id=account, person_id=person) for reason, account, person in sorted(pairs)
    )


def know_passwords(apps, schema_editor):
    alias, knowledge = schema_editor.connection.alias, apps.get_model("claims", "PasswordKnowledge")
    ties = apps.get_model("claims", "AccountTie").objects.using(alias)
    known = ties.filter(reason="password", confirmed_at=None, password_replaced_at=None)
    knowledge.objects.using(alias).bulk_create(
        (knowledge(holder_id=tie.account_id, known_by_id=tie.person_id, set_at=tie.created_at) for tie in known),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0085_account_ties"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(tie_accounts, know_passwords)]
