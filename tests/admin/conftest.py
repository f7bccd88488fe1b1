"""Editors and their clients."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.admin_client import client_with_permissions
from tests.admin.claims.claim_pages import EDITOR_PERMISSIONS


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
    return client_with_permissions(*EDITOR_PERMISSIONS)
