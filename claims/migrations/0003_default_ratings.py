"""The ratings of a new installation, which can be changed in the admin."""

from django.db import migrations

RATINGS = [
    ("True", "true", 5, "Accurate, with nothing significant left out."),
    ("Mostly true", "mostly-true", 4, "Accurate in substance; needs clarification or more information."),
    ("Misleading", "misleading", 3, "Has a true core, but leaves a false impression."),
    ("Mostly false", "mostly-false", 2, "Has an element of truth, but is wrong in substance."),
    ("False", "false", 1, "Not accurate."),
    ("Unverifiable", "unverifiable", None, "Cannot be confirmed or refuted with what is known now."),
]


def add_ratings(apps, schema_editor):
    Rating = apps.get_model("claims", "Rating")
    for name, slug, value, explanation in RATINGS:
        Rating.objects.create(name=name, slug=slug, value=value, explanation=explanation)


def remove_ratings(apps, schema_editor):
    apps.get_model("claims", "Rating").objects.filter(slug__in=[row[1] for row in RATINGS]).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_triggers")]
    operations = [migrations.RunPython(add_ratings, remove_ratings)]
