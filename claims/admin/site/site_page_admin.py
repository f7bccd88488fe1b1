"""The texts of the site, and the check-list of what readers expect of fact-checkers."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from claims.admin.history.history_admin import AuditedAdmin
from claims.models import SitePage, SitePageSlug
from claims.services.site.principles import check_principles
from claims.services.site.site_texts import default_text

PAGE_NAMES = {
    SitePageSlug.ABOUT: "page-about",
    SitePageSlug.METHODOLOGY: "page-methodology",
    SitePageSlug.CORRECTIONS: "page-corrections-policy",
    SitePageSlug.DATA: "page-data",
}


@admin.register(SitePage)
class SitePageAdmin(AuditedAdmin):
    list_display = ("page", "title", "is_written", "updated_at")
    list_before_template = "claims/admin/site/site_page_list_links.html"
    ordering = ("id",)
    fields = ("title", "text")
    below_template = "claims/admin/site/site_page_panel.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        principles = self.admin_site.admin_view(self.principles_view)
        return [path("principles/", principles, name="claims_sitepage_principles"), *super().get_urls()]

    def get_panel_context(self, request: HttpRequest, obj: SitePage) -> dict[str, object]:
        return {
            "markdown": obj.text if obj.text.strip() else "",
            "default_markdown": default_text(SitePageSlug(obj.slug)),
            "public_url": reverse(PAGE_NAMES[SitePageSlug(obj.slug)]),
        }

    def principles_view(self, request: HttpRequest) -> HttpResponse:
        """What the site has of what the fact-checkers' code of principles asks for."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pages = dict(SitePage.objects.values_list("slug", "pk"))
        urls = {
            **{str(slug): reverse("admin:claims_sitepage_change", args=[pk]) for slug, pk in pages.items()},
            "ratings": reverse("admin:claims_rating_changelist"),
            "verifications": reverse("admin:claims_verification_changelist"),
            "reports": f"{reverse('admin:claims_errorreport_changelist')}?state__exact=new",
        }
        commitments = check_principles()
        return self.render_page(
            request,
            title="Code of principles",
            template="claims/admin/site/principles.html",
            commitments=[
                (commitment, [(check, urls.get(check.place, "")) for check in commitment.checks])
                for commitment in commitments
            ],
            open_count=sum(not check.is_met for commitment in commitments for check in commitment.checks),
        )

    @admin.display(description="page", ordering="id")
    def page(self, page: SitePage) -> str:
        return page.get_slug_display()

    @admin.display(description="own text", boolean=True)
    def is_written(self, page: Any) -> bool:
        return bool(page.text.strip())
