"""Writes small PDF files, for tests."""

import textwrap
from collections.abc import Iterable, Sequence

Line = tuple[float, float, float, str]  # x and y in points from the lower left corner, the size of the font, the text


def write_pdf(
    pages: Iterable[Sequence[Line]], *, info: str = "", catalog: str = "", extra: Sequence[bytes] = ()
) -> bytes:
    """Return a PDF in Helvetica, with the encoding of Windows. `info` and `catalog` are entries of its dictionaries."""
    contents = [b"\n".join(map(_show, lines)) for lines in pages]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode("cp1252"),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {info} >>".encode("cp1252"),
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return write_objects([*objects, *extra], "/Root 1 0 R /Info 4 0 R")


def write_objects(objects: Sequence[bytes], trailer: str) -> bytes:
    body = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} {trailer} >>\n"
    end += f"startxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def _show(line: Line) -> bytes:
    x, y, size, text = line
    escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (size, x, y, escaped)


def column(
    paragraphs: Iterable[str], *, top: float = 760, size: float = 11, width: int = 80, x: float = 72
) -> list[Line]:
    """Lines of paragraphs, wrapped at a number of characters, with some room between paragraphs."""
    lines: list[Line] = []
    y = top
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width, break_on_hyphens=False):
            lines.append((x, y, size, line))
            y -= size * 1.2
        y -= size * 0.8
    return lines
