"""The form of words and sentences, as the resolver reads them."""

import re

ABBREVIATIONS = (
    r"(?:\w+-)?(?:Mrs?|Ms|Mx|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|Col|Gen|Maj|Capt|Cmdr|Adm|Sgt|Rev|Hon|Jr|Sr|St|vs|No|Inc|Corp|Co|Ltd"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Calif|Fla|Pa|Va|Md|Mass|Conn|Ind|Ill|Ohio|Wis|Minn|Mich|Tenn|Ala|Ga|Ariz"
    r"|a\.m|p\.m|e\.g|i\.e)\.(?!\w)"
)
TOKEN_PATTERN = re.compile(
    # An accent may be a combining character after its letter. Repeated punctuation is one token.
    rf"{ABBREVIATIONS}|(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s+[A-Z])|[a-z]\.(?=\s+[a-z])|\d+(?:[.,:]\d+)+"
    r"|\w[\w\u0300-\u036f]*(?:[-&]\w[\w\u0300-\u036f]*|['’](?![sS]\b)\w[\w\u0300-\u036f]*)*|['’][sS]\b|([^\w\s])\1{2,}|\S"
)
POSSESSIVE_ENDINGS = frozenset({"'s", "’s"})
# Longer than any real sentence; keeps the work on a text without full stops linear.
MAX_SENTENCE_TOKENS = 240
SENTENCE_END_MARKS = frozenset(".!?…।。！？")


def is_capitalized(word: str) -> bool:
    """Whether the word is capitalized as a name is: "Roe", "al-Roe"; letters of scripts without case count as well."""
    first = word[0]
    if first.islower():
        return word.startswith(("al-", "el-")) and word[3:4].isupper()
    is_caseless = first.isalpha() and first.lower() == first.upper()
    return first.isupper() or is_caseless
