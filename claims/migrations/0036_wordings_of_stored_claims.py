"""Which stored claims have a wording that an editor confirmed: those released, and those that an editor made or edited.

The others are proposals: worded like one of their quotes, and nothing was done with them.

Backwards, entries of the history and operations get the causes and verbs of then.
"""

import re

from django.db import migrations
from django.db.models import Exists, F, OuterRef, Q, Subquery

TRAILING_PUNCTUATION = re.compile(r"[\s,;:—–-]+$")
CHUNK_SIZE = 2000


def claim_wording(exact):
    """The wording that was proposed for a quote."""
    text = TRAILING_PUNCTUATION.sub("", " ".join(exact.split())) or exact
    return text[:1].title() + text[1:]


def confirm_wordings(apps, schema_editor):
    alias = schema_editor.connection.alias
    claims, quotes = (apps.get_model("claims", name).objects.using(alias) for name in ("Claim", "Quote"))
    claims.filter(released_at__isnull=False).update(wording_confirmed_at=F("released_at"))
    unconfirmed = claims.filter(wording_confirmed_at=None).order_by()
    related = [
        apps.get_model("claims", name).objects.using(alias).filter(**{column: OuterRef("pk")}, **conditions)
        for name, column, conditions in (
            ("Verification", "claim", {}),
            ("ClaimAmendment", "claim", {}),
            ("Correction", "claim", {}),
            ("ClaimRelation", "first", {"decided_by__isnull": False}),
            ("ClaimRelation", "second", {"decided_by__isnull": False}),
        )
    ]
    related.append(apps.get_model("claims", "Claim").topics.through.objects.using(alias).filter(claim=OuterRef("pk")))
    is_edited = Q(said_on__isnull=False) | Q(merged_into__isnull=False) | ~Exists(quotes.filter(claim=OuterRef("pk")))
    for rows in related:
        is_edited |= Exists(rows)
    unconfirmed.filter(is_edited).update(wording_confirmed_at=F("updated_at"))
    last = 0
    while chunk := dict(unconfirmed.filter(pk__gt=last).order_by("pk").values_list("pk", "text")[:CHUNK_SIZE]):
        last = max(chunk)
        proposed = {
            claim
            for claim, exact in quotes.filter(claim__in=chunk).values_list("claim", "exact")
            if claim_wording(exact) == chunk[claim]
        }
        claims.filter(pk__in=chunk.keys() - proposed).update(wording_confirmed_at=F("updated_at"))
    confirmed_at = claims.filter(pk=OuterRef("id")).values("wording_confirmed_at")
    apps.get_model("claims", "HistoricalClaim").objects.using(alias).update(wording_confirmed_at=Subquery(confirmed_at))


def forget_releases(apps, schema_editor):
    alias = schema_editor.connection.alias
    history = apps.get_model("claims", "HistoricalClaim").objects.using(alias)
    history.filter(history_cause__in=["released", "unclaimed"]).update(history_cause="edited")
    operations = apps.get_model("claims", "Operation").objects.using(alias)
    operations.filter(verb__in=["release claim", "release claims"]).update(verb="edit claim")


class Migration(migrations.Migration):
    dependencies = [("claims", "0035_claim_wording_confirmed_at")]

    operations = [migrations.RunPython(confirm_wordings, forget_releases)]
