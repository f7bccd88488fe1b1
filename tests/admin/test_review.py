"""The review screen: who may do what, what is answered to nonsense, and that looking changes nothing."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.review.acts import ACTS
from claims.admin.review.article import MOST_MARKS
from claims.admin.review.queue import MOST
from claims.models import Decision, Hold, Operation, Quote, Snapshot, Speaker
from claims.services import hold
from claims.services.resolve import add_speaker, set_speaker
from claims.services.version import version_of
from tests import factories as make
from tests.admin.acting import said
from tests.admin.dump import everything
from tests.services import verdicts
from tests.services.test_spans import TEXT, quote_of

pytestmark = pytest.mark.django_db

QUEUE = "/admin/claims/quote/review/"


def act(client: Client, what: str, quote: Quote, /, **given: Any) -> HttpResponse:
    return client.post(reverse("admin:claims_review_act", args=[quote.pk, what]), given)


def selection(snapshot: Snapshot, *words: str, **instead: Any) -> str:
    spans = [[at := snapshot.text.index(each), at + len(each)] for each in words]
    return json.dumps({"sha256": snapshot.sha256, "spans": spans, "words": list(words)} | instead)


def in_group(name: str, username: str = "somebody") -> Client:
    user = User.objects.create_user(username, password="p", is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


def decision(quote: Quote) -> str:
    return Quote.objects.get(pk=quote.pk).decision


def everything_posted(quote: Quote) -> list[tuple[str, dict[str, Any]]]:
    """Every address that takes a POST, with what it needs to do something."""
    snapshot, other, speaker = quote.snapshot, quote_of(quote.snapshot, "are dry."), make.SpeakerFactory()
    Quote.objects.filter(pk=other.pk).update(speaker=quote.speaker)
    given: dict[str, dict[str, Any]] = {
        "reject": {"why": "duplicate"},
        "speaker": {"speaker": speaker.pk},
        "new-speaker": {"name": "Bo Chan", "kind": "person"},
        "words": {"selection": selection(snapshot, "Ford added")},
        "split": {"at": quote.start + 3},
        "join": {"other": other.pk},
    }
    acts = [(reverse("admin:claims_review_act", args=[quote.pk, name]), given.get(name, {})) for name in ACTS]
    return [
        *acts,
        (reverse("admin:claims_review_add", args=[snapshot.pk]), {"selection": selection(snapshot, "Ford")}),
        (reverse("admin:claims_review_hold", args=[quote.pk]), {}),
        (reverse("admin:claims_review_source", args=[snapshot.source_id]), {"seen": f"{quote.pk}-{version_of(quote)}"}),
    ]


@pytest.fixture
def quote() -> Quote:
    return quote_of(make.SnapshotFactory(text=TEXT), "Roads,")


def test_who_may_only_look_changes_nothing(quote: Quote) -> None:
    client = Client()
    user = User.objects.create_user("reader", password="p", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_quote"))
    client.force_login(user)
    page = client.get(QUEUE, {"quote": quote.pk})
    assert page.status_code == 200
    for button in ("fb-rv-accept", "fb-rv-reject", "data-mode", 'fb-rv-speaker" ', "fb-rv-take-over"):
        assert f'id="{button}' not in page.content.decode()
    posted = everything_posted(quote)
    before = everything()
    answers = {address: client.post(address, given).status_code for address, given in posted}
    assert {address: status for address, status in answers.items() if status != 403} == {
        reverse("admin:claims_review_act", args=[quote.pk, "skip"]): 302
    }
    assert everything() == before


def test_staff_without_permission_and_strangers_see_nothing(quote: Quote) -> None:
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody", password="p", is_staff=True))
    addresses = [
        QUEUE,
        f"{QUEUE}?quote={quote.pk}",
        reverse("admin:claims_review_text", args=[quote.snapshot_id]) + "?first=0&last=10",
        reverse("admin:claims_review_speakers") + "?q=a",
        reverse("admin:claims_review_source", args=[quote.snapshot.source_id]),
    ]
    posted = [*everything_posted(quote), (reverse("admin:claims_review_preview", args=[quote.snapshot_id]), {})]
    assert {nobody.get(address).status_code for address in addresses} == {403}
    assert {nobody.post(address, given).status_code for address, given in posted} == {403}
    assert {Client().get(address).status_code for address in addresses} == {302}
    assert {Client().post(address, given).status_code for address, given in posted} == {302}


def test_a_reporter_suggests_and_decides_nothing(quote: Quote) -> None:
    reporter = in_group("Reporter")
    address = reverse("admin:claims_review_add", args=[quote.snapshot_id])
    given = {"selection": selection(quote.snapshot, "Ford added"), "speaker": quote.speaker_id}
    assert reporter.post(address, given | {"accept": "1"}).status_code == 403
    assert Quote.objects.count() == 1
    assert reporter.post(address, given).status_code == 302
    added = Quote.objects.latest("pk")
    assert (added.exact, added.decision) == ("Ford added", "pending")
    assert act(reporter, "accept", added).status_code == 403
    operation = Operation.objects.get()
    reporter.post(reverse("admin:claims_review_undo"), {"operation": operation.pk})
    assert Quote.objects.count() == 1, "what one suggested one may take back"


@pytest.mark.parametrize("group", ["Editor", "Approver", "Chief"])
def test_editors_may_do_all_of_it(quote: Quote, group: str) -> None:
    client = in_group(group)
    for address, given in everything_posted(quote):
        Quote.objects.filter(pk=quote.pk).update(decision="pending", decided_by=None, decided_at=None)
        assert client.post(address, given).status_code in {200, 302}, address
    assert 'data-mode="words"' in client.get(QUEUE, {"quote": quote.pk}).content.decode()


def test_nothing_is_undone_for_somebody_else(quote: Quote, client: Client, colleague: Client) -> None:
    act(client, "accept", quote)
    operation = Operation.objects.get()
    assert colleague.post(reverse("admin:claims_review_undo"), {"operation": operation.pk}).status_code == 404
    assert decision(quote) == "accepted"


def test_looking_changes_nothing(quote: Quote, client: Client) -> None:
    before = everything()
    for address in (
        QUEUE,
        f"{QUEUE}?quote={quote.pk}",
        f"{QUEUE}?decision=all&mine=1&confidence=high&speaker=none",
        reverse("admin:claims_review_text", args=[quote.snapshot_id]) + "?first=0&last=10",
        reverse("admin:claims_review_speakers") + "?q=ford",
        reverse("admin:claims_review_source", args=[quote.snapshot.source_id]),
    ):
        assert client.get(address).status_code in {200, 302}, address
    preview = reverse("admin:claims_review_preview", args=[quote.snapshot_id])
    assert client.post(preview, {"selection": selection(quote.snapshot, "Ford")}).status_code == 200
    assert everything() == before
    for name in ACTS:
        assert client.get(reverse("admin:claims_review_act", args=[quote.pk, name])).status_code == 405
    assert everything() == before


HOSTILE = ["0", "-1", "1.5", "x", "9" * 19, "9" * 40, "1 OR 1=1", "\0", "１", "%00", "' --", "null", "[]"]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["quote", "source", "speaker", "topic", "decision", "confidence"])
def test_an_address_that_makes_no_sense_is_answered(quote: Quote, client: Client, name: str, value: str) -> None:
    assert client.get(QUEUE, {name: value}).status_code in {400, 404}
    assert client.get(QUEUE, {name: value, "quote": quote.pk} if name != "quote" else {name: value}).status_code != 500


@pytest.mark.parametrize("value", HOSTILE)
def test_numbers_that_make_no_sense_are_answered(quote: Quote, client: Client, value: str) -> None:
    before = everything()
    answers = [
        act(client, "accept", quote, seen=value),
        act(client, "accept", quote, queue=f"source={value}"),
        act(client, "speaker", quote, speaker=value),
        act(client, "split", quote, at=value),
        act(client, "join", quote, other=value),
        act(client, "words", quote, selection=value),
        act(client, "reject", quote, why=value),
        act(client, "new-speaker", quote, name="Bo", kind=value),
        client.post(reverse("admin:claims_review_undo"), {"operation": value}),
        client.post(reverse("admin:claims_review_preview", args=[quote.snapshot_id]), {"selection": value}),
        client.get(reverse("admin:claims_review_text", args=[quote.snapshot_id]), {"first": value, "last": value}),
        client.get(reverse("admin:claims_review_source", args=[quote.snapshot.source_id]), {"least": value}),
    ]
    assert {answer.status_code for answer in answers} <= {200, 302, 400, 404}
    # A row without history has no version: 0 asks for none, as nothing does.
    assert value == "0" or everything() == before


@pytest.mark.parametrize("pk", [0, 2**63, 10**30, 987654])
def test_a_row_that_is_not_there(quote: Quote, client: Client, pk: int) -> None:
    for what, more in (("act", ["accept"]), ("add", []), ("preview", []), ("hold", [])):
        given = {"selection": selection(quote.snapshot, "Ford")}
        assert client.post(reverse(f"admin:claims_review_{what}", args=[pk, *more]), given).status_code == 404
    for what in ("text", "source"):
        assert client.get(reverse(f"admin:claims_review_{what}", args=[pk]), {"first": 0, "last": 9}).status_code == 404
    assert act(client, "fly", quote).status_code == 404


SELECTIONS = [
    ("no-json", "{", 400),
    ("a-list", "[]", 400),
    ("nothing-in-it", "{}", 400),
    ("deep", "[" * 100_000, 400),
    ("words-are-numbers", '{"sha256": "x", "spans": [[0, 1]], "words": [1]}', 400),
    ("spans-are-text", '{"sha256": "x", "spans": "01", "words": []}', 400),
    ("huge-number", '{"sha256": "%s", "spans": [[0, 1e400]], "words": ["C"]}', 302),
    ("fractions", '{"sha256": "%s", "spans": [[0.5, 1.5]], "words": ["C"]}', 302),
    ("other-words", '{"sha256": "%s", "spans": [[0, 1]], "words": ["D"]}', 302),
    ("beyond", '{"sha256": "%s", "spans": [[0, 99999]], "words": ["C"]}', 302),
    ("another-text", '{"sha256": "x", "spans": [[0, 4]], "words": ["Café"]}', 302),
]


@pytest.mark.parametrize(("given", "status"), [row[1:] for row in SELECTIONS], ids=[row[0] for row in SELECTIONS])
def test_selections_that_are_none(quote: Quote, client: Client, given: str, status: int) -> None:
    given = given.replace("%s", quote.snapshot.sha256)
    before = everything()
    for response in (
        act(client, "words", quote, selection=given),
        client.post(reverse("admin:claims_review_add", args=[quote.snapshot_id]), {"selection": given}),
    ):
        assert response.status_code == status
        assert status == 400 or said(response)
    assert everything() == before


def test_a_decision_goes_on_in_its_queue(client: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    speaker = make.SpeakerFactory()
    first, other, last = (
        quote_of(snapshot, words, speaker=who)
        for words, who in (("Rivers are", speaker), ("full", make.SpeakerFactory()), ("Roads,", speaker))
    )
    queue = f"speaker={speaker.pk}"
    assert client.get(f"{QUEUE}?{queue}").url == f"{QUEUE}?{queue}&quote={first.pk}"
    assert act(client, "accept", first, queue=queue).url == f"{QUEUE}?{queue}&quote={last.pk}"
    assert act(client, "skip", last, queue=queue).url == f"{QUEUE}?{queue}&quote={last.pk}", "it is the only one left"
    assert act(client, "reject", last, queue=queue, why="duplicate").url == f"{QUEUE}?{queue}"
    page = client.get(f"{QUEUE}?{queue}")
    assert "Nothing is left in this queue" in page.content.decode()
    assert decision(other) == "pending"
    assert act(client, "skip", other).url == f"{QUEUE}?quote={other.pk}"


def test_after_the_last_comes_the_first_that_was_skipped(client: Client) -> None:
    snapshot = make.SnapshotFactory(text=TEXT)
    first, last = quote_of(snapshot, "Rivers are"), quote_of(snapshot, "Roads,")
    assert act(client, "accept", last).url == f"{QUEUE}?quote={first.pk}"


def queued(client: Client, **asked: Any) -> list[int]:
    """The queue's quotes in its order, as one goes through it by its links."""
    found: list[int] = []
    answer = client.get(QUEUE, asked)
    address = answer.url if answer.status_code == 302 else ""
    while address:
        page = client.get(address)
        found.append(page.context["quote"].pk)
        address = page.context["next"]
    backwards = []
    if found:
        address = client.get(QUEUE, asked | {"quote": found[-1]}).context["previous"]
        while address:
            page = client.get(address)
            backwards.append(page.context["quote"].pk)
            address = page.context["previous"]
        assert backwards == found[-2::-1]
    return found


