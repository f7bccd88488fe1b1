"""Pages cited as evidence are copied once, and checked for whether they are still there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Evidence, EvidenceCopy, RawContent, Source
from claims.services.ingestion.periodic_work import copy_evidence
from claims.services.verification.drafts import save_verification_draft
from claims.services.verification.evidence_copies import check_copy, find_excerpt, start_copies
from tests import factories as make
from tests.articles.fetching.loopback_site import LoopbackSite, fetches_at_once, loopback_allowed, site

__all__ = ["fetches_at_once", "loopback_allowed", "site"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fetches_at_once")]

PAGE = (
    "<html><head><title>Gauges of the northern rivers</title></head><body><article><h1>Gauges</h1>"
    "<p>The gauge at the dam stood at nine metres on Monday, the highest since records began.</p>"
    "<p>It is read by hand every morning, and checked against the one downstream.</p></article></body></html>"
)


@pytest.fixture
def evidence(site: LoopbackSite) -> Evidence:
    site.pages["/gauges"] = PAGE.encode()
    return make.EvidenceFactory(url=site.url("/gauges"), excerpt="the highest since records began")


def check_again(copy: EvidenceCopy) -> EvidenceCopy:
    EvidenceCopy.objects.filter(pk=copy.pk).update(next_check_at=timezone.now())
    assert check_copy(copy.pk)
    copy.refresh_from_db()
    return copy


def test_the_page_is_kept_with_its_bytes_and_its_text(evidence: Evidence, site: LoopbackSite) -> None:
    copy_evidence()
    copy = EvidenceCopy.objects.get()
    assert (copy.evidence, copy.url, copy.title) == (evidence, evidence.url, "Gauges")
    assert copy.raw.body == PAGE.encode()
    assert "the highest since records began" in copy.text
    assert (copy.sha256, copy.checks) == (copy.sha256.lower(), 1)
    assert copy.next_check_at - copy.last_checked_at == timedelta(days=7)
    assert not Source.objects.filter(url=evidence.url).exists(), "evidence is no article to extract quotes from"


def test_a_copy_is_not_changed_by_what_the_page_says_later(evidence: Evidence, site: LoopbackSite) -> None:
    copy_evidence()
    copy = EvidenceCopy.objects.get()
    text = copy.text
    site.pages["/gauges"] = PAGE.replace("nine", "eight").encode()
    assert check_again(copy).text == text
    assert (copy.checks, RawContent.objects.count()) == (2, 1)


def test_a_page_that_is_gone_is_said_to_be_and_its_copy_kept(evidence: Evidence, site: LoopbackSite) -> None:
    copy_evidence()
    del site.pages["/gauges"]
    copy = check_again(EvidenceCopy.objects.get())
    assert copy.gone_at
    assert copy.raw


def test_a_page_that_was_never_there_has_no_copy(site: LoopbackSite) -> None:
    make.EvidenceFactory(url=site.url("/nowhere"))
    copy_evidence()
    copy = EvidenceCopy.objects.get()
    assert (copy.raw, copy.text) == (None, "")
    assert copy.gone_at


def test_bytes_that_are_no_text_are_kept_alone(site: LoopbackSite) -> None:
    site.pages["/table"] = lambda exchange: exchange.send(body=b"\x00\x01\x02", Content_Type="application/x-table")
    make.EvidenceFactory(url=site.url("/table"))
    copy_evidence()
    copy = EvidenceCopy.objects.get()
    assert (copy.raw.body, copy.text) == (b"\x00\x01\x02", "")


def test_another_address_is_another_copy(evidence: Evidence, site: LoopbackSite) -> None:
    copy_evidence()
    site.pages["/other"] = PAGE.replace("dam", "bridge").encode()
    Evidence.objects.filter(pk=evidence.pk).update(url=site.url("/other"))
    copy_evidence()
    assert "bridge" in EvidenceCopy.objects.get().text
    assert RawContent.objects.count() == 1


def test_evidence_without_an_address_is_not_copied() -> None:
    make.EvidenceFactory(url="", source=make.SourceFactory())
    start_copies()
    assert not EvidenceCopy.objects.exists()


@pytest.mark.parametrize(
    ("text", "excerpt", "found"),
    [
        ("It rained. The dam held.", "The dam held.", "The dam held."),
        ("It rained. The dam\n held.", "The  dam held.", "The dam\n held."),
        ("He said “the dam held”.", 'said "the dam held"', "said “the dam held”"),
        ('He said "it\'s held".', "“it’s held”", '"it\'s held"'),
        ("It cost (roughly) 3.50 a head.", "(roughly) 3.50", "(roughly) 3.50"),
        ("It cost 3050 a head.", "3.50", None),
        ("The dam did not hold.", "The dam did hold.", None),
        ("The dam held.", " ", None),
        ("🌊 The dam held.", "dam", "dam"),
    ],
)
def test_an_excerpt_is_found_in_the_text(text: str, excerpt: str, found: str | None) -> None:
    span = find_excerpt(text, excerpt)
    assert (span and text[slice(*span)]) == found


def test_the_excerpt_is_anchored_in_the_copy(evidence: Evidence) -> None:
    copy_evidence()
    copy = EvidenceCopy.objects.get()
    assert copy.exact == copy.text[copy.start : copy.end] == evidence.excerpt
    assert copy.prefix + copy.exact + copy.suffix in copy.text
    assert copy.prefix.endswith("at nine metres on Monday, ")


def test_a_changed_excerpt_is_looked_for_again(evidence: Evidence) -> None:
    copy_evidence()
    for excerpt, exact in (("no such words", ""), ("read by  hand", "read by hand"), ("", "")):
        evidence.excerpt = excerpt
        save_verification_draft(
            verification=evidence.verification,
            fields=[],
            evidence=[evidence],
            deleted_evidence=[],
            editor=evidence.verification.author,
        )
        copy = EvidenceCopy.objects.get()
        assert (copy.excerpt, copy.exact, copy.start is None) == (excerpt, exact, not exact)


def test_an_excerpt_changed_by_an_undo_is_looked_for_in_time(evidence: Evidence) -> None:
    copy_evidence()
    Evidence.objects.update(excerpt="checked against the one")
    start_copies()
    assert EvidenceCopy.objects.get().exact == "checked against the one"
