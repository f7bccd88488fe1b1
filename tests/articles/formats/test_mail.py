"""`.eml` files: the text of a mail with its sender and date, and the attachments that are articles."""

from base64 import b64encode
from datetime import date, datetime
from pathlib import Path
from quopri import encodestring

import pytest

from claims.articles import Article, ArticleError, RawContent, WarningCode
from claims.articles import read_content as read_media
from claims.articles.formats import mail
from tests.articles.formats.docx_writer import docx_paragraph, write_docx
from tests.articles.formats.pdf_writer import column, write_pdf
from tests.articles.saved_pages import BRIDGE, HARBOUR, html_paragraphs
from tests.articles.single_article import only_article, only_reason, read_content

HEADERS = (
    "From: Press Office <press@harbour.example>\nTo: desk@courier.example\nSubject: Ferry slip to reopen\n"
    "Date: Mon, 02 Mar 2026 23:30:00 -0500\nMIME-Version: 1.0\n"
)
PAGE = f"<html><body>{html_paragraphs(HARBOUR)}</body></html>"
WRAPPED = (
    "The harbour board of Port Callow voted on Tuesday to reopen the old\nferry slip, ending a dispute.\n"
    "\n“We have waited long enough,” said Maren Holt, the board's chair.\n“The slip opens.”\n\nYours,\nAnn\n"
)
UNWRAPPED = [
    "The harbour board of Port Callow voted on Tuesday to reopen the old ferry slip, ending a dispute.",
    "",
    "“We have waited long enough,” said Maren Holt, the board's chair. “The slip opens.”",
    "",
    "Yours,",
    "Ann",
]


def part(kind: str, content: bytes, encoding: str = "8bit", extra: str = "") -> bytes:
    coded = {"base64": b64encode, "quoted-printable": encodestring}.get(encoding, bytes)(content)
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n{extra}\n".encode() + coded


