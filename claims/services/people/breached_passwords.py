"""Refuses passwords that are in lists of breached ones, and those that only decorate one.

Twelve characters and a list of breached passwords, most of which are shorter, would let "password2024!" pass. So what
people add to a breached password is taken off before it is looked up: digits and signs at either end, letters written
as digits, repetitions. The list is the one that Django ships, of the 20,000 most common in breaches.
"""

import re
from functools import cache

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

MIN_OWN_PART = 4  # characters that a password must have beside a breached one
MIN_WORD = 4  # shorter entries of the list occur in good passwords by chance
_LOOKALIKES = str.maketrans("013457$@!", "oieastsai")
_DECORATION = r"[\W\d_]+"
_REPETITION = re.compile(r"(.+?)\1+")
_SEQUENCES = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ")


class BreachedPasswordValidator:
    """A password validator for breached passwords with additions."""

    def validate(self, password: str, user: User | None = None) -> None:
        if is_decorated_breached_password(password, own_words(user)):
            raise ValidationError(
                "This password is known from breaches, or is one of those with something added. "
                "Choose several unrelated words.",
                code="breached",
            )

    def get_help_text(self) -> str:
        return "Your password can’t be one known from breaches, even with digits or signs added to it."


def own_words(user: User | None) -> set[str]:
    """Words that an attacker tries first here: the names of the site and of the account's holder."""
    texts = [settings.FACTBASE_SITE_NAME, settings.FACTBASE_PUBLISHER, "factbase"]
    if user is not None:
        texts += [user.get_username(), user.first_name, user.last_name, user.email]
    return {word for text in texts for word in re.findall(r"\w{4,}", text.lower())}


def is_decorated_breached_password(password: str, more_words: set[str]) -> bool:
    """Whether fewer than MIN_OWN_PART characters are left once a breached password and its decoration are taken off."""
    lowered = password.lower()
    breached = _breached_passwords()
    for text in (lowered, lowered.translate(_LOOKALIKES)):
        stripped = re.sub(rf"^{_DECORATION}|{_DECORATION}$", "", text)
        for core in {text, stripped}:
            repeated = _REPETITION.fullmatch(core)
            unit = repeated[1] if repeated else core
            if repeated and len(unit) < MIN_OWN_PART:
                return True
            if unit in breached or unit in more_words or _is_sequence(unit):
                return True
            if any(len(unit) - len(word) < MIN_OWN_PART for word in _contained_words(unit, breached | more_words)):
                return True
    return False


def _contained_words(text: str, words: frozenset[str]) -> list[str]:
    """Those of the words that the text contains, and that leave fewer than MIN_OWN_PART characters of it."""
    shortest = max(MIN_WORD, len(text) - MIN_OWN_PART + 1)
    slices = (
        text[start : start + length]
        for length in range(shortest, len(text) + 1)
        for start in range(len(text) - length + 1)
    )
    return [part for part in slices if part in words]


def _is_sequence(text: str) -> bool:
    """Whether the text runs along the alphabet, the digits or a row of keys, in either direction."""
    return len(text) >= MIN_WORD and any(text in row + row or text in (row + row)[::-1] for row in _SEQUENCES)


@cache  # a file of the installed Django, which does not change
def _breached_passwords() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
