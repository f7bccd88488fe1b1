"""Makes paragraphs of text that stands in a block beside other blocks or line breaks, which trafilatura drops.

`<div>“We have it,” said Ford.<br><br>“We do not,” said Reed.<p>He left.</p></div>` becomes three `p`. So does a `div`
that is a paragraph in all but name. Labels and the like stay as they are.
"""

from typing import Final

from lxml.html import HtmlElement

from claims.articles.web.tree.elements import (
    BLOCKS,
    has_block,
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
    for wrapper in tree.iter(*_INLINE_WRAPPERS):
        parent = wrapper.getparent()
        alone = parent is not None and parent.tag in _CONTAINERS and not has_own_text(parent)
        if has_block(wrapper) or (alone and wrapper.find("br") is not None):
            wrapper.tag = "div"
    for container in list(tree.iter(*_CONTAINERS)):
        if _is_mixed(container):
            _wrap_runs(container)
    _rename_paragraph_like(tree)


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or has_block(element)


def _is_mixed(container: HtmlElement) -> bool:
    """Whether a block has text or inline elements of its own beside blocks or line breaks."""
    divided = False
    has_loose = bool(container.text and not container.text.isspace())
    for child in container:
        if child.tag == "br" or _is_block(child):
            divided = True
        elif child.text_content().strip():
            has_loose = True
        has_loose = has_loose or bool(child.tail and not child.tail.isspace())
    return divided and has_loose


def _wrap_runs(container: HtmlElement) -> None:
    parts = _split_runs(container)
    texts = [_run_text(part) if isinstance(part, list) else "" for part in parts]
    # Lines between `br` belong together: where one is a sentence, the short ones are part of the text too.
    has_lines = any(isinstance(part, HtmlElement) and part.tag == "br" for part in parts)
    all_lines = has_lines and any(map(reads_as_sentence, texts))
    container.text = None
    del container[:]
    for part, text in zip(parts, texts, strict=True):
        if isinstance(part, HtmlElement):
            if not (all_lines and part.tag == "br"):
                container.append(part)
        elif text and (all_lines or reads_as_sentence(text)):
            paragraph = container.makeelement("p")
            container.append(paragraph)
            _append_run(paragraph, part)
        else:
            _append_run(container, part)


def _split_runs(container: HtmlElement) -> list[Run | HtmlElement]:
    run: Run = [container.text] if container.text else []
    parts: list[Run | HtmlElement] = [run]
    for child in container:
        tail, child.tail = child.tail, None
        if child.tag == "br" or _is_block(child):
            run = []
            parts += [child, run]
        else:
            run.append(child)
        if tail:
            run.append(tail)
    return parts


def _run_text(run: Run) -> str:
    return plain("".join(part if isinstance(part, str) else part.text_content() for part in run))


def _append_run(parent: HtmlElement, run: Run) -> None:
    for part in run:
        if isinstance(part, HtmlElement):
            parent.append(part)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + part
        else:
            parent.text = (parent.text or "") + part


def _rename_paragraph_like(tree: HtmlElement) -> None:
    candidates = [
        element
        for element in tree.iter(*_PARAGRAPH_LIKE)
        if is_paragraph(plain(element.text_content()))
        and not has_block(element)
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
