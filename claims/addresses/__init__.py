"""Addresses of web pages, normalised in one place for reading, storing and looking up. A library without Django.

`page_key` is what all addresses of one page have in common. `original_url` is the address of the page that an archive
or a cache shows, and `clean_url` the address to give to readers.
"""

from claims.addresses.clean_url import clean_url
from claims.addresses.original_url import original_url
from claims.addresses.page_key import (
    HOST_PATTERN,
    MAX_HOST_LENGTH,
    MAX_PAGE_KEY_LENGTH,
    PAGE_URL_PATTERN,
    SCHEME_PATTERN,
    host_key,
    page_key,
)

__all__ = [
    "HOST_PATTERN",
    "MAX_HOST_LENGTH",
    "MAX_PAGE_KEY_LENGTH",
    "PAGE_URL_PATTERN",
    "SCHEME_PATTERN",
    "clean_url",
    "host_key",
    "original_url",
    "page_key",
]
