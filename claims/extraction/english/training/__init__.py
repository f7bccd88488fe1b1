"""Trains the tagger: `python -m claims.extraction.english.training TRAIN --development DEV`.

Needs `make install-train`.
"""
