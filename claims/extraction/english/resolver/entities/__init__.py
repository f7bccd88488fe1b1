"""The people and organizations that a document names."""
