"""Reads `.docx` files: all paragraphs, list items and cells of a Word document, in their order; no pictures."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from io import BytesIO
from typing import Final
from xml.parsers.expat import ExpatError

import lxml.html
import mammoth
from lxml import etree
from lxml.html import HtmlElement

from claims.articles.article import Article, ArticleFields, ArticleValueError
from claims.articles.bylines import split_authors
from claims.articles.input_stream import NamedStream
from claims.articles.metadata_fields import first_language, first_line, valid_authors
from claims.articles.publication_dates import choose_publication_date
from claims.articles.text_checks import check_text

READER: Final = "mammoth"
VERSION: Final = version("mammoth")

# Word's own parts are XML, of which mammoth builds trees. Ten pages have about 3,000 elements.
MAX_XML_BYTES: Final = 20_000_000  # unpacked, all parts together
MAX_ELEMENTS: Final = 100_000  # 7 s, 150 MB
MAX_ATTRIBUTES: Final = 500  # of a tag; Word writes 40 at most, and parsers take quadratic time for namespaces
_TAG: Final = re.compile(rb"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE: Final = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_XML_PART: Final = re.compile(r".*\.(?:xml|rels)", re.IGNORECASE)
_PROPERTIES: Final = "docProps/core.xml"

# What the libraries raise for files that are no Word document, or a damaged one.
_DAMAGE: Final = (
    *(zipfile.BadZipFile, zlib.error, ExpatError, etree.LxmlError, OSError, RuntimeError, ValueError, TypeError),
    *(AttributeError, LookupError, RecursionError, EOFError),
)
_BLOCKS: Final = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th")
# Of footnotes: the number in the text, and the arrow back to it.
_NOTE_LINKS: Final = "|".join(f"//a[starts-with(@href, '#{kind}note')]" for kind in ("foot", "end"))
_OLE_SIGNATURE: Final = b"\xd0\xcf\x11\xe0"


def read_docx(source: NamedStream) -> Iterator[Article]:
    """Yield the article of a Word document. Raises ArticleValueError for one that is encrypted, damaged or a bomb."""
    data = source.read_whole()
    if data.startswith(_OLE_SIGNATURE):
        raise ArticleValueError("an old or an encrypted Word document; save it as .docx without a password")
    try:
        parts = _read_parts(data)
        page = mammoth.convert_to_html(
            _write_archive(parts), include_embedded_style_map=False, convert_image=_leave_image_out
        ).value
        fields = _property_fields(parts)
    except ArticleValueError:
        raise
    except _DAMAGE as error:
        raise ArticleValueError(f"not a .docx document that can be read ({type(error).__name__})") from error
    text = check_text("\n".join(_paragraphs(page)), source.text_limit)
    yield Article(name=source.name, text=text, reader=READER, reader_version=VERSION, **fields)


def _read_parts(data: bytes) -> dict[str, bytes]:
    """The contents of Word's own parts, by name. Raises ArticleValueError where parsing them would take too much."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if _XML_PART.fullmatch(part.filename)]
        # zipfile never unpacks more of a part than its directory says.
        if (size := sum(part.file_size for part in parts)) > MAX_XML_BYTES:
            raise ArticleValueError(f"unpacked it has {size:,} bytes of XML, the limit is {MAX_XML_BYTES:,}; split it")
        content_by_name = {part.filename: archive.read(part) for part in parts}
    contents = content_by_name.values()
    # Word writes UTF-8; in UTF-16, declarations would be missed here.
    if any(forbidden in content for content in contents for forbidden in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise ArticleValueError("not a .docx document: its XML declares entities, or is not UTF-8")
    if (count := sum(content.count(b"<") - content.count(b"</") for content in contents)) > MAX_ELEMENTS:
        raise ArticleValueError(f"it has {count:,} elements, the limit is {MAX_ELEMENTS:,}; split it")
    if any(_has_many_attributes(tag) for content in contents for tag in _TAG.findall(content)):
        raise ArticleValueError(f"not a .docx document: a tag has more than {MAX_ATTRIBUTES} attributes")
    return content_by_name


def _write_archive(parts: Mapping[str, bytes]) -> BytesIO:
    """A document of these parts alone: a relationship may name any other file of the archive as a part."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer


def _has_many_attributes(tag: bytes) -> bool:
    return tag.count(b"=") > MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(tag)) > MAX_ATTRIBUTES


def _leave_image_out(_image: object) -> list[object]:
    return []


def _paragraphs(page: str) -> Iterator[str]:
    if not page:
        return
    tree = lxml.html.fragment_fromstring(page, create_parent="div")
    for link in tree.xpath(_NOTE_LINKS):
        link.drop_tree()
    for line_break in tree.iter("br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    for block in tree.iter(*_BLOCKS):
        text = "".join(_own_text(block))
        yield from filter(None, (" ".join(line.split()) for line in text.split("\n")))


def _own_text(block: HtmlElement) -> Iterator[str]:
    """The text of a block without that of the blocks in it, such as paragraphs in a cell."""
    yield block.text or ""
    for child in block:
        if child.tag not in (*_BLOCKS, "ul", "ol", "table"):
            yield from _own_text(child)
        yield child.tail or ""


def _property_fields(parts: Mapping[str, bytes]) -> ArticleFields:
    """The fields that the file states. The day when it was created is only a guess at the day of publication."""
    if _PROPERTIES not in parts:
        return {}
    root = etree.fromstring(parts[_PROPERTIES])
    stated = {etree.QName(element).localname: element.text or "" for element in root.iter("{*}*")}
    return {
        "title": first_line("title", [stated.get("title")]),
        "authors": valid_authors(split_authors(stated.get("creator", ""))),
        "language": first_language([stated.get("language")]),
        "suggested_published": choose_publication_date([stated.get("created")]).day,
    }
