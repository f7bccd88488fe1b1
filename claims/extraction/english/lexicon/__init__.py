"""The English words that the rules know. All lower case."""
