"""Extraction from Russian texts; needs the extra `russian`."""
