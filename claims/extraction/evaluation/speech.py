"""Which cues are speech: the verbs that speech is most often told with, in English."""

import re

# The forty verbs that a cue of speech holds most often in PolNeAR's training texts, with their forms where a rule would
# not make them.
REGULAR = """
    add announce argue ask attack call cite claim continue accuse acknowledge agree criticize declare decline defend
    describe explain express insist mention note point praise promise question refuse report respond state suggest talk
    tweet urge vow warn
"""
IRREGULAR = """
    say says said saying speak speaks spoke spoken speaking tell tells told telling write writes wrote written writing
"""
# "According to the mayor", "per the mayor".
PREPOSITIONS = "according per"
# "The mayor: …", "— the mayor".
MARKS = frozenset({":", "—", "–", "-"})


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    gerund = verb if verb.endswith("ee") else stem
    return {verb, f"{verb}es" if verb.endswith("s") else f"{verb}s", f"{stem}ed", f"{gerund}ing"}


CUES = frozenset(f"{IRREGULAR} {PREPOSITIONS}".split()).union(*map(_forms, REGULAR.split()))


def is_speech(cue: str) -> bool:
    """Whether the words of a cue hold one of those verbs, or it is a mark that stands for one."""
    return cue.strip() in MARKS or not CUES.isdisjoint(re.findall(r"[a-z]+", cue.lower()))
