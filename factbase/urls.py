from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from claims.admin.people.session_views import session_urls
from claims.api.root import NotFoundView

urlpatterns = [
    path("api/v1/", include("claims.api.urls")),  # first, because most requests are to it
    path("favicon.ico", RedirectView.as_view(url=static("factbase/icon.svg"), permanent=True)),
    path("admin/", include("claims.admin.people.signing_in.urls")),
    path("admin/", include(session_urls(admin.site))),
    path("admin/", admin.site.urls),
    path("", include("claims.pages.urls")),
    re_path(r"^api/(?P<rest>(?s:.*))\Z", NotFoundView.as_view(), name="api-not-found"),
]

handler429 = "claims.admin.people.signing_in.views.too_many_attempts"  # of allauth
handler500 = "factbase.error_responses.respond_to_error"
