"""Finds the object in a page's JSON-LD that describes the article itself, among those of related articles, images,
videos, breadcrumbs and the site.

Publishers write it as the whole data, in a list, in `@graph` or as the `mainEntity` of a page, and refer by `@id` to
authors and publishers elsewhere in the data.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import orjson
from lxml.html import HtmlElement

from claims.addresses import page_key

Node = dict[str, object]

_MAX_SCRIPTS: Final = 50
_MAX_SCRIPT_LENGTH: Final = 500_000
_MAX_BROKEN_LENGTH: Final = 50_000
_MAX_NODES: Final = 5_000
_MAX_DEPTH: Final = 10

_ARTICLE_TYPES: Final = frozenset(
    (
        *("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle"),
        *("backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle"),
        *("satiricalarticle", "scholarlyarticle", "techarticle", "report", "blogposting", "liveblogposting"),
        *("socialmediaposting", "discussionforumposting", "review", "claimreview"),
    )
)
_PAGE_TYPES: Final = frozenset({"webpage", "itempage", "aboutpage", "medicalwebpage", "qapage", "faqpage"})
_PERSON_TYPES: Final = frozenset({"person"})
_SITE_TYPES: Final = frozenset({"website", "organization", "newsmediaorganization"})

# Where the article may be. Not itemListElement, hasPart, image, video, mentions, about, citation or comment.
_CONTAINERS: Final = ("@graph", "mainEntity", "mainEntityOfPage", "subjectOf")

# What careless templates leave around JSON and in it.
_WRAPPERS: Final = ("/*", "*/", "//", "<![CDATA[", "]]>", "<!--", "-->", ";")
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[\]}])")


@dataclass(frozen=True, slots=True)
class LinkedData:
    """The JSON-LD of a page: the object of the article, of its page and of its site, each empty if there is none.

    `broken` holds the scripts that are not JSON.
    """

    article: Node = field(default_factory=dict)
    page: Node = field(default_factory=dict)
    site: Node = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    nodes_by_id: dict[str, Node] = field(default_factory=dict)

    def _resolve(self, value: object) -> object:
        if isinstance(value, dict) and "name" not in value:
            return self.nodes_by_id.get(str(value.get("@id")), value)
        return value

    def names(self, value: object) -> list[tuple[str, bool]]:
        """The names in a value such as that of `author`, and whether each is that of an organization.

        The value is a string, an object, a reference to an object, or a list of them.
        """
        names = []
        for stated in value if isinstance(value, list) else [value]:
            item = self._resolve(stated)
            name = item.get("name") if isinstance(item, dict) else item
            is_organization = isinstance(item, dict) and not _has_type(item, _PERSON_TYPES)
            parts = name if isinstance(name, list) else [name]
            names += [(part, is_organization) for part in parts if isinstance(part, str)]
        return names


def read_linked_data(tree: HtmlElement, titles: Iterable[str], addresses: Iterable[str]) -> LinkedData:
    """Read a page's JSON-LD. `titles` and `addresses` are those that the page states elsewhere."""
    roots, broken = load_scripts(tree)
    nodes, nodes_by_id = _main_nodes(roots), _nodes_by_id(roots)
    page_keys = {key for address in addresses if (key := _address_key(address))}
    page_titles = {key for title in titles if (key := _title_key(title))}
    articles = [node for node in nodes if _has_type(node, _ARTICLE_TYPES)]
    scores = [_likeness(node, page_keys, page_titles) for node in articles]
    best = max(scores, default=-1)
    if best >= 0:
        article = articles[scores.index(best)]
    else:  # none, or only other articles; data without a type is about the page
        article = next((node for node in nodes if "@type" not in node and "@graph" not in node), {})
    return LinkedData(
        article=article,
        page=next((node for node in nodes if _has_type(node, _PAGE_TYPES)), {}),
        site=next((node for node in nodes if _has_type(node, _SITE_TYPES) and "name" in node), {}),
        broken=broken,
        nodes_by_id=nodes_by_id,
    )


def load_scripts(tree: HtmlElement) -> tuple[list[object], tuple[str, ...]]:
    roots: list[object] = []
    broken: list[str] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]")[:_MAX_SCRIPTS]:
        text = script.text or ""
        if len(text) > _MAX_SCRIPT_LENGTH:
            continue
        try:
            roots.append(_load(text))
        except ValueError:
            if len(text) <= _MAX_BROKEN_LENGTH:
                broken.append(text)
    return roots, tuple(broken)


def _load(text: str) -> object:
    """Raises ValueError for what is no JSON even after the usual mistakes are corrected."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            return json.loads(_TRAILING_COMMA.sub("", _unwrap(text)), strict=False)  # newlines and tabs within strings
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _unwrap(text: str) -> str:
    text = text.strip()
    for marker in _WRAPPERS * 2:
        text = text.removeprefix(marker).removesuffix(marker).strip()
    return text


def _main_nodes(roots: list[object]) -> list[Node]:
    """The objects in which the page's article may be described, in their order."""
    nodes: list[Node] = []
    stack = [(root, 0) for root in reversed(roots)]
    while stack and len(nodes) < _MAX_NODES:
        value, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(value, list):
            stack += [(item, depth + 1) for item in reversed(value[:_MAX_NODES])]
        elif isinstance(value, dict):
            nodes.append(value)
            stack += [(value[name], depth + 1) for name in reversed(_CONTAINERS) if name in value]
    return nodes


def _nodes_by_id(roots: list[object]) -> dict[str, Node]:
    """The objects that others refer to: those with an identifier and more than that."""
    nodes: dict[str, Node] = {}
    stack = list(reversed(roots))
    visited = 0
    while stack and visited < _MAX_NODES:
        visited += 1
        value = stack.pop()
        if isinstance(value, list):
            stack += reversed(value[:_MAX_NODES])
        elif isinstance(value, dict):
            if isinstance(node_id := value.get("@id"), str) and "name" in value:
                nodes.setdefault(node_id, value)
            stack += reversed([child for child in value.values() if isinstance(child, dict | list)])
    return nodes


def _has_type(node: Node, types: frozenset[str]) -> bool:
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    # NewsArticle, schema:NewsArticle or https://schema.org/NewsArticle
    return any(isinstance(name, str) and re.split("[:/#]", name)[-1].lower() in types for name in names)


def _likeness(node: Node, page_keys: set[str], page_titles: set[str]) -> int:
    """How likely an object describes the page's own article: by address, title and detail. Negative if it does not."""
    score = sum(name in node for name in ("headline", "datePublished", "author", "articleBody"))
    keys = {key for address in _addresses(node) if (key := _address_key(address))}
    title = _title_key(str(node.get("headline") or node.get("name") or ""))
    has_title = bool(title) and any(title in other or other in title for other in page_titles)
    if keys & page_keys:
        score += 20
    elif keys and page_keys and not has_title:
        return -1
    return score + 10 * has_title


def _addresses(node: Node) -> Iterator[str]:
    for value in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
        for item in value if isinstance(value, list) else [value]:
            names = (item.get("@id"), item.get("url")) if isinstance(item, dict) else (item,)
            yield from (name for name in names if isinstance(name, str))


def _address_key(address: str) -> str:
    """What an absolute address of an article shares with its variants. The front page of a site is no article's."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return page_key(address.strip()) if parts.netloc and (parts.path.strip("/") or parts.query) else ""


def _title_key(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())
