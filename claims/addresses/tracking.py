"""Query parameters that say where a reader came from, and not which page it is."""

from urllib.parse import unquote_plus

_PREFIXES = ("utm_", "at_", "mc_", "_hs", "pk_", "mtm_", "ns_", "itm_", "guce_", "amp_", "oly_")
_NAMES = frozenset(
    {
        *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "gclsrc", "msclkid", "twclid", "ttclid", "li_fat_id"),
        *("yclid", "ysclid", "igshid", "igsh", "mkt_tok", "vero_id", "_ga", "_gl", "cmpid", "smid", "ocid"),
        *("cmp", "xtor", "wt_mc", "wt.mc_id", "ito", "guccounter", "ncid", "icid", "ref_src", "ref_url", "mbid"),
        *("_openstat", "rb_clickid", "wickedid", "s_cid", "wprov", "soc_src", "soc_trk", "__twitter_impression"),
    }
)


def is_tracking(name: str) -> bool:
    name = name.lower()
    return name in _NAMES or name.startswith(_PREFIXES)


def without_tracking(query: str) -> str:
    """Returns a query string without its tracking parameters; the others are as they were written."""
    return "&".join(
        parameter for parameter in query.split("&") if not is_tracking(unquote_plus(parameter.partition("=")[0]))
    )
