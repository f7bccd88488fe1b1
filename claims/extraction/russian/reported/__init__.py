"""Statements in the reporter's own words, in whole or in part."""

from claims.extraction.russian.reported.find import find_reported
from claims.extraction.russian.reported.headlines import is_headline

__all__ = ["find_reported", "is_headline"]
