"""How the tagger's weights were made: `python -m claims.extraction.training CORPUS` (needs the extra `train`)."""
