"""`migrate` alters tables as if they had no triggers, and leaves every derived object as it must be."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from pytest_django import Settings

from claims.database.derived_objects import find_differences
from claims.database.full_text_index import find_index_faults
from claims.models import Anchor, Change, Comment, Quote, Rating
from claims.search.full_text import full_text_condition
from claims.services.changefeed.processor import process_pending
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)

WriteMigration = Callable[..., str]


def migrate(*target: str) -> str:
    output = StringIO()
    call_command("migrate", *target, stdout=output, interactive=False)
    return output.getvalue()


def find_quotes(words: str) -> list[Quote]:
    return list(Quote.objects.filter(full_text_condition(Quote)(words)))


def assert_objects_work() -> None:
    """Breaks each invariant, and follows a change into the full-text index and the change feed."""
    assert find_differences(connection) == []
    quote = make.QuoteFactory(accepted=True, claim__text="Rivers hold water.", speaker__name="Lena Ford")
    verification = make.VerificationFactory(published=True, state="superseded")
    evidence = make.EvidenceFactory(verification=verification)
    later = make.SnapshotFactory(source=quote.snapshot.source, text="Later. " + quote.snapshot.text)
    anchor = Anchor.objects.create(quote=quote, snapshot=later, state="moved", spans=[[24, 40]])
    comment = Comment.objects.create(quote=quote, author=make.UserFactory(), text="Really?")
    for name, row, changes in [
        ("quote_exact_is_slice", quote, {"exact": "Rivers are empty."}),
        ("anchor_is_slice", anchor, {"spans": [[23, 39]]}),
        ("snapshot_is_immutable", later, {"text": "Something else."}),
        ("verification_is_append_only", verification, {"explanation": "Another."}),
        ("verification_ends_for_good", verification, {"state": "published"}),
        ("evidence_is_append_only", evidence, {"note": "Another."}),
        ("comment_is_not_edited", comment, {"text": "Really!"}),
    ]:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**changes)
    process_pending()
    rating = Rating.objects.earliest("pk")
    last = Change.objects.latest("changed_at").changed_at
    Rating.objects.filter(pk=rating.pk).update(name=f"{rating.name}!")
    quote.claim.text = "Lakes hold fish."
    quote.claim.save()
    process_pending()
    changed = Change.objects.filter(changed_at__gt=last)
    assert changed.get(kind="ratings").object_id == rating.pk
    assert changed.get(kind="quotes").object_id == quote.pk
    assert quote in find_quotes("lakes lena")
    assert find_index_faults() == []


def managed_models() -> list[type[models.Model]]:
    """Every model of the app with a table of its own, history included."""
    return [model for model in apps.get_app_config("claims").get_models() if model._meta.managed]


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
def test_a_column_is_added_to_every_table(filled: bool, write_migration: WriteMigration, settings: Settings) -> None:
    if filled:
        assert_objects_work()
    latest = write_migration(
        "0999_column_everywhere",
        "".join(
            f"migrations.AddField('{model._meta.model_name}', 'more', models.IntegerField(db_default=0)), "
            for model in managed_models()
        ),
    )
    assert "Applying claims.0999_column_everywhere... OK" in migrate("claims")
    for model in managed_models():
        with connection.cursor() as cursor:
            columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
        assert "more" in {column.name for column in columns}
    assert_objects_work()
    assert "left out until all migrations of claims are applied" in migrate("claims", latest)
    settings.MIGRATION_MODULES = {}  # the version before
    assert "No migrations to apply." in migrate()
    assert_objects_work()
