"""Which stored texts have passages of another text."""