def multipart(kind: str, *parts: bytes, mark: str = "b1") -> bytes:
    body = b"".join(f"--{mark}\n".encode() + item + b"\n" for item in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n'.encode() + body + f"--{mark}--\n".encode()


def read_mail(tmp_path: Path, content: bytes, headers: str = HEADERS) -> Article:
    return only_article(read_content(tmp_path / "a.eml", headers.encode() + content))


ATTACHED = "Content-Disposition: attachment; filename={}\n"
TEXT = part("text/plain; charset=utf-8", b"Only text.")
HTML = part("text/html; charset=utf-8", PAGE.encode(), "quoted-printable")
RUSSIAN = " ".join(BRIDGE)

BODIES = [
    ("plain text", part("text/plain; charset=utf-8", b"One.\nTwo."), ["One.", "Two."]),
    ("wrapped text", part("text/plain; charset=utf-8", WRAPPED.encode(), "quoted-printable"), UNWRAPPED),
    ("flowed text", part("text/plain; format=flowed", b"One \ntwo.\nThree."), ["One two.", "Three."]),
    (
        "flowed text with deleted spaces",
        part("text/plain; format=flowed; delsp=yes", b"On \ne.\n Two."),
        ["One.", "Two."],
    ),
    ("HTML", HTML, list(HARBOUR)),
    ("HTML in base64", part("text/html; charset=utf-8", PAGE.encode(), "base64"), list(HARBOUR)),
    ("HTML beside text", multipart("alternative", TEXT, HTML), list(HARBOUR)),
    ("text where the HTML has none", multipart("alternative", TEXT, part("text/html", b"<img src=a>")), ["Only text."]),
    ("parts in parts", multipart("mixed", multipart("alternative", TEXT, HTML, mark="b2")), list(HARBOUR)),
    ("Cyrillic", part("text/plain; charset=koi8-r", "Мост открыт.".encode("koi8-r"), "base64"), ["Мост открыт."]),
    ("an unknown charset of UTF-8", part("text/plain; charset=x-odd", "Мост открыт.".encode()), ["Мост открыт."]),
    ("no content type", b"\nOne.", ["One."]),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_text(tmp_path: Path, content: bytes, expected: list[str], newline: bytes) -> None:
    whole = (HEADERS.encode() + content).replace(b"\n", newline)
    assert only_article(read_content(tmp_path / "a.eml", whole)).text.splitlines() == expected


def test_sender_and_date(tmp_path: Path) -> None:
    article = read_mail(tmp_path, TEXT)
    assert (article.title, article.authors) == ("Ferry slip to reopen", ("Press Office",))
    assert article.publisher == "harbour.example"
    assert article.published == date(2026, 3, 2)
    assert article.published_at == datetime.fromisoformat("2026-03-02T23:30:00-05:00")
    assert "press@" not in repr(article)


def test_encoded_header_fields(tmp_path: Path) -> None:
    headers = (
        "From: =?utf-8?b?0JjQvdC90LA=?= <inna@vestnik.example>\n"
        "Subject: =?windows-1251?q?=CC=EE=F1=F2?=\n =?utf-8?q?_open?=\n"
        "Organization: Vestnik\nContent-Language: ru\nArchived-At: <https://vestnik.example/1>\nDate: soon\n"
    )
    article = read_mail(tmp_path, TEXT, headers)
    assert (article.title, article.authors, article.publisher) == ("Мост open", ("Инна",), "Vestnik")
    assert (article.language, article.url, article.published) == ("ru", "https://vestnik.example/1", None)


def test_sender_without_a_name_is_not_named(tmp_path: Path) -> None:
    assert read_mail(tmp_path, TEXT, "From: ann@harbour.example\nSubject: x\n").authors == ()


def test_future_date_is_left_out(tmp_path: Path) -> None:
    article = read_mail(tmp_path, TEXT, "From: a@b.example\nDate: Mon, 02 Mar 2099 10:00:00 +0000\n")
    assert article.published is None
    assert [warning.code for warning in article.warnings] == [WarningCode.UNLIKELY_DATE]


NOTES = part("text/plain; charset=koi8-r", "Мост открыт.".encode("koi8-r"), extra=ATTACHED.format("notes.txt"))
TABLE = part("text/csv", b"a,b", extra=ATTACHED.format("table.csv"))


def read_all(tmp_path: Path, *parts: bytes) -> list[Article | ArticleError]:
    return list(read_content(tmp_path / "a.eml", HEADERS.encode() + multipart("mixed", *parts)))


def test_other_attachments_are_listed(tmp_path: Path) -> None:
    picture = part("image/png", b"x", "base64", 'Content-Disposition: attachment; filename="map.png"\n')
    forwarded = part("message/rfc822", b"Subject: Earlier\n\nEarlier text.")
    article = read_mail(tmp_path, multipart("mixed", TEXT, picture, TABLE, forwarded))
    assert article.text == "Only text."
    (warning,) = article.warnings
    assert warning.code == WarningCode.ATTACHMENTS
    assert "3 attachments were not read: map.png, table.csv, Earlier." in warning.message


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READABLE = [
    ("PDF", "application/pdf", "minutes.pdf", write_pdf([column(["The slip opens."])]), "The slip opens."),
    ("PDF as mere bytes", "application/octet-stream", "A.PDF", write_pdf([column(["Opens."])]), "Opens."),
    ("Word", DOCX, "minutes.docx", write_docx(docx_paragraph("The slip opens.")), "The slip opens."),
    ("page", "text/html; charset=utf-8", "minutes.html", PAGE.encode(), "\n".join(HARBOUR)),
    ("text", "text/plain; charset=koi8-r", "notes.txt", "Мост открыт.".encode("koi8-r"), "Мост открыт."),
]


@pytest.mark.parametrize(
    ("kind", "filename", "content", "expected"), [case[1:] for case in READABLE], ids=[case[0] for case in READABLE]
)
def test_an_attachment_is_an_article_of_its_own(
    tmp_path: Path, kind: str, filename: str, content: bytes, expected: str
) -> None:
    body, attached = read_all(tmp_path, TEXT, part(kind, content, "base64", ATTACHED.format(filename)))
    assert isinstance(body, Article)
    assert isinstance(attached, Article)
    assert (body.text, body.warnings) == ("Only text.", ())
    assert attached.text.strip() == expected
    assert attached.name.endswith(f"a.eml: {filename}")
    assert (attached.publisher, attached.published) == ("harbour.example", date(2026, 3, 2))
    assert (attached.title, attached.url) != (body.title, body.url)


def test_a_mail_may_consist_of_an_attachment(tmp_path: Path) -> None:
    (article,) = read_all(tmp_path, part("text/plain", b" \n"), NOTES, TABLE)
    assert isinstance(article, Article)
    assert article.text == "Мост открыт."
    assert [warning.code for warning in article.warnings] == [WarningCode.ATTACHMENTS]


def test_an_attachment_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    body, refused, notes = read_all(
        tmp_path, TEXT, part("application/pdf", b"%PDF", extra=ATTACHED.format("a.pdf")), NOTES
    )
    assert isinstance(refused, ArticleError)
    assert refused.name.endswith("a.eml: a.pdf")
    assert isinstance(body, Article)
    assert isinstance(notes, Article)


def test_few_attachments_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body, *others = read_all(tmp_path, TEXT, *[NOTES] * (mail.MAX_ATTACHMENTS + 2))
    assert isinstance(body, Article)
    assert "2 attachments were not read" in body.warnings[0].message
    assert len(others) == mail.MAX_ATTACHMENTS
    monkeypatch.setattr(mail, "MAX_ATTACHMENT_SECONDS", -1)
    body, late = read_all(tmp_path, TEXT, NOTES)
    assert isinstance(late, ArticleError)
    assert "took too long" in late.reason


def test_who_takes_one_article_gets_the_text(tmp_path: Path) -> None:
    content = RawContent(HEADERS.encode() + multipart("mixed", TEXT, NOTES), "message/rfc822")
    article = read_media("a mail", content)
    assert article.text == "Only text."
    assert "notes.txt" in article.warnings[0].message


REFUSED = [
    ("nothing", b"", "not a mail"),
    ("just text", b"Just text.\nMore.", "not a mail: it does not begin with header fields"),
    ("only attachments", HEADERS.encode() + part("application/pdf", b"x"), "not a PDF that can be read"),
    ("only a picture", HEADERS.encode() + part("image/png", b"x"), "empty: the mail contains no text"),
    ("no text", HEADERS.encode() + part("text/plain", b" \n"), "empty"),
    ("encrypted", HEADERS.encode() + multipart("encrypted", part("application/octet-stream", b"x")), "is encrypted"),
    ("encrypted by S/MIME", HEADERS.encode() + part("application/pkcs7-mime", b"x"), "is encrypted"),
    ("many parts", HEADERS.encode() + multipart("mixed", *[part("image/png", b"x")] * 501), "more than 500 parts"),
    (
        "parts in each other",
        HEADERS.encode() + b"".join(part(f"multipart/mixed; boundary={n}", b"--%d\n" % n) for n in range(400)),
        "the mail contains no text",
    ),
    (
        "parts in each other and countless lines",
        HEADERS.encode() + multipart("mixed", *[multipart("mixed", TEXT, mark="b2")] * 99) + b"\n" * 200_000,
        "too many parts in each other",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in only_reason(read_content(tmp_path / "a.eml", content))
