"""`.pdf` files: paragraphs with their pages; files that are encrypted, damaged, scanned or hostile are refused."""

import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from claims.articles.article import WarningCode
from claims.articles.formats import pdf
from tests.articles.formats.pdf_writer import Line, column, write_objects, write_pdf
from tests.articles.saved_pages import HARBOUR
from tests.articles.single_article import only_article, only_reason, read_content

TITLE = (72.0, 790.0, 18.0, "Ferry slip to reopen")


def lines_of(pages: list[list[Line]], tmp_path: Path) -> list[str]:
    return only_article(read_content(tmp_path / "a.pdf", write_pdf(pages))).text.splitlines()


def wrapped(*texts: str, step: float = 13.2, indent: float = 0) -> list[Line]:
    """Lines at even distances; the first is indented."""
    return [(72 + (indent if not number else 0), 700 - number * step, 11, text) for number, text in enumerate(texts)]


LAYOUTS = [
    ("room between paragraphs", [column(HARBOUR)], list(HARBOUR)),
    ("a narrow column", [column(HARBOUR, width=40)], list(HARBOUR)),
    ("a larger title", [[TITLE, *column(HARBOUR, top=768)]], [TITLE[3], *HARBOUR]),
    (
        "no room, but short last lines",
        [wrapped("The board of Port Callow voted on Monday", "to reopen it.", "It has five members, of whom only four",
                 "voted.")],
        ["The board of Port Callow voted on Monday to reopen it.", "It has five members, of whom only four voted."],
    ),
    (
        "no room, but indented first lines",
        [[*wrapped("The harbour board of Port Callow voted on", "Tuesday to reopen the old slip by Easter.", indent=20),
          (92, 673.6, 11, "The board has five members, of whom four"), (72, 660.4, 11, "voted.")]],
        ["The harbour board of Port Callow voted on Tuesday to reopen the old slip by Easter.",
         "The board has five members, of whom four voted."],
    ),
    (
        "two columns",
        [[*column(HARBOUR[:2], width=40), *column(HARBOUR[2:], width=40, x=320)]],
        list(HARBOUR),
    ),
    (
        "a paragraph that goes on on the next page",
        [wrapped("The harbour board of Port Callow voted on"), wrapped("Tuesday to reopen the old ferry slip.")],
        ["The harbour board of Port Callow voted on Tuesday to reopen the old ferry slip."],
    ),
    (
        "a paragraph that ends with its page",
        [wrapped("The board voted on Tuesday to reopen."), wrapped("Five members voted on Wednesday, as well.")],
        ["The board voted on Tuesday to reopen.", "Five members voted on Wednesday, as well."],
    ),
    (
        "a divided word",
        [wrapped("The harbour board of Port Callow has de-", "cided to reopen the slip.")],
        ["The harbour board of Port Callow has decided to reopen the slip."],
    ),
    (
        "a word with a hyphen of its own",
        [wrapped("The well-known harbour board has a well-", "known chair.")],
        ["The well-known harbour board has a well-known chair."],
    ),
    ("a name with a hyphen", [wrapped("The board of the harbour thanked Anne-", "Marie Holt.")],
     ["The board of the harbour thanked Anne-Marie Holt."]),
    ("bullets", [wrapped("The board wants, above all, these:", "• a second crane at the slip,", "• and a ferry.")],
     ["The board wants, above all, these:", "• a second crane at the slip,", "• and a ferry."]),
    ("speakers", [wrapped("HOLT: We have waited long enough, and so", "has everyone.", "RECK: It costs less.")],
     ["HOLT: We have waited long enough, and so has everyone.", "RECK: It costs less."]),
]  # fmt: skip


@pytest.mark.parametrize(("pages", "expected"), [case[1:] for case in LAYOUTS], ids=[case[0] for case in LAYOUTS])
def test_paragraphs(tmp_path: Path, pages: list[list[Line]], expected: list[str]) -> None:
    assert lines_of(pages, tmp_path) == expected


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [(72, 815, 9, "Callow Courier, 2 March"), *column([text]), (290, 30, 9, f"Page {number} of 4")]
        for number, text in enumerate(HARBOUR, start=1)
    ]
    assert lines_of(pages, tmp_path) == list(HARBOUR)
    assert "Callow Courier, 2 March" in lines_of(pages[:1], tmp_path)


def test_a_text_that_is_the_same_on_all_pages_is_no_running_head(tmp_path: Path) -> None:
    assert lines_of([[(72, 815, 9, "Draft.")]] * 3, tmp_path) == ["Draft."] * 3


def test_each_paragraph_has_its_page(tmp_path: Path) -> None:
    pages = [column(HARBOUR[:2]), column(HARBOUR[2:3]), column(HARBOUR[3:])]
    article = only_article(read_content(tmp_path / "a.pdf", write_pdf(pages)))
    starts = [article.text.index(HARBOUR[index]) for index in (0, 2, 3)]
    assert [(position.start, position.label) for position in article.positions] == list(
        zip(starts, ["p. 1", "p. 2", "p. 3"], strict=True)
    )


