"""Moves a site's data to another database: from SQLite to PostgreSQL, back, or to another server."""
