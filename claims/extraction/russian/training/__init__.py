"""Fits the confidences of the Russian reader: `python -m claims.extraction.russian.training CORPUS`."""
