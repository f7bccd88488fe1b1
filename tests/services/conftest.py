"""Accounts that the tests of services act as."""

import pytest
from django.contrib.auth.models import User

from tests import factories as make


@pytest.fixture
def editor(db: None) -> User:
    user: User = make.UserFactory()
    return user


@pytest.fixture
def ann(db: None) -> User:
    """A second editor, whom messages name."""
    user: User = make.UserFactory(username="ann")
    return user
