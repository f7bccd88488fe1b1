"""What the vocabularies that are published here say of themselves, as far as it is used: facts, written down by hand.

schema.org: of each type its properties (with those of the types above it) and what each may hold. Web Annotation:
what a document must have (JSON Schema). Atom (RFC 4287, RFC 5005): which elements must and may be where.
"""

from typing import Any
from xml.etree import ElementTree as ET

import jsonschema

# --- schema.org -----------------------------------------------------------------------------------------------------
TEXT, URL, DATE, NUMBER = "Text", "URL", "Date", "Number"
PARENTS = {
    "Thing": None,
    "CreativeWork": "Thing",
    "Claim": "CreativeWork",
    "DefinedTerm": "Intangible",
    "Quotation": "CreativeWork",
    "Statement": "CreativeWork",
    "Review": "CreativeWork",
    "ClaimReview": "Review",
    "Intangible": "Thing",
    "ItemList": "Intangible",
    "Occupation": "Intangible",
    "Rating": "Intangible",
    "Role": "Intangible",
    "Organization": "Thing",
    "Person": "Thing",
}
PROPERTIES: dict[str, dict[str, set[str]]] = {
    "Thing": {"description": {TEXT}, "name": {TEXT}, "url": {URL}, "sameAs": {URL}, "alternateName": {TEXT}},
    "CreativeWork": {
        "text": {TEXT},
        "abstract": {TEXT},
        "author": {"Organization", "Person"},
        "about": {"Thing"},
        "archivedAt": {URL, "WebPage"},
        "citation": {"CreativeWork", TEXT},
        "dateCreated": {DATE},
        "dateModified": {DATE},
        "datePublished": {DATE},
        "inLanguage": {"Language", TEXT},
        "keywords": {"DefinedTerm", TEXT, URL},
        "isBasedOn": {"CreativeWork", URL},
        "mentions": {"Thing"},
        "isPartOf": {"CreativeWork", URL},
        "publisher": {"Organization", "Person"},
        "translator": {"Organization", "Person"},
        "creator": {"Organization", "Person"},
    },
    "Organization": {"logo": {"ImageObject", URL}},
    "DefinedTerm": {"inDefinedTermSet": {"DefinedTermSet", URL}, "termCode": {TEXT}},
    "Claim": {"appearance": {"CreativeWork"}, "firstAppearance": {"CreativeWork"}},
    "Quotation": {"spokenByCharacter": {"Organization", "Person"}},
    "Review": {"itemReviewed": {"Thing"}, "reviewBody": {TEXT}, "reviewRating": {"Rating"}},
    "ClaimReview": {"claimReviewed": {TEXT}},
    "ItemList": {"itemListElement": {"ListItem", TEXT, "Thing"}},
    # A Role may stand in for what a property holds; then it has the property itself.
    "Person": {"hasOccupation": {"Occupation", "Role"}},
    "Role": {"startDate": {DATE}, "endDate": {DATE}, "hasOccupation": {"Occupation"}},
    "Rating": {"ratingValue": {NUMBER, TEXT}, "worstRating": {NUMBER, TEXT}, "bestRating": {NUMBER, TEXT}},
}


def supertypes(kind: str | None) -> list[str]:
    """The type, and those above it."""
    return [kind, *supertypes(PARENTS[kind])] if kind else []


def schema_org_errors(node: Any, path: str = "") -> list[str]:
    """What schema.org does not know: types, properties of them, and values of those."""
    if (kind := node.get("@type")) not in PARENTS:
        return [f"{path}: type {kind}"]
    known = {name: expected for each in supertypes(kind) for name, expected in PROPERTIES.get(each, {}).items()}
    found = []
    for name, values in node.items():
        if name.startswith("@"):
            continue
        if name not in known:
            found.append(f"{path}/{name}: {kind} has none")
            continue
        for value in values if isinstance(values, list) else [values]:
            here = f"{path}/{name}"
            if isinstance(value, dict):
                found += schema_org_errors(value, here)
                if not set(supertypes(value["@type"])) & known[name]:
                    found.append(f"{here}: no {value['@type']}")
            elif isinstance(value, bool) or not _matches_datatype(value, known[name]):
                found.append(f"{here}: {value!r}")
    return found


def _matches_datatype(value: Any, expected: set[str]) -> bool:
    if isinstance(value, int | float):
        return NUMBER in expected
    if not isinstance(value, str) or not value:
        return False
    if TEXT in expected:
        return True
    if URL in expected:
        return value.startswith(("http://", "https://"))
    return DATE in expected and value[:4].isdigit() and value[4] == "-"


