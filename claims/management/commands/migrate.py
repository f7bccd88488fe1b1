"""`migrate`: Django's command, which a database that it is to repair does not stop."""

from typing import Any

from django.core.management.commands import migrate


class Command(migrate.Command):
    def get_check_kwargs(self, options: Any) -> Any:
        """Checks no database: this command repairs what `claims.database.database_check` finds."""
        return {**super().get_check_kwargs(options), "databases": []}
