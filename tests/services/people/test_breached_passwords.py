"""Breached passwords are refused with what people add to them; good ones are not."""

import pytest

from claims.services.people.breached_passwords import is_decorated_breached_password

WORDS = {"factbase", "riverdesk"}


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("password2024!", id="digits and signs after it"),
        pytest.param("123iloveyou123", id="digits around it"),
        pytest.param("P@ssw0rd-2025", id="letters written as digits"),
        pytest.param("qwertyuiop12", id="row of keys"),
        pytest.param("abcdefghijklmno", id="alphabet"),
        pytest.param("987654321098", id="digits backwards"),
        pytest.param("monkeymonkeymonkey", id="repeated"),
        pytest.param("abababababab", id="two letters repeated"),
        pytest.param("sunshine-ab1", id="three characters beside it"),
        pytest.param("Factbase2026!!", id="name of the site"),
        pytest.param("riverdesk_9x", id="name of the holder"),
        pytest.param("йцукенгшщзхъ", id="row of Russian keys"),
    ],
)
def test_is_refused(password: str) -> None:
    assert is_decorated_breached_password(password, WORDS)


@pytest.mark.parametrize(
    "password",
    [
        "correct-horse-battery",
        "a long password of an editor",
        "s8SZug25ELIschi_",
        "x9$Kq!2#Lp7&vR",
        "4821-9935-ab-7734",
        "река впадает в озеро",
    ],
)
def test_is_accepted(password: str) -> None:
    assert not is_decorated_breached_password(password, WORDS)
