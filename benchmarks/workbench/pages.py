"""The pages that are measured: each at the project's address, and at the same page's of the plain admin."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from benchmarks.workbench.articles import FREQUENT, MIDDLING, NOWHERE, RARE
from claims.models import Claim, Quote, Snapshot, Source, Speaker, Topic, Verification

DEEP = 5000  # the page, where there are so many
SEARCHES = {
    "frequent": FREQUENT,
    "middling": MIDDLING,
    "rare": RARE,
    "two words": f"{FREQUENT} {MIDDLING}",
    "nothing": NOWHERE,
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and the plain admin's address of it.

    Of a list at most five queries are asked, of any page that they do not grow: with a few rows it may take up to
    `spared` less, since of what there is none, nothing more is asked. `counted_anew` is a page of which nothing is kept
    from the last time that it was looked at.
    """

    name: str
    ours: str
    untuned: str
    is_list: bool = False
    spared: int = 0
    counted_anew: bool = False


def pages(rows: int) -> list[Page]:
    """All of them, for so many quotes."""
    start = (reverse("admin:index"), reverse("untuned:index"))
    found = [Page("start page", *start), Page("start page, first in five minutes", *start, counted_anew=True)]
    found += queues()
    for model in (Quote, Claim, Speaker, Source, Verification):
        found.append(listed(model, "list"))
        searches = SEARCHES if model is not Speaker else names()
        found += [listed(model, f"search, {name}", q=word) for name, word in searches.items()]
    found += [listed(Quote, f"page {DEEP}, or the last", p=min(DEEP, rows // 50))]
    found += [listed(Quote, "pending, later page", p=min(DEEP, rows // 50) // 2, decision__exact="pending")]
    found += filtered()
    found += [changed(middle(model)) for model in (Quote, Claim, Verification)]
    found.append(changed(middle(Speaker)))
    found.append(changed(source := middle(Source), source.snapshots.latest("pk")))
    for field, word in {"speaker": "ba", "claim": FREQUENT}.items():
        asked = urlencode({"app_label": "claims", "model_name": "quote", "field_name": field, "term": word})
        found.append(
            Page(
                f"autocomplete, {field}",
                f"{reverse('admin:autocomplete')}?{asked}",
                f"{reverse('untuned:autocomplete')}?{asked}",
            )
        )
    return found


def queues() -> list[Page]:
    """The review screen at the first quote of a queue, and in the midst of all that wait.

    A plain admin has no such screen: there one decides on a quote on its own page, which shows less of it.
    """
    waiting = Quote.objects.pending()
    quote = waiting.filter(snapshot=middle(Snapshot)).exclude(speaker=None).first() or waiting.exclude(speaker=None)[0]
    asked = {
        "all": {},
        "in the midst": {"quote": quote.pk},
        "one source": {"source": quote.snapshot.source_id},
        "one speaker": {"speaker": quote.speaker_id},
        "speaker not known": {"speaker": "none"},
        "low confidence": {"confidence": "low"},
        "one topic, decided": {"topic": Topic.objects.order_by("pk")[0].pk, "decision": "accepted"},
        "mine": {"mine": "1"},
    }
    plain = changed(quote).untuned
    return [
        Page(f"queue: {name}", f"{reverse('admin:claims_review')}?{urlencode(of)}", plain, spared=2)
        for name, of in asked.items()
    ]


def names() -> dict[str, str]:
    """What speakers are searched for."""
    name: str = middle(Speaker).name
    return {"frequent": "ban", "whole name": name, "last name": name.rsplit(maxsplit=1)[-1], "nothing": NOWHERE}


def filtered() -> list[Page]:
    """Filters of each list; where the plain admin says them otherwise, in its way."""
    source = middle(Source)
    speaker = Quote.objects.exclude(speaker=None).values_list("speaker", flat=True)[0]
    topic = Topic.objects.order_by("pk")[0].pk
    return [
        listed(Quote, "pending", decision__exact="pending"),
        listed(Quote, "rejected", decision__exact="rejected"),
        listed(Quote, "mixed", kind__exact="mixed"),
        listed(Quote, "thought", act__exact="thought"),
        listed(Quote, "one speaker", speaker__id__exact=speaker),
        listed(Quote, "one publisher", {"publisher": source.publisher}, snapshot__source__publisher=source.publisher),
        listed(Quote, "low confidence", {"confidence": "low"}, confidence__gte=0, confidence__lt=0.7),
        listed(Quote, "unresolved", {"has_speaker": "no"}, speaker__isnull=True),
        listed(Quote, "pending, mixed, found", decision__exact="pending", kind__exact="mixed", q=FREQUENT),
        listed(Claim, "one topic", topics__id__exact=topic),
        listed(Claim, "one speaker", speaker__id__exact=speaker),
        listed(Claim, "true", {"status": "true"}, verifications__state="published", verifications__rating__slug="true"),
        listed(Claim, "unreviewed", {"status": "unreviewed"}, verifications__isnull=True),
        listed(Claim, "embargo", {"publication": "embargo"}, released_at__gt="2100-01-01"),
        listed(Source, "one publisher", publisher=source.publisher),
        listed(Source, "one language", language="de"),
        listed(Speaker, "persons", kind__exact="person"),
        listed(Verification, "submitted", state__exact="submitted"),
    ]


def middle(model: type[Model]) -> Any:
    """A row that is neither the first nor the last."""
    rows = model._default_manager.order_by("pk")
    return rows[rows.count() // 2]


def listed(model: type[Model], name: str, ours: dict[str, Any] | None = None, **asked: Any) -> Page:
    """A list; `ours` is how the project's is asked for what `asked` asks the plain one for."""
    of = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
    return Page(
        f"{model._meta.verbose_name_plural}: {name}",
        f"{reverse(f'admin:{of}')}?{urlencode(asked if ours is None else ours)}",
        f"{reverse(f'untuned:{of}')}?{urlencode(asked)}",
        is_list=True,
        spared=1,  # of a list in which nothing is found, no row is read
    )


def changed(row: Model, plain: Model | None = None) -> Page:
    """A row's page; `plain` is the row on whose page a plain admin shows the same, where it is another."""
    of, other = (f"{each._meta.app_label}_{each._meta.model_name}_change" for each in (row, plain or row))
    return Page(
        f"{row._meta.verbose_name}: page",
        reverse(f"admin:{of}", args=[row.pk]),
        reverse(f"untuned:{other}", args=[(plain or row).pk]),
    )
