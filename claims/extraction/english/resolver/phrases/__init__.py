"""Phrases with names and roles: what they name, and what stands in apposition to it."""
