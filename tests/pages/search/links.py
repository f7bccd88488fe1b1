"""Links of a page."""

import re

LISTS = ["claims", "quotes", "speakers", "sources", "corrections"]


def link(html: str, text: str) -> str:
    """The target of the first link that contains this text."""
    for href, content in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', html, re.DOTALL):
        if text in content:
            return href.replace("&amp;", "&")
    raise AssertionError(text)


def alternates(html: str) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" type="([^"]*)" title="[^"]*" href="([^"]*)">', html)
    return {media_type: url.replace("&amp;", "&") for media_type, url in found}
