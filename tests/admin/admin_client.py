"""Requests of the admin as an editor makes them, and clients with given permissions."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def admin_url(view_name: str, row: Model | type[Model], *args: Any) -> str:
    """The URL of an admin view of an object, or of its model."""
    all_args = [row.pk, *args] if isinstance(row, Model) else list(args)
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view_name}", args=all_args)


def run_list_action(client: Client, action: str, *rows: Model, **form_data: Any) -> HttpResponse:
    """Runs a list action on the selected rows."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **form_data}
    return client.post(admin_url("changelist", type(rows[0])), data)


def run_object_action(client: Client, name: str, row: Model, **data: Any) -> HttpResponse:
    return client.post(admin_url("step", row, name), data)


def displayed_messages(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def client_with_permissions(*permissions: str, staff: bool = True) -> Client:
    """A signed-in user with only these permissions."""
    user = User.objects.create_user("somebody", password="p", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def client_in_group(group: str, name: str = "member") -> Client:
    """A signed-in member of a group."""
    user = User.objects.create_user(name, password="p", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client
