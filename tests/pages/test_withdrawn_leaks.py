"""What was public and is no more is nowhere: each way of taking something back, at each address that showed it.

A claim with its quote, speaker, source, topic and verdict is public, and all addresses that show it are visited. Then
it is taken back, and they are visited again, with what a cache has kept. What only the newsroom knows is never seen.
"""

import copy
import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qsl, quote, quote_plus, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from claims.api.resources.viewsets import suffixes_for
from claims.articles import RawContent as Bytes
from claims.models import (
    Assignment,
    Claim,
    EvidenceCopy,
    Quote,
    QuoteDecision,
    RawContent,
    ReaderKeyScope,
    ResourceKind,
    SavedView,
    Snapshot,
    Verification,
    VerificationState,
    Watch,
)
from claims.pages.search import check_page
from claims.resources import RESOURCES
from claims.services.changefeed.processor import process_pending
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.correction_drafts import save_correction_draft
from claims.services.claims.corrections import PublicNote, retract_claim
from claims.services.claims.editing import edit_claim
from claims.services.claims.split_merge import merge_claims
from claims.services.people.comments import add_comment
from claims.services.people.reader_keys import create_key
from claims.services.quotes.decisions import decide_quotes
from claims.services.quotes.text_selection import TextSelection
from claims.services.quotes.wording import change_wording
from claims.services.site.error_reports import report_error
from claims.services.verification.workflow import withdraw_verification
from tests import factories as make
from tests.api.resources.test_leaks import response_text
from tests.pages.test_leaks import linked_paths
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

WORD = "canary{}"  # of each part of the story
DRAFT = "“canaryquote!!!!!!,” Lena Ford said."  # an unpublished text that quotes it
MAX_ADDRESSES = 600


@dataclass
class Story:
    """A public claim and what belongs to it alone. `words` stand in no other row; `private` is never public."""

    claim: Claim
    quote: Quote
    verification: Verification
    other: Claim  # public as well, of the same speaker
    words: dict[str, str]
    private: list[str] = field(default_factory=list)


def create_story() -> Story:
    parts = ("claim", "quote", "speaker", "title", "publisher", "url", "topic", "verdict", "evidence", "role")
    words = {part: WORD.format(part) for part in parts}
    quote = make.QuoteFactory(
        accepted=True,
        claim__text=f"The {words['claim']} is full.",
        speaker__name=f"Ann {words['speaker']}",
        snapshot__text=f'Lena Ford said: "{words["quote"]}!!!!!!" and left.',
        snapshot__source__title=words["title"],
        snapshot__source__publisher=words["publisher"],
        snapshot__source__url=f"https://example.org/{words['url']}",
        start=17,
        end=17 + len(words["quote"]),
        role=words["role"],
    )
    claim = quote.claim
    assert claim
    claim.topics.add(make.TopicFactory(name=words["topic"], slug=words["topic"]))
    verification = make.VerificationFactory(
        claim=claim, published=True, explanation=words["verdict"], comment="private-comment-to-approver"
    )
    evidence = f"https://example.org/{words['evidence']}"
    make.EvidenceFactory(verification=verification, url=evidence)
    other = make.QuoteFactory(accepted=True, speaker=quote.speaker).claim
    assert other
    story = Story(claim, quote, verification, other, words, ["private-comment-to-approver"])
    add_private_words(story)
    assert sum(update_vectors())
    process_pending()
    return story


