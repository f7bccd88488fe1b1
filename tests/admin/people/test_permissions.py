"""Access to the admin with few permissions."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.admin.common.list_exports import EXPORT_ACTIONS
from claims.models import MergeSuggestion, Quote, Speaker, SpeakerMerge
from claims.services.speakers import directory, merge
from tests import factories as make
from tests.admin.admin_client import admin_url, client_with_permissions, run_list_action, run_object_action
from tests.admin.common.test_every_page import REGISTRY, admin_pages
from tests.admin.sample_data import create_sample_rows


@pytest.mark.parametrize("who", ["anonymous", "reader"])
def test_anonymous_users_are_sent_to_the_login(who: str, editor: User) -> None:
    create_sample_rows(1, by=editor)
    client = Client() if who == "anonymous" else client_with_permissions(staff=False)
    for model, model_admin in REGISTRY:
        for _, page in admin_pages(model, model_admin):
            response = client.get(page)
            assert response.status_code == 302, page
            assert response.url.startswith(reverse("admin:login")), page
    quote = Quote.objects.pending().first()
    assert run_object_action(client, "accept", quote).url.startswith(reverse("admin:login"))


def test_staff_without_permission_are_refused(editor: User) -> None:
    create_sample_rows(1, by=editor)
    client = client_with_permissions()
    for model, model_admin in REGISTRY:
        for _, page in admin_pages(model, model_admin):
            assert client.get(page).status_code == 403, page
        for each in getattr(model_admin, "object_actions", ()):
            row = model._default_manager.first()
            assert client.get(admin_url("step", row, each.name)).status_code in {403, 404}
            assert run_object_action(client, each.name, row).status_code in {403, 404}
    page = reverse("admin:claims_speaker_merge") + "?first=1&second=2"
    assert client.get(page).status_code == client.post(page, {"kept": 1}).status_code == 403


def test_view_permission_offers_no_actions(db: None) -> None:
    client = client_with_permissions("view_quote", "view_source")
    quote = make.QuoteFactory()
    listing = client.get(admin_url("changelist", Quote))
    assert listing.status_code == 200
    offered = listing.context["action_form"].fields["action"].choices
    assert [name for name, _ in offered if name] == [*EXPORT_ACTIONS], "what may be seen may be exported"
    page = client.get(admin_url("change", quote))
    assert page.context["object_actions"] == []
    assert 'name="_save"' not in page.content.decode()
    assert run_object_action(client, "accept", quote).status_code == 403
    run_list_action(client, "accept", quote)
    quote.refresh_from_db()
    assert quote.decision == "pending"


def suggestion(editor: User) -> MergeSuggestion:
    for name in ("Bogdan Bezpalko", "Bohdan Bezpalko"):
        directory.add_speaker(name=name, editor=editor)
    return MergeSuggestion.objects.get()


def test_suggestions_require_permission_to_merge(editor: User) -> None:
    """Whoever may change speakers, and the suggestions, may still not merge."""
    row = suggestion(editor)
    client = client_with_permissions("view_mergesuggestion", "change_mergesuggestion", "view_speaker", "change_speaker")
    assert client.get(admin_url("change", row)).context["object_actions"] == []
    listing = client.get(admin_url("changelist", MergeSuggestion))
    offered = listing.context["action_form"].fields["action"].choices
    assert [name for name, _ in offered if name] == [*EXPORT_ACTIONS]
    assert "decide" not in listing.context["cl"].list_display
    for name in ("into-first", "into-second", "not-the-same"):
        assert client.get(admin_url("step", row, name)).status_code == 403
        assert run_object_action(client, name, row).status_code == 403
        run_list_action(client, name.replace("-", "_"), row)
    page = f"{reverse('admin:claims_speaker_merge')}?first={row.first_id}&second={row.second_id}"
    assert client.get(page).status_code == client.post(page, {"kept": row.first_id}).status_code == 403
    assert run_list_action(client, "merge_chosen", row.first, row.second).status_code in {200, 302}
    assert Speaker.objects.current().count() == 2
    row.refresh_from_db()
    assert row.state == "open"


def test_undoing_a_merge_requires_permission_to_merge(editor: User) -> None:
    row = merge.merge_speakers(kept=make.SpeakerFactory(), merged=make.SpeakerFactory(), editor=editor)
    client = client_with_permissions("view_speakermerge", "change_speakermerge", "change_speaker")
    assert client.get(admin_url("change", row)).context["object_actions"] == []
    assert run_object_action(client, "undo", row).status_code == 403
    run_list_action(client, "undo", row)
    assert SpeakerMerge.objects.get().undone_at is None


def test_permission_to_merge_allows_merging_and_undoing(editor: User) -> None:
    row = suggestion(editor)
    client = client_with_permissions("view_mergesuggestion", "view_speakermerge", "merge_speaker")
    assert len(client.get(admin_url("change", row)).context["object_actions"]) == 3
    run_object_action(client, "into-first", row)
    assert list(Speaker.objects.current()) == [row.first]
    run_object_action(client, "undo", SpeakerMerge.objects.get())
    assert Speaker.objects.current().count() == 2


def test_sidebar_shows_only_permitted_lists(db: None) -> None:
    client = client_with_permissions("view_quote")
    page = client.get(reverse("admin:index")).content.decode()
    assert "Review queue" in page
    for hidden in ("Users", "Corrections", "Ratings"):
        assert f"<span>{hidden}</span>" not in page


def test_queue_badge_counts_pending_quotes(client: Client) -> None:
    make.QuoteFactory.create_batch(3)
    make.QuoteFactory(accepted=True)
    page = client.get(admin_url("changelist", Quote), {"decision__exact": "pending"})
    assert page.context["cl"].result_count == 3
    group = page.context["sidebar_navigation"][0]["items"]
    queue, quotes = (next(item for item in group if item["title"] == title) for title in ("Review queue", "Quotes"))
    assert (queue["title"], queue["badge"], queue["active"], quotes["active"]) == ("Review queue", "3", False, True)
