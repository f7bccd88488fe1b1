"""The pages that are measured: each at the project's address, and at the same page's of the plain admin."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from benchmarks.dataset.generated_articles import ABSENT_WORD, FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from claims.models import Claim, Quote, Snapshot, Source, Speaker, Topic, Verification

DEEP_PAGE_NUMBER = 5000  # the page, where there are so many
SEARCHES = {
    "frequent": FREQUENT_WORD,
    "middling": MEDIUM_WORD,
    "rare": RARE_WORD,
    "two words": f"{FREQUENT_WORD} {MEDIUM_WORD}",
    "nothing": ABSENT_WORD,
}


@dataclass(frozen=True, slots=True)
class MeasuredPage:
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


def list_measured_pages(rows: int) -> list[MeasuredPage]:
    """All of them, for so many quotes."""
    start = (reverse("admin:index"), reverse("untuned:index"))
    found = [
        MeasuredPage("start page", *start),
        MeasuredPage("start page, first in five minutes", *start, counted_anew=True),
    ]
    found += list_queue_pages()
    for model in (Quote, Claim, Speaker, Source, Verification):
        found.append(list_page(model, "list"))
        searches = SEARCHES if model is not Speaker else speaker_searches()
        found += [list_page(model, f"search, {name}", q=word) for name, word in searches.items()]
    found += [list_page(Quote, f"page {DEEP_PAGE_NUMBER}, or the last", p=min(DEEP_PAGE_NUMBER, rows // 50))]
    found += [
        list_page(Quote, "pending, later page", p=min(DEEP_PAGE_NUMBER, rows // 50) // 2, decision__exact="pending")
    ]
    found += list_filtered_pages()
    found += [change_page(middle_row(model)) for model in (Quote, Claim, Verification)]
    found.append(change_page(middle_row(Speaker)))
    found.append(change_page(source := middle_row(Source), source.snapshots.latest("pk")))
    for field, word in {"speaker": "ba", "claim": FREQUENT_WORD}.items():
        asked = urlencode({"app_label": "claims", "model_name": "quote", "field_name": field, "term": word})
        found.append(
            MeasuredPage(
                f"autocomplete, {field}",
                f"{reverse('admin:autocomplete')}?{asked}",
                f"{reverse('untuned:autocomplete')}?{asked}",
            )
        )
    return found


def list_queue_pages() -> list[MeasuredPage]:
    """The review screen at the first quote of a queue, and in the midst of all that wait.

    A plain admin has no such screen: there one decides on a quote on its own page, which shows less of it.
    """
    waiting = Quote.objects.pending()
    quote = (
        waiting.filter(snapshot=middle_row(Snapshot)).exclude(speaker=None).first() or waiting.exclude(speaker=None)[0]
    )
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
    plain = change_page(quote).untuned
    return [
        MeasuredPage(f"queue: {name}", f"{reverse('admin:claims_review')}?{urlencode(of)}", plain, spared=2)
        for name, of in asked.items()
    ]


def speaker_searches() -> dict[str, str]:
    """What speakers are searched for."""
    name: str = middle_row(Speaker).name
    return {"frequent": "ban", "whole name": name, "last name": name.rsplit(maxsplit=1)[-1], "nothing": ABSENT_WORD}


def list_filtered_pages() -> list[MeasuredPage]:
    """Filters of each list; where the plain admin says them otherwise, in its way."""
    source = middle_row(Source)
    speaker = Quote.objects.exclude(speaker=None).values_list("speaker", flat=True)[0]
    topic = Topic.objects.order_by("pk")[0].pk
    return [
        list_page(Quote, "pending", decision__exact="pending"),
        list_page(Quote, "rejected", decision__exact="rejected"),
        list_page(Quote, "mixed", kind__exact="mixed"),
        list_page(Quote, "thought", act__exact="thought"),
        list_page(Quote, "one speaker", speaker__id__exact=speaker),
        list_page(
            Quote, "one publisher", {"publisher": source.publisher}, snapshot__source__publisher=source.publisher
        ),
        list_page(Quote, "low confidence", {"confidence": "low"}, confidence__gte=0, confidence__lt=0.7),
        list_page(Quote, "unresolved", {"has_speaker": "no"}, speaker__isnull=True),
        list_page(Quote, "pending, mixed, found", decision__exact="pending", kind__exact="mixed", q=FREQUENT_WORD),
        list_page(Claim, "one topic", topics__id__exact=topic),
        list_page(Claim, "one speaker", speaker__id__exact=speaker),
        list_page(
            Claim, "true", {"status": "true"}, verifications__state="published", verifications__rating__slug="true"
        ),
        list_page(Claim, "unreviewed", {"status": "unreviewed"}, verifications__isnull=True),
        list_page(Claim, "embargo", {"publication": "embargo"}, released_at__gt="2100-01-01"),
        list_page(Source, "one publisher", publisher=source.publisher),
        list_page(Source, "one language", language="de"),
        list_page(Speaker, "persons", kind__exact="person"),
        list_page(Verification, "submitted", state__exact="submitted"),
    ]


def middle_row(model: type[Model]) -> Any:
    """A row that is neither the first nor the last."""
    rows = model._default_manager.order_by("pk")
    return rows[rows.count() // 2]


def list_page(model: type[Model], name: str, ours: dict[str, Any] | None = None, **asked: Any) -> MeasuredPage:
    """A list; `ours` is how the project's is asked for what `asked` asks the plain one for."""
    of = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
    return MeasuredPage(
        f"{model._meta.verbose_name_plural}: {name}",
        f"{reverse(f'admin:{of}')}?{urlencode(asked if ours is None else ours)}",
        f"{reverse(f'untuned:{of}')}?{urlencode(asked)}",
        is_list=True,
        spared=1,  # of a list in which nothing is found, no row is read
    )


def change_page(row: Model, plain: Model | None = None) -> MeasuredPage:
    """A row's page; `plain` is the row on whose page a plain admin shows the same, where it is another."""
    of, other = (f"{each._meta.app_label}_{each._meta.model_name}_change" for each in (row, plain or row))
    return MeasuredPage(
        f"{row._meta.verbose_name}: page",
        reverse(f"admin:{of}", args=[row.pk]),
        reverse(f"untuned:{other}", args=[(plain or row).pk]),
    )
