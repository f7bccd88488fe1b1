"""Tells which cues introduce speech: those with one of the verbs most often used for it in English."""

import re

# The forty verbs most frequent in speech cues of PolNeAR's training texts; irregular ones with all forms.
REGULAR_SPEECH_VERBS = """
    add announce argue ask attack call cite claim continue accuse acknowledge agree criticize declare decline defend
    describe explain express insist mention note point praise promise question refuse report respond state suggest talk
    tweet urge vow warn
"""
IRREGULAR_SPEECH_FORMS = """
    say says said saying speak speaks spoke spoken speaking tell tells told telling write writes wrote written writing
"""
# "According to the mayor", "per the mayor".
SPEECH_PREPOSITIONS = "according per"
# "The mayor: …", "— the mayor".
CUE_MARKS = frozenset({":", "—", "–", "-"})


def _regular_forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    gerund = verb if verb.endswith("ee") else stem
    return {verb, f"{verb}es" if verb.endswith("s") else f"{verb}s", f"{stem}ed", f"{gerund}ing"}


SPEECH_CUE_WORDS = frozenset(f"{IRREGULAR_SPEECH_FORMS} {SPEECH_PREPOSITIONS}".split()).union(
    *map(_regular_forms, REGULAR_SPEECH_VERBS.split())
)


def is_speech_cue(cue: str) -> bool:
    """Whether a cue contains one of the verbs or prepositions, or is a mark in place of one."""
    return cue.strip() in CUE_MARKS or not SPEECH_CUE_WORDS.isdisjoint(re.findall(r"[a-z]+", cue.lower()))
