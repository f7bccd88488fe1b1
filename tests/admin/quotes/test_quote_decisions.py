"""Quotes are decided by actions and corrected in the form, through services."""

from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Quote, QuoteDecision
from tests import factories as make
from tests.admin.admin_client import admin_url, displayed_messages, run_list_action, run_object_action
from tests.services.sources.newer_snapshots import change_source


def test_accept_from_the_list(client: Client, editor: User) -> None:
    good, done, nobody = make.QuoteFactory(), make.QuoteFactory(accepted=True), make.QuoteFactory(speaker=None)
    response = run_list_action(client, "accept", good, done, nobody)
    good.refresh_from_db()
    assert (good.decision, good.decided_by) == (QuoteDecision.ACCEPTED, editor)
    assert good in Quote.objects.released()
    messages = displayed_messages(response)
    assert messages[0].startswith("1 quote accepted (1 unchanged). <a")
    assert "no speaker yet" in messages[1]
    assert Quote.objects.get(pk=nobody.pk).decision == QuoteDecision.PENDING
    assert good.history.first().history_user == editor


def test_a_quote_of_a_changed_source_is_left_out_with_the_reason(client: Client) -> None:
    quote = make.QuoteFactory()
    change_source(quote)
    answers = [run_list_action(client, "accept", quote), run_object_action(client, "accept", quote)]
    assert ["its source has changed" in displayed_messages(answer)[-1] for answer in answers] == [True, True]
    assert Quote.objects.get().decision == QuoteDecision.PENDING


def test_reject_and_reset(client: Client) -> None:
    quote = make.QuoteFactory()
    (message,) = displayed_messages(run_list_action(client, "reject", quote))
    assert message.startswith("1 quote rejected. <a")
    assert Quote.objects.get().decision == QuoteDecision.REJECTED
    run_list_action(client, "put_back", quote)
    assert Quote.objects.get().decision == QuoteDecision.PENDING


def test_page_offers_only_effective_actions(client: Client) -> None:
    quote = make.QuoteFactory()
    names = [each["action"].name for each in client.get(admin_url("change", quote)).context["object_actions"]]
    assert names == ["accept", "reject"]
    run_object_action(client, "accept", quote)
    names = [each["action"].name for each in client.get(admin_url("change", quote)).context["object_actions"]]
    assert names == ["reject", "pending"]
    nobody = make.QuoteFactory(speaker=None)
    assert "accept" not in [
        each["action"].name for each in client.get(admin_url("change", nobody)).context["object_actions"]
    ]
    assert "no speaker yet" in displayed_messages(run_object_action(client, "accept", nobody))[0]


def test_action_requires_a_csrf_token(editor: User) -> None:
    quote = make.QuoteFactory()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert run_object_action(strict, "accept", quote).status_code == 403
    assert Quote.objects.get().decision == QuoteDecision.PENDING


def test_form_sets_the_speaker_through_the_service(client: Client, editor: User) -> None:
    quote, other = make.QuoteFactory(speaker=None, claim__speaker=None), make.SpeakerFactory()
    form = {"speaker": other.pk, "claim": quote.claim_id, "role": "Minister", "outlet": ""}
    client.post(admin_url("change", quote), form | {"exact": "forged", "decision": "accepted", "confidence": 1})
    quote.refresh_from_db()
    assert (quote.speaker, quote.role, quote.claim.speaker) == (other, "Minister", other)
    assert (quote.exact, quote.decision, quote.confidence) == ("Rivers are full.", QuoteDecision.PENDING, 0.9)
    assert [row.history_reason for row in quote.history.all()[:2]] == ["speaker set", "corrected"]


def test_speaker_cannot_be_empty_or_merged(client: Client) -> None:
    quote = make.QuoteFactory()
    merged = make.SpeakerFactory(merged_into=make.SpeakerFactory())
    for speaker in ("", merged.pk):
        response = client.post(admin_url("change", quote), {"speaker": speaker, "claim": "", "role": "", "outlet": ""})
        assert response.context["adminform"].form.errors["speaker"]
    assert Quote.objects.get().speaker == quote.speaker


def test_form_moves_a_quote_to_another_claim(client: Client) -> None:
    quote, other = make.QuoteFactory(accepted=True), make.ClaimFactory()
    form = {"speaker": quote.speaker_id, "role": "", "outlet": ""}
    client.post(admin_url("change", quote), form | {"claim": other.pk})
    assert Quote.objects.get().claim == other
    assert Claim.objects.get(pk=other.pk).released_at is None
    retracted = make.ClaimFactory(released_at=quote.decided_at, retracted_at=quote.decided_at)
    response = client.post(admin_url("change", quote), form | {"claim": retracted.pk}, follow=True)
    assert "was retracted" in response.content.decode()
    assert Quote.objects.get().claim == other


def test_page_shows_the_quote_in_context(client: Client) -> None:
    text = "Before. " * 200 + 'Lena Ford said: "Rivers are full." After.' + " Later." * 200
    at = text.index("Rivers")
    snapshot = make.SnapshotFactory(text=text)
    quote = make.QuoteFactory(
        snapshot=snapshot, start=at, end=at + 16, cue_spans=[[at - 7, at - 3]], mention_spans=[[at - 17, at - 8]]
    )
    page = client.get(admin_url("change", quote)).context["in_context"]
    assert '<mark class="fb-mark fb-quote-pending">Rivers are full.</mark>' in page
    assert '<mark class="fb-mark fb-cue">said</mark>' in page
    assert '<mark class="fb-mark fb-mention">Lena Ford</mark>' in page
    assert page.startswith("… Before. ")
    assert len(page) < 1200


def test_too_many_rows_are_refused(client: Client) -> None:
    make.QuoteFactory.create_batch(2)
    quote = make.QuoteFactory()
    with_all = run_list_action(client, "accept", quote, select_across=1)
    (message,) = displayed_messages(with_all)
    assert message.startswith("3 quotes accepted. <a")
