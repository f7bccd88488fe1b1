"""The groups of a new installation and their permissions, which can be changed in the admin."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = (
    "anchor claim claimamendment claimrelation comment correction evidence historicalanchor"
    " historicalclaim historicalclaimamendment historicalclaimrelation historicalevidence"
    " historicalmergesuggestion historicalposition historicalquote historicalrating historicalsource"
    " historicalspeaker historicalspeakermerge historicalspeakername historicaltopic"
    " historicalverification hold mention mergesuggestion operation position quote rating savedview"
    " snapshot source speaker speakermerge speakername topic verification"
).split()

# Each group has the permissions of the groups before it, and more.
GROUPS = {
    "Reporter": [*(f"view_{model}" for model in READ), "add_source", "add_quote", "add_comment", "add_savedview"],
    "Editor": [
        *("decide_quote", "change_quote", "change_source"),
        *(f"{verb}_{model}" for model in ("claim", "speaker", "topic") for verb in ("add", "change")),
        *(
            f"{verb}_{model}"
            for model in ("speakername", "position", "verification", "evidence")
            for verb in ("add", "change", "delete")
        ),
    ],
    "Approver": ["publish_verification", "correct_claim"],
    "Chief": [
        *("merge_speaker", "change_mergesuggestion", "change_speakermerge"),
        *("delete_claim", "delete_speaker", "delete_topic"),
        "delete_savedview",
        *("add_rating", "change_rating", "delete_rating"),
        *("view_user", "add_user", "change_user", "view_group"),
        *("view_accessattempt", "delete_accessattempt", "view_accesslog"),
    ],
}


def add_groups(apps, schema_editor):
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    # On a new installation, permissions are created after all migrations, but they are needed now.
    for label in ("auth", "axes", "claims"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
        config.models_module = None
    codenames = []
    for name, more in GROUPS.items():
        codenames += more
        found = Permission.objects.filter(
            codename__in=codenames, content_type__app_label__in=["auth", "axes", "claims"]
        )
        missing = set(codenames) - set(found.values_list("codename", flat=True))
        if missing:
            raise LookupError(f"no permission named {', '.join(sorted(missing))}")
        # An existing group of this name keeps its permissions and gets these as well.
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0011_list_indexes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0001_initial"),
    ]
    # Reversing keeps the groups, which may have been changed since.
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