# --- Web Annotation ---------------------------------------------------------------------------------------------------
_IRI_SCHEMA = {"type": "string", "pattern": "^https?://"}
_TIMESTAMP_SCHEMA = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_MOTIVATIONS = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
]
_TEXT_SCHEMAS = {name: {"type": "string"} for name in ("exact", "prefix", "suffix")}
_OFFSET_SCHEMAS = {name: {"type": "integer", "minimum": 0} for name in ("start", "end")}
_QUOTE_SELECTOR = {
    "type": "object",
    "required": ["type", "exact"],
    "properties": {"type": {"const": "TextQuoteSelector"}} | _TEXT_SCHEMAS,
    "additionalProperties": False,
}
_POSITION_SELECTOR = {
    "type": "object",
    "required": ["type", "start", "end"],
    "properties": {"type": {"const": "TextPositionSelector"}} | _OFFSET_SCHEMAS,
    "additionalProperties": False,
}
_FRAGMENT_SELECTOR = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {"type": {"const": "FragmentSelector"}, "value": {"type": "string"}, "conformsTo": _IRI_SCHEMA},
    "additionalProperties": False,
}
_SELECTORS = [_QUOTE_SELECTOR, _POSITION_SELECTOR, _FRAGMENT_SELECTOR]
_SPECIFIC = {
    "type": "object",
    "required": ["source"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": _IRI_SCHEMA,
        "scope": _IRI_SCHEMA,
        "purpose": {"enum": _MOTIVATIONS},
        "selector": {"type": "array", "minItems": 1, "items": {"anyOf": _SELECTORS}},
    },
    "additionalProperties": False,
}
_TEXTUAL_BODY = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "format": {"type": "string"},
        "language": {"type": "string"},
        "purpose": {"enum": _MOTIVATIONS},
    },
    "additionalProperties": False,
}
_ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "@context": {"const": _CONTEXT},
        "id": _IRI_SCHEMA,
        "type": {"const": "Annotation"},
        "motivation": {"enum": _MOTIVATIONS},
        "created": _TIMESTAMP_SCHEMA,
        "modified": _TIMESTAMP_SCHEMA,
        "generator": {"type": "object", "required": ["type", "name"], "properties": {"type": {"const": "Software"}}},
        "body": {"type": "array", "items": {"anyOf": [_SPECIFIC, _TEXTUAL_BODY]}},
        "target": {"anyOf": [_SPECIFIC, {"type": "array", "minItems": 2, "items": _SPECIFIC}]},
    },
    "additionalProperties": False,
}
ANNOTATION = _ANNOTATION | {"required": ["@context", "id", "type", "target"]}
ANNOTATION_PAGE = {
    "type": "object",
    "required": ["@context", "id", "type", "partOf", "items"],
    "properties": {
        "@context": {"const": _CONTEXT},
        "id": _IRI_SCHEMA,
        "type": {"const": "AnnotationPage"},
        "partOf": {
            "type": "object",
            "required": ["id", "type", "first"],
            "properties": {
                "id": _IRI_SCHEMA,
                "type": {"const": "AnnotationCollection"},
                "label": {"type": "string"},
                "first": _IRI_SCHEMA,
            },
            "additionalProperties": False,
        },
        "next": _IRI_SCHEMA,
        "prev": _IRI_SCHEMA,
        "items": {"type": "array", "items": _ANNOTATION},
    },
    "additionalProperties": False,
}


def check_annotation(document: Any, schema: dict[str, Any] = ANNOTATION) -> None:
    """Raises ValidationError for what is none."""
    jsonschema.validate(document, schema)


# --- Atom -------------------------------------------------------------------------------------------------------------
ATOM = "{http://www.w3.org/2005/Atom}"
# How often an element may stand in which: least and most.
_UNBOUNDED = 10_000
ELEMENTS = {
    "feed": {
        "id": (1, 1),
        "title": (1, 1),
        "updated": (1, 1),
        "author": (1, _UNBOUNDED),
        "generator": (0, 1),
        "rights": (0, 1),
        "link": (1, _UNBOUNDED),
        "entry": (0, _UNBOUNDED),
    },
    "entry": {
        "id": (1, 1),
        "title": (1, 1),
        "updated": (1, 1),
        "published": (0, 1),
        "author": (0, _UNBOUNDED),
        "link": (0, _UNBOUNDED),
        "content": (0, 1),
        "category": (0, _UNBOUNDED),
    },
    "author": {"name": (1, 1), "uri": (0, 1), "email": (0, 1)},
}
RELATIONS = {"self", "alternate", "related", "via", "first", "last", "next", "previous"}


def atom_errors(text: bytes) -> list[str]:
    """What RFC 4287 and 5005 do not allow."""
    root = ET.fromstring(text)
    if root.tag != f"{ATOM}feed":
        return [f"root {root.tag}"]
    found = _element_errors(root)
    ids = [each.findtext(f"{ATOM}id") for each in root.iter(f"{ATOM}entry")]
    if len(set(ids)) != len(ids):
        found.append("an id twice")
    if [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") != 1:
        found.append("no link to itself")
    return found


def _element_errors(element: ET.Element) -> list[str]:
    name = element.tag.removeprefix(ATOM)
    allowed = ELEMENTS.get(name, {})
    children = [child.tag.removeprefix(ATOM) for child in element]
    found = [f"{child} in {name}" for child in children if child not in allowed]
    found += [
        f"{n} {child} in {name}"
        for child, (least, most) in allowed.items()
        if not least <= (n := children.count(child)) <= most
    ]
    if name in {"updated", "published"} and not _is_timestamp(element.text or ""):
        found.append(f"{name}: {element.text}")
    if name in {"id", "title", "name"} and not (element.text or "").strip():
        found.append(f"{name}: empty")
    if name == "id" and "://" not in (element.text or ""):
        found.append(f"id: {element.text}")
    if name == "link" and (element.get("rel") not in RELATIONS or "://" not in element.get("href", "")):
        found.append(f"link: {element.attrib}")
    if name == "category" and not element.get("term"):
        found.append(f"category: {element.attrib}")
    if name == "content" and element.get("type") != "text":
        found.append(f"content: {element.attrib}")
    return found + [fault for child in element for fault in _element_errors(child)]


def _is_timestamp(text: str) -> bool:
    try:
        jsonschema.validate(text, _TIMESTAMP_SCHEMA)
    except jsonschema.ValidationError:
        return False
    return True
