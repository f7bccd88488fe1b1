"""Generates Word documents, PDF files, mails and subtitles that are made to be slow, large or damaged."""

import base64
import io
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from tests.articles.formats.docx_writer import document_at, docx_paragraph, write_docx
from tests.articles.formats.pdf_writer import write_objects, write_pdf
from tests.hostile.pages import WORDS, BytesForm, fill

SENTENCE: Final = "Ann Moor said on Monday that the ferry will be back by June. "
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_RUN: Final = "<w:r><w:t>a</w:t></w:r>"
_LINK: Final = f'<w:hyperlink w:anchor="a">{_RUN}</w:hyperlink>'
_FIELD: Final = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


def numbered_attributes(name: str, count: int) -> str:
    return " ".join(f'{name.format(number)}="u{number}"' for number in range(count))


def docx_with(document: str) -> bytes:
    return write_docx("", {"word/document.xml": document})


def bomb(size: int) -> bytes:
    """Unpacked a thousand times as large."""
    return write_docx(docx_paragraph(SENTENCE), {"word/media/a.xml": b" " * (size * 1000)})


def bomb_under_another_name(size: int) -> bytes:
    """The document, unpacked a thousand times as large, has the name of a picture."""
    document = f'<w:document xmlns:w="{_W}"><w:body>{"<w:p/>" * (size * 150)}</w:body></w:document>'
    return write_docx("", {"_rels/.rels": document_at("word/a.png"), "word/a.png": document})


