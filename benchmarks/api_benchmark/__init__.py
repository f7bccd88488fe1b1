"""The parts of `benchmarks.api`: pages, exports and bulk loads, and what they are compared with."""
