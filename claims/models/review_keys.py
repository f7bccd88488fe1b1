"""What the spellings of a reviewed claim have in common, to recognize a fact-check that comes again."""

import hashlib
import unicodedata

REVIEW_KEY_LENGTH = 64


def claim_key(text: str) -> str:
    """The same for texts that differ only in case, spaces and the kinds of marks around and in them."""
    letters = "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256((" ".join(letters.split()) or text).encode()).hexdigest()
