"""Writes the quotation marks of `q` elements into the text. Browsers draw them, so the page's text lacks them."""

from typing import Final

from lxml.html import HtmlElement

# Opening and closing mark, then those of a quotation within a quotation, as browsers draw them (CLDR).
_ENGLISH: Final = "“”‘’"
_MARKS: Final = {
    "be": "«»„“",
    "bg": "„“„“",
    "cs": "„“‚‘",
    "de": "„“‚‘",
    "el": "«»“”",
    "es": "«»“”",
    "et": "„“«»",
    "fa": "«»‹›",
    "fi": "””’’",
    "fr": "«»«»",
    "he": "””’’",
    "hr": "„“‚‘",
    "hu": "„”»«",
    "hy": "«»«»",
    "it": "«»“”",
    "ja": "「」『』",
    "lt": "„“„“",
    "nb": "«»‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”«»",
    "pt-pt": "«»“”",
    "ro": "„”«»",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sr": "„”’’",
    "sv": "””’’",
    "uk": "«»„“",
    "zh-hant": "「」『』",
    "zh-hk": "「」『』",
    "zh-tw": "「」『』",
}
_OPENING: Final = frozenset('“„«"‘‚‹「『”’»')
_CLOSING: Final = frozenset('”“»"’‘›」』«')


def write_quotation_marks(tree: HtmlElement, page_language: str) -> None:
    """Turn each `q` into a span with the marks of its language. Marks that the page has itself are not doubled."""
    for element in list(tree.iter("q")):
        if not element.text_content().strip() or _is_marked(element):
            continue
        marks = _marks_of(element, page_language)
        opening, closing = marks[0], marks[1]
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing
    for element in list(tree.iter("q")):
        element.tag = "span"
        element.attrib.clear()


def _marks_of(element: HtmlElement, page_language: str) -> str:
    # The marks of a `q` follow the language around it, not its own.
    languages = (ancestor.get("lang") or ancestor.get("xml:lang") or "" for ancestor in element.iterancestors())
    language = (next(filter(None, languages), "") or page_language).lower().replace("_", "-")
    marks = _MARKS.get(language) or _MARKS.get(language.split("-")[0]) or _ENGLISH
    depth = sum(1 for _ in element.iterancestors("q"))
    return marks[2:] if depth % 2 else marks[:2]


def _is_marked(element: HtmlElement) -> bool:
    text = element.text_content().strip()
    if len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING:
        return True
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else None
    after = element.tail
    return before is not None and before[-1:] in _OPENING and after is not None and after[:1] in _CLOSING
