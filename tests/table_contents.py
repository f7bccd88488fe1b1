"""The contents of database tables, to compare before and after."""

from typing import Any

from django.apps import apps

# Reads write to these, too.
TRANSIENT_MODELS = {"session", "accesslog", "accessattempt"}


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


def dump_app() -> dict[str, list[dict[str, Any]]]:
    """Every row of the app and of the accounts, with histories."""
    models = [*apps.get_app_config("claims").get_models(include_auto_created=True), apps.get_model("auth", "User")]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def dump_database() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, with histories."""
    return {
        model._meta.label: sorted(model._base_manager.order_by("pk").values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.model_name not in TRANSIENT_MODELS and model._meta.managed
    }
