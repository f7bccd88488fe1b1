"""What `benchmarks.api` measures: the rows, the pages, the exports and loads, and what they are compared with."""
