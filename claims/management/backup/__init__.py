"""Backups: one archive of all that a site cannot make again, and its restoration into an empty place."""
