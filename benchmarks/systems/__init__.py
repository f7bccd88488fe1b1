"""The measured systems, each a program of its own, so that none pays for the imports and memory of another.

`python -m benchmarks.systems.NAME MODE TEXTS` reads `{"doc", "text"}` lines and prints one JSON line. It runs in an
environment of its own, and imports from this project only what it measures.
"""
