"""`.eml` files: the text of a mail with its sender and date; attachments are listed."""

from base64 import b64encode
from datetime import date, datetime
from pathlib import Path
from quopri import encodestring

import pytest

from claims.articles import Article
from claims.articles.article import WarningCode
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


def test_attachments_are_listed(tmp_path: Path) -> None:
    minutes = part("application/pdf", b"%PDF", "base64", 'Content-Disposition: attachment; filename="minutes.pdf"\n')
    notes = part("text/plain", b"Attached text.", extra="Content-Disposition: attachment; filename=notes.txt\n")
    forwarded = part("message/rfc822", b"Subject: Earlier\n\nEarlier text.")
    article = read_mail(tmp_path, multipart("mixed", TEXT, minutes, notes, forwarded))
    assert article.text == "Only text."
    (warning,) = article.warnings
    assert warning.code == WarningCode.ATTACHMENTS
    assert "3 attachments were not read: minutes.pdf, notes.txt, Earlier." in warning.message


REFUSED = [
    ("nothing", b"", "not a mail"),
    ("just text", b"Just text.\nMore.", "not a mail: it does not begin with header fields"),
    ("only attachments", HEADERS.encode() + part("application/pdf", b"x"), "empty: the mail contains no text"),
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
