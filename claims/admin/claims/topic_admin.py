from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.common.list_columns import count_related
from claims.admin.history.history_admin import AuditedAdmin
from claims.models import Claim, Topic


@admin.register(Topic)
class TopicAdmin(AuditedAdmin):
    list_display = ("name", "slug", "description", "claim_count")
    search_fields = ("name", "slug")
    ordering = ("name", "id")
    prepopulated_fields: ClassVar = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        topics: QuerySet[Topic] = super().get_queryset(request)
        return topics.annotate(n_claims=count_related(Claim.objects.confirmed(), "topics"))

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        """Allows only topics without claims."""
        allowed = admin.ModelAdmin.has_delete_permission(self, request, obj)
        return allowed and (obj is None or not obj.claims.exists())

    @admin.display(description="claims")
    def claim_count(self, topic: Any) -> SafeString:
        """The number of claims, linked to their list."""
        list_url = reverse("admin:claims_claim_changelist")
        return format_html(
            '<a class="fb-link" href="{}?topics__id__exact={}">{}</a>', list_url, topic.pk, topic.n_claims
        )
