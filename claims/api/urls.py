"""URLs of the API."""

from itertools import chain

from django.urls import URLPattern, path, re_path
from rest_framework.routers import SimpleRouter

from claims.api.intake.draft_check import DraftCheckView
from claims.api.intake.views import ArticlesView, DeliveryView
from claims.api.resources.counts import COUNT_VIEWS, CountsView
from claims.api.resources.match import MatchView
from claims.api.resources.proof import ProofView, SnapshotView
from claims.api.resources.viewsets import CSV_METADATA_VIEWSETS, VIEWSETS, ResourceViewSet, suffixes_for
from claims.api.root import DocsView, NotFoundView, RootView, SchemaView
from claims.export.tabular import csvw

_SNAPSHOT_PATTERN = "^sources/(?P<pk>[0-9]{1,19})/snapshots/(?P<sha256>[0-9a-f]{64})/$"
router = SimpleRouter(use_regex_path=False)
for name, view in VIEWSETS.items():
    router.register(name, view, basename=f"api-{name}")


def format_urls(name: str, view: type[ResourceViewSet]) -> list[URLPattern]:
    """Returns the URLs of a resource that end in a format: `quotes.csv`, `quotes/12.jsonld`."""
    basename = f"api-{name}"
    metadata_view = CSV_METADATA_VIEWSETS[name].as_view(
        {"get": "list"}, suffix_format=csvw.SUFFIX, basename=basename, detail=False
    )
    urls = [path(f"{name}.{csvw.SUFFIX}", metadata_view, name=f"{basename}-csvw")]
    for action, detail, prefix in (("list", False, name), ("retrieve", True, f"{name}/<int:pk>")):
        options = {"basename": basename, "detail": detail}
        urls += [
            path(f"{prefix}.{suffix}", view.as_view({"get": action}, suffix_format=suffix, **options))
            for suffix in suffixes_for(view.resource, detail=detail)
        ]
        urls.append(path(f"{prefix}.<str:format>", view.as_view({"get": action}, **options)))
    return urls


def counts_urls(name: str, view: type[CountsView]) -> list[URLPattern]:
    return [
        path(f"{name}/counts/", view.as_view(), name=f"api-{name}-counts"),
        path(f"{name}/counts.csv", view.as_view(suffix_format="csv")),
        path(f"{name}/counts.<slug:format>", view.as_view()),
    ]


urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    *router.urls,  # first: every pattern that is tried takes time
    *chain.from_iterable(format_urls(name, view) for name, view in VIEWSETS.items()),
    *chain.from_iterable(counts_urls(name, view) for name, view in COUNT_VIEWS.items()),
    path("quotes/<int:pk>/proof/", ProofView.as_view(), name="api-proof"),
    re_path(_SNAPSHOT_PATTERN, SnapshotView.as_view(), name="api-snapshot"),
    path("match/", MatchView.as_view(), name="api-match"),
    path("check/", DraftCheckView.as_view(), name="api-check"),
    path("articles/", ArticlesView.as_view(), name="api-articles"),
    path("deliveries/<int:pk>/", DeliveryView.as_view(), name="api-delivery"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    re_path(r"^(?P<rest>(?s:.*))\Z", NotFoundView.as_view(), name="api-not-found"),
]
