"""The contents of database tables, to compare before and after."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

# Reads write to these, too.
TRANSIENT_MODELS = {"session", "accesslog", "accessattempt"}

Contents = dict[str, list[tuple[Any, ...]]]


def count_rows() -> dict[str, int]:
    """The number of rows of each table of the app, with histories and many-to-many tables."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    return {model.__name__: model._base_manager.count() for model in models}


def dump_models(*names: str, without: tuple[str, ...] = ("updated_at",)) -> dict[str, list[dict[str, Any]]]:
    """Every column of every row of these models, except those in `without`."""
    return {
        name: [
            {field: value for field, value in row.items() if field not in without}
            for row in apps.get_model("claims", name)._base_manager.order_by("pk").values()
        ]
        for name in names
    }


def dump_app() -> Contents:
    """Every row of the app and of the accounts, with histories."""
    return dump_tables(
        [*apps.get_app_config("claims").get_models(include_auto_created=True), apps.get_model("auth.user")]
    )


def dump_database() -> Contents:
    """Every row of every table, with histories."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return dump_tables([model for model in models if model._meta.model_name not in TRANSIENT_MODELS])


def dump_tables(models: Iterable[type[Model]]) -> Contents:
    """Every row as the database has it: rows of the ORM take ten times as long, and tests compare often."""
    contents: Contents = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            contents[model._meta.label] = sorted(cursor.fetchall(), key=repr)
    return contents
