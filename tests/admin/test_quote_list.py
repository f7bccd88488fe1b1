"""What the list of quotes says of who speaks."""

import pytest
from django.contrib import admin

from claims.models import Quote

CASES = [
    ("officials are nobody else", "Officials", ["Officials"], None),
    ("one of two", "Ford", ["Lena Ford", "Tom Ford"], "perhaps Lena Ford, Tom Ford"),
    ("somebody unknown", "he", [], None),
]


@pytest.mark.parametrize(("mention", "candidates", "told"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_candidates_are_told_where_they_say_more_than_the_text(
    mention: str, candidates: list[str], told: str | None
) -> None:
    shown = admin.site.get_model_admin(Quote).who(Quote(mention=mention, candidates=candidates))
    assert mention in shown
    assert ("perhaps" in shown) == (told is not None)
    assert told is None or told in shown
