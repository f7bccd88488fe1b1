"""The page of feeds: what can be subscribed to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.pages.common.page import Page, atom_alternate
from claims.pages.common.page_view import PageView
from claims.resources import RESOURCES
from claims.resources.permalinks import list_page_path, list_url


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, what is in it, and the list of the same rows, if pages have one."""

    title: str
    description: str
    url: str
    list_path: str = ""


class FeedsPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        feeds = _feeds()
        return Page(
            template="claims/pages/site/feeds.html",
            title=_("Feeds"),
            path=reverse("page-feeds"),
            description=_("New verdicts, quotes and corrections as Atom feeds."),
            alternates=tuple(atom_alternate(feed.url) for feed in feeds),
            context={"feeds": feeds},
        )


def _feeds() -> list[Feed]:
    described = {
        "verifications": (
            _("Verdicts"),
            _("Each new verdict on a claim, with its explanation, by date of publication."),
            list_page_path("claims", has_verdict="true"),
        ),
        "claims": (_("Claims"), _("Each new claim, checked or not."), list_page_path("claims")),
        "quotes": (
            _("Quotes"),
            _("Each quote that an editor has accepted, with its speaker and its source."),
            list_page_path("quotes"),
        ),
        "corrections": (
            _("Corrections"),
            _("Each change of something already published: before, after, and why."),
            list_page_path("corrections"),
        ),
    }
    feeds = [
        Feed(title, description, list_url(name, format="atom"), path)
        for name, (title, description, path) in described.items()
        if "atom" in RESOURCES[name].page_formats
    ]
    repeats = Feed(
        _("Said again since the verdict"),
        _("Each quote that says a claim again after its verdict."),
        list_url("quotes", after_verdict="true", format="atom"),
        list_page_path("quotes", after_verdict="true"),
    )
    return [*feeds, repeats]
