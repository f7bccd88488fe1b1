"""What was public and is no more is nowhere: each way of taking something back, at each address that showed it.

A claim with its quote, speaker, source, topic and verdict is public, and all addresses that show it are visited. Then
it is taken back, and they are visited again, with what a cache has kept. What only the newsroom knows is never seen.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from claims.models import Claim, Quote, ResourceKind, Verification
from claims.pages.search import check_page
from claims.services.changefeed.processor import process_pending
from claims.services.claims.claim_vectors import update_vectors
from claims.services.claims.corrections import retract_claim
from claims.services.claims.split_merge import merge_claims
from claims.services.people.comments import add_comment
from claims.services.site.error_reports import report_error
from claims.services.verification.workflow import withdraw_verification
from tests import factories as make
from tests.api.resources.test_leaks import response_text
from tests.pages.test_leaks import linked_paths
from tests.verifications import PUBLIC_NOTE

pytestmark = pytest.mark.django_db

LISTS = ("claims", "quotes", "speakers", "sources", "verifications", "corrections", "topics", "relations")
FORMATS = ("csv", "jsonl", "jsonld", "atom")
MAX_ADDRESSES = 400


@dataclass
class Story:
    """A public claim and what belongs to it alone. `words` stand in no other row; `private` is never public."""

    claim: Claim
    quote: Quote
    verification: Verification
    other: Claim  # public as well, of the same speaker
    words: dict[str, str]
    private: list[str] = field(default_factory=list)


@pytest.fixture
def story() -> Story:
    parts = ("claim", "quote", "speaker", "title", "publisher", "url", "topic", "verdict", "evidence", "role")
    words = {part: f"canary{part}" for part in parts}
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
        story.private.append(f"private-comment-{type(row).__name__}")
    draft = make.VerificationFactory(claim=story.claim, author=editor, explanation="private-draft")
    make.EvidenceFactory(verification=draft, url="https://example.org/private-evidence")
    contact = "private-reader@example.org"
    report_error(text="private-report", contact=contact, kind=ResourceKind.CLAIMS, pk=story.claim.pk)
    story.private += ["private-editor", "private-mail", "private-draft", "private-evidence", "private-re"]


def retract(story: Story) -> None:
    retract_claim(claim=story.claim, editor=make.UserFactory(), reason="It was wrong.")


def merge(story: Story) -> None:
    """A claim with a verdict is kept in a merge, so the verdict goes first."""
    withdraw_verdict(story)
    merge_claims(kept=story.other, emptied=story.claim, editor=make.UserFactory(), note=PUBLIC_NOTE)


def withdraw_verdict(story: Story) -> None:
    withdraw_verification(verification=story.verification, editor=make.UserFactory(), reason="It was wrong.")


# What is taken back, and the words that must be gone with it from every page, feed, export and answer.
WAYS: dict[str, tuple[Callable[[Story], None], set[str]]] = {
    "claim retracted": (retract, {"verdict", "evidence", "topic"}),
    "verdict withdrawn, claim merged": (merge, {"verdict", "evidence"}),
}


def first_addresses(story: Story) -> list[str]:
    """Where to start: lists, searches for each word, and the addresses of the rows in each form."""
    api = [f"/api/v1/{name}{end}" for name in LISTS for end in ("/?page_size=100", "/?updated_since=2000-01-01")]
    api += [f"/api/v1/{name}.{suffix}" for name in ("claims", "quotes") for suffix in FORMATS]
    api += [f"/api/v1/{name}/counts/?by=speaker" for name in ("claims", "quotes")]
    rows = {
        "claims": story.claim.pk,
        "quotes": story.quote.pk,
        "speakers": story.quote.speaker_id,
        "sources": story.quote.snapshot.source_id,
    }
    api += [f"/api/v1/{name}/{pk}/" for name, pk in rows.items()]
    api += [f"/api/v1/verifications/{story.verification.pk}/", f"/api/v1/quotes/{story.quote.pk}/proof/"]
    api.append(f"/api/v1/sources/{rows['sources']}/snapshots/{story.quote.snapshot.sha256}/")
    pages = [f"/{name}/{pk}/" for name, pk in rows.items()] + [f"/topics/{story.words['topic']}/"]
    for name in ("claims", "quotes"):
        pages += [f"/embed/{name}/{rows[name]}/", f"/og/{name}/{rows[name]}.png"]
        pages += [f"/{name}/{rows[name]}/cite.bib", f"/oembed?url=http://testserver/{name}/{rows[name]}/"]
    found = [f"/{name}/?q=canary*" for name in ("claims", "quotes", "speakers", "sources", "search")]
    site = ["/", "/corrections/", "/feeds/", "/topics/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]
    asked = [f"/check/?q=The {story.words['claim']} is full.", "/api/v1/match/?text=The river is full."]
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
    return answers


def places_of(word: str, answers: dict[str, str]) -> list[str]:
    """The addresses whose answers have the word, but for what the request itself says."""
    return [path for path, text in answers.items() if word in text.replace(path, "").replace("canary*", "")]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_left_of_what_was_taken_back(client: Client, story: Story, way: str, settings, monkeypatch) -> None:
    settings.FACTBASE_READS_PER_MINUTE = 0
    monkeypatch.setattr(check_page, "CHECKS_PER_MINUTE", 1000)
    kept: dict[str, str] = {}
    before = walk(client, story, kept)
    take_back, gone = WAYS[way]
    assert {part for part, word in story.words.items() if not places_of(word, before)} == set()
    take_back(story)
    process_pending()
    after = walk(client, story, dict(kept))
    unchanged = {path for path, text in after.items() if text.startswith("304")}
    left = {part: places_of(story.words[part], after) for part in story.words}
    assert {part: left[part] for part in gone if left[part]} == {}
    # What a cache may go on to show has none of these words either.
    assert [path for path in unchanged for part in gone if path in places_of(story.words[part], before)] == []
    for word in story.private:
        assert places_of(word, before | after) == []
