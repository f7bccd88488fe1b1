"""SitePage: a text of the site's own, such as its methodology, in the operator's words."""

from typing import ClassVar

from django.db import models

from claims.models.base import choices_constraint
from claims.models.history_cause import CausedHistory


class SitePageSlug(models.TextChoices):
    ABOUT = "about", "About"
    METHODOLOGY = "methodology", "Methodology"
    CORRECTIONS = "corrections", "Corrections policy"
    DATA = "data", "Data and licence"


class SitePage(models.Model):
    """A title and a text in Markdown. Where one is empty, readers see a default that says how factbase works."""

    slug = models.CharField("page", max_length=20, choices=SitePageSlug, unique=True, editable=False)
    title = models.CharField(max_length=100, blank=True, help_text="Leave empty to use the default title.")
    text = models.TextField(blank=True, help_text="In Markdown, without HTML. Leave empty to use the default text.")
    updated_at = models.DateTimeField(auto_now=True)

    history = CausedHistory()

    class Meta:
        ordering: ClassVar = ["id"]
        default_permissions: ClassVar = ("change", "view")
        constraints: ClassVar = [choices_constraint("site_page_slug_is_known", "slug", SitePageSlug)]

    def __str__(self) -> str:
        return self.title or self.get_slug_display()
