"""What tests of readers' pages share: rows with everything that a page shows."""

from tests.api.conftest import full_quote, full_quote_id

__all__ = ["full_quote", "full_quote_id"]
