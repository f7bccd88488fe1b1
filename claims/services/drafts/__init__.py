"""Checks the quotations of a draft, an unpublished text, against what is stored. Stores and logs nothing of it."""
