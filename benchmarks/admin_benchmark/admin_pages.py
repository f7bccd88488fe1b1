"""The measured pages: each with its URL, and that of the same page of the untuned admin."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from benchmarks.dataset.generated_articles import ABSENT_WORD, FREQUENT_WORD, MEDIUM_WORD, RARE_WORD
from claims.models import Claim, Quote, Snapshot, Source, Speaker, Topic, Verification

DEEP_PAGE_NUMBER = 5000  # or the last page, if there are fewer
SEARCHES = {
    "frequent": FREQUENT_WORD,
    "middling": MEDIUM_WORD,
    "rare": RARE_WORD,
    "two words": f"{FREQUENT_WORD} {MEDIUM_WORD}",
    "nothing": ABSENT_WORD,
}


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page and the same page of the untuned admin.

    `spared` is the number of queries that the page may save with few rows, because it needs no second query if a first
    one finds nothing. `clear_cache` makes the page compute all of its figures again.
    """

    name: str
    ours: str
    untuned: str
    is_list: bool = False
    spared: int = 0
    clear_cache: bool = False


def list_measured_pages(rows: int) -> list[MeasuredPage]:
    """Returns all pages, for a database with so many quotes."""
    start = (reverse("admin:index"), reverse("untuned:index"))
    pages = [
        MeasuredPage("dashboard", *start),
        MeasuredPage("dashboard, not cached", *start, clear_cache=True),
    ]
    pages += list_queue_pages()
    for model in (Quote, Claim, Speaker, Source, Verification):
        pages.append(list_page(model, "list"))
        searches = SEARCHES if model is not Speaker else speaker_searches()
        pages += [list_page(model, f"search, {name}", q=word) for name, word in searches.items()]
    pages += [list_page(Quote, f"page {DEEP_PAGE_NUMBER}, or the last", p=min(DEEP_PAGE_NUMBER, rows // 50))]
    pages += [
        list_page(Quote, "pending, later page", p=min(DEEP_PAGE_NUMBER, rows // 50) // 2, decision__exact="pending")
    ]
    pages += list_filtered_pages()
    pages += [change_page(middle_row(model)) for model in (Quote, Claim, Verification)]
    pages.append(change_page(middle_row(Speaker)))
    pages.append(change_page(source := middle_row(Source), source.snapshots.latest("pk")))
    for field, word in {"speaker": "ba", "claim": FREQUENT_WORD}.items():
        query = urlencode({"app_label": "claims", "model_name": "quote", "field_name": field, "term": word})
        pages.append(
            MeasuredPage(
                f"autocomplete, {field}",
                f"{reverse('admin:autocomplete')}?{query}",
                f"{reverse('untuned:autocomplete')}?{query}",
            )
        )
    return pages


def list_queue_pages() -> list[MeasuredPage]:
    """Returns the review screen at the first quote of a queue, and in the middle of all pending quotes.

    The untuned admin has no such screen: editors decide on a quote on its own page, which shows less.
    """
    pending = Quote.objects.pending()
    quote = (
        pending.filter(snapshot=middle_row(Snapshot)).exclude(speaker=None).first() or pending.exclude(speaker=None)[0]
    )
    queues = {
        "all": {},
        "middle": {"quote": quote.pk},
        "one source": {"source": quote.snapshot.source_id},
        "one speaker": {"speaker": quote.speaker_id},
        "speaker not known": {"speaker": "none"},
        "low confidence": {"confidence": "low"},
        "one topic, decided": {"topic": Topic.objects.order_by("pk")[0].pk, "decision": "accepted"},
        "mine": {"mine": "1"},
    }
    untuned = change_page(quote).untuned
    return [
        MeasuredPage(f"queue: {name}", f"{reverse('admin:claims_review')}?{urlencode(query)}", untuned, spared=2)
        for name, query in queues.items()
    ]


def speaker_searches() -> dict[str, str]:
    name: str = middle_row(Speaker).name
    return {"frequent": "ban", "whole name": name, "last name": name.rsplit(maxsplit=1)[-1], "nothing": ABSENT_WORD}


def list_filtered_pages() -> list[MeasuredPage]:
    """Returns filtered lists; some filters have other parameters in the untuned admin."""
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
    """Returns a row from the middle of the table."""
    rows = model._default_manager.order_by("pk")
    return rows[rows.count() // 2]


def list_page(model: type[Model], name: str, ours: dict[str, Any] | None = None, **query: Any) -> MeasuredPage:
    """Returns a list; `ours` are its parameters if they differ from those of the untuned admin."""
    view = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
    return MeasuredPage(
        f"{model._meta.verbose_name_plural}: {name}",
        f"{reverse(f'admin:{view}')}?{urlencode(query if ours is None else ours)}",
        f"{reverse(f'untuned:{view}')}?{urlencode(query)}",
        is_list=True,
        spared=1,  # a list without results reads no rows
    )


def change_page(row: Model, untuned_row: Model | None = None) -> MeasuredPage:
    """Returns a row's page; `untuned_row` is the row whose page shows the same in the untuned admin, if it differs."""
    view, untuned_view = (
        f"{model._meta.app_label}_{model._meta.model_name}_change" for model in (row, untuned_row or row)
    )
    return MeasuredPage(
        f"{row._meta.verbose_name}: page",
        reverse(f"admin:{view}", args=[row.pk]),
        reverse(f"untuned:{untuned_view}", args=[(untuned_row or row).pk]),
    )
