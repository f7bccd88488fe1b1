"""The parts of `benchmarks.admin`: the measured pages, their cost, and the untuned admin to compare with."""
