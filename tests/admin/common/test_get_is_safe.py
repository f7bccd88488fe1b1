"""GET requests change nothing."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Speaker
from tests import factories as make
from tests.admin.common.test_every_page import REGISTRY
from tests.admin.sample_data import create_sample_rows
from tests.table_contents import dump_database


def test_get_requests_change_nothing(client: Client, editor: User) -> None:
    create_sample_rows(1, by=editor)
    two = Speaker.objects.current().order_by("pk")[:2]
    addresses = []  # besides the pages that test_every_page sees write nothing
    for model, model_admin in REGISTRY:
        for step in getattr(model_admin, "object_actions", ()):
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_step"
            addresses += [reverse(name, args=[row.pk, step.name]) for row in model._default_manager.all()]
        listing = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        addresses += [
            f"{listing}?action={name}&_selected_action={row.pk}"
            for name in (action if isinstance(action, str) else action.__name__ for action in model_admin.actions or ())
            for row in model._default_manager.all()[:2]
        ]
    addresses.append(f"{reverse('admin:claims_speaker_merge')}?first={two[0].pk}&second={two[1].pk}&kept={two[0].pk}")
    before = dump_database()
    statuses = {address: client.get(address).status_code for address in addresses}
    assert dump_database() == before
    assert {address: status for address, status in statuses.items() if status not in {200, 302, 403}} == {}
    assert len(addresses) > 80


def test_dump_detects_a_change(client: Client, editor: User) -> None:
    create_sample_rows(1, by=editor)
    quote = make.QuoteFactory()
    before = dump_database()
    client.post(reverse("admin:claims_quote_step", args=[quote.pk, "accept"]))
    assert dump_database() != before


def test_action_names_are_unique() -> None:
    for model_admin in admin.site._registry.values():
        names = [step.name for step in getattr(model_admin, "object_actions", ())]
        assert len(names) == len(set(names))
