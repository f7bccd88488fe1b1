"""Markdown in templates, and the texts of the site."""

from django import template
from django.utils.safestring import SafeString

from claims.export.markdown import render_markdown
from claims.models import SitePageSlug
from claims.services.site.site_texts import SiteText, read_site_text

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML; whatever else is in the text is escaped."""
    return render_markdown(text)


@register.simple_tag
def site_text(slug: str) -> SiteText:
    """The text of one of the site's pages, as readers see it: `{% site_text "corrections" as policy %}`."""
    return read_site_text(SitePageSlug(slug))