def add_private_words(story: Story) -> None:
    """Adds what only the newsroom sees, about rows that are public."""
    editor = make.UserFactory(username="private-editor", email="private-mail@example.org")
    for row in (story.quote, story.claim, story.verification):
        add_comment(on=row, text=f"private-comment-{type(row).__name__}", author=editor)
    draft = make.VerificationFactory(claim=story.claim, author=editor, explanation="private-draft")
    make.EvidenceFactory(verification=draft, url="https://example.org/private-evidence")
    contact = "private-reader@example.org"
    report_error(text="private-report", contact=contact, kind=ResourceKind.CLAIMS, pk=story.claim.pk)
    save_correction_draft(
        claim=story.other,
        text="private-new-wording",
        speaker=story.other.speaker,
        said_on=None,
        note=PublicNote("private-what", "private-why"),
        author=editor,
    )
    Assignment.objects.create(claim=story.claim, assignee=editor, assigned_by=editor, note="private-assignment")
    SavedView.objects.create(name="private-view", owner=editor, listing="claims.claim", shared=True)
    Watch.objects.create(source=story.quote.snapshot.source, reason="private-watch")
    raw = RawContent.of(Bytes(b"private-attachment", "application/pdf")).get_or_save()
    Snapshot.objects.filter(pk=story.quote.snapshot_id).update(raw=raw)
    text = "private-text-of-evidence"
    EvidenceCopy.objects.create(
        evidence=story.verification.evidence.get(),
        url="https://example.org/private-copy",
        title="private-title-of-evidence",
        text=text,
        sha256=Snapshot.digest(text),
        raw=raw,
        retrieved_at=timezone.now(),
    )
    story.private += [
        *("private-comment", "private-editor", "private-mail", "private-draft", "private-evidence", "private-re"),
        *("private-new-wording", "private-wh", "private-assignment", "private-view", "private-watch"),
        *("private-attachment", "private-copy", "private-title", "private-text", raw.sha256),
    ]


def retract(story: Story) -> None:
    retract_claim(claim=story.claim, editor=make.UserFactory(), reason="It was wrong.")


def merge(story: Story) -> None:
    """A claim with a verdict is kept in a merge, so the verdict goes first."""
    withdraw_verdict(story)
    merge_claims(kept=story.other, emptied=story.claim, editor=make.UserFactory(), note=PUBLIC_NOTE)


def withdraw_verdict(story: Story) -> None:
    withdraw_verification(verification=story.verification, editor=make.UserFactory(), reason="It was wrong.")


def embargo(story: Story) -> None:
    """No service hides a public claim; the database may, for instance by an older backup."""
    Claim.objects.filter(pk=story.claim.pk).update(released_at=timezone.now() + dt.timedelta(days=1))


def take_back_decision(story: Story, decision: QuoteDecision) -> None:
    decided = decide_quotes(
        quotes=[story.quote.pk],
        decision=decision,
        reason="private-reason-of-decision",
        editor=make.UserFactory(),
        note=PUBLIC_NOTE,
    )
    assert decided.changed == 1


def take_back_one_of_two(story: Story, decision: QuoteDecision) -> None:
    """The claim stays public with another quote."""
    make.QuoteFactory(accepted=True, claim=story.claim, speaker=story.quote.speaker)
    take_back_decision(story, decision)


def change_quote_words(story: Story) -> None:
    start = story.quote.start + len(story.words["quote"])
    snapshot = story.quote.snapshot
    selection = TextSelection(snapshot.sha256, [[start, start + 6]], [snapshot.text[start : start + 6]])
    change_wording(quote=story.quote, selection=selection, editor=make.UserFactory(), note=PUBLIC_NOTE)
    assert story.claim.verifications.get(reopened_from=story.verification).state == VerificationState.SUBMITTED


def change_claim_text(story: Story) -> None:
    edit_claim(claim=story.claim, changes={"text": "It is half full."}, editor=make.UserFactory(), note=PUBLIC_NOTE)
    assert story.claim.verifications.get(reopened_from=story.verification).state == VerificationState.SUBMITTED


