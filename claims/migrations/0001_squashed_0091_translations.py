"""The schema, ratings, pages and groups of a new installation. A database of the migrations before it has all of this.

Triggers and search indexes are derived objects (`claims.database`), the tables of the unmanaged models included.
"""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import claims.models.invitation
import claims.models.search_document

REPLACED = [
    "0001_initial",
    "0002_triggers",
    "0003_default_ratings",
    "0004_quote_receipts",
    "0005_operations",
    "0006_holds",
    "0007_relations",
    "0008_people",
    "0009_conversation",
    "0010_search_index",
    "0011_list_indexes",
    "0012_groups",
    "0013_full_text",
    "0014_what_changed_for_readers",
    "0015_reader_keys",
    "0001_squashed_0015_reader_keys",
    "0016_history_causes",
    "0017_causes_of_stored_history",
    "0018_known_passwords",
    "0019_known_passwords_of_the_admin_log",
    "0020_operation_verbs",
    "0021_missing_anchors_index",
    "0022_quote_speaker_confidence",
    "0023_speaker_confidence_of_stored_quotes",
    "0024_quote_text",
    "0025_text_of_stored_quotes",
    "0026_quote_text_is_not_empty",
    "0027_rejection_reasons",
    "0028_rejection_reasons_of_history",
    "0029_assignments",
    "0030_assignment_permissions",
    "0031_correction_fields",
    "0032_fields_of_stored_corrections",
    "0033_source_language_origin",
    "0034_origin_of_stored_languages",
    "0035_claim_wording_confirmed_at",
    "0036_wordings_of_stored_claims",
    "0037_released_claims_have_confirmed_wording",
    "0038_correct_claim_description",
    "0039_notices",
    "0040_notice_permissions",
    "0041_skips",
    "0042_relations_in_the_change_feed",
    "0043_changes_of_relations",
    "0044_site_pages_and_error_reports",
    "0045_site_page_permissions",
    "0046_public_counts",
    "0047_count_what_is_public",
    "0048_page_keys",
    "0049_fill_page_keys",
    "0050_host_turns",
    "0051_source_warnings_and_moment",
    "0052_deliveries",
    "0053_source_merges",
    "0054_unite_sources_of_one_page",
    "0055_source_page_is_unique",
    "0056_feeds",
    "0057_feed_permissions",
    "0058_reader_key_scope",
    "0059_dates_of_claims_and_sources",
    "0060_snapshot_positions",
    "0061_source_relations",
    "0062_delivery_permissions",
    "0063_watch",
    "0064_evidence_copies",
    "0065_notice_recipient",
    "0066_delivery_content_erased",
    "0067_what_pages_say_now",
    "0068_passages_of_stored_anchors",
    "0069_claim_vectors",
    "0070_repeats_after_a_verdict",
    "0071_repeats_of_stored_verdicts",
    "0072_external_reviews",
    "0073_review_permissions",
    "0074_check_worthiness",
    "0075_relations_suggested_again",
    "0076_quote_outlet_help",
    "0077_keys_that_check_drafts",
    "0078_feeds_of_reviews",
    "0079_weight_permissions",
    "0080_claim_type",
    "0081_external_review_vectors",
    "0082_invitations",
    "0083_invitation_permissions",
    "0084_request_debts",
    "0085_account_ties",
    "0086_ties_of_stored_accounts",
    "0087_delete_known_passwords",
    "0088_monitoring",
    "0089_audit_entries",
    "0090_audit_permissions",
    "0091_translations",
]
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


PAGES = ["about", "methodology", "corrections", "data"]


def add_pages(apps, schema_editor):
    pages = apps.get_model("claims", "SitePage").objects.using(schema_editor.connection.alias)
    for slug in PAGES:
        pages.create(slug=slug)


READ = [
    "anchor",
    "assignment",
    "claim",
    "claimamendment",
    "claimrelation",
    "comment",
    "correction",
    "delivery",
    "evidence",
    "externalreview",
    "feed",
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
    "ratingmapping",
    "savedview",
    "snapshot",
    "source",
    "speaker",
    "speakermerge",
    "speakername",
    "topic",
    "verification",
    "weightset",
]