def test_stated_fields(tmp_path: Path) -> None:
    info = "/Title (Ferry slip to reopen) /Author (Ann Bee; Bob Cee) /CreationDate (D:20260302233000-05'00')"
    content = write_pdf([column(HARBOUR)], info=info, catalog="/Lang (en-GB)")
    article = only_article(read_content(tmp_path / "a.PDF", content))
    assert (article.title, article.authors, article.language) == (
        "Ferry slip to reopen",
        ("Ann Bee", "Bob Cee"),
        "en-GB",
    )
    assert (article.published, article.suggested_published) == (None, date(2026, 3, 2))
    assert (article.reader, article.reader_version) == ("pypdf", pypdf.__version__)


@pytest.mark.parametrize(
    "info", ["/Title (Microsoft Word - slip.docx)", "/Title (slip.indd)", "/CreationDate (soon)", ""]
)
def test_fields_that_say_nothing(tmp_path: Path, info: str) -> None:
    article = only_article(read_content(tmp_path / "a.pdf", write_pdf([column(HARBOUR)], info=info)))
    assert (article.title, article.suggested_published) == ("", None)


def encrypted(content: bytes, password: str) -> bytes:
    writer = pypdf.PdfWriter(BytesIO(content))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_encrypted_only_against_changes(tmp_path: Path) -> None:
    content = encrypted(write_pdf([column(HARBOUR)]), "")
    assert only_article(read_content(tmp_path / "a.pdf", content)).text.splitlines() == list(HARBOUR)


FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def page_of(content: bytes, resources: bytes = FONT, *others: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << %s >> >>" % resources
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return write_objects([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, content, *others], "/Root 1 0 R")


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


FLATE = b"/Filter /FlateDecode"
FLATE_THREE_TIMES = b"/Filter [/FlateDecode /FlateDecode /FlateDecode]"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
FORMS = [stream(b"/X Do /X Do", FORM % number) for number in range(6, 40)]
REFUSED = [
    ("a password", encrypted(write_pdf([column(HARBOUR)]), "secret"), "the PDF is encrypted; save a copy without"),
    ("only pictures", write_pdf([[], []]), "empty: the PDF contains no text. If it is a scan"),
    ("no pages", write_pdf([]), "empty: the PDF contains no text"),
    ("no PDF", b"%PDF-1.7\nnothing", "not a PDF that can be read"),
    ("text", b"One.", "not a PDF that can be read"),
    ("nothing", b"", "not a PDF that can be read"),
    (
        "pages in a circle",
        write_objects(
            [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"], "/Root 1 0 R"
        ),
        "PDF",
    ),
    ("a stream that unpacks to much more", page_of(stream(zlib.compress(b" " * 30_000_000), FLATE)), "not a PDF that"),
    (
        "a stream packed three times",
        page_of(stream(zlib.compress(zlib.compress(zlib.compress(b" " * 30_000_000))), FLATE_THREE_TIMES)),
        "not a PDF that can be read",
    ),
    (
        "a form that shows itself",
        page_of(stream(b"/X Do"), FONT + b"/XObject << /X 5 0 R >>", stream(b"/X Do " * 9, FORM % 5)),
        "PDF",
    ),
    (
        "forms that show each other, twice each",
        page_of(stream(b"/X Do"), FONT + b"/XObject << /X 5 0 R >>", *FORMS, stream(b"")),
        "PDF",
    ),
    ("arrays in each other", page_of(stream(b"[" * 100_000)), "PDF"),
]


@pytest.mark.parametrize(("content", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / "a.pdf", content))


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write_pdf([column(HARBOUR)] * 3)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert "the PDF has 3 pages, the limit is 2; split it" in only_reason(read_content(tmp_path / "a.pdf", content))
    monkeypatch.undo()
    few = pdf._LIMITS.with_overwrites(stream_parsing_work_maximum_count=10)
    monkeypatch.setattr(pdf, "_LIMITS", few)
    assert "its pages are damaged or exceed a limit" in only_reason(read_content(tmp_path / "a.pdf", content))
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "MAX_SECONDS", 0)
    assert "takes more than 0 s to read" in only_reason(read_content(tmp_path / "a.pdf", content))


def test_file_may_be_larger_than_its_text(tmp_path: Path) -> None:
    content = write_pdf([column(HARBOUR)])
    assert only_article(read_content(tmp_path / "a.pdf", content, limit=len(content) // 2)).text
    assert "over the limit" in only_reason(read_content(tmp_path / "a.pdf", content, limit=len(content) // 6))
    assert "text of 421 bytes is over the limit of 400" in only_reason(
        read_content(tmp_path / "a.pdf", content, limit=400)
    )


def test_parts_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    content = stream(b"BT /F1 9 Tf 1 1 Td (One.) Tj ET /X Do")
    damaged = page_of(
        content,
        FONT + b"/XObject << /X 5 0 R >>",
        stream(b"x", b"/Subtype /Form /Resources << /Font << >> >> /Filter /Odd"),
    )
    article = only_article(read_content(tmp_path / "a.pdf", damaged))
    assert article.text == "One."
    assert [warning.code for warning in article.warnings] == [WarningCode.DAMAGED_TEXT]


def test_fonts_without_letters(tmp_path: Path) -> None:
    content = page_of(stream(b"BT /F2 9 Tf 1 1 Td (One.) Tj ET"))
    assert "its fonts do not say which letters they show" in only_reason(read_content(tmp_path / "a.pdf", content))
