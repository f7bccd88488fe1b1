"""The readers' API."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from claims.api.root import CSVWView, DocsView, NothingView, RootView, SchemaView
from claims.api.views import RESOURCES

router = SimpleRouter(use_regex_path=False)
for name, view in RESOURCES.items():
    router.register(name, view, basename=f"api-{name}")

urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    path("claims.csv-metadata.json", CSVWView.as_view(), name="api-claims-csvw"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", DocsView.as_view(), name="api-docs"),
    *router.urls,
    re_path("^(?P<rest>.*)$", NothingView.as_view(), name="api-nothing"),
]
