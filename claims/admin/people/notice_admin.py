"""Notices: what was sent and what was given up, and everybody's page to choose how to be told of what."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from claims.admin.common.base import ReadOnlyAdmin, current_user
from claims.admin.common.formatting import badge
from claims.admin.common.object_actions import CleanedData, ObjectAction
from claims.admin.common.unfold_compat import ChoicesFilter, ModelAdmin, RadioFilter
from claims.models import Notice, NoticeDelivery, NoticeKind
from claims.models.notice import MAX_ATTEMPTS
from claims.services.people import notices


class PreferencesForm(forms.Form):
    """A choice for each kind of event."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in NoticeKind:
            self.fields[kind.value] = forms.ChoiceField(
                choices=NoticeDelivery.choices, label=str(kind.label), widget=forms.RadioSelect
            )


class NoticeStateFilter(RadioFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("failed", "Not delivered"), ("waiting", "Waiting"), ("sent", "Sent")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Notice]) -> QuerySet[Notice]:
        match self.value():
            case "failed":
                return queryset & Notice.objects.given_up()
            case "waiting":
                return queryset & Notice.objects.waiting()
            case "sent":
                return queryset.filter(sent_at__isnull=False)
        return queryset


def is_given_up(notice: Notice) -> bool:
    return notice.sent_at is None and notice.attempts >= MAX_ATTEMPTS


def deliver_again(request: HttpRequest, notice: Notice, cleaned_data: CleanedData) -> str:
    notices.retry_notice(notice=notice)
    return "The notification will be sent at the next occasion."


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ("summary", "recipient", "channel", "state", "attempts", "error", "created_at")
    list_filter = (NoticeStateFilter, ("kind", ChoicesFilter), ("channel", ChoicesFilter))
    list_select_related = ("recipient",)
    search_fields = ("summary", "recipient__username")
    ordering = ("-id",)
    fields = ("summary", "recipient", "channel", "state", "attempts", "error", "created_at", "due_at", "sent_at")
    object_actions = (
        ObjectAction(
            name="again",
            label="Try again",
            style="primary",
            is_offered=lambda request, notice: is_given_up(notice),
            run=deliver_again,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        mine = self.admin_site.admin_view(self.preferences_view)
        return [path("mine/", mine, name="claims_notice_mine"), *super().get_urls()]

    def preferences_view(self, request: HttpRequest) -> HttpResponse:
        """The user's own choices; for all staff, whatever they may see."""
        user = current_user(request)
        form = PreferencesForm(
            request.POST if request.method == "POST" else None, initial=notices.get_preferences(user=user)
        )
        if form.is_valid():
            deliveries = {NoticeKind(kind): NoticeDelivery(value) for kind, value in form.cleaned_data.items()}
            notices.set_preferences(user=user, deliveries=deliveries)
            messages.success(request, "Saved.")
            return HttpResponseRedirect(reverse("admin:claims_notice_mine"))
        return self.render_page(
            request,
            title="My notifications",
            template="claims/admin/people/notice_preferences.html",
            form=form,
            is_configured=bool(settings.EMAIL_HOST),
            has_address=notices.has_valid_address(user),
            digest_hour=f"{settings.FACTBASE_DIGEST_HOUR:02}:00",
        )

    @admin.display(description="state")
    def state(self, notice: Notice) -> SafeString:
        if notice.sent_at:
            return badge("accepted", "Sent")
        return badge("bad", "Not delivered") if is_given_up(notice) else badge("pending", "Waiting")
