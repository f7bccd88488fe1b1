"""How quotations in English are scored."""

from claims.extraction.english.scoring.head_words import find_head_words
from claims.extraction.english.scoring.speech_cues import is_speech_cue
from claims.extraction.evaluation.scoring import Scoring
from claims.extraction.lexicon import word_set

SCORING = Scoring(
    is_speech_cue,
    find_head_words,
    complementizers=word_set("that whether if to"),
    titles=word_set("the mr mrs ms dr s"),
)
