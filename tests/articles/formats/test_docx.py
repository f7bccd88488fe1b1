"""`.docx` files: every paragraph in its order; files that are damaged, encrypted or hostile are refused."""

from datetime import date
from pathlib import Path

import pytest

from claims.articles.formats import docx
from tests.articles.formats.docx_writer import CORE, document_at, docx_paragraph, write_docx
from tests.articles.saved_pages import HARBOUR
from tests.articles.single_article import only_article, only_reason, read_content

ONE, TWO = docx_paragraph("“One,” he said."), docx_paragraph("Two.")
RUN = "<w:r><w:t>{}</w:t></w:r>"
NAMESPACES = " ".join(f"xmlns:n{number}='u'" for number in range(501))
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

BODIES = [
    ("paragraphs", "".join(map(docx_paragraph, HARBOUR)), list(HARBOUR)),
    ("a short text", ONE, ["“One,” he said."]),
    ("an empty paragraph between", f"{ONE}<w:p/>{TWO}", ["“One,” he said.", "Two."]),
    ("formatted words", f"<w:p>{RUN.format('“On')}<w:r><w:rPr><w:b/></w:rPr><w:t>e,”</w:t></w:r></w:p>", ["“One,”"]),
    ("a line break", "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t></w:r></w:p>", ["One", "two"]),
    ("a tab", "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p>", ["One two"]),
    (
        "a table, row by row",
        f"<w:tbl><w:tr><w:tc>{ONE}{TWO}</w:tc><w:tc>{ONE}</w:tc></w:tr><w:tr><w:tc>{TWO}</w:tc></w:tr></w:tbl>",
        ["“One,” he said.", "Two.", "“One,” he said.", "Two."],
    ),
    ("a heading", f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{RUN.format("Ferry")}</w:p>{TWO}', ["Ferry", "Two."]),
    ("inserted words", f"<w:p>{RUN.format('One')}<w:ins>{RUN.format(' two')}</w:ins></w:p>", ["One two"]),
    ("deleted words", f"<w:p>{RUN.format('One')}<w:del><w:r><w:delText> two</w:delText></w:r></w:del></w:p>", ["One"]),
    ("markup in the text", docx_paragraph("a &lt;b&gt; &amp; c"), ["a <b> & c"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_paragraphs(tmp_path: Path, body: str, expected: list[str]) -> None:
    assert only_article(read_content(tmp_path / "a.docx", write_docx(body))).text.splitlines() == expected


def test_footnotes_stand_after_the_text_without_their_numbers(tmp_path: Path) -> None:
    relation = f'<Relationship Id="r2" Type="{NOTES}/footnotes" Target="footnotes.xml"/>'
    parts = {
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relation}</Relationships>',
        "word/footnotes.xml": '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="1">{docx_paragraph("By a show of hands.")}</w:footnote></w:footnotes>',
    }
    body = f'<w:p>{RUN.format("The board voted.")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    text = only_article(read_content(tmp_path / "a.docx", write_docx(body, parts))).text
    assert text.splitlines() == ["The board voted.", "By a show of hands."]


def test_stated_fields(tmp_path: Path) -> None:
    content = write_docx(ONE, {"docProps/core.xml": CORE})
    article = only_article(read_content(tmp_path / "a.docx", content))
    assert (article.title, article.authors, article.language) == (
        "Ferry slip to reopen",
        ("Ann Bee", "Bob Cee"),
        "en-GB",
    )
    assert (article.published, article.suggested_published) == (None, date(2026, 3, 2))
    assert article.reader == "mammoth"


NESTED = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
REFUSED = [
    ("nothing", b"", "not a .docx document"),
    ("no archive", b"PK\x03\x04rest", "not a .docx document that can be read"),
    ("an empty document", write_docx(""), "empty: it contains no text"),
    ("an old or encrypted document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or an encrypted Word document"),
    ("another archive", write_docx("", {"_rels/.rels": "<a/>", "word/document.xml": "<a/>"}), "that can be read"),
    ("broken XML", write_docx("", {"word/document.xml": "<w:document"}), "not a .docx document that can be read"),
    (
        "entities",
        write_docx("", {"word/document.xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
        "its XML declares entities",
    ),
    ("entities in UTF-16", write_docx("", {"word/document.xml": "<!DOCTYPE a><a/>".encode("utf-16")}), "UTF-8"),
    ("parts that unpack to much more", write_docx(ONE, {"a.xml": " " * 20_000_001}), "of XML, the limit is 20,000,000"),
    (
        "a document under the name of a picture",  # whose size has no limit
        write_docx("", {"_rels/.rels": document_at("word/a.png"), "word/a.png": f"<a>{' ' * 20_000_001}</a>"}),
        "empty: it contains no text",
    ),
    ("countless elements", write_docx("<w:p/>" * 100_001), "elements, the limit is 100,000"),
    (
        "countless namespaces",
        write_docx(f"<w:p {NAMESPACES}/>{ONE}"),
        "a tag has more than 500 attributes",
    ),
    ("tables in each other", write_docx(NESTED[0] * 2_000 + ONE + NESTED[1] * 2_000), "RecursionError"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / "a.docx", content))


def test_pictures_are_not_read(tmp_path: Path) -> None:
    content = write_docx(ONE, {"word/media/image1.png": b"\x89PNG" + b"\0" * docx.MAX_XML_BYTES * 2})
    assert only_article(read_content(tmp_path / "a.docx", content)).text == "“One,” he said."
