"""Which cues are speech."""

import pytest

from claims.extraction.evaluation.speech import IRREGULAR, REGULAR, is_speech


@pytest.mark.parametrize(
    "cue",
    [
        *("said", "SAYING", "has told", "wrote", "agreed", "agrees", "agreeing", "vows", "expresses", "criticizing"),
        *("according to", "per", ":", " — ", "said, adding"),
    ],
)
def test_speech(cue: str) -> None:
    assert is_speech(cue)


@pytest.mark.parametrize("cue", ["", "believes", "sayings", "hopes", "essay", "?", "a: b"])
def test_no_speech(cue: str) -> None:
    assert not is_speech(cue)


def test_forty_verbs() -> None:
    assert len(REGULAR.split()) + len({"say", "speak", "tell", "write"} & set(IRREGULAR.split())) == 40
