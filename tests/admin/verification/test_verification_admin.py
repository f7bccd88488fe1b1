"""Verifications: drafted, submitted, approved by another person, and closed to changes."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Rating, Verification, VerificationState
from claims.services.claims.editing import edit_claim
from claims.services.errors import RefusedError
from claims.services.history.undo import last_operation
from tests import factories as make
from tests import verifications
from tests.admin.admin_client import admin_url, client_in_group, displayed_messages, run_object_action

NO_EVIDENCE = {"evidence-TOTAL_FORMS": 0, "evidence-INITIAL_FORMS": 0}


@pytest.fixture
def draft(editor: User) -> Verification:
    """The editor's own, ready to be submitted."""
    row = make.VerificationFactory(
        author=editor, claim=make.QuoteFactory(accepted=True).claim, rating=Rating.objects.first(), explanation="So."
    )
    make.EvidenceFactory(verification=row)
    return row


def offered_actions(client: Client, row: Verification) -> list[str]:
    return [each["action"].name for each in client.get(admin_url("change", row)).context["object_actions"]]


def test_author_is_the_signed_in_user(client: Client, editor: User) -> None:
    claim, other = make.QuoteFactory(accepted=True).claim, make.UserFactory()
    form = {"claim": claim.pk, "rating": Rating.objects.first().pk, "explanation": "So.", "author": other.pk}
    evidence = {"evidence-0-url": "example.org/a", "evidence-0-stance": "supports", "evidence-TOTAL_FORMS": 1}
    response = client.post(admin_url("add", Verification), form | NO_EVIDENCE | evidence | {"state": "published"})
    assert response.status_code == 302
    row = Verification.objects.get()
    assert (row.author, row.state) == (editor, VerificationState.DRAFT)
    assert row.evidence.get().url == "https://example.org/a"


def test_submitted_and_approved_by_different_users(client: Client, colleague: Client, draft: Verification) -> None:
    assert offered_actions(client, draft) == ["submit"]
    run_object_action(client, "submit", draft)
    assert offered_actions(client, draft) == ["send-back", "withdraw"], "not offered to the author"
    assert "another editor" in client.get(admin_url("change", draft)).content.decode()
    refusal = displayed_messages(run_object_action(client, "publish", draft))[0]
    assert "approved by someone who did not work on it" in refusal, "and refused"
    draft.refresh_from_db()
    assert draft.state == VerificationState.SUBMITTED
    assert offered_actions(colleague, draft) == ["publish", "send-back", "withdraw"]
    assert displayed_messages(run_object_action(colleague, "publish", draft)) == ["Verdict approved and published."]
    draft.refresh_from_db()
    assert (draft.state, draft.approver.username) == (VerificationState.PUBLISHED, "colleague")


def test_sent_back_with_a_comment(client: Client, colleague: Client, draft: Verification) -> None:
    run_object_action(client, "submit", draft)
    assert run_object_action(colleague, "send-back", draft, comment="").status_code == 200, "asked again"
    run_object_action(colleague, "send-back", draft, comment="Which gauge?")
    draft.refresh_from_db()
    assert (draft.state, draft.comment) == (VerificationState.DRAFT, "Which gauge?")
    assert "Which gauge?" in client.get(admin_url("change", draft)).content.decode()


def test_withdrawn_with_a_reason(client: Client) -> None:
    row = verifications.make_published()
    run_object_action(client, "withdraw", row, reason="The gauge was broken.")
    row.refresh_from_db()
    assert row.state == VerificationState.WITHDRAWN
    assert row.claim.corrections.get().reason == "The gauge was broken."


