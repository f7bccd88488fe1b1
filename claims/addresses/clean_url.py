"""The address of a page as it is given to readers."""

from claims.addresses.original_url import original_url
from claims.addresses.tracking import without_tracking


def clean_url(url: str) -> str:
    """Returns the address of the page itself, without tracking parameters and fragment; the rest is as written.

    A fragment that begins with `!` belongs to the address of a page that a script shows.
    """
    address, _, fragment = original_url(url.strip()).partition("#")
    path, _, query = address.partition("?")
    query = without_tracking(query)
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment.startswith("!") else "")
