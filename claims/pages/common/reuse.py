"""How readers use a page: cite it, embed it, report an error in it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from claims.export.citations import CITATION_FORMATS, Citation, apa
from claims.pages.embeds.views import EMBED_HEIGHT, EMBED_WIDTH
from claims.resources.permalinks import absolute_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    apa: str
    citation_files: list[tuple[str, str]]  # label, path
    embed_url: str
    report_path: str
    width: int = EMBED_WIDTH
    height: int = EMBED_HEIGHT


def reuse_of(resource: str, pk: int, citation: Citation) -> Reuse:
    kind = resource.removesuffix("s")
    return Reuse(
        apa=apa(citation),
        citation_files=[
            (file_format.label, reverse(f"cite-{kind}", args=[pk, extension]))
            for extension, file_format in CITATION_FORMATS.items()
        ],
        embed_url=absolute_url(f"embed-{kind}", pk),
        report_path=f"{reverse('report-error')}?{urlencode({kind: pk})}",
    )
