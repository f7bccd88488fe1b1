"""What an editor does in a list and on a page, and what is answered."""

from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.messages import get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def admin_url(what: str, row: Model | type[Model], *more: Any) -> str:
    """The page `what` of a row, or of its list."""
    args = [row.pk, *more] if isinstance(row, Model) else list(more)
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=args)


def run_list_action(client: Client, action: str, *rows: Model, **given: Any) -> HttpResponse:
    """Run an action on the rows ticked in their list."""
    data = {"action": action, "_selected_action": [row.pk for row in rows], **given}
    return client.post(admin_url("changelist", type(rows[0])), data)


def run_object_action(client: Client, name: str, row: Model, **given: Any) -> HttpResponse:
    """Press a step's button."""
    return client.post(admin_url("step", row, name), given)


def displayed_messages(response: HttpResponse) -> list[str]:
    """What the editor is told."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def client_with_permissions(*permissions: str, staff: bool = True) -> Client:
    """Somebody who has just these permissions."""
    user = User.objects.create_user("somebody", password="p", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def client_in_group(group: str, name: str = "member") -> Client:
    """Somebody of one of the groups."""
    user = User.objects.create_user(name, password="p", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client
