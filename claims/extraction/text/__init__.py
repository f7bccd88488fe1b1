"""The text of a document: quotation marks, tokens, sentences, boilerplate and transcript labels."""
