"""Reads schema.org's ClaimReview, wherever it stands in JSON: alone, in lists, in `@graph`, in the items of a DataFeed.

Only its own objects are read: what a review refers to by `@id` may stand elsewhere in the same JSON.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from claims.articles.reviews.review import Review, ReviewError, ReviewFields, build_review

Node = dict[str, Any]

MAX_DEPTH: Final = 20
MAX_VALUES: Final = 5_000_000  # objects and lists in all; a feed of 50,000 reviews has a million
MAX_NAMES: Final = 20


def read_claim_reviews(loaded: object) -> Iterator[Review | ReviewError]:
    """Yields each ClaimReview in the order of the JSON, or why it cannot be read. Raises ReviewError for excess."""
    reviews, nodes_by_id = _find_nodes(loaded)
    for node in reviews:
        try:
            yield build_review(_read_node(node, nodes_by_id))
        except ReviewError as error:
            yield error


def _find_nodes(loaded: object) -> tuple[list[Node], dict[str, Node]]:
    """The ClaimReviews, and the objects that others may refer to."""
    reviews: list[Node] = []
    nodes_by_id: dict[str, Node] = {}
    stack: list[tuple[object, int]] = [(loaded, 0)]
    visited = 0
    while stack:
        value, depth = stack.pop()
        visited += 1
        if depth > MAX_DEPTH or visited > MAX_VALUES:
            raise ReviewError("The JSON is nested too deeply or too large.")
        if isinstance(value, dict):
            if isinstance(node_id := value.get("@id"), str) and len(value) > 1:
                nodes_by_id.setdefault(node_id, value)
            if _has_type(value, "claimreview"):
                reviews.append(value)
            children: Iterable[object] = value.values()
        else:
            children = value if isinstance(value, list) else ()
        stack += reversed([(child, depth + 1) for child in children if isinstance(child, dict | list)])
    return reviews, nodes_by_id


def _read_node(node: Node, nodes_by_id: dict[str, Node]) -> ReviewFields:
    reviewed = _first_node(node.get("itemReviewed"), nodes_by_id)
    speakers = _nodes(reviewed.get("author") or reviewed.get("creator"), nodes_by_id)
    authors = _nodes(node.get("author"), nodes_by_id)
    people = [author for author in authors if _has_type(author, "person")]
    publishers = [*_nodes(node.get("publisher"), nodes_by_id), *(a for a in authors if a not in people)]
    rating = _first_node(node.get("reviewRating"), nodes_by_id)
    words = _text(rating.get("alternateName")) or _text(rating.get("name"))
    return ReviewFields(
        claim=_text(node.get("claimReviewed")) or _text(reviewed.get("text")) or _claim_name(reviewed),
        speaker=", ".join(_names(speakers)),
        speaker_is_organization=any(
            _has_type(speaker, "organization", "newsmediaorganization") for speaker in speakers
        ),
        said_on=_day_of_claim(reviewed, nodes_by_id),
        rating=words or _text(rating.get("ratingValue")),
        rating_scale=_scale(rating),
        review_url=_url(node),
        publisher=next(iter(_names(publishers)), ""),
        author=", ".join(_names(people)),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        explanation=(
            _text(node.get("reviewBody")) or _text(rating.get("ratingExplanation")) or _text(node.get("description"))
        ),
    )


def _claim_name(reviewed: Node) -> str:
    return _text(reviewed.get("name")) if _has_type(reviewed, "claim") else ""


def _day_of_claim(reviewed: Node, nodes_by_id: dict[str, Node]) -> str:
    """When the claim was made. Of a claim with appearances, that is not when it was itself published, as factbase says
    of its own claims."""
    if created := _text(reviewed.get("dateCreated")):
        return created
    appearances = [
        appearance
        for name in ("firstAppearance", "appearance")
        for appearance in _nodes(reviewed.get(name), nodes_by_id)
    ]
    dates = [date for appearance in appearances if (date := _text(appearance.get("datePublished")))]
    if appearances:
        return min(dates, default="")
    return _text(reviewed.get("datePublished"))


def _scale(rating: Node) -> str:
    worst, best = _text(rating.get("worstRating")), _text(rating.get("bestRating"))
    return f"{worst} to {best}" if worst and best else ""


def _url(node: Node) -> str:
    page = node.get("mainEntityOfPage")
    named = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    node_id = _text(node.get("@id"))
    candidates = (_text(node.get("url")), _text(named), node_id if node_id.startswith("http") else "")
    return next(filter(None, candidates), "")


def _first_node(value: object, nodes_by_id: dict[str, Node]) -> Node:
    """The first object of a value; the words of a plain one as its text and name."""
    return next(iter(_nodes(value, nodes_by_id)), {})


def _nodes(value: object, nodes_by_id: dict[str, Node]) -> list[Node]:
    nodes = []
    for item in (value if isinstance(value, list) else [value])[:MAX_NAMES]:
        if isinstance(item, dict):
            nodes.append(nodes_by_id.get(str(item.get("@id")), item) if len(item) == 1 else item)
        elif isinstance(item, str) and item.strip():
            nodes.append(nodes_by_id.get(item) or {"name": item, "text": item})
    return nodes


def _names(nodes: Iterable[Node]) -> list[str]:
    return list(dict.fromkeys(name for node in nodes if (name := _text(node.get("name")))))


def _text(value: object) -> str:
    """The words of a value: of a list its first, of a text with a language its text. Numbers are written out."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _has_type(node: Node, *types: str) -> bool:
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return any(
        isinstance(name, str) and name.replace("#", "/").replace(":", "/").rsplit("/", 1)[-1].lower() in types
        for name in names
    )
