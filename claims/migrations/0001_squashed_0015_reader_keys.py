"""Replaced the fifteen migrations before it, of which `migrate` knows, and is replaced by 0001_squashed_0091.

Triggers and search indexes are derived objects (`claims.database`), the tables of the unmanaged models included.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import claims.models.search_document

RATINGS = [
    ("True", "true", 5, "Accurate, with nothing significant left out."),
    ("Mostly true", "mostly-true", 4, "Accurate in substance; needs clarification or more information."),
    ("Misleading", "misleading", 3, "Has a true core, but leaves a false impression."),
    ("Mostly false", "mostly-false", 2, "Has an element of truth, but is wrong in substance."),
    ("False", "false", 1, "Not accurate."),
    ("Unverifiable", "unverifiable", None, "Cannot be confirmed or refuted with what is known now."),
]


def add_ratings(apps, schema_editor):
    ratings = apps.get_model("claims", "Rating").objects.using(schema_editor.connection.alias)
    for name, slug, value, explanation in RATINGS:
        ratings.create(name=name, slug=slug, value=value, explanation=explanation)


READ = [
    "anchor",
    "claim",
    "claimamendment",
    "claimrelation",
    "comment",
    "correction",
    "evidence",
    "historicalanchor",
    "historicalclaim",
    "historicalclaimamendment",
    "historicalclaimrelation",
    "historicalevidence",
    "historicalmergesuggestion",
    "historicalposition",
    "historicalquote",
    "historicalrating",
    "historicalsource",
    "historicalspeaker",
    "historicalspeakermerge",
    "historicalspeakername",
    "historicaltopic",
    "historicalverification",
    "hold",
    "mention",
    "mergesuggestion",
    "operation",
    "position",
    "quote",
    "rating",
    "savedview",
    "snapshot",
    "source",
    "speaker",
    "speakermerge",
    "speakername",
    "topic",
    "verification",
]

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
        *("view_readerkey", "add_readerkey", "change_readerkey"),
    ],
}


def add_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups, permissions = (apps.get_model("auth", name).objects.using(alias) for name in ("Group", "Permission"))
    # On a new installation, permissions are created after all migrations, but they are needed now.
    for label in ("auth", "axes", "claims"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, apps=apps, using=alias)
        config.models_module = None
    codenames = []
    for name, more in GROUPS.items():
        codenames += more
        found = permissions.filter(codename__in=codenames, content_type__app_label__in=["auth", "axes", "claims"])
        missing = set(codenames) - set(found.values_list("codename", flat=True))
        if missing:
            raise LookupError(f"no permission named {', '.join(sorted(missing))}")
        # An existing group of this name keeps its permissions and gets these as well.
        group, _ = groups.get_or_create(name=name)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("publisher", models.CharField(blank=True, db_index=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("authors", models.CharField(blank=True, help_text="Names, separated by semicolons.", max_length=500)),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="URL")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("broadcast", "Broadcast"),
                            ("transcript", "Transcript"),
                            ("press-release", "Press release"),
                            ("post", "Post"),
                            ("other", "Other"),
                        ],
                        default="article",
                        max_length=20,
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                                "Enter a language tag such as en, ru or pt-BR (BCP 47).",
                            )
                        ],
                    ),
                ),
                (
                    "translated_from",
                    models.CharField(
                        blank=True,
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                                "Enter a language tag such as en, ru or pt-BR (BCP 47).",
                            )
                        ],
                    ),
                ),
                ("translator", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
                    models.Index(fields=["language"], name="source_by_language"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("url", ""), _negated=True), fields=("url",), name="source_url_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["article", "broadcast", "transcript", "press-release", "post", "other"])
                        ),
                        name="source_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translated_from", ""),
                            models.Q(("translated_from", models.F("language")), _negated=True),
                            _connector="OR",
                        ),
                        name="source_is_not_translated_from_its_own_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("publisher", models.CharField(blank=True, db_index=True, max_length=200)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("authors", models.CharField(blank=True, help_text="Names, separated by semicolons.", max_length=500)),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="URL")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Article"),
                            ("broadcast", "Broadcast"),
                            ("transcript", "Transcript"),
                            ("press-release", "Press release"),
                            ("post", "Post"),
                            ("other", "Other"),
                        ],
                        default="article",
                        max_length=20,
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                                "Enter a language tag such as en, ru or pt-BR (BCP 47).",
                            )
                        ],
                    ),
                ),
                (
                    "translated_from",
                    models.CharField(
                        blank=True,
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                                "Enter a language tag such as en, ru or pt-BR (BCP 47).",
                            )
                        ],
                    ),
                ),
                ("translator", models.CharField(blank=True, max_length=200)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(editable=False)),
                ("sha256", models.CharField(db_index=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("retrieved_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "reader",
                    models.CharField(editable=False, help_text="What turned the input into this text.", max_length=50),
                ),
                ("reader_version", models.CharField(editable=False, max_length=50)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="claims.source"
                    ),
                ),
            ],
            options={
                "ordering": ["source_id", "retrieved_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "sha256"), name="snapshot_is_unique_per_source_and_sha256"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="snapshot_sha256_is_lowercase_hex"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="snapshot_text_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("organization", "Organization"),
                            ("group", "Group"),
                            ("unnamed", "Unnamed source"),
                        ],
                        default="person",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator("^Q[1-9][0-9]*$", "Enter a Wikidata id such as Q42.")
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["name", "id"], name="speaker_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("wikidata_id", ""), _negated=True),
                        fields=("wikidata_id",),
                        name="speaker_wikidata_id_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["person", "organization", "group", "unnamed"])),
                        name="speaker_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="speaker_name_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="speaker_is_not_merged_into_itself",
                    ),
                ],
                "permissions": [("merge_speaker", "Can merge speakers, and part them again")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpeaker",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("organization", "Organization"),
                            ("group", "Group"),
                            ("unnamed", "Unnamed source"),
                        ],
                        default="person",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=200)),
                ("description", models.TextField(blank=True)),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator("^Q[1-9][0-9]*$", "Enter a Wikidata id such as Q42.")
                        ],
                        verbose_name="Wikidata id",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical speaker",
                "verbose_name_plural": "historical speakers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpeakerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(db_index=True, editable=False, max_length=200)),
                ("family_key", models.CharField(db_index=True, editable=False, max_length=200)),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="names", to="claims.speaker"
                    ),
                ),
            ],
            options={
                "ordering": ["speaker_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("speaker", "key"), name="speaker_name_is_unique_per_speaker"),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="speaker_name_has_a_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpeakerName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(db_index=True, editable=False, max_length=200)),
                ("family_key", models.CharField(db_index=True, editable=False, max_length=200)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical speaker name",
                "verbose_name_plural": "historical speaker names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("organization", models.CharField(blank=True, max_length=300)),
                ("held_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("held_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="positions", to="claims.speaker"
                    ),
                ),
            ],
            options={
                "ordering": [
                    "speaker_id",
                    models.OrderBy(models.F("held_from"), descending=True, nulls_last=True),
                    "id",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_from", None),
                            ("held_to", None),
                            ("held_from__lte", models.F("held_to")),
                            _connector="OR",
                        ),
                        name="position_starts_before_it_ends",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPosition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", models.CharField(max_length=300)),
                ("organization", models.CharField(blank=True, max_length=300)),
                ("held_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("held_to", models.DateField(blank=True, null=True, verbose_name="to")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("slug", models.SlugField(max_length=100, unique=True)),
                ("description", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["name", "id"], name="topic_by_name")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTopic",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=100)),
                ("slug", models.SlugField(max_length=100)),
                ("description", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("text", models.TextField()),
                ("said_on", models.DateField(blank=True, null=True)),
                (
                    "released_at",
                    models.DateTimeField(
                        blank=True, help_text="When it is published. A future time is an embargo.", null=True
                    ),
                ),
                ("retracted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.speaker",
                    ),
                ),
                ("topics", models.ManyToManyField(blank=True, related_name="claims", to="claims.topic")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="claim_newest_first"),
                    models.Index(fields=["-released_at", "-id"], name="claim_last_released_first"),
                    models.Index(fields=["updated_at", "id"], name="claim_by_change"),
                    models.Index(fields=["speaker", "-id"], name="claim_newest_of_speaker"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="claim_text_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retracted_at", None), ("released_at__isnull", False), _connector="OR"),
                        name="claim_is_released_before_retracted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(models.Q(("merged_into", models.F("id")), _negated=True), ("retracted_at", None)),
                            _connector="OR",
                        ),
                        name="claim_is_merged_into_another_or_retracted",
                    ),
                ],
                "permissions": [("correct_claim", "Can change and retract claims that readers see")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalClaim",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("text", models.TextField()),
                ("said_on", models.DateField(blank=True, null=True)),
                (
                    "released_at",
                    models.DateTimeField(
                        blank=True, help_text="When it is published. A future time is an embargo.", null=True
                    ),
                ),
                ("retracted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical claim",
                "verbose_name_plural": "historical claims",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("direct", "Direct"), ("indirect", "Indirect"), ("mixed", "Mixed")], max_length=10
                    ),
                ),
                ("spans", models.JSONField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("exact", models.TextField(verbose_name="quote")),
                ("prefix", models.TextField(blank=True)),
                ("suffix", models.TextField(blank=True)),
                ("cue", models.TextField(blank=True)),
                ("cue_spans", models.JSONField(blank=True, default=list)),
                ("mention", models.TextField(blank=True, help_text="The speaker as written.")),
                ("mention_spans", models.JSONField(blank=True, default=list)),
                ("candidates", models.JSONField(blank=True, default=list)),
                ("role", models.TextField(blank=True, help_text="The speaker's role as written.")),
                ("outlet", models.TextField(blank=True, help_text="Who it was said to, as written.")),
                ("confidence", models.FloatField()),
                ("extractor", models.CharField(max_length=50)),
                ("extractor_version", models.CharField(max_length=50)),
                (
                    "decision",
                    models.CharField(
                        choices=[("pending", "Pending"), ("accepted", "Accepted"), ("rejected", "Rejected")],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quote_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quotes", to="claims.snapshot"
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="claims.speaker",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("speech", "Said"), ("thought", "Thought"), ("other", "Other")],
                        default="speech",
                        max_length=10,
                    ),
                ),
                ("repaired", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["snapshot_id", "start", "id"],
                "indexes": [
                    models.Index(fields=["snapshot", "start", "id"], name="quote_in_reading_order"),
                    models.Index(fields=["claim", "decision"], name="quote_of_claim"),
                    models.Index(fields=["speaker", "decision"], name="quote_of_speaker"),
                    models.Index(fields=["-decided_at", "-id"], name="quote_last_decided_first"),
                    models.Index(
                        condition=models.Q(("speaker", None)),
                        fields=["decision", "snapshot", "start", "id"],
                        name="quote_queue_of_nobody_known",
                    ),
                    models.Index(fields=["decision", "created_at"], name="quote_waiting_by_age"),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["decided_at", "decision", "kind", "extractor", "confidence"],
                        name="quote_decisions_by_day",
                    ),
                    models.Index(fields=["decision", "snapshot", "start", "id"], name="quote_queue"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["direct", "indirect", "mixed"])), name="quote_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["pending", "accepted", "rejected"])),
                        name="quote_decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="quote_confidence_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "pending")),
                            models.Q(
                                models.Q(("decision", "pending"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="quote_decision_has_its_editor_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "accepted"), _negated=True),
                            ("speaker__isnull", False),
                            _connector="OR",
                        ),
                        name="quote_accepted_has_a_speaker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["speech", "thought", "other"])), name="quote_act_is_known"
                    ),
                ],
                "permissions": [("decide_quote", "Can accept, reject and correct quotes")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQuote",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("direct", "Direct"), ("indirect", "Indirect"), ("mixed", "Mixed")], max_length=10
                    ),
                ),
                ("spans", models.JSONField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("exact", models.TextField(verbose_name="quote")),
                ("prefix", models.TextField(blank=True)),
                ("suffix", models.TextField(blank=True)),
                ("cue", models.TextField(blank=True)),
                ("cue_spans", models.JSONField(blank=True, default=list)),
                ("mention", models.TextField(blank=True, help_text="The speaker as written.")),
                ("mention_spans", models.JSONField(blank=True, default=list)),
                ("candidates", models.JSONField(blank=True, default=list)),
                ("role", models.TextField(blank=True, help_text="The speaker's role as written.")),
                ("outlet", models.TextField(blank=True, help_text="Who it was said to, as written.")),
                ("confidence", models.FloatField()),
                ("extractor", models.CharField(max_length=50)),
                ("extractor_version", models.CharField(max_length=50)),
                (
                    "decision",
                    models.CharField(
                        choices=[("pending", "Pending"), ("accepted", "Accepted"), ("rejected", "Rejected")],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.snapshot",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("speech", "Said"), ("thought", "Thought"), ("other", "Other")],
                        default="speech",
                        max_length=10,
                    ),
                ),
                ("repaired", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "historical quote",
                "verbose_name_plural": "historical quotes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("moved", "Moved"),
                            ("ambiguous", "Several matches"),
                            ("orphaned", "Missing"),
                        ],
                        db_index=True,
                        max_length=10,
                    ),
                ),
                ("spans", models.JSONField(blank=True, null=True)),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="anchors", to="claims.quote"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="anchors", to="claims.snapshot"
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchors_settled",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["snapshot_id", "quote_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("quote", "snapshot"), name="anchor_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("spans__isnull", False), ("state__in", ["exact", "moved"])),
                            models.Q(("spans__isnull", True), ("state__in", ["ambiguous", "orphaned"])),
                            _connector="OR",
                        ),
                        name="anchor_has_spans_where_it_is_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("state", "ambiguous"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="anchor_is_settled_by_somebody",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None), ("state__in", ["ambiguous", "orphaned"])),
                        fields=["snapshot"],
                        name="anchor_waiting",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAnchor",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("exact", "Exact"),
                            ("moved", "Moved"),
                            ("ambiguous", "Several matches"),
                            ("orphaned", "Missing"),
                        ],
                        db_index=True,
                        max_length=10,
                    ),
                ),
                ("spans", models.JSONField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.quote",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical anchor",
                "verbose_name_plural": "historical anchors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=50, unique=True)),
                ("slug", models.SlugField(unique=True)),
                ("value", models.IntegerField(blank=True, null=True)),
                ("worst", models.IntegerField(default=1)),
                ("best", models.IntegerField(default=5)),
                ("explanation", models.TextField(blank=True)),
            ],
            options={
                "ordering": [models.OrderBy(models.F("value"), descending=True, nulls_last=True), "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("worst__lt", models.F("best")),
                            models.Q(
                                ("value", None),
                                models.Q(("value__gte", models.F("worst")), ("value__lte", models.F("best"))),
                                _connector="OR",
                            ),
                        ),
                        name="rating_value_is_on_its_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ["unreviewed", "in-review"]), _negated=True),
                        name="rating_slug_is_not_a_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRating",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=50)),
                ("slug", models.SlugField()),
                ("value", models.IntegerField(blank=True, null=True)),
                ("worst", models.IntegerField(default=1)),
                ("best", models.IntegerField(default=5)),
                ("explanation", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical rating",
                "verbose_name_plural": "historical ratings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("comment", models.TextField(blank=True, help_text="Between author and approver. Never published.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications_approved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verifications", to="claims.claim"
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="claims.rating",
                    ),
                ),
                (
                    "reopened_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopened",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-published_at", "-id"], name="verification_last_published"),
                    models.Index(fields=["-created_at", "-id"], name="verification_newest_first"),
                    models.Index(fields=["state", "rating"], name="verification_by_rating"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "submitted", "published", "superseded", "withdrawn"])
                        ),
                        name="verification_state_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "published")),
                        fields=("claim",),
                        name="verification_one_current_per_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver", None),
                            models.Q(("approver", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="verification_approver_is_not_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("rating__isnull", False),
                                ("submitted_at__isnull", False),
                                models.Q(("explanation", ""), _negated=True),
                                models.Q(("fingerprint", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="verification_rating_needed_once_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "superseded"]), _negated=True),
                            models.Q(("approver__isnull", False), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="verification_published_has_approver_and_moment",
                    ),
                ],
                "permissions": [("publish_verification", "Can approve, send back, publish and withdraw verifications")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalVerification",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("published", "Published"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                ("comment", models.TextField(blank=True, help_text="Between author and approver. Never published.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.rating",
                    ),
                ),
                (
                    "reopened_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical verification",
                "verbose_name_plural": "historical verifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="URL")),
                ("archive_url", models.URLField(blank=True, max_length=2000, verbose_name="archive URL")),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("refutes", "Refutes"), ("context", "Context")],
                        max_length=10,
                    ),
                ),
                ("excerpt", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="claims.source",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="claims.verification"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["verification_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["supports", "refutes", "context"])),
                        name="evidence_stance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True), ("source__isnull", False), _connector="OR"
                        ),
                        name="evidence_has_a_url_or_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvidence",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("url", models.URLField(blank=True, max_length=2000, verbose_name="URL")),
                ("archive_url", models.URLField(blank=True, max_length=2000, verbose_name="archive URL")),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "Supports"), ("refutes", "Refutes"), ("context", "Context")],
                        max_length=10,
                    ),
                ),
                ("excerpt", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("correction", "Correction"), ("retraction", "Retraction")], max_length=12
                    ),
                ),
                ("text", models.TextField(verbose_name="what was changed")),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="claims.claim"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["correction", "retraction"])), name="correction_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="correction_says_what_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimAmendment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Draft"), ("published", "Published"), ("discarded", "Discarded")],
                        db_index=True,
                        default="open",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("said_on", models.DateField(blank=True, null=True)),
                ("was_text", models.TextField(editable=False)),
                ("was_said_on", models.DateField(blank=True, editable=False, null=True)),
                ("what", models.TextField(verbose_name="what is changed")),
                ("why", models.TextField()),
                ("comment", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="claims.claim"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "was_speaker",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft correction",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("claim",), name="amendment_one_open_per_claim"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "published", "discarded"])),
                        name="amendment_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("what", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                        ),
                        name="amendment_says_text_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="amendment_is_decided_by_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalClaimAmendment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Draft"), ("published", "Published"), ("discarded", "Discarded")],
                        db_index=True,
                        default="open",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("said_on", models.DateField(blank=True, null=True)),
                ("was_text", models.TextField(editable=False)),
                ("was_said_on", models.DateField(blank=True, editable=False, null=True)),
                ("what", models.TextField(verbose_name="what is changed")),
                ("why", models.TextField()),
                ("comment", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "was_speaker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical draft correction",
                "verbose_name_plural": "historical draft corrections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ClaimRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same", "says the same as"),
                            ("repeats", "repeats"),
                            ("contradicts", "contradicts"),
                            ("updates", "updates"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "Suggested"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        db_index=True,
                        default="suggested",
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relation_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_as_first",
                        to="claims.claim",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_as_second",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation",
                "ordering": ["-score", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("first", "second"),
                        django.db.models.functions.comparison.Greatest("first", "second"),
                        name="relation_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="relation_is_not_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("same", "contradicts")), _negated=True),
                            ("first__lt", models.F("second")),
                            _connector="OR",
                        ),
                        name="relation_is_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["same", "repeats", "contradicts", "updates"])),
                        name="relation_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["suggested", "confirmed", "dismissed"])),
                        name="relation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None), models.Q(("score__gte", 0), ("score__lte", 1)), _connector="OR"
                        ),
                        name="relation_score_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state", "suggested")),
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="relation_is_decided_by_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalClaimRelation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("same", "says the same as"),
                            ("repeats", "repeats"),
                            ("contradicts", "contradicts"),
                            ("updates", "updates"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "Suggested"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        db_index=True,
                        default="suggested",
                        max_length=10,
                    ),
                ),
                ("score", models.FloatField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical relation",
                "verbose_name_plural": "historical relations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("taken_back_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.claim",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.quote",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [models.Index(fields=["-created_at", "-id"], name="comment_newest_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim", None), ("quote__isnull", False), ("verification", None)),
                            models.Q(("claim__isnull", False), ("quote", None), ("verification", None)),
                            models.Q(("claim", None), ("quote", None), ("verification__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_is_on_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="claims.comment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["comment_id", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["user", "-id"], name="mention_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("comment", "user"), name="mention_is_unique_per_comment")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "quote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hold", to="claims.quote"
                    ),
                ),
                (
                    "editor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hold", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
            options={
                "ordering": ["until", "id"],
            },
        ),
        migrations.CreateModel(
            name="MergeSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("score", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("merged", "Merged"), ("dismissed", "Not the same")],
                        db_index=True,
                        default="open",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merge_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions_as_first",
                        to="claims.speaker",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions_as_second",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="merge_suggestion_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="merge_suggestion_is_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                        name="merge_suggestion_score_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "merged", "dismissed"])),
                        name="merge_suggestion_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMergeSuggestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("score", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("merged", "Merged"), ("dismissed", "Not the same")],
                        db_index=True,
                        default="open",
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical merge suggestion",
                "verbose_name_plural": "historical merge suggestions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SpeakerMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField(editable=False)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_kept", to="claims.speaker"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_merged", to="claims.speaker"
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speaker_merges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speaker_merges_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-merged_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("merged",),
                        name="speaker_is_merged_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True), name="merge_is_of_two_speakers"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSpeakerMerge",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("moved", models.JSONField(editable=False)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.speaker",
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical speaker merge",
                "verbose_name_plural": "historical speaker merges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("listing", models.CharField(editable=False, max_length=100, verbose_name="list")),
                ("query", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "shared",
                    models.BooleanField(
                        default=False, help_text="Shown in the sidebar of everyone who can see this list."
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["name", "id"], name="saved_view_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="saved_view_name_is_unique_per_owner"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Operation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=40)),
                ("summary", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("rows", models.JSONField(default=list, editable=False)),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="operations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone",
                        to="claims.operation",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["editor", "-id"], name="operation_of_editor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verb", ""), _negated=True), name="operation_has_a_verb"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undoes", None), models.Q(("undoes", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="operation_does_not_undo_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReaderKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="Who uses the key, and what for.", max_length=100)),
                (
                    "contact",
                    models.EmailField(blank=True, help_text="Contacted before the key is revoked.", max_length=254),
                ),
                ("hint", models.CharField(editable=False, max_length=8, verbose_name="begins with")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "per_minute",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Leave empty to use FACTBASE_KEY_READS_PER_MINUTE.",
                        null=True,
                        verbose_name="requests a minute",
                    ),
                ),
                (
                    "last_day",
                    models.DateField(
                        blank=True,
                        help_text="Last day on which the key works (UTC). Leave empty for no end.",
                        null=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reader_keys_revoked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API key",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="reader_key_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reader_key_is_revoked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per_minute", None),
                            models.Q(("per_minute__gte", 1), ("per_minute__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="reader_key_rate_is_sound",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quotes", "Quotes"),
                            ("claims", "Claims"),
                            ("speakers", "Speakers"),
                            ("sources", "Sources"),
                            ("verifications", "Verifications"),
                            ("corrections", "Corrections"),
                            ("topics", "Topics"),
                            ("ratings", "Ratings"),
                        ],
                        max_length=13,
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("changed_at", models.DateTimeField(null=True)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("retracted", "Retracted"),
                            ("rejected", "Rejected by an editor"),
                            ("merged", "Merged into another"),
                            ("superseded", "Superseded by a newer verdict"),
                            ("withdrawn", "Withdrawn"),
                            ("unused", "No longer referenced by anything public"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("merged_into", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["kind", "changed_at", "id"],
                "indexes": [
                    models.Index(fields=["kind", "changed_at", "id"], name="change_in_order"),
                    models.Index(fields=["changed_at"], name="change_last"),
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="change_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="change_is_one_a_thing"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "quotes",
                                    "claims",
                                    "speakers",
                                    "sources",
                                    "verifications",
                                    "corrections",
                                    "topics",
                                    "ratings",
                                ],
                            )
                        ),
                        name="change_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), ("gone_at", None), ("merged_into", None)),
                            models.Q(
                                ("changed_at__isnull", False),
                                ("gone_at__isnull", False),
                                (
                                    "cause__in",
                                    ["retracted", "rejected", "merged", "superseded", "withdrawn", "unused", "deleted"],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="change_says_why_it_is_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("changed_at__isnull", False), ("due_at__isnull", False), _connector="OR"),
                        name="change_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Touched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=13)),
                ("object_id", models.BigIntegerField()),
                ("wide", models.BooleanField()),
                ("by", models.CharField(blank=True, max_length=13)),
                ("by_id", models.BigIntegerField(null=True)),
                ("step", models.SmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "touched",
                "indexes": [models.Index(fields=["step", "kind", "object_id"], name="touched_by_step")],
            },
        ),
        migrations.CreateModel(
            name="ClaimWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "db_table": "claims_claim_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="QuoteWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.quote",
                    ),
                ),
            ],
            options={
                "db_table": "claims_quote_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SourceWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "db_table": "claims_source_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SpeakerWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.speaker",
                    ),
                ),
            ],
            options={
                "db_table": "claims_speaker_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TopicWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "db_table": "claims_topic_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="VerificationWords",
            fields=[
                ("place", models.BigIntegerField(db_column="rowid", primary_key=True, serialize=False)),
                ("words", claims.models.search_document.SearchWordsField()),
                (
                    "row",
                    models.OneToOneField(
                        db_column="row_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="document",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "db_table": "claims_verification_words",
                "abstract": False,
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HistoricalClaim_topics",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to="claims.historicalclaim"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalClaim_topics",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        # Reversing drops the ratings with their table, and keeps the groups, which may have been changed since.
        migrations.RunPython(add_ratings, migrations.RunPython.noop),
        migrations.RunPython(add_groups, migrations.RunPython.noop),
    ]
