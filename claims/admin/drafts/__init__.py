"""Checking a draft, an unpublished text, in the admin."""