def lying_directory(size: int) -> bytes:
    """The directory says that the document is small."""
    data = bytearray(write_docx(docx_paragraph("a" * size * 100)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", data, at + 24, 10)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def entity_document(size: int) -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "{"a" * (size // 100)}">{entities}]>'
        f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>'
    )


def nested_docx(element: str, size: int) -> bytes:
    depth = size // (2 * len(element) + 5)
    return write_docx(docx_paragraph(SENTENCE) + f"<{element}>" * depth + f"</{element}>" * depth)


def many_parts(size: int) -> bytes:
    return write_docx(docx_paragraph(SENTENCE), {f"word/a{n}.xml": "<a/>" for n in range(size // 120)})


def repeated_part(size: int) -> bytes:
    buffer = io.BytesIO(write_docx(docx_paragraph(SENTENCE)))
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(buffer, "a") as archive:
        for _ in range(size // 200):
            archive.writestr("a", b"a")
    return buffer.getvalue()


DOCX: Final[dict[str, BytesForm]] = {
    "bomb": bomb,
    "bomb under another name": bomb_under_another_name,
    "lying directory": lying_directory,
    "entities": lambda size: docx_with(entity_document(size)),
    "entities in UTF-16": lambda size: write_docx("", {"word/document.xml": entity_document(size).encode("utf-16")}),
    "external entity": lambda size: docx_with('<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'),
    "paragraphs": lambda size: write_docx(docx_paragraph("a") * (size // 50)),
    "one paragraph": lambda size: write_docx(docx_paragraph(SENTENCE * (size // 60))),
    "runs": lambda size: write_docx(f"<w:p>{_RUN * (size // 25)}</w:p>"),
    "breaks": lambda size: write_docx(f"<w:p><w:r><w:t>a</w:t>{'<w:br/>' * (size // 7)}</w:r></w:p>"),
    "cells": lambda size: write_docx(f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * (size // 20)}</w:tr></w:tbl>"),
    "links": lambda size: write_docx(f"<w:p>{_LINK * (size // 70)}</w:p>"),
    "fields": lambda size: write_docx(f"<w:p>{_FIELD * (size // 50)}{_RUN}</w:p>"),
    "many parts": many_parts,
    "repeated part": repeated_part,
    "attributes": lambda size: write_docx(f"<w:p {numbered_attributes('a{}', size // 10)}>{_RUN}</w:p>"),
    "namespaces": lambda size: write_docx(f"<w:p {numbered_attributes('xmlns:a{}', size // 16)}>{_RUN}</w:p>"),
    "cut off": lambda size: write_docx(docx_paragraph(SENTENCE * (size // 60)))[:-40],
    "no document": lambda size: write_docx("", {"word/document.xml": b"\0" * size}),
    "pictures": lambda size: write_docx(docx_paragraph(SENTENCE), {"word/media/a.png": bytes(size)}),
    **{
        f"nested {element}": lambda size, element=element: nested_docx(element, size)
        for element in (
            "w:p",
            "w:tbl",
            "w:tc",
            "w:r",
            "w:sdt",
            "w:sdtContent",
            "w:hyperlink",
            "mc:AlternateContent",
            "w:ins",
        )
    },
}


def flate(content: bytes, levels: int = 1, extra: str = "") -> bytes:
    for _ in range(levels):
        content = zlib.compress(content, 9)
    filters = "/FlateDecode " * levels
    return f"<< /Length {len(content)} /Filter [{filters}] {extra} >>\nstream\n".encode() + content + b"\nendstream"


def pdf_of(content: bytes, *more: bytes, resources: str = "") -> bytes:
    """A page that shows an object, with others from 5 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources << {resources} >> >>".encode(),
        content,
        *more,
    ]
    return write_objects(objects, "/Root 1 0 R")


_FONT: Final = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
_SHOW: Final = b"BT /F 9 Tf (words) Tj ET\n"


def forms_in_forms(size: int) -> bytes:
    """Each form shows the next ten times."""
    del size
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> /Length 60 >>"
    forms = [(form % (number + 6)) + b"\nstream\n" + b"/X Do " * 10 + b"\nendstream" for number in range(12)]
    return pdf_of(flate(b"/X Do " * 10), *forms, flate(_SHOW), resources="/XObject << /X 5 0 R >>")


def cyclic_pages(size: int) -> bytes:
    kids = "2 0 R " * (size // 6)
    return write_objects(
        [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count 1000000 >>".encode()],
        "/Root 1 0 R",
    )


def deep_pages(size: int) -> bytes:
    count = size // 60
    nodes = [f"<< /Type /Pages /Kids [{n + 3} 0 R] /Count 1 >>".encode() for n in range(count)]
    return write_objects([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, b"<< /Type /Page >>"], "/Root 1 0 R")


def character_map(size: int) -> bytes:
    cmap = b"begincmap 1 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * (size // 21) + b"endbfrange endcmap"
    font = "/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R >> >>"
    return pdf_of(flate(b"BT /F 9 Tf <00410042> Tj ET"), flate(cmap), resources=font)


PDF: Final[dict[str, BytesForm]] = {
    "bomb": lambda size: pdf_of(flate(b" " * size * 1000)),
    "bomb in a bomb": lambda size: pdf_of(flate(b" " * size * 1000, 3)),
    "words": lambda size: pdf_of(flate(_SHOW * (size // 25)), resources=_FONT),
    "words of a bomb": lambda size: pdf_of(flate(_SHOW * size), resources=_FONT),
    "operators": lambda size: pdf_of(flate(b"q Q " * size)),
    "nested states": lambda size: pdf_of(flate(b"q " * size + _SHOW), resources=_FONT),
    "nested lists": lambda size: pdf_of(flate(b"[" * size + b"] TJ")),
    "nested dictionaries": lambda size: pdf_of(flate(b"<< /A " * size)),
    "open string": lambda size: pdf_of(flate(b"BT /F 9 Tf (" + b"(" * size), resources=_FONT),
    "long string": lambda size: pdf_of(flate(b"BT /F 9 Tf (" + b"a" * size + b") Tj ET"), resources=_FONT),
    "numbers": lambda size: pdf_of(flate(b"1 " * size)),
    "long number": lambda size: pdf_of(flate(b"9" * size + b" 0 Td " + _SHOW), resources=_FONT),
    "nested lists in an object": lambda size: write_objects([b"[" * size], "/Root 1 0 R"),
    "comments": lambda size: pdf_of(b"%" * size + b"\n" + flate(_SHOW)),
    "forms in forms": forms_in_forms,
    "a form in itself": lambda size: pdf_of(
        b"<< /Type /XObject /Subtype /Form /Resources << /XObject << /X 4 0 R >> >> /Length 6 >>"
        b"\nstream\n/X Do \nendstream",
        resources="/XObject << /X 4 0 R >>",
    ),
    "cyclic pages": cyclic_pages,
    "deep pages": deep_pages,
    "pages": lambda size: write_pdf([[(9, 9, 9, "words")]] * (size // 300)),
    "many lines": lambda size: write_pdf([[(9, 9, 9, "words")] * (size // 50)]),
    "character map": character_map,
    "no table": lambda size: b"%PDF-1.7\n" + b"1 0 obj << >> endobj\n" * (size // 20),
    "table only": lambda size: (
        b"%PDF-1.7\nxref\n0 99999999\n" + b"0000000000 00000 n \n" * (size // 20) + b"startxref\n9\n%%EOF"
    ),
    "table before itself": lambda size: (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF"
        + b" " * size
    ),
    "ends": lambda size: b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * (size // 18),
    "lengths in a circle": lambda size: pdf_of(b"<< /Length 4 0 R >>\nstream\n" + b"a" * size + b"\nendstream"),
    "references": lambda size: pdf_of(b"5 0 R", *(f"{n + 6} 0 R".encode() for n in range(size // 30))),
    "encrypted": lambda size: (
        write_objects([b"<< /Type /Catalog >>"], "/Root 1 0 R /Encrypt << /Filter /Standard /V 5 /R 6 >>") + b" " * size
    ),
    "predictor": lambda size: pdf_of(flate(b"\0" * size, extra="/DecodeParms << /Predictor 12 /Columns 1 >>")),
    "wide predictor": lambda size: pdf_of(
        flate(b"\0" * size, extra=f"/DecodeParms << /Predictor 12 /Columns {10**9} >>")
    ),
    "lzw": lambda size: pdf_of(
        b"<< /Length %d /Filter /LZWDecode >>\nstream\n" % size + b"\x80" * size + b"\nendstream"
    ),
    "run lengths": lambda size: pdf_of(
        b"<< /Length %d /Filter /RunLengthDecode >>\nstream\n" % size + b"\x81a" * (size // 2) + b"\nendstream"
    ),
    "hexadecimal": lambda size: pdf_of(
        b"<< /Length %d /Filter /ASCIIHexDecode >>\nstream\n" % size + b"4" * size + b"\nendstream"
    ),
    "base 85": lambda size: pdf_of(
        b"<< /Length %d /Filter /ASCII85Decode >>\nstream\n" % size + b"z" * size + b"\nendstream"
    ),
    "inline pictures": lambda size: pdf_of(flate(b"BI /W 1 /H 1 ID a EI\n" * (size // 20))),
    "open picture": lambda size: pdf_of(flate(b"BI /W 9999999 /H 9999999 ID " + b"a" * size)),
    "wide font": lambda size: pdf_of(
        flate(_SHOW),
        resources="/Font << /F << /Type /Font /Subtype /TrueType /FirstChar 0 /LastChar 1000000000 /Widths ["
        f"{'1 ' * (size // 2)}] >> >>",
    ),
}


def mail(headers: str, body: str = SENTENCE) -> bytes:
    return f"From: a@b.c\nSubject: Ferry\n{headers}\n\n{body}".encode()


def nested_mail(size: int) -> bytes:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(size // 55))
    return f"From: a@b.c\n{parts}Content-Type: text/plain\n\n{SENTENCE}".encode()


def mail_in_mail(size: int) -> bytes:
    return b"From: a@b.c\n" + b"Content-Type: message/rfc822\n\n" * (size // 31) + b"\n" + SENTENCE.encode()


MAIL: Final[dict[str, BytesForm]] = {
    "nested parts": nested_mail,
    "mail in mail": mail_in_mail,
    "headers": lambda size: mail("".join(f"X-{n}: a\n" for n in range(size // 12)) + "X: y"),
    "long header": lambda size: mail(f"To: {'a' * size}"),
    "addresses": lambda size: mail(f"To: {'a@b.c, ' * (size // 7)}"),
    "brackets": lambda size: mail(f"From: {'<' * size}"),
    "comments": lambda size: mail(f"From: {'(' * size}a@b.c"),
    "encoded words": lambda size: mail(f"Subject: {'=?utf-8?q?a?= ' * (size // 14)}"),
    "broken words": lambda size: mail(f"Subject: {'=?' * (size // 2)}"),
    "question marks": lambda size: mail(f"Subject: {'=?a?q?' + '?' * size}"),
    "parameters": lambda size: mail("Content-Type: text/plain" + "".join(f"; p*{n}=a" for n in range(size // 8))),
    "quotation marks": lambda size: mail(f'Content-Type: text/plain; charset="{chr(92) * size}'),
    "charset": lambda size: mail(f"Content-Type: text/plain; charset={'a' * size}"),
    "codec": lambda size: mail("Content-Type: text/plain; charset=zlib_codec", "a" * size),
    "punycode": lambda size: mail("Content-Type: text/plain; charset=punycode", "a" * size),
    "idna": lambda size: mail("Content-Type: text/plain; charset=idna", "a." * (size // 2)),
    "long date": lambda size: mail(f"Date: {'1 ' * (size // 2)}"),
    "boundary": lambda size: mail(f"Content-Type: multipart/mixed; boundary={'a' * size}", f"--{'a' * size}\n\na"),
    "parts": lambda size: mail("Content-Type: multipart/mixed; boundary=b", "--b\n\na\n" * (size // 7)),
    "parts without end": lambda size: mail("Content-Type: multipart/mixed; boundary=b", "--b" * (size // 3)),
    "alternatives": lambda size: mail(
        "Content-Type: multipart/alternative; boundary=b", "--b\nContent-Type: text/html\n\n<p>a\n" * (size // 34)
    ),
    "base64": lambda size: mail("Content-Transfer-Encoding: base64", base64.encodebytes(b"a" * size).decode()),
    "broken base64": lambda size: mail("Content-Transfer-Encoding: base64", "=" * size),
    "quoted-printable": lambda size: mail("Content-Transfer-Encoding: quoted-printable", "=41=\n" * (size // 5)),
    "uuencode": lambda size: mail("Content-Transfer-Encoding: x-uuencode", "begin 666 a\n" + "M" * size),
    "page": lambda size: mail("Content-Type: text/html", f"<html>{'<div>' * (size // 5)}{SENTENCE}"),
    "cited": lambda size: mail("X: y", f"{'>' * 100} a\n" * (size // 103)),
    "attachments": lambda size: mail(
        "Content-Type: multipart/mixed; boundary=b",
        f"--b\n\n{SENTENCE}\n" + "--b\nContent-Disposition: attachment; filename=a.pdf\n\na\n" * (size // 60),
    ),
    "nuls": lambda size: mail("X: y", "\0" * size),
}


def cue(number: int, text: str, arrow: str = "-->") -> str:
    return f"{number}\n00:00:{number % 60:02},000 {arrow} 00:00:{number % 60:02},500\n{text}\n\n"


SUBTITLES: Final[dict[str, BytesForm]] = {
    "cues": lambda size: "".join(cue(n, "words") for n in range(size // 45)).encode(),
    "one cue": lambda size: cue(1, SENTENCE * (size // 60)).encode(),
    "lines in a cue": lambda size: cue(1, "a\n" * (size // 2)).encode(),
    "tags": lambda size: cue(1, "<i>" * (size // 3)).encode(),
    "brackets": lambda size: cue(1, "<" * size).encode(),
    "braces": lambda size: cue(1, "{\\" * (size // 2)).encode(),
    "voices": lambda size: cue(1, "<v Ann>a" * (size // 8)).encode(),
    "open voice": lambda size: cue(1, "<v " * (size // 3)).encode(),
    "labels": lambda size: cue(1, "A A" * (size // 3)).encode(),
    "arrows": lambda size: fill("-->", size),
    "arrow lines": lambda size: fill("00:00:01,000 --> 00:00:02,000\n", size),
    "no times": lambda size: fill("1\nwords\n\n", size),
    "long number": lambda size: (b"9" * size) + b"\n00:00:01,000 --> 00:00:02,000\nwords\n\n",
    "long time": lambda size: b"1\n" + b"9" * size + b":00:01,000 --> 00:00:02,000\nwords\n\n",
    "references": lambda size: cue(1, "&amp;" * (size // 5)).encode(),
    "carriage returns": lambda size: cue(1, "a").replace("\n", "\r").encode() * (size // 40),
    "repeated lines": lambda size: "".join(cue(n, "a\n" * 50) for n in range(size // 140)).encode(),
    "blank lines": lambda size: cue(1, "a").encode() + b"\n" * size,
}


def random_bytes(start: bytes, seed: int) -> BytesForm:
    return lambda size: start + random.Random(seed).randbytes(size)


def damaged(form: BytesForm, seed: int) -> BytesForm:
    """The file with some bytes replaced, which libraries trust more than others."""

    def damage(size: int) -> bytes:
        source, data = random.Random(seed), bytearray(form(size))
        for _ in range(20):
            data[source.randrange(len(data))] = source.randrange(256)
        return bytes(data)

    return damage


def document_forms() -> Iterator[tuple[str, str, BytesForm]]:
    """Yields an extension, a name and a function from a size to the file."""
    vtt = {
        name: (lambda size, form=form: b"WEBVTT\n\n" + form(size).replace(b",", b"."))
        for name, form in SUBTITLES.items()
    }
    of_extension = {"docx": DOCX, "pdf": PDF, "eml": MAIL, "srt": SUBTITLES, "vtt": vtt}
    for extension, forms in of_extension.items():
        for name, form in forms.items():
            yield extension, name, form
    sound: dict[str, Callable[[int], bytes]] = {
        "docx": lambda _: write_docx(docx_paragraph(WORDS) * 5),
        "pdf": lambda _: write_pdf([[(72, 700, 11, SENTENCE)]]),
        "eml": lambda _: mail("Content-Type: text/html; charset=utf-8", f"<p>{SENTENCE}"),
        "vtt": vtt["voices"],
    }
    for extension, form in sound.items():
        for seed in range(15):
            yield extension, f"damaged {seed}", damaged(form, seed)
    for extension, start in {
        "docx": b"PK\x03\x04",
        "pdf": b"%PDF-1.7\n",
        "html": b"<html>",
        "eml": b"From: a\n",
    }.items():
        yield extension, "random bytes", random_bytes(start, 1)
