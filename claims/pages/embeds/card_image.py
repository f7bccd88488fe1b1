"""The image of a claim or quote that other sites show beside a link to it (Open Graph), 1200 x 630 pixels."""

import io
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from font_source_serif_pro import font_files_otf
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
MARGIN = 72
QUOTATION_TOP, QUOTATION_BOTTOM = 170, 500
LARGEST_TEXT, SMALLEST_TEXT, LINE_HEIGHT = 60, 34, 1.28
MAX_QUOTATION_LENGTH = 1_000  # code points between the quotation marks; more than fits at the smallest size
MAX_LINE_LENGTH = 120  # code points of the lines that are not wrapped
PAPER, INK, MUTED, RULE = "#fffefb", "#1a1a1a", "#57534e", "#d9d4ca"
SCALE_COLORS = {"low": "#a11d1d", "middle": "#8a5a00", "high": "#1a6334", "none": "#4a4f57"}  # as in tokens.css
REGULAR, BOLD = "SourceSerifPro", "SourceSerifProBold"
_NO_CHARACTER = "\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The texts of an image; any may be empty. `verdict` is the name of a rating, `scale` a key of `SCALE_COLORS`.

    `closing_mark` is the last character of a quotation between quotation marks, which stays when it is cut.
    """

    site_name: str
    quotation: str
    speaker: str
    origin: str
    verdict: str = ""
    scale: str = "none"
    closing_mark: str = ""


def render_card(card: Card) -> bytes:
    """Returns a PNG. The same card gives the same bytes. A text that the font cannot show is left out."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    _draw_line(draw, 62, card.site_name, font=_font(BOLD, 30), fill=INK, width=width)
    draw.line([(MARGIN, 116), (SIZE[0] - MARGIN, 116)], fill=RULE, width=3)
    quotation, height = drawable(card.quotation[: MAX_QUOTATION_LENGTH + 2]), QUOTATION_BOTTOM - QUOTATION_TOP
    lines, size = _fit_lines(quotation, width, height, closing_mark=card.closing_mark)
    for number, line in enumerate(lines):
        draw.text((MARGIN, QUOTATION_TOP + number * size * LINE_HEIGHT), line, font=_font(REGULAR, size), fill=INK)
    verdict_width = _draw_verdict(draw, card)
    width -= verdict_width
    _draw_line(draw, 520, card.speaker, font=_font(BOLD, 32), fill=INK, width=width)
    _draw_line(draw, 566, card.origin, font=_font(REGULAR, 26), fill=MUTED, width=width)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def drawable(text: str) -> str:
    """Returns the text as the font can show it: empty if a letter is missing, as half a word would be wrong."""
    missing = {character for character in text if not (character.isspace() or _has_glyph(character))}
    if any(character.isalnum() for character in missing):
        return ""
    return " ".join("".join(character for character in text if character not in missing).split())


def _draw_line(
    draw: ImageDraw.ImageDraw, top: int, text: str, *, font: ImageFont.FreeTypeFont, fill: str, width: int
) -> None:
    draw.text((MARGIN, top), _shorten(drawable(text[:MAX_LINE_LENGTH]), font, width), font=font, fill=fill)


def _draw_verdict(draw: ImageDraw.ImageDraw, card: Card) -> int:
    """Draws the verdict at the right, and returns the width that it takes."""
    font = _font(BOLD, 38)
    label = _shorten(drawable(card.verdict[:MAX_LINE_LENGTH]), font, 480)
    if not label:
        return 0
    color, width = SCALE_COLORS[card.scale], int(font.getlength(label)) + 48
    right = SIZE[0] - MARGIN
    draw.rounded_rectangle([(right - width, 524), (right, 596)], radius=8, outline=color, width=4)
    draw.text((right - width + 24, 534), label, font=font, fill=color)
    return width + 32


def _fit_lines(text: str, width: int, height: int, *, closing_mark: str) -> tuple[list[str], int]:
    """Returns the lines of a text and the largest size at which they fit; at the smallest, as many as do."""
    for size in range(LARGEST_TEXT, SMALLEST_TEXT - 1, -2):
        font, count = _font(REGULAR, size), int(height / (size * LINE_HEIGHT))
        if size > SMALLEST_TEXT and font.getlength(text) > count * width:
            continue  # it cannot fit, however its lines break
        lines = _wrap(text, font, width)
        if len(lines) <= count:
            return lines, size
    ending = f"…{closing_mark}"
    last = _shorten(lines[count - 1] + ending, _font(REGULAR, SMALLEST_TEXT), width, ending=ending)
    return [*lines[: count - 1], last], SMALLEST_TEXT


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        lines.append(word)
        while font.getlength(lines[-1]) > width:  # a word wider than a line
            too_long = lines[-1]
            ends = range(1, len(too_long))
            end = bisect_right(ends, float(width), key=lambda end: font.getlength(too_long[:end])) or 1
            lines[-1:] = [too_long[:end], too_long[end:]]
    return lines


def _shorten(text: str, font: ImageFont.FreeTypeFont, width: int, *, ending: str = "…") -> str:
    while text and font.getlength(text) > width:
        text = f"{text.removesuffix(ending)[:-1].rstrip()}{ending}"
    return text


@lru_cache(maxsize=64)  # font files do not change
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Without Raqm, which not every installation has: images are the same everywhere. The OpenType files have no kerning
    # table for this layout; that of the TrueType files makes characters overlap.
    return ImageFont.truetype(font_files_otf[name], size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=10_000)  # likewise
def _has_glyph(character: str) -> bool:
    font = _font(REGULAR, 20)
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_CHARACTER))