OF_VERDICT = {"verdict", "evidence"}
OF_SOURCE = {"title", "publisher", "url", "role"}
# What is taken back, and the words that must be gone with it from every page, feed, export and answer. What corrections
# quote of it stays, in the open.
WAYS: dict[str, tuple[Callable[[Story], None], set[str]]] = {
    "claim retracted": (retract, OF_VERDICT | {"topic"}),
    "verdict withdrawn, claim merged": (merge, OF_VERDICT),
    "claim embargoed again": (embargo, OF_VERDICT | OF_SOURCE | {"topic", "claim", "quote"}),
    "its quote rejected": (
        lambda story: take_back_decision(story, QuoteDecision.REJECTED),
        OF_VERDICT | OF_SOURCE | {"topic"},
    ),
    "its quote pending again": (
        lambda story: take_back_decision(story, QuoteDecision.PENDING),
        OF_VERDICT | OF_SOURCE | {"topic"},
    ),
    "a quote rejected": (lambda story: take_back_one_of_two(story, QuoteDecision.REJECTED), OF_VERDICT | OF_SOURCE),
    "a quote pending again": (lambda story: take_back_one_of_two(story, QuoteDecision.PENDING), OF_VERDICT | OF_SOURCE),
    "verdict in review, quote reworded": (change_quote_words, OF_VERDICT),
    "verdict in review, claim reworded": (change_claim_text, OF_VERDICT),
}

NIGHTLY = {"its quote pending again", "a quote rejected", "verdict in review, claim reworded"}  # others are much alike