def test_queues(client: Client, editor: User, colleague: Client) -> None:
    texts = [make.SnapshotFactory(text=TEXT + "." * n) for n in range(2)]
    later = quote_of(texts[0], "are dry.", confidence=0.95)
    nobody = quote_of(texts[0], "Roads,", speaker=None, confidence=0.75)
    other = quote_of(texts[1], "Roads,", confidence=0.5)
    done = quote_of(texts[1], "are dry.", confidence=0.95)
    topic = make.TopicFactory()
    other.claim.topics.add(topic)
    act(client, "accept", done)
    source = texts[0].source
    source._history_user = editor
    source.history.all().delete()
    source.history.create(
        **{f.attname: getattr(source, f.attname) for f in source._meta.concrete_fields},
        history_type="+",
        history_user=editor,
        history_date=source.created_at,
    )
    hold.take(quote=other, editor=editor)
    assert queued(client) == [nobody.pk, later.pk, other.pk]
    assert queued(client, source=source.pk) == [nobody.pk, later.pk]
    assert queued(client, speaker=other.speaker_id) == [other.pk]
    assert queued(client, speaker="none") == [nobody.pk]
    assert queued(client, topic=topic.pk) == [other.pk]
    assert queued(client, confidence="high") == [later.pk]
    assert queued(client, confidence="medium") == [nobody.pk]
    assert queued(client, confidence="low") == [other.pk]
    assert queued(client, decision="accepted") == [done.pk]
    assert queued(client, decision="all") == [nobody.pk, later.pk, other.pk, done.pk]
    assert queued(client, mine="1") == [nobody.pk, later.pk, other.pk]
    assert queued(client, mine="1", decision="accepted") == [done.pk]
    assert queued(colleague, mine="1") == []
    assert queued(client, source=987654) == []
    page = client.get(QUEUE, {"quote": later.pk})
    assert (page.context["left"], page.context["left_here"]) == ("3", "2")


