"""The application."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Sources, quotes, speakers, claims and their verification."""

    name = "claims"
    verbose_name = "factbase"
