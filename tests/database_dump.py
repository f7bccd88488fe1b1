"""What is stored, to compare before and after."""

from typing import Any

from django.apps import apps


def dump_database() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours and of the accounts, history included."""
    models = [*apps.get_app_config("claims").get_models(include_auto_created=True), apps.get_model("auth", "User")]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
