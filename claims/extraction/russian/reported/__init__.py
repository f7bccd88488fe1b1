"""Statements in the reporter's own words, in whole or in part."""

from claims.extraction.russian.reported.find import find_reported

__all__ = ["find_reported"]
