"""Reads Russian: quotations found by cue words, marks and syntax. Needs the packages of the extra `russian`."""
