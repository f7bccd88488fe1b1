"""django-unfold's settings: the admin's name, colours and sidebar."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse, reverse_lazy

MenuItem = dict[str, object]  # a link or a group of links, as django-unfold describes it


def build_menu_item(request: HttpRequest, title: str, icon: str, model: str, **options: Any) -> MenuItem | None:
    """A link to the changelist of `model` (`app.model`), or to `link`; None if the user may not see it.

    Users see it who may view or change the model (or have other `verbs`), or the model `permission_model` instead.
    """
    from claims.admin.common.admin_urls import cached_reverse  # noqa: PLC0415  # settings are imported before models

    app, name = options.pop("permission_model", model).split(".")
    if not any(request.user.has_perm(f"{app}.{verb}_{name}") for verb in options.pop("verbs", ("view", "change"))):
        return None
    try:
        changelist = cached_reverse(f"admin:{model.replace('.', '_')}_changelist")
    except NoReverseMatch:
        return None
    link = options.get("link", changelist)
    return {"title": title, "icon": icon, "link": link, "active": request.path.startswith(link)} | options


def build_menu_group(title: str, items: Iterable[MenuItem | None]) -> list[MenuItem]:
    """Links under a heading; empty if the user may see none of them."""
    allowed = [item for item in items if item]
    return [{"title": title, "separator": bool(title), "items": allowed}] if allowed else []


def build_navigation(request: HttpRequest) -> list[MenuItem]:
    """The sidebar: editing first, then saved views, maintenance and administration."""
    from claims.admin.dashboard.badges import review_queue_url, sidebar_badges  # noqa: PLC0415  # settings are imported before models
    from claims.admin.people.saved_views_sidebar import sidebar_views  # noqa: PLC0415  # as above

    badges, queue_url, views = sidebar_badges(request), review_queue_url(), sidebar_views(request)
    index, release_url = reverse("admin:index"), reverse("admin:claims_claim_release")
    draft_url = reverse("admin:claims_check_draft")
    weights_url = reverse("admin:claims_weightset_weights")
    editing = [
        {"title": "Dashboard", "icon": "space_dashboard", "link": index, "active": request.path == index},
        build_menu_item(
            request,
            "Review queue",
            "inbox",
            "claims.quote",
            link=queue_url,
            badge=badges.get("queue"),
        ),
        build_menu_item(request, "Check a draft", "rule", "claims.quote", link=draft_url),
        build_menu_item(request, "Quotes", "format_quote", "claims.quote"),
        build_menu_item(request, "Claims", "record_voice_over", "claims.claim"),
        build_menu_item(request, "Claims to release", "publish", "claims.claim", verbs=("change",), link=release_url),
        build_menu_item(request, "Speakers", "person", "claims.speaker"),
        build_menu_item(request, "Sources", "newspaper", "claims.source"),
        build_menu_item(request, "Deliveries", "move_to_inbox", "claims.delivery"),
        build_menu_item(request, "Feeds", "rss_feed", "claims.feed"),
        build_menu_item(request, "Verifications", "fact_check", "claims.verification"),
        build_menu_item(request, "Checked by others", "verified", "claims.externalreview"),
        build_menu_item(request, "Corrections", "edit_note", "claims.correction"),
        build_menu_item(request, "Error reports", "flag", "claims.errorreport"),
        build_menu_item(request, "Assignments", "assignment_ind", "claims.assignment", badge=badges.get("assignments")),
        build_menu_item(request, "Comments", "forum", "claims.comment", badge=badges.get("comments")),
    ]
    maintenance = [
        build_menu_item(
            request, "Draft corrections", "edit_document", "claims.claimamendment", permission_model="claims.claim"
        ),
        build_menu_item(request, "Related claims", "link", "claims.claimrelation", permission_model="claims.claim"),
        build_menu_item(request, "Topics", "sell", "claims.topic"),
        build_menu_item(request, "Ratings", "star_half", "claims.rating"),
        build_menu_item(request, "Rating mappings", "swap_horiz", "claims.ratingmapping"),
        build_menu_item(request, "Check-worthiness", "low_priority", "claims.weightset", link=weights_url),
        build_menu_item(request, "Merge suggestions", "call_merge", "claims.mergesuggestion"),
        build_menu_item(request, "Merges", "group", "claims.speakermerge"),
    ]
    administration = [
        build_menu_item(request, "Users", "manage_accounts", "auth.user"),
        build_menu_item(request, "Invitations", "mail", "claims.invitation"),
        build_menu_item(request, "Groups", "groups", "auth.group"),
        build_menu_item(request, "Site pages", "article", "claims.sitepage"),
        build_menu_item(request, "API keys", "key", "claims.readerkey"),
        build_menu_item(request, "Notifications", "notifications", "claims.notice"),
        build_menu_item(request, "Audit log", "history_edu", "claims.auditentry"),
        build_menu_item(request, "Login lockouts", "lock", "axes.accessattempt"),
        build_menu_item(request, "Login history", "login", "axes.accesslog"),
    ]
    inner_page = next((url for url in (queue_url, draft_url, release_url) if request.path.startswith(url)), None)
    open_view = next((item["link"] for item in views if item.get("active")), inner_page)
    if open_view is not None:  # only one link is active
        for item in filter(None, editing):
            item["active"] = item["link"] == open_view
    return [
        *build_menu_group("", editing),
        *build_menu_group("Views", views),
        *build_menu_group("Maintenance", maintenance),
        *build_menu_group("Administration", administration),
    ]


UNFOLD = {
    "SITE_TITLE": "factbase",
    "SITE_HEADER": "factbase",
    "SITE_SUBHEADER": "who said what, where",
    "SITE_SYMBOL": "format_quote",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": False,
    "ACCOUNT": {
        "navigation": [
            {"title": "My notifications", "link": reverse_lazy("admin:claims_notice_mine")},
            {"title": "Second factor", "link": reverse_lazy("mfa_index")},
            {"title": "Sessions", "link": reverse_lazy("usersessions_list")},
        ]
    },
    "STYLES": [lambda _: static("claims/common/theme.css")],
    "SCRIPTS": [lambda _: static("claims/common/widget_labels.js")],
    "DASHBOARD_CALLBACK": "claims.admin.dashboard.overview.dashboard_context",
    "COLORS": {
        "primary": {
            "50": "oklch(97% .014 254.604)",
            "100": "oklch(93.2% .032 255.585)",
            "200": "oklch(88.2% .059 254.128)",
            "300": "oklch(80.9% .105 251.813)",
            "400": "oklch(70.7% .165 254.624)",
            "500": "oklch(62.3% .214 259.815)",
            "600": "oklch(54.6% .245 262.881)",
            "700": "oklch(48.8% .243 264.376)",
            "800": "oklch(42.4% .199 265.638)",
            "900": "oklch(37.9% .146 265.522)",
            "950": "oklch(28.2% .091 267.935)",
        }
    },
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": build_navigation,
    },
}
