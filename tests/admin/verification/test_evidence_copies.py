"""A verification's page shows the copies of its evidence, and whether the excerpts stand in them."""

import hashlib

from django.test import Client
from django.utils import timezone

from claims.articles import RawContent as Bytes
from claims.models import EvidenceCopy, RawContent
from claims.services.verification.evidence_copies import anchor_excerpts
from tests import factories as make
from tests.admin.admin_client import admin_url

TEXT = "The gauge stood at nine metres on Monday, the highest since records began."


def verification_page(client: Client, *, excerpt: str = "", **fields: object) -> str:
    evidence = make.EvidenceFactory(excerpt=excerpt)
    EvidenceCopy.objects.create(evidence=evidence, url=evidence.url, **fields)
    anchor_excerpts(EvidenceCopy.objects.all())
    return client.get(admin_url("change", evidence.verification)).content.decode()


def copy_fields(text: str = TEXT) -> dict[str, object]:
    raw = RawContent.of(Bytes(text.encode(), "text/plain")).get_or_save()
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"text": text, "sha256": digest, "raw": raw, "retrieved_at": timezone.now(), "checks": 1}


def test_an_excerpt_is_shown_where_it_stands(client: Client) -> None:
    page = verification_page(client, excerpt="nine  metres on Monday", **copy_fields())
    assert (
        '…The gauge stood at <mark class="fb-mark fb-quote-accepted">nine metres on Monday</mark>, the highest' in page
    )


def test_an_excerpt_that_does_not_stand_in_the_page_is_a_warning(client: Client) -> None:
    assert "The excerpt does not stand in the text" in verification_page(client, excerpt="ten metres", **copy_fields())
    assert "The excerpt does not stand in the text" not in verification_page(client, **copy_fields())


def test_a_page_that_is_gone_is_a_warning(client: Client) -> None:
    gone = {"gone_at": timezone.now(), "reason": "the site has no such page (404)"}
    assert "The copy is kept." in verification_page(client, **copy_fields(), **gone)
    assert "There is no copy." in verification_page(client, **gone)


def test_a_copy_that_is_to_be_made_is_announced(client: Client) -> None:
    assert "The page will be copied shortly." in verification_page(client, next_check_at=timezone.now())
