"""Benchmarks behind the published figures; not part of the site."""
