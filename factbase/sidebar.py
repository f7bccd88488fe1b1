"""How the admin is laid out: its name, its colours, and the sidebar in the editors' words."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


def build_menu_item(request: HttpRequest, title: str, icon: str, model: str, **more: Any) -> dict[str, Any] | None:
    """A link to the list of `model` (`app.model`), or to the `link` that is given; None for whom it is not.

    It is for those who may view or change the model, or the model `sees`; for nobody where there is no such list.
    """
    from claims.admin.common.admin_urls import cached_reverse  # noqa: PLC0415  # settings are read before there are models

    app, name = more.pop("sees", model).split(".")
    if not any(request.user.has_perm(f"{app}.{verb}_{name}") for verb in ("view", "change")):
        return None
    try:
        place = cached_reverse(f"admin:{model.replace('.', '_')}_changelist")
    except NoReverseMatch:
        return None
    link = more.get("link", place)
    return {"title": title, "icon": icon, "link": link, "active": request.path.startswith(link)} | more


def build_menu_group(title: str, items: Iterable[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """Links under a heading; nothing where none of them is for this person."""
    allowed = [each for each in items if each]
    return [{"title": title, "separator": bool(title), "items": allowed}] if allowed else []


def build_navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The editors' work first, then the lists that they keep, then what few may see."""
    from claims.admin.dashboard.badges import review_queue_url, sidebar_badges  # noqa: PLC0415  # settings are read before there are models
    from claims.admin.people.saved_views_sidebar import sidebar_views  # noqa: PLC0415  # as above

    waiting, to_queue, kept = sidebar_badges(request), review_queue_url(), sidebar_views(request)
    reviewing = request.get_full_path().startswith(to_queue)
    start = reverse("admin:index")
    work = [
        {"title": "Start", "icon": "space_dashboard", "link": start, "active": request.path == start},
        build_menu_item(
            request, "Queue", "inbox", "claims.quote", link=to_queue, active=reviewing, badge=waiting.get("queue")
        ),
        build_menu_item(request, "Quotes", "format_quote", "claims.quote"),
        build_menu_item(request, "Claims", "record_voice_over", "claims.claim"),
        build_menu_item(request, "Speakers", "person", "claims.speaker"),
        build_menu_item(request, "Sources", "newspaper", "claims.source"),
        build_menu_item(request, "Verifications", "fact_check", "claims.verification"),
        build_menu_item(request, "Corrections", "edit_note", "claims.correction"),
        build_menu_item(request, "Comments", "forum", "claims.comment", badge=waiting.get("comments")),
    ]
    upkeep = [
        build_menu_item(request, "Draft corrections", "edit_document", "claims.claimamendment", sees="claims.claim"),
        build_menu_item(request, "Related claims", "link", "claims.claimrelation", sees="claims.claim"),
        build_menu_item(request, "Topics", "sell", "claims.topic"),
        build_menu_item(request, "Ratings", "star_half", "claims.rating"),
        build_menu_item(request, "Merge suggestions", "call_merge", "claims.mergesuggestion"),
        build_menu_item(request, "Merges", "group", "claims.speakermerge"),
    ]
    administration = [
        build_menu_item(request, "Users", "manage_accounts", "auth.user"),
        build_menu_item(request, "Groups", "groups", "auth.group"),
        build_menu_item(request, "API keys", "key", "claims.readerkey"),
        build_menu_item(request, "Lock-outs", "lock", "axes.accessattempt"),
        build_menu_item(request, "Sign-ins", "login", "axes.accesslog"),
    ]
    at = next((each["link"] for each in kept if each.get("active")), to_queue if reviewing else None)
    if at is not None:  # where one is, is one link
        for each in filter(None, work):
            each["active"] = each["link"] == at
    return [
        *build_menu_group("", work),
        *build_menu_group("Views", kept),
        *build_menu_group("Upkeep", upkeep),
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