@pytest.mark.parametrize("state", [state for state in VerificationState if state != VerificationState.DRAFT])
def test_only_drafts_and_their_evidence_can_be_changed(client: Client, state: VerificationState) -> None:
    row = verifications.make_in_state(state)
    evidence = row.evidence.get()
    page = client.get(admin_url("change", row)).content.decode()
    assert 'name="explanation"' not in page
    assert 'name="evidence-0-url"' not in page
    forged = {
        "rating": Rating.objects.last().pk,
        "explanation": "Forged.",
        "evidence-TOTAL_FORMS": 2,
        "evidence-INITIAL_FORMS": 1,
        "evidence-0-id": evidence.pk,
        "evidence-0-verification": row.pk,
        "evidence-0-DELETE": "on",
        "evidence-1-verification": row.pk,
        "evidence-1-url": "https://example.org/forged",
        "evidence-1-stance": "refutes",
    }
    assert client.post(admin_url("change", row), forged).status_code == 403
    assert client.post(admin_url("delete", row), {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert row.explanation == "Two gauges show it."
    assert row.evidence.get().url == evidence.url


@pytest.mark.parametrize("state", VerificationState)
def test_only_offered_actions_are_allowed(client: Client, state: VerificationState) -> None:
    data = {"comment": "Why?", "reason": "Because."}
    for name in ("submit", "publish", "send-back", "withdraw"):
        row = verifications.make_in_state(state)
        taken = name in offered_actions(client, row)
        run_object_action(client, name, row, **data)
        assert (Verification.objects.get(pk=row.pk).state != state) == taken, name


def test_evidence_requires_a_url_or_a_source(client: Client, draft: Verification) -> None:
    form = {"rating": draft.rating_id, "explanation": "So."}
    evidence = {"evidence-0-stance": "supports", "evidence-0-url": "", "evidence-TOTAL_FORMS": 1}
    response = client.post(admin_url("change", draft), form | NO_EVIDENCE | evidence)
    assert "Evidence needs a URL or a source." in response.content.decode()


def test_refusal_is_shown_as_a_message(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**given: object) -> None:
        raise RefusedError("Not so.")

    monkeypatch.setattr("claims.services.quotes.speaker_assignment.set_speaker", refuse)
    quote, other = make.QuoteFactory(), make.SpeakerFactory()
    form = {"speaker": other.pk, "claim": quote.claim_id, "role": "New", "outlet": ""}
    response = client.post(admin_url("change", quote), form)
    assert displayed_messages(response) == ["Not so."]
    assert "What you typed is still here." in response.content.decode()
    assert response.context["adminform"].form["role"].value() == "New"
    quote.refresh_from_db()
    assert quote.role == "", "nothing is saved of a form that was refused"


def test_editor_can_draft_submit_and_withdraw_but_not_approve(client: Client) -> None:
    editing = client_in_group("Editor")
    claim = make.QuoteFactory(accepted=True).claim
    form = {"claim": claim.pk, "rating": Rating.objects.first().pk, "explanation": "So."}
    evidence = {"evidence-0-url": "https://example.org/a", "evidence-0-stance": "supports", "evidence-TOTAL_FORMS": 1}
    editing.post(admin_url("add", Verification), form | NO_EVIDENCE | evidence)
    own = Verification.objects.get()
    run_object_action(editing, "submit", own)
    other = verifications.make_submitted()
    assert offered_actions(editing, own) == ["withdraw"]
    assert offered_actions(editing, other) == []
    for row in (own, other):
        assert run_object_action(editing, "publish", row).status_code == 403
        assert run_object_action(editing, "send-back", row, comment="Why?").status_code == 403
    assert run_object_action(editing, "withdraw", other, reason="Mine.").status_code == 403
    run_object_action(editing, "withdraw", own, reason="Too early.")
    own.refresh_from_db()
    assert own.state == VerificationState.WITHDRAWN
    published = verifications.make_published()
    published.author = User.objects.get(username="member")
    assert run_object_action(editing, "withdraw", published, reason="Mine.").status_code == 403


def test_approver_can_approve(client: Client, draft: Verification) -> None:
    run_object_action(client, "submit", draft)
    approving = client_in_group("Approver")
    assert offered_actions(approving, draft) == ["publish", "send-back", "withdraw"]
    run_object_action(approving, "publish", draft)
    draft.refresh_from_db()
    assert draft.state == VerificationState.PUBLISHED


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://ann:secret@example.org/a", "user name or password"),
        ("ftp://example.org/a", "HTTP or HTTPS"),
        ("https://gauges/a", "Enter a valid URL."),
    ],
)
def test_invalid_evidence_url_is_refused(client: Client, draft: Verification, url: str, why: str) -> None:
    form = {"rating": draft.rating_id, "explanation": "So."}
    for field in ("url", "archive_url"):
        evidence = {"evidence-0-stance": "supports", "evidence-0-url": "https://example.org/a"}
        data = form | NO_EVIDENCE | evidence | {f"evidence-0-{field}": url, "evidence-TOTAL_FORMS": 1}
        assert why in client.post(admin_url("change", draft), data).content.decode()


def test_duplicate_evidence_is_reported(client: Client, draft: Verification) -> None:
    own = draft.evidence.get()
    form = {"rating": draft.rating_id, "explanation": "So.", "evidence-TOTAL_FORMS": 2, "evidence-INITIAL_FORMS": 1}
    first = {"evidence-0-id": own.pk, "evidence-0-verification": draft.pk, "evidence-0-url": own.url}
    again = {"evidence-1-verification": draft.pk, "evidence-1-url": f"{own.url}/?utm_source=x"}
    stances = {"evidence-0-stance": "supports", "evidence-1-stance": "refutes"}
    messages = displayed_messages(client.post(admin_url("change", draft), form | first | again | stances))
    assert f"This page is listed twice as evidence: {own.url}" in messages
    assert draft.evidence.count() == 2, "told, not refused"
    assert "This page is listed twice as evidence" in client.get(admin_url("change", draft)).content.decode()


