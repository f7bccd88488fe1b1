"""Keys to the public API."""

import datetime as dt

import pytest
from django.utils import timezone

from claims.models import ReaderKey
from claims.models.reader_key import hash_reader_key
from claims.services.errors import RefusedError
from claims.services.people.reader_keys import create_key, revoke_key
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_only_the_digest_of_a_key_is_stored() -> None:
    row, key = create_key(name="Site", editor=make.UserFactory())
    stored = ReaderKey.objects.get()
    assert key.startswith("fb_")
    assert len(key) == len("fb_") + 43
    assert stored.digest == hash_reader_key(key)
    assert key.startswith(stored.hint)
    values = [value for name, value in stored.__dict__.items() if name != "_state"]
    assert not any(key in str(value) for value in values)
    assert row.pk == stored.pk


def test_keys_are_random() -> None:
    editor = make.UserFactory()
    assert len({create_key(name="Site", editor=editor)[1] for _ in range(5)}) == 5


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        pytest.param({}, True, id="open"),
        pytest.param({"last_day": 0}, True, id="last day"),
        pytest.param({"last_day": -1}, False, id="past"),
        pytest.param({"revoked": True}, False, id="revoked"),
    ],
)
def test_validity(fields: dict, valid: bool) -> None:
    editor = make.UserFactory()
    row, _ = create_key(name="Site", editor=editor)
    if "last_day" in fields:
        day = timezone.now().date() + dt.timedelta(days=fields["last_day"])
        ReaderKey.objects.update(last_day=day)
    if fields.get("revoked"):
        revoke_key(key=row, editor=editor)
    assert ReaderKey.objects.valid().exists() == valid


def test_a_last_day_in_the_past_is_refused() -> None:
    with pytest.raises(RefusedError, match="2020-01-01"):
        create_key(name="Site", editor=make.UserFactory(), last_day=dt.date(2020, 1, 1))
    assert not ReaderKey.objects.exists()


def test_a_key_is_revoked_once() -> None:
    editor = make.UserFactory()
    row, _ = create_key(name="Site", editor=make.UserFactory())
    assert revoke_key(key=row, editor=editor).revoked_by == editor
    with pytest.raises(RefusedError, match="already revoked"):
        revoke_key(key=row, editor=editor)
