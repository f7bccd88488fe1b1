"""Trains the tagger: `python -m claims.extraction.training TRAIN --development DEV` (needs `make install-train`)."""