def first_addresses(story: Story) -> list[str]:
    """Where to start: lists, searches for each word, and the addresses of the rows in each form."""
    rows = {
        "claims": [story.claim.pk],
        "quotes": [story.quote.pk],
        "speakers": [story.quote.speaker_id],
        "sources": [story.quote.snapshot.source_id],
        "verifications": list(story.claim.verifications.values_list("pk", flat=True)),
        "topics": list(story.claim.topics.values_list("pk", flat=True)),
    }
    lists = ("", "?page_size=100", "?updated_since=2000-01-01", "?q=canary*", "?count=true")
    api = [f"/api/v1/{end}" for end in ("", "schema/", "docs/")]
    for name, resource in RESOURCES.items():
        api += [f"/api/v1/{name}/{end}" for end in lists]
        api += [f"/api/v1/{name}.{suffix}" for suffix in suffixes_for(resource, detail=False)]
        api += [f"/api/v1/{name}/counts/?by={by}" for by in resource.dimensions]
        for pk in rows.get(name, []):
            api.append(f"/api/v1/{name}/{pk}/")
            api += [f"/api/v1/{name}/{pk}.{suffix}" for suffix in suffixes_for(resource, detail=True)]
    [quote], [claim], [source] = rows["quotes"], rows["claims"], rows["sources"]
    api += [f"/api/v1/quotes/{quote}/proof/", f"/api/v1/sources/{source}/snapshots/{story.quote.snapshot.sha256}/"]
    pages = [f"/{name}/{pk}/" for name in ("claims", "quotes", "speakers", "sources") for pk in rows[name]]
    pages.append(f"/topics/{story.words['topic']}/")
    for name, pk in (("claims", claim), ("quotes", quote)):
        pages += [f"/embed/{name}/{pk}/", f"/og/{name}/{pk}.png"]
        pages += [f"/{name}/{pk}/cite.{extension}" for extension in ("bib", "ris", "json")]
        pages.append(f"/oembed?url=http://testserver/{name}/{pk}/")
    found = [f"/{name}/?q=canary*" for name in ("claims", "quotes", "speakers", "sources", "search")]
    found += [f"/{name}/?{part}={story.words[part]}" for name in ("claims", "quotes") for part in ("speaker", "topic")]
    site = ["/", "/corrections/", "/feeds/", "/topics/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]
    typed = (f"The {story.words['claim']} is full.", f"https://example.org/{story.words['url']}")
    asked = [f"/check/?q={quote_plus(text)}" for text in typed]
    asked += [
        f"/api/v1/match/?{name}={quote_plus(text)}" for name, text in zip(("text", "source_url"), typed, strict=True)
    ]
    return [*site, *pages, *found, *asked, *api]


def walk(client: Client, story: Story, kept: dict[str, str]) -> dict[str, str]:
    """What each address answers, and those that pages link to, but for other searches.

    A cache's copies are asked for anew by their tags.
    """
    answers: dict[str, str] = {}
    waiting = first_addresses(story)
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        assert len(answers) < MAX_ADDRESSES, "the site's links go on without end"
        headers = {"If-None-Match": kept[path]} if path in kept else {}
        response = client.get(path, headers=headers)
        assert response.status_code < 500, path
        media_type = response.headers.get("Content-Type", "")
        if etag := response.headers.get("ETag"):
            kept.setdefault(path, etag)
        if media_type.startswith("image/"):
            answers[path] = f"{response.status_code} {dict(response.headers)}"
            continue
        answers[path] = f"{response.status_code} {response_text(response)}"
        if response.status_code in {301, 302, 308}:
            waiting.append(response["Location"].removeprefix("http://testserver"))
        elif media_type.startswith("text/html"):
            waiting += [linked for linked in linked_paths(answers[path]) if "?" not in linked]
    return answers | draft_check(client) | exports()


def draft_check(client: Client) -> dict[str, str]:
    """What the API says of a draft that quotes the story, to a holder of a key, without the draft's own words."""
    _, key = create_key(name="draft", scope=ReaderKeyScope.CHECK, editor=make.UserFactory())
    headers = {"Authorization": f"Bearer {key}"}
    response = client.post("/api/v1/check/", {"text": DRAFT}, content_type="application/json", headers=headers)
    assert response.status_code == 200
    return {"draft check": response_text(response).replace(DRAFT, "").replace(DRAFT[1:20], "")}


def exports() -> dict[str, str]:
    answers = {}
    for name in ("csv", "jsonl"):
        written = io.StringIO()
        with redirect_stdout(written):
            call_command("export_claims", format=name)
        answers[f"export_claims {name}"] = written.getvalue()
    return answers


def places_of(word: str, answers: dict[str, str]) -> list[str]:
    """The addresses whose answers have the word, but for what the request itself says."""
    return [path for path, text in answers.items() if word in text and word in without_echo(text, path)]


def without_echo(text: str, path: str) -> str:
    """The text without the reader's own words: the address, and the values of its parameters in any encoding."""
    values = [value for _, value in parse_qsl(urlsplit(path).query)]
    for value in (path, urlsplit(path).path, *values):
        for echo in (value, escape(value), quote(value), quote(value, safe=""), quote_plus(value)):
            text = text.replace(echo, "")
    return text


@pytest.fixture(scope="module", autouse=True)
def _no_rate_limits() -> Iterator[None]:
    with (
        override_settings(FACTBASE_READS_PER_MINUTE=0, FACTBASE_INDEX_UNREVIEWED=True),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(check_page, "CHECKS_PER_MINUTE", 1000)
        yield


@dataclass(frozen=True)
class Before:
    """What the addresses answered while all was public, and the tags of the copies in a cache."""

    story: Story
    answers: dict[str, str]
    tags: dict[str, str]


@pytest.fixture(scope="module")
def before(module_db: None) -> Before:
    story = create_story()
    tags: dict[str, str] = {}
    return Before(story, walk(Client(), story, tags), tags)


def test_all_of_it_was_public_and_nothing_private(before: Before) -> None:
    assert {part for part, word in before.story.words.items() if not places_of(word, before.answers)} == set()
    assert [word for word in before.story.private if places_of(word, before.answers)] == []


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=pytest.mark.nightly) if way in NIGHTLY else way for way in WAYS]
)
def test_nothing_is_left_of_what_was_taken_back(client: Client, before: Before, way: str) -> None:
    story = copy.deepcopy(before.story)
    take_back, gone = WAYS[way]
    take_back(story)
    process_pending()
    after = walk(client, story, dict(before.tags))
    unchanged = {path for path, text in after.items() if text.startswith("304")}
    left = {part: places_of(story.words[part], after) for part in gone}
    assert {part: paths for part, paths in left.items() if paths} == {}
    # What a cache may go on to show has none of these words either.
    assert [path for part in gone for path in places_of(story.words[part], before.answers) if path in unchanged] == []
    assert [word for word in story.private if places_of(word, after)] == []
