import pytest

from claims.extraction.english.scoring.speech_cues import IRREGULAR_SPEECH_FORMS, REGULAR_SPEECH_VERBS, is_speech_cue


@pytest.mark.parametrize(
    "cue",
    [
        *("said", "SAYING", "has told", "wrote", "agreed", "agrees", "agreeing", "vows", "expresses", "criticizing"),
        *("according to", "per", ":", " — ", "said, adding"),
    ],
)
def test_speech_cue(cue: str) -> None:
    assert is_speech_cue(cue)


@pytest.mark.parametrize("cue", ["", "believes", "sayings", "hopes", "essay", "?", "a: b"])
def test_no_speech_cue(cue: str) -> None:
    assert not is_speech_cue(cue)


def test_number_of_verbs() -> None:
    assert (
        len(REGULAR_SPEECH_VERBS.split()) + len({"say", "speak", "tell", "write"} & set(IRREGULAR_SPEECH_FORMS.split()))
        == 40
    )
