"""Editors and their clients."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.acting import signed_in
from tests.admin.claim_work import EDITOR


@pytest.fixture
def editor(db: None) -> User:
    """An account that may do everything."""
    return User.objects.create_superuser("editor", password="p")


@pytest.fixture
def client(editor: User) -> Client:
    """That editor, signed in."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def colleague(db: None) -> Client:
    """Another one."""
    client = Client()
    client.force_login(User.objects.create_superuser("colleague", password="p"))
    return client


@pytest.fixture
def junior(db: None) -> Client:
    """Somebody who edits, and may not correct what readers see."""
    return signed_in(*EDITOR)
