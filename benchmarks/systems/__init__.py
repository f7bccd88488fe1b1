"""The systems that are measured: each a program of its own, so that none pays for another's imports or memory.

`python -m benchmarks.systems.NAME MODE TEXTS` reads `{"doc", "text"}` lines and prints one JSON line. It runs in the
environment of its own packages and imports of the project only what it measures.
"""