def test_what_is_left_is_counted_no_further(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.admin.review.queue.MOST", 2)
    quote, *_ = (make.QuoteFactory() for _ in range(4))
    assert client.get(QUEUE, {"quote": quote.pk}).context["left"] == "2+"
    assert MOST == 999


def test_the_screen_takes_as_many_queries_for_many_quotes_as_for_few(client: Client, editor: User) -> None:
    def world(times: int) -> None:
        for _ in range(times):
            same = quote_of(snapshot, "are dry.", candidates=["Lena Ford", "Tom Ford"], mention="")
            same.claim.topics.add(make.TopicFactory())
            for name in ("Lena Ford", "Tom Ford"):
                add_speaker(name=name, editor=editor)
            set_speaker(quote=quote, speaker=make.SpeakerFactory(), editor=editor)
            make.QuoteFactory(speaker=None)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = client.get(QUEUE, {"quote": quote.pk, "decision": "all", "source": snapshot.source_id})
            assert page.status_code == 200
            assert page.context["window"].html
        return len(captured)

    snapshot = make.SnapshotFactory(text=TEXT)
    quote = quote_of(snapshot, "Roads,", candidates=["Lena Ford"])
    world(2)
    act(client, "accept", quote)
    few = cost()
    world(4)
    assert cost() == few
    assert few <= 30


@pytest.mark.parametrize(
    "letter", ["x", "&", "\u4e00", "\U0001f642", "\r\n"], ids=["ascii", "escaped", "cjk", "emoji", "crlf"]
)
def test_the_page_stays_small_for_a_long_text(client: Client, letter: str) -> None:
    bare = {"cue": "", "cue_spans": [], "mention": "", "mention_spans": []}
    text = letter * 20_000 + "Ford said it." + letter * 20_000
    snapshot = make.SnapshotFactory(text=text)
    quote = quote_of(snapshot, "Ford said it.")
    for other in range(MOST_MARKS + 10):
        at = len(letter) * 20_000 + other % 13
        make.QuoteFactory(snapshot=snapshot, start=at, end=at + 1, exact=text[at], **bare)
    whole = make.QuoteFactory(snapshot=snapshot, start=0, end=len(text), exact=text, **bare)
    for each in (quote, whole):
        page = client.get(QUEUE, {"quote": each.pk})
        assert len(page.content) < 300_000


def test_the_text_comes_in_pieces_that_together_are_the_text(client: Client, quote: Quote) -> None:
    from lxml import html  # noqa: PLC0415  # only here

    page = client.get(QUEUE, {"quote": quote.pk})
    tree = html.fromstring(f"<div>{page.context['window'].html}</div>")
    assert tree.text_content() == TEXT
    for piece in tree.iter():
        if "data-at" in piece.attrib:
            at = int(piece.attrib["data-at"])
            assert TEXT[at:].startswith(piece.text)
    part = client.get(reverse("admin:claims_review_text", args=[quote.snapshot_id]), {"first": 10, "last": 30}).json()
    assert html.fromstring(f"<div>{part['html']}</div>").text_content() == TEXT[10:30]
    assert (part["first"], part["last"], part["length"]) == (10, 30, len(TEXT))


def test_what_stands_in_a_text_is_never_markup(client: Client) -> None:
    text = "<script>alert(1)</script> \"'&amp; Ford said it."
    quote = quote_of(make.SnapshotFactory(text=text, source__title="<b>x</b>"), "<script>alert(1)</script>", role="<i>")
    page = client.get(QUEUE, {"quote": quote.pk}).content.decode()
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;" in page


def test_a_decision_on_what_changed_is_refused_with_what_changed(client: Client, colleague: Client) -> None:
    quote = quote_of(make.SnapshotFactory(text=TEXT), "Roads,")
    quote.save()
    seen = client.get(QUEUE, {"quote": quote.pk}).context["version"]
    assert seen == version_of(quote)
    act(colleague, "words", quote, selection=selection(quote.snapshot, "are dry."), seen=seen)
    for name, given in (("accept", {}), ("reject", {"why": "duplicate"}), ("split", {"at": quote.start + 2})):
        response = act(client, name, quote, seen=seen, **given)
        assert response.url == f"{QUEUE}?quote={quote.pk}"
        assert "changed meanwhile by colleague" in said(response)[0]
        assert "are dry." in said(response)[0]
    assert decision(quote) == "pending"


def test_a_quote_without_history_is_shown(client: Client, quote: Quote) -> None:
    quote.history.all().delete()
    assert client.get(QUEUE, {"quote": quote.pk}).context["entries"] == []
    act(client, "accept", quote, seen=0)
    assert decision(quote) == "accepted"


def test_a_colleague_is_told_who_looks(client: Client, colleague: Client, quote: Quote) -> None:
    address = reverse("admin:claims_review_hold", args=[quote.pk])
    assert client.post(address).json() == {"other": "", "version": version_of(quote)}
    assert "editor is looking at this until" in colleague.post(address).json()["other"]
    assert "editor is looking at this until" in colleague.get(QUEUE, {"quote": quote.pk}).content.decode()
    assert "is looking at it" in said(act(colleague, "accept", quote))[0]
    client.post(address, {"go": "1"})
    assert not Hold.objects.exists()
    assert act(colleague, "accept", quote).status_code == 302
    assert decision(quote) == "accepted"


def test_speakers_are_found_by_any_of_their_names(client: Client, editor: User) -> None:
    reck = add_speaker(name="Tobias Reck", aliases=["Tobi", "T. Récke"], editor=editor)
    add_speaker(name="Bo Chan", editor=editor)
    make.QuoteFactory(accepted=True, speaker=reck)
    for asked in ("Tobias", "reck", "TOBI", "récke", "t. ré"):
        results = client.get(reverse("admin:claims_review_speakers"), {"q": asked}).json()["results"]
        assert [each["id"] for each in results] == [reck.pk], asked
        assert "1 accepted quote" in results[0]["about"]
    assert client.get(reverse("admin:claims_review_speakers"), {"q": " "}).json() == {"results": []}
    assert client.get(reverse("admin:claims_review_speakers"), {"q": "\0"}).status_code == 400


@pytest.mark.parametrize(
    ("mention", "kind"),
    [
        ("officials", "group"),
        ("a source", "unnamed"),
        ("Lena Ford", "person"),
        ("", "unnamed"),
        ("German officials", "group"),
        ("The expert community", "group"),
    ],
)
def test_a_new_speaker_is_filled_in(client: Client, mention: str, kind: str) -> None:
    text = f"{mention} said: Roads are dry."
    spans = [[0, len(mention)]] if mention else []
    quote = quote_of(
        make.SnapshotFactory(text=text), "Roads are dry.", speaker=None, mention=mention, mention_spans=spans
    )
    page = client.get(QUEUE, {"quote": quote.pk})
    assert (page.context["new_name"], page.context["new_kind"]) == (mention, kind)
    act(client, "new-speaker", quote, name=mention or "An insider", kind=kind, position="Minister")
    speaker = Speaker.objects.get(quotes=quote)
    assert (speaker.kind, speaker.positions.get().title) == (kind, "Minister")


def test_somebody_known_is_not_made_anew(client: Client, editor: User, quote: Quote) -> None:
    add_speaker(name="Bo Chan", editor=editor)
    response = act(client, "new-speaker", quote, name="bo  chan", kind="person")
    assert "Bo Chan is known already" in said(response)[0]
    act(client, "new-speaker", quote, name="Bo Chan", kind="person", namesake="1")
    assert Speaker.objects.filter(name="Bo Chan").count() == 2
    for name in ("", "  ", "x" * 201):
        assert "A new speaker has a name" in said(act(client, "new-speaker", quote, name=name, kind="group"))[-1]


def test_readers_are_told_of_what_changes_under_a_verdict(client: Client) -> None:
    quote = quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    verdicts.published(quote.claim)
    given = {"selection": selection(quote.snapshot, "are dry."), "queue": "decision=accepted"}
    before = everything()
    asked = act(client, "words", quote, **given)
    assert asked.status_code == 200
    assert "This sends back to review" in asked.content.decode()
    assert everything() == before
    blank = act(client, "words", quote, **given, note_text=" ", note_reason="")
    assert "both what was changed and why" in said(blank)[0]
    act(client, "words", quote, **given, note_text="Other words.", note_reason="A slip.")
    quote.refresh_from_db()
    assert quote.exact == "are dry."
    assert quote.claim.corrections.filter(text="Other words.", reason="A slip.").exists()


def test_who_may_not_correct_changes_nothing_that_readers_see() -> None:
    quote = quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    verdicts.published(quote.claim)
    junior, before = in_group("Editor"), everything()
    assert "Somebody who may correct claims does that." in said(act(junior, "reject", quote, why="duplicate"))[0]
    assert act(junior, "reject", quote, why="duplicate", note_text="Gone.", note_reason="Wrong.").status_code == 403
    assert everything() == before
    act(in_group("Approver", "senior"), "reject", quote, why="duplicate", note_text="Gone.", note_reason="Wrong.")
    assert decision(quote) == "rejected"


def test_a_verdict_that_would_go_back_to_its_author_is_shown_first(client: Client) -> None:
    quote = quote_of(make.SnapshotFactory(text=TEXT), "Roads,", accepted=True)
    row = verdicts.submitted(quote.claim)
    before = everything()
    asked = act(client, "reject", quote, why="duplicate")
    assert "This sends back to review" in asked.content.decode()
    assert "note_text" not in asked.content.decode()
    assert everything() == before
    act(client, "reject", quote, why="duplicate", _confirmed="1")
    row.refresh_from_db()
    assert (decision(quote), row.state) == ("rejected", "draft")


def test_all_of_a_source_is_accepted_from_its_preview(client: Client) -> None:
    snapshot = make.SnapshotFactory()
    sure = [make.QuoteFactory(snapshot=snapshot, confidence=0.95) for _ in range(3)]
    make.QuoteFactory(snapshot=snapshot, confidence=0.5)
    address = reverse("admin:claims_review_source", args=[snapshot.source_id])
    page = client.get(address)
    assert [quote for quote, _ in page.context["rows"]] == sure
    ticked = [f"{quote.pk}-{version}" for quote, version in page.context["rows"]][:2]
    response = client.post(address, {"least": "90", "seen": ticked})
    assert said(response)[0] == "2 quotes accepted; one undo takes all of them back."
    assert list(Quote.objects.accepted().order_by("pk")) == sure[:2]
    assert Operation.objects.count() == 1
    client.post(reverse("admin:claims_review_undo"), {"operation": Operation.objects.get().pk})
    assert not Quote.objects.accepted().exists()
    for nonsense in (["x"], ["1-x"], ["-"], ["9" * 30]):
        assert client.post(address, {"seen": nonsense}).status_code == 400


def test_the_list_and_the_page_of_a_quote_lead_here(client: Client) -> None:
    quote = make.QuoteFactory(accepted=True)
    address = f"{QUEUE}?decision=accepted&amp;quote={quote.pk}"
    assert address in client.get(reverse("admin:claims_quote_changelist")).content.decode()
    assert address in client.get(reverse("admin:claims_quote_change", args=[quote.pk])).content.decode()


def test_who_may_change_but_not_decide_corrects_nothing(quote: Quote) -> None:
    user = User.objects.create_user("somebody", password="p", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_quote", "change_quote"]))
    client = Client()
    client.force_login(user)
    page = client.get(reverse("admin:claims_quote_change", args=[quote.pk]))
    assert page.context["steps"] == []
    assert client.post(reverse("admin:claims_quote_step", args=[quote.pk, "accept"])).status_code == 403
    listing = reverse("admin:claims_quote_changelist")
    client.post(listing, {"action": "accept", "_selected_action": [quote.pk]})
    assert decision(quote) == Decision.PENDING
