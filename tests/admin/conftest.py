"""Fixtures of editors and their clients."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.admin_client import client_with_permissions
from tests.admin.claims.claim_pages import EDITOR_PERMISSIONS


@pytest.fixture
def editor(db: None) -> User:
    """A superuser."""
    return User.objects.create_superuser("editor", password="p")


@pytest.fixture
def client(editor: User) -> Client:
    """A client signed in as `editor`."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def colleague(db: None) -> Client:
    """A client of another superuser."""
    client = Client()
    client.force_login(User.objects.create_superuser("colleague", password="p"))
    return client


@pytest.fixture
def junior(db: None) -> Client:
    """A client of an editor who may not correct public claims."""
    return client_with_permissions(*EDITOR_PERMISSIONS)
