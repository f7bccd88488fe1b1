"""Which cues are speech: the verbs that speech is most often told with, in English."""

import re

# The forty verbs that a cue of speech holds most often in PolNeAR's training texts, with their forms where a rule would
# not make them.
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
    """Whether the words of a cue hold one of those verbs, or it is a mark that stands for one."""
    return cue.strip() in CUE_MARKS or not SPEECH_CUE_WORDS.isdisjoint(re.findall(r"[a-z]+", cue.lower()))
