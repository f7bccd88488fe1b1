"""The readers' API."""

from itertools import chain

from django.urls import URLPattern, path, re_path
from rest_framework.routers import SimpleRouter

from claims.api.resources.exportable import ExportableViewSet
from claims.api.resources.proof import ProofView, SnapshotView
from claims.api.resources.viewsets import RESOURCES
from claims.api.root import CSVWView, DocsView, NotFoundView, RootView, SchemaView

SNAPSHOT_PATTERN = "^sources/(?P<pk>[0-9]{1,19})/snapshots/(?P<sha256>[0-9a-f]{64})/$"
router = SimpleRouter(use_regex_path=False)
for name, view in RESOURCES.items():
    router.register(name, view, basename=f"api-{name}")


def format_urls(name: str, view: type[ExportableViewSet]) -> list[URLPattern]:
    """The addresses of a list and its rows that end in a form's name: `quotes.csv`, `quotes/12.jsonld`."""
    basename = f"api-{name}"
    rows = view.as_view({"get": "list"}, basename=basename, detail=False)
    row = view.as_view({"get": "retrieve"}, basename=basename, detail=True)
    return [
        path(f"{name}.csv-metadata.json", CSVWView.as_view(kind=name), name=f"{basename}-csvw"),
        path(f"{name}.<slug:format>", rows),
        path(f"{name}/<int:pk>.<slug:format>", row),
    ]


urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    *router.urls,  # before the others: each pattern that is tried takes its time
    *chain.from_iterable(format_urls(name, view) for name, view in RESOURCES.items()),
    path("quotes/<int:pk>/proof/", ProofView.as_view(), name="api-proof"),
    re_path(
        "^sources/(?P<pk>[0-9]{1,19})/snapshots/(?P<sha256>[0-9a-f]{64})/$", SnapshotView.as_view(), name="api-snapshot"
    ),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    re_path(r"^(?P<rest>(?s:.*))\Z", NotFoundView.as_view(), name="api-nothing"),
]
