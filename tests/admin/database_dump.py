"""Everything that is stored, to compare."""

from typing import Any

from django.apps import apps

# Written by looking, and no editor's business.
TRANSIENT_MODELS = {"session", "accesslog", "accessattempt"}


def dump_database() -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, history included."""
    return {
        model._meta.label: sorted(model._base_manager.order_by("pk").values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.model_name not in TRANSIENT_MODELS and model._meta.managed
    }
