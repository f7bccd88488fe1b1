"""The texts of the site: the operator's own, or else a default that says how factbase works."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from claims.models import SitePage, SitePageSlug

DEFAULT_TITLES = {
    SitePageSlug.ABOUT: _("About this site"),
    SitePageSlug.METHODOLOGY: _("How we work"),
    SitePageSlug.CORRECTIONS: _("How we correct mistakes"),
    SitePageSlug.DATA: _("Data and licence"),
}


@dataclass(frozen=True, slots=True)
class SiteText:
    """A title and a text in Markdown. `updated_at` is None for a default text."""

    title: str
    markdown: str
    updated_at: datetime | None


def read_site_text(slug: SitePageSlug) -> SiteText:
    """Returns the text of a page as readers see it, by one query."""
    page = SitePage.objects.filter(slug=slug).first() or SitePage(slug=slug)
    written = bool(page.text.strip())
    return SiteText(
        title=page.title or str(DEFAULT_TITLES[slug]),
        markdown=page.text if written else default_text(slug),
        updated_at=page.updated_at if written else None,
    )


def default_text(slug: SitePageSlug) -> str:
    """Returns the default text in the site's language, in Markdown."""
    return render_to_string(
        f"claims/pages/site/texts/{slug}.{settings.FACTBASE_LANGUAGE}.md",
        {
            "publisher": settings.FACTBASE_PUBLISHER,
            "site_name": settings.FACTBASE_SITE_NAME,
            "contact": settings.FACTBASE_CONTACT,
            "licence": settings.FACTBASE_DATA_LICENCE,
        },
    )
