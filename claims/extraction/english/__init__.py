"""Reads English: a trained tagger finds quotations, rules repair what it gets wrong, a resolver names the speakers."""
