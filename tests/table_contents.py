"""What stands in the tables, to compare before with after."""

from typing import Any

from django.apps import apps


def count_rows() -> dict[str, int]:
    """How many rows each table of the app has, histories and links included."""
    models = apps.get_app_config("claims").get_models(include_auto_created=True)
    return {model.__name__: model._base_manager.count() for model in models}


def dump_models(*names: str, without: tuple[str, ...] = ("updated_at",)) -> dict[str, list[dict[str, Any]]]:
    """Every column of every row of these models, but for those that say when it was changed."""
    return {
        name: [
            {field: value for field, value in row.items() if field not in without}
            for row in apps.get_model("claims", name)._base_manager.order_by("pk").values()
        ]
        for name in names
    }
