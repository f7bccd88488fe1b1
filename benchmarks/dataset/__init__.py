"""Databases with generated articles, quotes and claims, which the benchmarks measure."""