def test_page_shows_quotes_and_earlier_verdicts_with_changes(client: Client) -> None:
    verdict = verifications.make_published(make.QuoteFactory(accepted=True, claim__text="Rivers are full.").claim)
    edit_claim(
        claim=verdict.claim,
        changes={"text": "Rivers are empty."},
        editor=make.UserFactory(),
        note=verifications.PUBLIC_NOTE,
    )
    copy = Verification.objects.get(state="submitted")
    response = client.get(admin_url("change", copy))
    page = response.content.decode()
    assert 'Lena Ford said: "<mark class="fb-mark fb-quote-accepted">Rivers are full.</mark>' in page.replace(
        "&quot;", '"'
    )
    assert response.context["earlier_verdicts"][0]["verification"] == verdict
    assert "<del>full</del><ins>empty</ins>" in page


def test_query_count_of_the_page_is_constant(client: Client) -> None:
    verdict = verifications.make_published()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(admin_url("change", verdict))
        return len(captured)

    queries()
    few = queries()
    for _ in range(3):
        make.QuoteFactory(claim=verdict.claim, speaker=verdict.claim.speaker)
        make.VerificationFactory(claim=verdict.claim, published=True, state="superseded")
    assert queries() == few


def test_deleting_a_draft_with_evidence_can_be_undone(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    form = {"claim": claim.pk, "rating": Rating.objects.first().pk, "explanation": "So."}
    evidence = {"evidence-0-url": "https://example.org/a", "evidence-0-stance": "supports", "evidence-TOTAL_FORMS": 1}
    client.post(admin_url("add", Verification), form | NO_EVIDENCE | evidence)
    row = Verification.objects.get()
    page = client.get(admin_url("change", row)).content.decode()
    assert "Last action: Drafted a verdict on" in page
    client.post(admin_url("delete", row), {"post": "yes"})
    assert not Verification.objects.exists()
    deleted = last_operation(editor)
    assert deleted
    undoing = reverse("admin:claims_claim_undo", args=[deleted.pk])
    assert undoing in client.get("/admin/claims/verification/").content.decode(), "and is told the way back"
    client.post(undoing)
    assert Verification.objects.get().evidence.get().url == "https://example.org/a"


def test_saved_and_submitted_at_once(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    form = {"claim": claim.pk, "rating": Rating.objects.first().pk, "explanation": "So.", "_submit": "1"}
    evidence = {"evidence-0-url": "https://example.org/a", "evidence-0-stance": "supports", "evidence-TOTAL_FORMS": 1}
    incomplete = {"rating": ("rating", ""), "explanation": ("explanation", " ")}
    for problem in incomplete.values():
        response = client.post(admin_url("add", Verification), form | NO_EVIDENCE | evidence | dict([problem]))
        assert problem[0] in response.context["adminform"].form.errors
    response = client.post(admin_url("add", Verification), form | NO_EVIDENCE)
    assert response.context["inline_admin_formsets"][0].formset.non_form_errors() == ["Add evidence before submitting."]
    assert not Verification.objects.exists()
    response = client.post(admin_url("add", Verification), form | NO_EVIDENCE | evidence)
    row = Verification.objects.get()
    assert response.url == admin_url("change", row)
    assert displayed_messages(response) == ["Submitted for approval."]
    assert (row.state, row.author, row.evidence.count()) == (VerificationState.SUBMITTED, editor, 1)


def test_preview_is_what_the_api_returns_once_published(client: Client, colleague: Client) -> None:
    row = verifications.make_submitted()
    preview = client.get(admin_url("change", row)).context["preview"]
    assert client.get(admin_url("change", verifications.make_published())).context["preview"] is None
    run_object_action(colleague, "publish", row)
    verdict = client.get(f"/api/v1/verifications/{row.pk}/").json()
    claim = client.get(f"/api/v1/claims/{row.claim_id}/").json()
    assert {name: preview[name] for name in ("explanation", "evidence")} == {
        name: verdict[name] for name in ("explanation", "evidence")
    }
    assert preview["claim"] == {name: claim[name] for name in ("text", "speaker", "said_on", "quotes")}


def test_undoing_a_draft_leads_to_its_claim_with_one_message(client: Client, editor: User) -> None:
    claim = make.QuoteFactory(accepted=True).claim
    form = {"claim": claim.pk, "rating": Rating.objects.first().pk, "explanation": "So."}
    client.post(admin_url("add", Verification), form | NO_EVIDENCE)
    client.get("/admin/")  # shows the message of the draft
    row = Verification.objects.get()
    drafted = last_operation(editor)
    assert drafted
    undoing, back = reverse("admin:claims_claim_undo", args=[drafted.pk]), admin_url("change", row)
    page = client.get(undoing, {"back": back})
    assert page.context["effects"] == [f"verification “{row}” is removed"]
    response = client.post(undoing, {"back": back}, follow=True)
    assert response.redirect_chain == [(admin_url("change", claim), 302)]
    assert [str(message) for message in response.context["messages"]] == [f"Undone: {drafted.summary}."]