# Each group has the permissions of the groups before it, and more.
GROUPS = {
    "Reporter": [
        *(f"view_{model}" for model in READ),
        "add_comment",
        "add_delivery",
        "add_quote",
        "add_savedview",
        "add_source",
    ],
    "Editor": [
        "add_assignment",
        "add_claim",
        "add_evidence",
        "add_feed",
        "add_position",
        "add_speaker",
        "add_speakername",
        "add_topic",
        "add_verification",
        "change_assignment",
        "change_claim",
        "change_delivery",
        "change_errorreport",
        "change_evidence",
        "change_externalreview",
        "change_feed",
        "change_position",
        "change_quote",
        "change_source",
        "change_speaker",
        "change_speakername",
        "change_topic",
        "change_verification",
        "decide_quote",
        "delete_evidence",
        "delete_feed",
        "delete_position",
        "delete_speakername",
        "delete_verification",
        "view_errorreport",
    ],
    "Approver": ["correct_claim", "publish_verification"],
    "Chief": [
        "add_invitation",
        "add_rating",
        "add_ratingmapping",
        "add_readerkey",
        "add_user",
        "change_invitation",
        "change_mergesuggestion",
        "change_notice",
        "change_rating",
        "change_ratingmapping",
        "change_readerkey",
        "change_sitepage",
        "change_speakermerge",
        "change_user",
        "change_weightset",
        "delete_accessattempt",
        "delete_claim",
        "delete_rating",
        "delete_savedview",
        "delete_speaker",
        "delete_topic",
        "import_externalreview",
        "merge_speaker",
        "view_accessattempt",
        "view_accesslog",
        "view_auditentry",
        "view_group",
        "view_invitation",
        "view_notice",
        "view_readerkey",
        "view_sitepage",
        "view_user",
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
    replaces = [("claims", name) for name in REPLACED]
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
                ("detected_language", models.CharField(blank=True, editable=False, max_length=35)),
                (
                    "language_origin",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "Stated"), ("detected", "Detected in the text")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("page_key", models.CharField(blank=True, db_index=True, editable=False, max_length=1000)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("suggested_published_on", models.DateField(blank=True, editable=False, null=True)),
                ("warnings", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "given_url",
                    models.CharField(blank=True, editable=False, max_length=2000, verbose_name="URL as given"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="source_newest_first"),
                    models.Index(fields=["language"], name="source_by_language"),
                    models.Index(fields=["translated_from"], name="source_by_original_language"),
                    models.Index(fields=["published_on"], name="source_by_date"),
                ],
                "constraints": [
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language_origin", ""), ("language_origin__in", ["stated", "detected"]), _connector="OR"
                        ),
                        name="source_language_origin_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("url", ""), _negated=True), ("merged_into", None)),
                        fields=("url",),
                        name="source_url_is_unique",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("page_key", ""), _negated=True), ("merged_into", None)),
                        fields=("page_key",),
                        name="source_page_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="source_is_not_merged_into_itself",
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical topic",
                "verbose_name_plural": "historical topics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicaltopic_cause_is_known",
                    )
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical rating",
                "verbose_name_plural": "historical ratings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalrating_cause_is_known",
                    )
                ],
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
                        condition=models.Q(
                            ("undoes", None), models.Q(("undoes", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="operation_does_not_undo_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verb__in",
                                [
                                    "accept all",
                                    "accepted",
                                    "add claim",
                                    "add quote",
                                    "assign",
                                    "assignment done",
                                    "bulk change",
                                    "change words",
                                    "decide",
                                    "describe",
                                    "discard correction",
                                    "dismiss",
                                    "dismiss relation",
                                    "draft",
                                    "draft correction",
                                    "edit claim",
                                    "import",
                                    "introduce",
                                    "join",
                                    "merge",
                                    "merge claims",
                                    "new speaker",
                                    "own claim",
                                    "part",
                                    "pending",
                                    "publish correction",
                                    "reextract",
                                    "rejected",
                                    "relate claims",
                                    "relate sources",
                                    "release claim",
                                    "release claims",
                                    "restore",
                                    "retract",
                                    "set claim",
                                    "set speaker",
                                    "settle",
                                    "split",
                                    "split claim",
                                    "suggest relations",
                                    "tie quotes",
                                    "undo",
                                ],
                            )
                        ),
                        name="operation_verb_is_known",
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
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("intake", "Read, and send in articles"),
                            ("check", "Read, and check drafts"),
                            ("check-all", "Read, and check drafts against all that is stored, unpublished too"),
                        ],
                        default="read",
                        max_length=12,
                        verbose_name="may",
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
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["read", "intake", "check", "check-all"])),
                        name="reader_key_scope_is_known",
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
                            ("relations", "Relations"),
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
                                    "relations",
                                ],
                            )
                        ),
                        name="change_kind_is_known",
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
            name="NoticePreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Something is assigned to me"),
                            ("mentioned", "A comment mentions me"),
                            ("sent-back", "A verdict is sent back to me"),
                            ("waiting", "A verdict is waiting for my approval"),
                            ("published", "My verdict is approved and published"),
                            ("repeated", "A claim with my verdict is said again"),
                            ("source-changed", "A source has changed and lacks some of its quotes"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[("off", "Off"), ("at-once", "At once"), ("daily", "Once a day")], max_length=7
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user_id", "kind"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "kind"), name="notice_preference_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["off", "at-once", "daily"])),
                        name="notice_preference_delivery_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "assigned",
                                    "mentioned",
                                    "sent-back",
                                    "waiting",
                                    "published",
                                    "repeated",
                                    "source-changed",
                                ],
                            )
                        ),
                        name="notice_preference_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SitePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        choices=[
                            ("about", "About"),
                            ("methodology", "Methodology"),
                            ("corrections", "Corrections policy"),
                            ("data", "Data and licence"),
                        ],
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="page",
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="Leave empty to use the default title.", max_length=100),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="In Markdown, without HTML. Leave empty to use the default text."
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["id"],
                "default_permissions": ("change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__in", ["about", "methodology", "corrections", "data"])),
                        name="site_page_slug_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrorReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quotes", "Quotes"),
                            ("claims", "Claims"),
                            ("speakers", "Speakers"),
                            ("sources", "Sources"),
                            ("verifications", "Verifications"),
                            ("corrections", "Corrections"),
                            ("topics", "Topics"),
                            ("ratings", "Ratings"),
                            ("relations", "Relations"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ("subject", models.CharField(blank=True, editable=False, max_length=300)),
                ("text", models.TextField(editable=False, verbose_name="what is wrong")),
                (
                    "contact",
                    models.EmailField(blank=True, editable=False, max_length=254, verbose_name="reader's e-mail"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("answered", "Answered"), ("dismissed", "Dismissed")],
                        db_index=True,
                        default="new",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, editable=False)),
                ("is_public", models.BooleanField(default=False, editable=False, verbose_name="answer is public")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_reports_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "default_permissions": ("change", "view"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["kind", "object_id", "decided_at"],
                        name="error_report_public",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), ("object_id", None)),
                            models.Q(models.Q(("kind", ""), _negated=True), ("object_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="error_report_is_on_one_row_or_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""),
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
                                    "relations",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="error_report_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("text", ""), _negated=True), ("erased_at", None)),
                            models.Q(("contact", ""), ("erased_at__isnull", False), ("text", "")),
                            _connector="OR",
                        ),
                        name="error_report_says_something_until_erased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["new", "answered", "dismissed"])),
                        name="error_report_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("erased_at", None), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="error_report_is_decided_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False),
                            models.Q(("state", "answered"), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="error_report_public_answer_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalErrorReport",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_cause", models.CharField(default="edited", max_length=20)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quotes", "Quotes"),
                            ("claims", "Claims"),
                            ("speakers", "Speakers"),
                            ("sources", "Sources"),
                            ("verifications", "Verifications"),
                            ("corrections", "Corrections"),
                            ("topics", "Topics"),
                            ("ratings", "Ratings"),
                            ("relations", "Relations"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField(blank=True, editable=False, null=True)),
                ("subject", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("answered", "Answered"), ("dismissed", "Dismissed")],
                        db_index=True,
                        default="new",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("answer", models.TextField(blank=True, editable=False)),
                ("is_public", models.BooleanField(default=False, editable=False, verbose_name="answer is public")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                "verbose_name": "historical error report",
                "verbose_name_plural": "historical error reports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalerrorreport_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSitePage",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_cause", models.CharField(default="edited", max_length=20)),
                (
                    "slug",
                    models.CharField(
                        choices=[
                            ("about", "About"),
                            ("methodology", "Methodology"),
                            ("corrections", "Corrections policy"),
                            ("data", "Data and licence"),
                        ],
                        db_index=True,
                        editable=False,
                        max_length=20,
                        verbose_name="page",
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="Leave empty to use the default title.", max_length=100),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, help_text="In Markdown, without HTML. Leave empty to use the default text."
                    ),
                ),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
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
                "verbose_name": "historical site page",
                "verbose_name_plural": "historical site pages",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalsitepage_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HostTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=270, unique=True)),
                ("leased_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("paused_until", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RawContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                ("media_type", models.CharField(blank=True, editable=False, max_length=200)),
                ("compressed", models.BinaryField()),
                ("size", models.PositiveIntegerField(editable=False)),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("sha256", "media_type"), name="raw_content_is_stored_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="raw_content_sha256_is_lowercase_hex",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeightSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[("edited", "Edited"), ("fitted", "Fitted to decisions"), ("defaults", "Defaults")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("base", models.FloatField(editable=False)),
                ("weights", models.JSONField(editable=False)),
                ("measured", models.JSONField(blank=True, default=dict, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("adopted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("scored_down_to", models.BigIntegerField(editable=False, null=True)),
                (
                    "adopted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_weight_sets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weight_sets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "check-worthiness weights",
                "verbose_name_plural": "check-worthiness weights",
                "ordering": ["-id"],
                "default_permissions": ("change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["edited", "fitted", "defaults"])),
                        name="weight_set_origin_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopted_at", None), ("adopted_by", None), ("origin", "fitted")),
                            models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="weight_set_is_adopted_or_a_fitted_proposal",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "delivery",
                    models.CharField(
                        choices=[("mailed", "By mail"), ("shown", "Shown to whoever invited")],
                        editable=False,
                        max_length=6,
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("expires_at", models.DateTimeField(default=claims.models.invitation.default_expiry, editable=False)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "second_factor_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="second factor enrolled at"
                    ),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("groups", models.ManyToManyField(blank=True, related_name="+", to="auth.group")),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at", "-id"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True), name="invitation_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delivery__in", ["mailed", "shown"])), name="invitation_delivery_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("account", None)),
                            models.Q(("accepted_at__isnull", False), ("account__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_is_accepted_by_an_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_at", None), ("withdrawn_at", None), _connector="OR"),
                        name="invitation_is_accepted_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_factor_at", None),
                            models.Q(
                                ("accepted_at__isnull", False), ("second_factor_at__gte", models.F("accepted_at"))
                            ),
                            _connector="OR",
                        ),
                        name="invitation_second_factor_follows_acceptance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account", None),
                            ("invited_by", None),
                            models.Q(("account", models.F("invited_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_is_of_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestDebt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client", models.CharField(max_length=32, unique=True)),
                ("paid_off_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AccountTie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("created", "made the account"),
                            ("password", "set the password of"),
                            ("email", "changed the mail address of"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("password_replaced_at", models.DateTimeField(editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "confirmation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("administrator", "by another administrator"),
                            ("second factor", "by a second factor"),
                            ("operator", "by the operator of the server"),
                        ],
                        editable=False,
                        max_length=13,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ties", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders_confirmed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_to_others",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["created", "password", "email"])),
                        name="account_tie_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", models.F("person")), _negated=True),
                        name="account_tie_is_to_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at", None)),
                        fields=("account", "person", "reason"),
                        name="account_tie_is_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmation", ""), ("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmation__in", ["second factor", "operator"]),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by", None),
                            ),
                            models.Q(
                                ("confirmation", "administrator"),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("account")), _negated=True),
                                models.Q(("confirmed_by", models.F("person")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="account_tie_is_confirmed_by_a_third",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeliveryTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("stored", "Stored"),
                            ("unchanged", "Unchanged"),
                            ("duplicate", "Duplicate"),
                            ("refused", "Refused"),
                            ("given_up", "Given up"),
                        ],
                        max_length=9,
                        unique=True,
                    ),
                ),
                ("attempts", models.PositiveBigIntegerField(default=0)),
                ("seconds", models.FloatField(default=0)),
                ("quotes", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "working", "stored", "unchanged", "duplicate", "refused", "given_up"],
                            )
                        ),
                        name="delivery_total_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(null=True, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("actor_name", models.CharField(blank=True, max_length=150, verbose_name="who")),
                ("action", models.CharField(max_length=40)),
                ("kind", models.CharField(blank=True, max_length=100, verbose_name="object")),
                ("object_id", models.CharField(blank=True, max_length=64, verbose_name="object id")),
                ("history_id", models.BigIntegerField(null=True, verbose_name="entry of its history")),
                ("details", models.JSONField(default=dict)),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(blank=True, max_length=64)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log",
                "ordering": ["-number", "-id"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(condition=models.Q(("number", None)), fields=["id"], name="audit_entry_unsealed")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("action", ""), _negated=True), name="audit_entry_says_what_was_done"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hash", ""), ("number", None), ("previous_hash", "")),
                            models.Q(
                                ("number__gte", 1),
                                ("number__isnull", False),
                                models.Q(("previous_hash", ""), _negated=True),
                                models.Q(("hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="audit_entry_is_sealed_whole",
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("detected_language", models.CharField(blank=True, editable=False, max_length=35)),
                (
                    "language_origin",
                    models.CharField(
                        blank=True,
                        choices=[("stated", "Stated"), ("detected", "Detected in the text")],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "given_url",
                    models.CharField(blank=True, editable=False, max_length=2000, verbose_name="URL as given"),
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
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source",
                "verbose_name_plural": "historical sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalsource_cause_is_known",
                    )
                ],
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
                (
                    "raw",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="claims.rawcontent",
                    ),
                ),
                ("positions", models.JSONField(blank=True, default=list, editable=False)),
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical speaker",
                "verbose_name_plural": "historical speakers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalspeaker_cause_is_known",
                    )
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical speaker name",
                "verbose_name_plural": "historical speaker names",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalspeakername_cause_is_known",
                    )
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical position",
                "verbose_name_plural": "historical positions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalposition_cause_is_known",
                    )
                ],
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
                ("wording_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "claim_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quantity", "Quantity"),
                            ("comparison", "Comparison"),
                            ("prediction", "Prediction"),
                            ("rule", "Rule"),
                            ("past-event", "Past event"),
                            ("opinion", "Opinion"),
                        ],
                        help_text="Readers see it once you choose it.",
                        max_length=10,
                        verbose_name="type",
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
                    models.Index(
                        condition=models.Q(("wording_confirmed_at__isnull", False)),
                        fields=["-created_at", "-id"],
                        name="claim_confirmed_newest_first",
                    ),
                    models.Index(fields=["said_on"], name="claim_by_date"),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at", None), ("wording_confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="claim_released_has_confirmed_wording",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claim_type", ""),
                            (
                                "claim_type__in",
                                ["quantity", "comparison", "prediction", "rule", "past-event", "opinion"],
                            ),
                            _connector="OR",
                        ),
                        name="claim_type_is_known",
                    ),
                ],
                "permissions": [
                    ("correct_claim", "Can change and retract claims and quotes that readers see, with a public note")
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical merge suggestion",
                "verbose_name_plural": "historical merge suggestions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalmergesuggestion_cause_is_known",
                    )
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical speaker merge",
                "verbose_name_plural": "historical speaker merges",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalspeakermerge_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
            name="SpeakerCounts",
            fields=[
                (
                    "speaker",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="claims.speaker",
                    ),
                ),
                ("quotes", models.PositiveIntegerField()),
                ("claims", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-quotes", "-speaker"], name="speaker_most_quoted_first"),
                    models.Index(fields=["-claims", "-speaker"], name="speaker_most_claims_first"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TopicCounts",
            fields=[
                (
                    "topic",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="counts",
                        serialize=False,
                        to="claims.topic",
                    ),
                ),
                ("claims", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["-claims", "-topic"], name="topic_most_claims_first")],
            },
        ),
        migrations.CreateModel(
            name="SourceMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moved", models.JSONField(editable=False)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_kept", to="claims.source"
                    ),
                ),
                (
                    "merged",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merge", to="claims.source"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="source_merge_is_of_two_sources",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("url", models.CharField(max_length=2000, verbose_name="URL")),
                ("page_key", models.CharField(editable=False, max_length=1000, unique=True)),
                (
                    "title",
                    models.CharField(blank=True, help_text="Leave empty to use the feed's own title.", max_length=500),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rss", "RSS"),
                            ("atom", "Atom"),
                            ("json", "JSON Feed"),
                            ("sitemap", "Sitemap"),
                            ("sitemap-index", "Sitemap index"),
                            ("claim-reviews", "Fact-checks (ClaimReview)"),
                            ("factbase", "Fact-checks of a factbase"),
                        ],
                        editable=False,
                        max_length=13,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Active"), ("paused", "Paused"), ("ended", "Ended")],
                        default="active",
                        editable=False,
                        max_length=6,
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True, help_text="Publisher of articles that do not name theirs.", max_length=200
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Language of articles that do not state theirs.",
                        max_length=35,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
                                "Enter a language tag such as en, ru or pt-BR (BCP 47).",
                            )
                        ],
                    ),
                ),
                ("etag", models.CharField(blank=True, editable=False, max_length=300)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=300)),
                ("interval_minutes", models.PositiveSmallIntegerField(default=60, editable=False)),
                (
                    "next_poll_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="next poll"),
                ),
                (
                    "last_polled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last poll"),
                ),
                (
                    "last_new",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="new articles in the last poll"
                    ),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="failed polls in a row"),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        help_text="Topic of the claims that are proposed from its articles.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="claims.topic",
                    ),
                ),
                ("cursor", models.CharField(blank=True, editable=False, max_length=40)),
            ],
            options={
                "ordering": ["title", "id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "active")), fields=["next_poll_at"], name="feed_due"),
                    models.Index(fields=["title", "id"], name="feed_by_title"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "paused", "ended"])), name="feed_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page_key", ""), _negated=True), name="feed_has_an_address"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interval_minutes__gte", 10), ("interval_minutes__lte", 1440)),
                        name="feed_interval_is_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failures", 0), models.Q(("state", "ended"), _negated=True)),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="feed_that_fails_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", ""),
                            (
                                "kind__in",
                                ["rss", "atom", "json", "sitemap", "sitemap-index", "claim-reviews", "factbase"],
                            ),
                            _connector="OR",
                        ),
                        name="feed_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSourceRelation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("history_cause", models.CharField(default="edited", max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "Suggested"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        default="suggested",
                        max_length=10,
                    ),
                ),
                ("shared", models.FloatField()),
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
                        to="claims.source",
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
                        to="claims.source",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("copy", "Copy"),
                            ("shortened", "Shortened"),
                            ("updated", "Updated version"),
                            ("release", "Shares a release"),
                            ("translation", "Translation"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical source relation",
                "verbose_name_plural": "historical source relations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalsourcerelation_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SourceRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("copy", "Copy"),
                            ("shortened", "Shortened"),
                            ("updated", "Updated version"),
                            ("release", "Shares a release"),
                            ("translation", "Translation"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "Suggested"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                        default="suggested",
                        max_length=10,
                    ),
                ),
                ("shared", models.FloatField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source_relation_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_as_first",
                        to="claims.source",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_as_second",
                        to="claims.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-shared", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("first", "second"),
                        django.db.models.functions.comparison.Greatest("first", "second"),
                        name="source_relation_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="source_relation_is_not_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["suggested", "confirmed", "dismissed"])),
                        name="source_relation_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared__gte", 0), ("shared__lte", 1)),
                        name="source_relation_shares_a_part_of_the_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", None), ("state", "suggested")),
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="source_relation_is_decided_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["copy", "shortened", "updated", "release", "translation"])),
                        name="source_relation_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checks", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_check_at", models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ("last_checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("etag", models.CharField(blank=True, editable=False, max_length=300)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=300)),
                ("failures", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("gone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="watch", to="claims.source"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gone_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="watch_says_why_a_page_is_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("failures", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="watch_says_why_it_failed",
                    ),
                ],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RatingMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("publisher", models.CharField(max_length=200)),
                ("words", models.CharField(max_length=200, verbose_name="rating in the fact-check")),
                (
                    "mapped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rating_mappings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mappings",
                        to="claims.rating",
                    ),
                ),
            ],
            options={
                "ordering": ["publisher", "words", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("publisher", "words"), name="rating_mapping_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="rating_mapping_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mapped_by", None), ("rating", None)),
                            models.Q(("mapped_by__isnull", False), ("rating__isnull", False)),
                            _connector="OR",
                        ),
                        name="rating_mapping_is_made_by_a_person",
                    ),
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("wording_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "claim_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quantity", "Quantity"),
                            ("comparison", "Comparison"),
                            ("prediction", "Prediction"),
                            ("rule", "Rule"),
                            ("past-event", "Past event"),
                            ("opinion", "Opinion"),
                        ],
                        help_text="Readers see it once you choose it.",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical claim",
                "verbose_name_plural": "historical claims",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalclaim_cause_is_known",
                    )
                ],
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
                (
                    "outlet",
                    models.TextField(
                        blank=True, help_text="Outlet that it was said to, or that passed it on, as written."
                    ),
                ),
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
                (
                    "mention_kind",
                    models.CharField(
                        blank=True,
                        choices=[("name", "Name"), ("pronoun", "Pronoun"), ("nominal", "Role or description")],
                        max_length=10,
                    ),
                ),
                ("speaker_confidence", models.FloatField(blank=True, null=True)),
                ("text", models.TextField(editable=False)),
                (
                    "rejection_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no-quote", "Not a quote"),
                            ("wrong-words", "Wrong words"),
                            ("wrong-speaker", "Wrong speaker"),
                            ("duplicate", "Duplicate"),
                            ("source-changed", "Source changed"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("worth_features", models.IntegerField(editable=False, null=True)),
                ("worth_points", models.SmallIntegerField(default=0, editable=False)),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="translations",
                        to="claims.quote",
                    ),
                ),
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
                    models.Index(
                        fields=["decision", "-worth_points", "snapshot", "start", "id"], name="quote_queue_by_worth"
                    ),
                    models.Index(
                        condition=models.Q(("worth_features", None)), fields=["id"], name="quote_without_features"
                    ),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mention_kind", ""), ("mention_kind__in", ["name", "pronoun", "nominal"]), _connector="OR"
                        ),
                        name="quote_mention_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("speaker_confidence", None),
                            models.Q(("speaker_confidence__gte", 0), ("speaker_confidence__lte", 1)),
                            _connector="OR",
                        ),
                        name="quote_speaker_confidence_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="quote_text_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rejection_reason", ""),
                            models.Q(
                                ("decision", "rejected"),
                                (
                                    "rejection_reason__in",
                                    [
                                        "no-quote",
                                        "wrong-words",
                                        "wrong-speaker",
                                        "duplicate",
                                        "source-changed",
                                        "other",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="quote_only_rejected_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translation_of", None),
                            models.Q(("translation_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="quote_is_not_its_own_translation",
                    ),
                ],
                "permissions": [("decide_quote", "Can accept, reject and correct quotes")],
            },
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
                    "review_url",
                    models.URLField(blank=True, editable=False, max_length=2000, verbose_name="imported from"),
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
                            models.Q(
                                ("published_at__isnull", False),
                                models.Q(
                                    ("approver__isnull", False),
                                    models.Q(("review_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="verification_published_has_approver_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_url", ""),
                            models.Q(
                                ("approver", None),
                                ("published_at__isnull", False),
                                ("reopened_from", None),
                                ("state__in", ["published", "superseded", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="verification_imported_was_published_elsewhere",
                    ),
                ],
                "permissions": [("publish_verification", "Can approve, send back, publish and withdraw verifications")],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical draft correction",
                "verbose_name_plural": "historical draft corrections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalclaimamendment_cause_is_known",
                    )
                ],
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
                ("doubt", models.CharField(blank=True, editable=False, max_length=200)),
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("doubt", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "verbose_name": "historical relation",
                "verbose_name_plural": "historical relations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalclaimrelation_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("command", "Command"),
                            ("admin", "Admin"),
                            ("api", "API"),
                            ("bookmarklet", "Bookmarklet"),
                            ("feed", "Feed"),
                            ("watch", "Watched source"),
                            ("evidence", "Evidence"),
                        ],
                        editable=False,
                        max_length=11,
                    ),
                ),
                ("url", models.CharField(blank=True, editable=False, max_length=2000, verbose_name="URL")),
                (
                    "fetched_url",
                    models.CharField(blank=True, editable=False, max_length=2000, verbose_name="fetched from"),
                ),
                ("metadata", models.JSONField(default=dict, editable=False)),
                ("defaults", models.JSONField(default=dict, editable=False)),
                ("request_key", models.CharField(db_index=True, editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("working", "Working"),
                            ("stored", "Stored"),
                            ("unchanged", "Unchanged"),
                            ("duplicate", "Duplicate"),
                            ("refused", "Refused"),
                            ("given_up", "Given up"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=9,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "next_at",
                    models.DateTimeField(
                        blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name="due"
                    ),
                ),
                ("leased_until", models.DateTimeField(blank=True, editable=False, null=True)),
                ("worker", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "Address is not fetched"),
                            ("redirects", "Redirects lead nowhere"),
                            ("too-large", "Too large"),
                            ("media-type", "Not a page"),
                            ("robots", "robots.txt forbids it"),
                            ("status", "Site refuses"),
                            ("gone", "Page is gone"),
                            ("no-answer", "Site does not answer"),
                            ("bad-answer", "Answer makes no sense"),
                            ("busy", "Site is being fetched from"),
                            ("unreadable", "No article that can be read"),
                            ("interrupted", "Worker ended before it was done"),
                            ("error", "Internal error"),
                        ],
                        editable=False,
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("quote_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="new quotes")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="requested"),
                ),
                ("finished_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="finished")),
                (
                    "reader_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.readerkey",
                        verbose_name="API key",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.snapshot",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.source",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="claims.rawcontent",
                    ),
                ),
                (
                    "fallback",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.rawcontent",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="claims.feed",
                    ),
                ),
                ("content_erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "request_id",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="HTTP request"),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["-created_at", "-id"],
                "default_permissions": ("add", "change", "view"),
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="delivery_newest_first"),
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "working"))),
                        fields=["state", "next_at"],
                        name="delivery_open",
                    ),
                    models.Index(
                        condition=models.Q(("content__isnull", False), ("fallback__isnull", False), _connector="OR"),
                        fields=["state", "finished_at"],
                        name="delivery_with_content",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["command", "admin", "api", "bookmarklet", "feed", "watch", "evidence"])
                        ),
                        name="delivery_origin_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "working", "stored", "unchanged", "duplicate", "refused", "given_up"],
                            )
                        ),
                        name="delivery_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("problem", ""),
                            (
                                "problem__in",
                                [
                                    "address",
                                    "redirects",
                                    "too-large",
                                    "media-type",
                                    "robots",
                                    "status",
                                    "gone",
                                    "no-answer",
                                    "bad-answer",
                                    "busy",
                                    "unreadable",
                                    "interrupted",
                                    "error",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="delivery_problem_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "working"))),
                        fields=("request_key",),
                        name="delivery_is_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_at__isnull", False), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("next_at", None)),
                            _connector="OR",
                        ),
                        name="delivery_waits_for_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("leased_until__isnull", False),
                                ("state", "working"),
                                models.Q(("worker", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "working"), _negated=True), ("leased_until", None), ("worker", "")
                            ),
                            _connector="OR",
                        ),
                        name="delivery_is_leased_while_worked_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state__in", ("waiting", "working"))),
                            models.Q(
                                models.Q(("state__in", ("waiting", "working")), _negated=True),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_ends_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("snapshot__isnull", False),
                                ("source__isnull", False),
                                ("state__in", ("stored", "unchanged", "duplicate")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("stored", "unchanged", "duplicate")), _negated=True),
                                ("snapshot", None),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_that_succeeds_has_its_snapshot",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("refused", "given_up")), _negated=True),
                            models.Q(models.Q(("problem", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="delivery_that_fails_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("url", ""), _negated=True),
                            ("content__isnull", False),
                            ("content_erased_at__isnull", False),
                            _connector="OR",
                        ),
                        name="delivery_has_an_address_or_content",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TextFingerprint",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="fingerprint",
                        serialize=False,
                        to="claims.source",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="claims.source"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.snapshot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClaimVector",
            fields=[
                (
                    "claim",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="claims.claim",
                    ),
                ),
                ("text_digest", models.CharField(blank=True, max_length=32)),
                ("encoder", models.CharField(max_length=8)),
                ("vector", models.BinaryField(blank=True)),
                ("sequence", models.BigIntegerField(unique=True)),
                ("relations_due", models.BooleanField(default=False)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("relations_due", True)), fields=["claim"], name="claim_vector_relations_due"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("claim_text", models.TextField(verbose_name="claim")),
                ("claim_key", models.CharField(editable=False, max_length=64)),
                ("speaker_name", models.CharField(blank=True, max_length=200, verbose_name="speaker")),
                ("said_on", models.DateField(blank=True, null=True)),
                ("rating", models.CharField(max_length=200)),
                ("publisher", models.CharField(max_length=200)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("review_url", models.URLField(max_length=2000, verbose_name="URL")),
                ("page_key", models.CharField(editable=False, max_length=1000)),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published")),
                ("remote_id", models.CharField(blank=True, editable=False, max_length=100)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_reviews",
                        to="claims.claim",
                        verbose_name="linked claim",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="external_reviews",
                        to="claims.feed",
                    ),
                ),
                (
                    "linked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-published_on", "-id"],
                "permissions": [("import_externalreview", "Can import fact-checks, also as verdicts of this site")],
                "indexes": [
                    models.Index(fields=["-published_on", "-id"], name="external_review_newest"),
                    models.Index(fields=["feed", "remote_id"], name="external_review_of_feed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("page_key", "claim_key"), name="external_review_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim_text", ""), _negated=True),
                            models.Q(("rating", ""), _negated=True),
                            models.Q(("publisher", ""), _negated=True),
                        ),
                        name="external_review_says_who_found_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_url__startswith", "http://"),
                            ("review_url__startswith", "https://"),
                            _connector="OR",
                        ),
                        name="external_review_has_a_web_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim", None), ("linked_by", None)),
                            models.Q(("claim__isnull", False), ("linked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="external_review_is_linked_by_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExternalReview",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("claim_text", models.TextField(verbose_name="claim")),
                ("claim_key", models.CharField(editable=False, max_length=64)),
                ("speaker_name", models.CharField(blank=True, max_length=200, verbose_name="speaker")),
                ("said_on", models.DateField(blank=True, null=True)),
                ("rating", models.CharField(max_length=200)),
                ("publisher", models.CharField(max_length=200)),
                ("author", models.CharField(blank=True, max_length=200)),
                ("review_url", models.URLField(max_length=2000, verbose_name="URL")),
                ("page_key", models.CharField(editable=False, max_length=1000)),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published")),
                ("remote_id", models.CharField(blank=True, editable=False, max_length=100)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
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
                        verbose_name="linked claim",
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.feed",
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
                    "linked_by",
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
                "verbose_name": "historical external review",
                "verbose_name_plural": "historical external reviews",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalexternalreview_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                (
                    "outlet",
                    models.TextField(
                        blank=True, help_text="Outlet that it was said to, or that passed it on, as written."
                    ),
                ),
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                (
                    "mention_kind",
                    models.CharField(
                        blank=True,
                        choices=[("name", "Name"), ("pronoun", "Pronoun"), ("nominal", "Role or description")],
                        max_length=10,
                    ),
                ),
                ("speaker_confidence", models.FloatField(blank=True, null=True)),
                (
                    "rejection_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no-quote", "Not a quote"),
                            ("wrong-words", "Wrong words"),
                            ("wrong-speaker", "Wrong speaker"),
                            ("duplicate", "Duplicate"),
                            ("source-changed", "Source changed"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="claims.quote",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical quote",
                "verbose_name_plural": "historical quotes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalquote_cause_is_known",
                    )
                ],
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
                ("passage_end", models.PositiveIntegerField(blank=True, null=True)),
                ("passage_start", models.PositiveIntegerField(blank=True, null=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passage_end", None), ("passage_start", None)),
                            models.Q(
                                ("passage_end__gt", models.F("passage_start")),
                                ("passage_end__isnull", False),
                                ("passage_start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="anchor_passage_has_both_ends",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("spans__isnull", True)), fields=["snapshot"], name="anchor_missing"
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                ("passage_end", models.PositiveIntegerField(blank=True, null=True)),
                ("passage_start", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "historical anchor",
                "verbose_name_plural": "historical anchors",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalanchor_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
                (
                    "review_url",
                    models.URLField(blank=True, editable=False, max_length=2000, verbose_name="imported from"),
                ),
            ],
            options={
                "verbose_name": "historical verification",
                "verbose_name_plural": "historical verifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalverification_cause_is_known",
                    )
                ],
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalevidence_cause_is_known",
                    )
                ],
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
                        choices=[
                            ("correction", "Correction"),
                            ("edit", "Edit"),
                            ("retraction", "Retraction"),
                            ("withdrawal", "Withdrawal"),
                            ("supersession", "Verdict superseded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(verbose_name="what was changed")),
                ("reason", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="claims.claim",
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
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="claims.quote",
                    ),
                ),
                ("speaker", models.TextField(blank=True, verbose_name="speaker as it stood")),
                ("subject", models.TextField(blank=True, verbose_name="claim or quote as it stood")),
                (
                    "verification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="correction_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["correction", "edit", "retraction", "withdrawal", "supersession"])
                        ),
                        name="correction_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claim__isnull", False),
                            models.Q(("quote__isnull", False), ("verification", None)),
                            _connector="OR",
                        ),
                        name="correction_is_of_a_claim_or_a_quote",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="claims.source"
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="claims.claim"
                    ),
                ),
                (
                    "verification",
                    models.OneToOneField(
                        blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="claims.verification"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("add", "change", "view"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["assignee", "due_on"], name="assignment_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim", None), ("source__isnull", False), ("verification", None)),
                            models.Q(("claim__isnull", False), ("source", None), ("verification", None)),
                            models.Q(("claim", None), ("source", None), ("verification__isnull", False)),
                            _connector="OR",
                        ),
                        name="assignment_is_of_one_object",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAssignment",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("updated_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "assignee",
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
                    "assigned_by",
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
                ("history_cause", models.CharField(default="edited", max_length=20)),
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
                "verbose_name": "historical assignment",
                "verbose_name_plural": "historical assignments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "history_cause__in",
                                [
                                    "edited",
                                    "extracted",
                                    "reextracted",
                                    "decided",
                                    "quote_decided",
                                    "speaker_set",
                                    "claim_set",
                                    "reworded",
                                    "released",
                                    "unclaimed",
                                    "reopened",
                                    "copied_for_review",
                                    "imported",
                                    "restored",
                                    "undone",
                                ],
                            )
                        ),
                        name="historicalassignment_cause_is_known",
                    )
                ],
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "editor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="skips", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="skips", to="claims.quote"
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("editor", "quote"), name="skip_of_quote_is_unique_per_editor")
                ],
            },
        ),
        migrations.CreateModel(
            name="TextBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField(db_index=True)),
                (
                    "fingerprint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="claims.textfingerprint"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Repeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_on", models.DateField()),
                ("rated_on", models.DateField()),
                ("outlet", models.TextField()),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repeats",
                        to="claims.claim",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["-said_on", "-quote_id"],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("claim", "quote"), name="repeat_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="ImportedReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page_key", models.CharField(max_length=1000)),
                ("claim_key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "claim",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.claim"),
                ),
                (
                    "verification",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="claims.verification"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("page_key", "claim_key"), name="imported_review_is_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalReviewVector",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="claims.externalreview",
                    ),
                ),
                ("encoder", models.CharField(max_length=8)),
                ("vector", models.BinaryField()),
                ("made_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["encoder", "made_at"], name="external_review_vector_newest")],
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
            name="CorrectedField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("wording", "wording"),
                            ("speaker", "speaker"),
                            ("said_on", "date"),
                            ("quote", "quote"),
                            ("quote_speaker", "speaker of a quote"),
                            ("verdict", "verdict"),
                            ("explanation", "explanation"),
                        ],
                        max_length=15,
                    ),
                ),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="claims.correction"
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrected_fields",
                        to="claims.quote",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "field__in",
                                ["wording", "speaker", "said_on", "quote", "quote_speaker", "verdict", "explanation"],
                            )
                        ),
                        name="corrected_field_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True), name="corrected_field_differs"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Something is assigned to me"),
                            ("mentioned", "A comment mentions me"),
                            ("sent-back", "A verdict is sent back to me"),
                            ("waiting", "A verdict is waiting for my approval"),
                            ("published", "My verdict is approved and published"),
                            ("repeated", "A claim with my verdict is said again"),
                            ("source-changed", "A source has changed and lacks some of its quotes"),
                        ],
                        max_length=14,
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "E-mail"), ("chat", "Chat")], max_length=5)),
                ("summary", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.comment",
                    ),
                ),
                (
                    "quote",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.quote",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.source",
                    ),
                ),
                (
                    "verification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="claims.verification",
                    ),
                ),
            ],
            options={
                "verbose_name": "notification",
                "ordering": ["-id"],
                "default_permissions": ("change", "view"),
                "indexes": [
                    models.Index(condition=models.Q(("sent_at", None)), fields=["due_at"], name="notice_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["email", "chat"])), name="notice_channel_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim", None), ("quote__isnull", False), ("source", None), ("verification", None)
                            ),
                            models.Q(
                                ("claim__isnull", False), ("quote", None), ("source", None), ("verification", None)
                            ),
                            models.Q(
                                ("claim", None), ("quote", None), ("source", None), ("verification__isnull", False)
                            ),
                            models.Q(
                                ("claim", None), ("quote", None), ("source__isnull", False), ("verification", None)
                            ),
                            _connector="OR",
                        ),
                        name="notice_is_about_one_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "email"), ("recipient__isnull", False)),
                            models.Q(models.Q(("channel", "email"), _negated=True), ("recipient", None)),
                            _connector="OR",
                        ),
                        name="notice_by_email_has_a_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "assigned",
                                    "mentioned",
                                    "sent-back",
                                    "waiting",
                                    "published",
                                    "repeated",
                                    "source-changed",
                                ],
                            )
                        ),
                        name="notice_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("checks", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_check_at", models.DateTimeField(blank=True, db_index=True, editable=False, null=True)),
                ("last_checked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("etag", models.CharField(blank=True, editable=False, max_length=300)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=300)),
                ("failures", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("reason", models.CharField(blank=True, editable=False, max_length=500)),
                ("gone_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("url", models.CharField(editable=False, max_length=2000, verbose_name="URL")),
                ("title", models.CharField(blank=True, editable=False, max_length=500)),
                ("text", models.TextField(blank=True, editable=False)),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("retrieved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copy", to="claims.evidence"
                    ),
                ),
                (
                    "raw",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence_copies",
                        to="claims.rawcontent",
                    ),
                ),
                ("end", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("exact", models.TextField(blank=True, editable=False)),
                ("excerpt", models.TextField(blank=True, editable=False)),
                ("prefix", models.TextField(blank=True, editable=False)),
                ("start", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("suffix", models.TextField(blank=True, editable=False)),
            ],
            options={
                "verbose_name_plural": "evidence copies",
                "ordering": ["id"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("gone_at", None), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="evidencecopy_says_why_a_page_is_gone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("failures", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="evidencecopy_says_why_it_failed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("raw", None), ("retrieved_at", None), ("text", "")),
                            models.Q(("raw__isnull", False), ("retrieved_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_copy_has_its_bytes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sha256", ""), ("text", "")),
                            models.Q(models.Q(("text", ""), _negated=True), ("sha256__regex", "^[0-9a-f]{64}$")),
                            _connector="OR",
                        ),
                        name="evidence_copy_sha256_is_lowercase_hex",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", None), ("exact", ""), ("prefix", ""), ("start", None), ("suffix", "")),
                            models.Q(
                                ("end__gt", models.F("start")),
                                ("end__isnull", False),
                                (
                                    "exact",
                                    django.db.models.functions.text.Substr(
                                        "text",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("start"), "+", models.Value(1)
                                        ),
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("end"), "-", models.F("start")
                                        ),
                                    ),
                                ),
                                ("start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_copy_exact_is_slice",
                    ),
                ],
            },
        ),
        # Reversing drops ratings and pages with their tables, and keeps the groups, which may have been changed.
        migrations.RunPython(add_ratings, migrations.RunPython.noop),
        migrations.RunPython(add_pages, migrations.RunPython.noop),
        migrations.RunPython(add_groups, migrations.RunPython.noop),
    ]
