"""Images, embeds and oEmbed of claims and quotes."""

from abc import abstractmethod
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from csp.decorators import csp_replace
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from claims.export.syndication.atom import replace_unsafe_characters
from claims.models import ResourceKind
from claims.pages.common.page_view import PublicView, removal_title
from claims.pages.common.rows import APIRow, read_row
from claims.pages.embeds.card_image import SIZE, render_card
from claims.pages.embeds.sharing import CARDS
from claims.resources import RESOURCES
from claims.resources.permalinks import absolute_url, page_url
from claims.services.changefeed.removals import Removal, find_removal

EMBED_WIDTH, EMBED_HEIGHT = 600, 320  # CSS pixels
SMALLEST_WIDTH, SMALLEST_HEIGHT = 200, 150
CACHE_SECONDS = 3600  # for which a consumer of oEmbed may keep a response
MAX_URL_LENGTH = 2_000


class SharedView(PublicView):
    """A claim or quote in another form, at the URLs `<url_prefix>-claim` and `-quote`."""

    resource: ClassVar[str] = ""
    url_prefix: ClassVar[str]

    @property
    def kind(self) -> str:
        return self.resource.removesuffix("s")

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        pk: int = kwargs["pk"]
        row = read_row(RESOURCES[self.resource], pk)
        if row is not None:
            return self.show(request, row)
        removal = find_removal(ResourceKind(self.resource), pk)
        if removal is None:
            raise Http404
        if removal.merged_into:
            url = reverse(f"{self.url_prefix}-{self.kind}", kwargs=kwargs | {"pk": removal.merged_into})
            return HttpResponsePermanentRedirect(url)
        return self.show_removal(request, removal)

    @abstractmethod
    def show(self, request: HttpRequest, row: APIRow) -> HttpResponseBase: ...

    def show_removal(self, request: HttpRequest, removal: Removal) -> HttpResponseBase:
        return HttpResponseGone(removal.detail, content_type="text/plain; charset=utf-8")


class CardImageView(SharedView):
    """The image of a claim or quote."""

    url_prefix = "og"
    media_type = "image/png"

    def show(self, request: HttpRequest, row: APIRow) -> HttpResponseBase:
        return HttpResponse(render_card(CARDS[self.resource](row)), content_type=self.media_type)


@method_decorator([xframe_options_exempt, csp_replace({"frame-ancestors": ["*"]})], name="dispatch")
class EmbedView(SharedView):
    """A claim or quote to be shown in a frame of another site, without a script."""

    url_prefix = "embed"

    def show(self, request: HttpRequest, row: APIRow) -> HttpResponseBase:
        context = {"title": row["text"], self.kind: row, "page_url": page_url(self.resource, row["id"], row["text"])}
        return TemplateResponse(request, f"claims/pages/embeds/{self.kind}.html", context)

    def show_removal(self, request: HttpRequest, removal: Removal) -> HttpResponseBase:
        context = {
            "title": removal_title(removal),
            "removal": removal,
            "page_url": page_url(self.resource, removal.pk),
        }
        return TemplateResponse(request, "claims/pages/embeds/removed.html", context, status=HTTPStatus.GONE)


class OEmbedView(PublicView):
    """oEmbed 1.0 (oembed.com): the embed of a claim's or quote's page, for sites that turn a link into it."""

    media_type = "application/json"

    def respond(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        format_name = request.GET.get("format", "json")
        if format_name not in {"json", "xml"}:
            message = _("The format must be json or xml.")
            return HttpResponse(message, status=HTTPStatus.NOT_IMPLEMENTED, content_type="text/plain; charset=utf-8")
        try:
            limits = {name: _parse_limit(request.GET.get(name)) for name in ("maxwidth", "maxheight")}
        except ValueError:
            message = _("maxwidth and maxheight must be whole numbers of pixels.")
            return HttpResponseBadRequest(message, content_type="text/plain; charset=utf-8")
        resource, pk = _page_row(request.GET.get("url", ""))
        row = read_row(RESOURCES[resource], pk)
        if row is None:
            removal = find_removal(ResourceKind(resource), pk)
            raise Http404(removal.detail if removal else "")
        document = _oembed_document(resource, row, **limits)
        if format_name == "xml":
            return HttpResponse(_to_xml(document), content_type="text/xml; charset=utf-8")
        return JsonResponse(document)


def _parse_limit(text: str | None) -> int | None:
    """Returns a number of pixels, or None. Raises ValueError."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text)):
        raise ValueError(text)
    return int(text)


def _page_row(url: str) -> tuple[str, int]:
    """Returns the resource and the id of the row whose page is at this URL. Raises Http404 for any other URL."""
    base = settings.FACTBASE_BASE_URL
    if not url.startswith(f"{base}/") or len(url) > MAX_URL_LENGTH:
        raise Http404
    try:
        match = resolve(urlsplit(url.removeprefix(base)).path)
    except (Resolver404, ValueError) as error:
        raise Http404 from error
    resource = next((name for name in CARDS if match.route.startswith(f"{name}/<int:pk>/")), None)
    if resource is None:
        raise Http404
    return resource, match.kwargs["pk"]


def _oembed_document(resource: str, row: APIRow, *, maxwidth: int | None, maxheight: int | None) -> dict[str, object]:
    width = max(SMALLEST_WIDTH, min(maxwidth or EMBED_WIDTH, EMBED_WIDTH))
    height = max(SMALLEST_HEIGHT, min(maxheight or EMBED_HEIGHT, EMBED_HEIGHT))
    kind = resource.removesuffix("s")
    context = {"url": absolute_url(f"embed-{kind}", row["id"]), "title": row["text"], "width": width, "height": height}
    document: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": row["text"],
        "provider_name": settings.FACTBASE_SITE_NAME,
        "provider_url": f"{settings.FACTBASE_BASE_URL}/",
        "cache_age": CACHE_SECONDS,
        "html": render_to_string("claims/pages/embeds/frame.html", context).strip(),
        "width": width,
        "height": height,
    }
    if speaker := row["speaker"]:
        document["author_name"] = speaker["name"]
        document["author_url"] = page_url("speakers", speaker["id"], speaker["name"])
    if (maxwidth or SIZE[0]) >= SIZE[0] and (maxheight or SIZE[1]) >= SIZE[1]:  # the limits hold for it, too
        document["thumbnail_url"] = absolute_url(f"og-{kind}", row["id"])
        document["thumbnail_width"], document["thumbnail_height"] = SIZE
    return document


def _to_xml(document: dict[str, object]) -> bytes:
    root = ET.Element("oembed")
    for name, value in document.items():
        ET.SubElement(root, name).text = replace_unsafe_characters(str(value))
    xml: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml
