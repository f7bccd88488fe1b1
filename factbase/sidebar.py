"""How the admin is laid out: its name, its colours, and the sidebar in the editors' words."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy


def may_view(permission: str) -> Callable[[HttpRequest], bool]:
    """Whether a link is shown to this person; `permission` is `app.model`."""
    app, model = permission.split(".")
    return lambda request: any(request.user.has_perm(f"{app}.{verb}_{model}") for verb in ("view", "change"))


def item(
    title: str, icon: str, model: str, link: Callable[[HttpRequest], str] | None = None, **more: Any
) -> dict[str, Any]:
    """A link to the list of `model` (`app.model`), or to `link`."""
    address = link or reverse_lazy(f"admin:{model.replace('.', '_')}_changelist")
    return {"title": title, "icon": icon, "link": address, "permission": may_view(model), **more}


def queue(_request: HttpRequest) -> str:
    """Where the quotes are that wait for an editor, in reading order."""
    return f"{reverse_lazy('admin:claims_quote_changelist')}?decision__exact=pending"


def in_queue(request: HttpRequest) -> bool:
    """Whether that is the page being looked at."""
    return in_quotes(request) and request.GET.get("decision__exact") == "pending"


def in_quotes(request: HttpRequest) -> bool:
    """Whether a page of quotes is being looked at."""
    return request.path.startswith(str(reverse_lazy("admin:claims_quote_changelist")))


UNFOLD = {
    "SITE_TITLE": "factbase",
    "SITE_HEADER": "factbase",
    "SITE_SUBHEADER": "who said what, where",
    "SITE_SYMBOL": "format_quote",
    "SITE_URL": "/",
    "SHOW_HISTORY": True,
    "SHOW_BACK_BUTTON": False,
    "DASHBOARD_CALLBACK": "claims.admin.start.editors_first",
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
        "navigation": [
            {
                "items": [
                    item("Queue", "inbox", "claims.quote", queue, active=in_queue, badge="claims.admin.queue.waiting"),
                    item("Quotes", "format_quote", "claims.quote", active=lambda r: in_quotes(r) and not in_queue(r)),
                    item("Claims", "record_voice_over", "claims.claim"),
                    item("Speakers", "person", "claims.speaker"),
                    item("Merge suggestions", "call_merge", "claims.mergesuggestion"),
                    item("Merges", "group", "claims.speakermerge"),
                    item("Sources", "newspaper", "claims.source"),
                    item("Verifications", "fact_check", "claims.verification"),
                    item("Corrections", "edit_note", "claims.correction"),
                    item(
                        "Draft corrections",
                        "edit_document",
                        "claims.claimamendment",
                        permission=may_view("claims.claim"),
                    ),
                    item("Related claims", "link", "claims.claimrelation", permission=may_view("claims.claim")),
                    item("Topics", "sell", "claims.topic"),
                    item("Ratings", "star_half", "claims.rating"),
                ]
            },
            {
                "title": "Administration",
                "separator": True,
                "items": [
                    item("Users", "manage_accounts", "auth.user"),
                    item("Groups", "groups", "auth.group"),
                    item("Failed sign-ins", "lock", "axes.accessattempt"),
                    item("Sign-ins", "login", "axes.accesslog"),
                ],
            },
        ],
    },
}
