import pytest

from claims.truncation import truncate


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("", 3, ""),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("cafe\u0301 ole\u0301", 5, "cafe…"),  # decomposed letters stay so, and marks count
        ("\U0001d4d0\U0001d4d0\U0001d4d0", 2, "\U0001d4d0…"),
    ],
)
def test_truncate(text: str, length: int, expected: str) -> None:
    assert truncate(text, length) == expected
