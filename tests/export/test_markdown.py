"""Markdown of the site's editors: what of it becomes HTML, and that nothing else does."""

import re

import pytest
from lxml import html as lxml_html

from claims.export.markdown import LINK_SCHEMES, render_markdown

ALLOWED_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "blockquote",
    "hr",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onmouseover=x>b</b>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#x73;cript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a]( javascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](\x01javascript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    '[a](https://example.org "x\\" onclick=\\"alert(1)")',
    "![a](https://example.org/pixel.png)",
    '![a" onerror="alert(1)](x)',
    '```" onclick="x\n</code></pre><script>\n```',
    "`</code><script>`",
    "| a |\n|---|\n| <script> |",
    "<!-- --><iframe src=//example.org>",
    "[a](https://[::1)",
    "&lt;script&gt; &#60;script&#62;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_but_plain_elements_and_safe_links(text: str) -> None:
    root = lxml_html.fragment_fromstring(str(render_markdown(text)), create_parent="main")
    for element in root.iterdescendants():
        assert element.tag in ALLOWED_TAGS
        assert set(element.attrib) <= {"href", "title", "class"}, text
        scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", element.get("href", ""))
        assert not scheme or scheme[1].lower() in LINK_SCHEMES, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](/report/?claim=1)", '<p><a href="/report/?claim=1">a</a></p>'),
        ("<desk@example.org>", '<p><a href="mailto:desk@example.org">desk@example.org</a></p>'),
        ("[я](https://example.org/я)", '<p><a href="https://example.org/%D1%8F">я</a></p>'),
        ("a\n\n- *b*\n- **c**", "<p>a</p>\n<ul>\n<li><em>b</em></li>\n<li><strong>c</strong></li>\n</ul>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_what_it_renders(text: str, expected: str) -> None:
    assert render_markdown(text).strip() == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [([1], [2]), ([2, 3, 2], [2, 3, 2]), ([3, 5, 3], [2, 3, 2]), ([2, 4, 3, 4], [2, 3, 3, 4]), ([6], [2]), ([], [])],
)
def test_headings_follow_the_title_without_gaps(levels: list[int], expected: list[int]) -> None:
    text = "\n\n".join(f"{'#' * level} x" for level in levels)
    assert [int(level) for level in re.findall(r"<h(\d)>", str(render_markdown(text)))] == expected
