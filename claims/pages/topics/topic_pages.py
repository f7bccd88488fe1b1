"""The list of topics, and the page of a topic."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.pages.common.page import Page, atom_alternate, csv_alternate, json_alternate
from claims.pages.common.page_view import PageView
from claims.pages.common.rows import read_rows
from claims.pages.topics.topic_row import TopicRow
from claims.resources.counts.count_by import count_by
from claims.resources.permalinks import list_url, page_path
from claims.resources.quotes import QUOTES
from claims.resources.topics import TOPICS

MAX_LISTED = 500
MAX_SPEAKERS = 10


class TopicListView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        fields = ("slug", "name", "description", "claims")
        topics = read_rows(TOPICS, TOPICS.rows().order_by("name", "id")[: MAX_LISTED + 1], fields=fields)
        return Page(
            template="claims/pages/topics.html",
            title=_("Topics"),
            path=reverse("page-topics"),
            alternates=(json_alternate(list_url("topics")), csv_alternate(list_url("topics", format="csv"))),
            context={
                "topics": topics[:MAX_LISTED],
                "max_listed": MAX_LISTED,
                "has_more": len(topics) > MAX_LISTED,
                "all_topics_url": list_url("topics"),
            },
        )


class TopicPageView(PageView):
    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        slug: str = kwargs["slug"]
        rows = read_rows(TOPICS, TOPICS.rows().filter(slug=slug), serializer_class=TopicRow)
        if not rows:
            raise Http404
        (topic,) = rows
        return Page(
            template="claims/pages/topic.html",
            title=topic["name"],
            description=topic["description"],
            path=page_path("topics", slug),
            alternates=(
                json_alternate(topic["url"]),
                csv_alternate(list_url("claims", topic=slug, format="csv")),
                atom_alternate(list_url("quotes", topic=slug, format="atom")),
            ),
            context={
                "topic": topic,
                "speakers": count_by(QUOTES, "speaker", {"topic": [slug]}, limit=MAX_SPEAKERS).groups,
            },
        )
