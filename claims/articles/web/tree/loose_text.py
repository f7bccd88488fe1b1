"""Makes paragraphs of text that stands in a block beside other blocks or line breaks, which trafilatura drops.

`<div>“We have it,” said Ford.<br><br>“We do not,” said Reed.<p>He left.</p></div>` becomes three `p`. So does a `div`
that is a paragraph in all but name. Labels and the like stay as they are.
"""

from typing import Final

from lxml.html import HtmlElement

from claims.articles.web.tree.elements import (
    BLOCKS,
    add_ancestors,
    elements_with_blocks,
    has_own_text,
    is_paragraph,
    link_share,
    plain,
    reads_as_sentence,
)

_CONTAINERS: Final = ("body", "main", "article", "section", "div", "header", "blockquote", "td", "details", "form")
_PARAGRAPH_LIKE: Final = ("div", "section", "article")
_INLINE_WRAPPERS: Final = ("span", "b", "strong", "i", "em", "font", "u", "small", "big")
_MAX_LINK_SHARE: Final = 0.6

Run = list[HtmlElement | str]


def wrap_loose_text(tree: HtmlElement) -> None:
    """Turn loose text of blocks into paragraphs, in place."""
    containers = elements_with_blocks(tree)
    for wrapper in tree.iter(*_INLINE_WRAPPERS):
        parent = wrapper.getparent()
        if wrapper in containers:
            wrapper.tag = "div"
        elif (
            wrapper.find("br") is not None
            and parent is not None
            and parent.tag in _CONTAINERS
            and not has_own_text(parent)
        ):
            wrapper.tag = "div"
            add_ancestors(containers, wrapper)
    for container in list(tree.iter(*_CONTAINERS)):
        if _is_mixed(container, containers):
            _wrap_runs(container, containers)
    _rename_paragraph_like(tree)


def _is_mixed(container: HtmlElement, containers: set[HtmlElement]) -> bool:
    """Whether a block has text or inline elements of its own beside blocks or line breaks."""
    divided = False
    has_loose = bool(container.text and not container.text.isspace())
    for child in container:
        if child.tag == "br" or child.tag in BLOCKS or child in containers:
            divided = True
        else:
            has_loose = has_loose or not child.text_content().isspace()
        has_loose = has_loose or bool(child.tail and not child.tail.isspace())
        if divided and has_loose:
            return True
    return False


def _wrap_runs(container: HtmlElement, containers: set[HtmlElement]) -> None:
    parts = _split_runs(container, containers)
    texts = [_run_text(part) if isinstance(part, list) else "" for part in parts]
    # Lines between `br` belong together: where one is a sentence, the short ones are part of the text too.
    has_lines = any(isinstance(part, HtmlElement) and part.tag == "br" for part in parts)
    all_lines = has_lines and any(map(reads_as_sentence, texts))
    container.text = None
    del container[:]
    last: HtmlElement | None = None
    for part, text in zip(parts, texts, strict=True):
        if isinstance(part, HtmlElement):
            if not (all_lines and part.tag == "br"):
                container.append(part)
                last = part
        elif text and (all_lines or reads_as_sentence(text)):
            last = container.makeelement("p")
            container.append(last)
            _append_run(last, None, part)
        else:
            last = _append_run(container, last, part)


def _split_runs(container: HtmlElement, containers: set[HtmlElement]) -> list[Run | HtmlElement]:
    run: Run = [container.text] if container.text else []
    parts: list[Run | HtmlElement] = [run]
    for child in container:
        tail, child.tail = child.tail, None
        if child.tag == "br" or child.tag in BLOCKS or child in containers:
            run = []
            parts += [child, run]
        else:
            run.append(child)
        if tail:
            run.append(tail)
    return parts


def _run_text(run: Run) -> str:
    return plain("".join(part if isinstance(part, str) else part.text_content() for part in run))


def _append_run(parent: HtmlElement, last: HtmlElement | None, run: Run) -> HtmlElement | None:
    """Append texts and elements after the last child of `parent` (len() would count them all); return the new last."""
    for part in run:
        if isinstance(part, HtmlElement):
            parent.append(part)
            last = part
        elif last is None:
            parent.text = (parent.text or "") + part
        else:
            last.tail = (last.tail or "") + part
    return last


def _rename_paragraph_like(tree: HtmlElement) -> None:
    containers = elements_with_blocks(tree)
    candidates = [
        element
        for element in tree.iter(*_PARAGRAPH_LIKE)
        if element not in containers
        and is_paragraph(plain(element.text_content()))
        and element.find(".//br") is None
        and link_share(element) <= _MAX_LINK_SHARE
    ]
    companions: dict[HtmlElement, int] = {}
    for element in candidates:
        if (parent := element.getparent()) is not None:
            companions[parent] = companions.get(parent, 0) + 1
    for element in candidates:
        parent = element.getparent()
        if parent is not None and (companions[parent] > 1 or parent.find("p") is not None):
            element.tag = "p"
