"""The page of the data: its licence, how to cite it, and all that is released for download."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import parse_etags
from django.views.generic import View

from claims.export.dump.stored_dumps import Dump, list_versions, read_dump
from claims.http import etags
from claims.models import SitePageSlug
from claims.pages.common.page import Page
from claims.pages.common.page_view import PageView
from claims.pages.common.site_context import current_site
from claims.resources.permalinks import list_url
from claims.services.site.site_texts import SiteText, read_site_text

LATEST = "latest"


class DataPageView(PageView):
    def validator_parts(self) -> tuple[str, ...]:
        return tuple(list_versions())

    def page(self, request: HttpRequest, **kwargs: Any) -> Page:
        text = read_site_text(SitePageSlug.DATA)
        versions = list_versions()
        newest = read_dump(versions[0]) if versions else None
        return Page(
            template="claims/pages/site/data.html",
            title=text.title,
            path=reverse("page-data"),
            structured_data=_dataset(text, newest) if newest else None,
            modified_at=newest.created_at if newest else "",
            context={
                "text": text,
                "dump": newest,
                "earlier_versions": versions[1:],
                "list_files": [(f"{name}.csv", list_url(name, format="csv")) for name in ("claims", "quotes")],
            },
        )


class DumpFileView(View):
    """A file of a dump. Only files that its manifest names are read."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, version: str, name: str) -> HttpResponseBase:
        versions = list_versions()
        dump = read_dump(versions[0] if version == LATEST and versions else version)
        media_type = dump.media_type_of(name) if dump else None
        if dump is None or media_type is None:
            raise Http404
        if version == LATEST:
            return HttpResponseRedirect(reverse("dump-file", args=[dump.version, name]))
        etag = f'"{dump.version}-{name}"'  # a version never changes
        if etag in parse_etags(request.headers.get("If-None-Match", "").replace("W/", "")):
            return HttpResponse(status=304, headers={"ETag": etag})
        response = FileResponse((dump.directory / name).open("rb"), content_type=media_type, filename=name)
        response.headers["ETag"] = etag
        etags.set_cache_headers(response)
        return response


def _dataset(text: SiteText, dump: Dump) -> dict[str, object]:
    """Returns the description of the dump for dataset search engines."""
    site = current_site()
    base = settings.FACTBASE_BASE_URL
    dataset: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{site.name}: {text.title}",
        "description": "Attributed quotes, claims and their verdicts, with sources, evidence and corrections.",
        "url": f"{base}{reverse('page-data')}",
        "version": dump.version,
        "dateModified": dump.created_at,
        "creator": {"@type": "Organization", "name": site.publisher, "url": site.url},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": file.media_type.partition(";")[0],
                "contentUrl": f"{base}{reverse('dump-file', args=[dump.version, file.name])}",
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in dump.files
        ],
    }
    return dataset | ({"license": site.licence_url} if site.licence_url else {})
