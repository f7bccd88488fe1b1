"""What `benchmarks.admin` measures: the rows, the pages, and the plain admin that they are compared with."""
