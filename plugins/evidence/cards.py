"""The picture that other sites show beside a link to a page: its title, the site's name, and who publishes it and sells what.

Drawn in one colour on paper, 1,200 by 630 pixels, with a font that is installed with this package, so that no machine needs its own
and the same words always give the same picture. What the font cannot write is not drawn as boxes: `None` says that there is no card.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

WIDTH, HEIGHT = 1200, 630
_PAPER, _INK = (0xEE, 0xF1, 0xEC), (0x0B, 0x3F, 0x3A)
_LEFT, _RIGHT, _TOP = 150, 1110, 190
_SIZES = (84, 76, 68, 60, 52, 46)
_MOST_LINES = 4
_DESIGN = "1"
"""Changes when the drawing does, so that what is kept of an older one is not taken for it."""


def card_name(title: str, site: str, line: str) -> str:
    """The name of the card's file: other words have another name, so that nobody's old copy is shown for them."""
    return hashlib.sha256("\0".join((_DESIGN, title, site, line)).encode()).hexdigest()[:16] + ".png"


def card(title: str, site: str, line: str) -> bytes | None:
    """The card as PNG; None if a character in it cannot be written."""
    from PIL import Image, ImageDraw

    if not all(_written(char) for char in {*title, *site, *line} if not char.isspace()):
        return None
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(picture)
    pen.line((96, 0, 96, HEIGHT), fill=110, width=3)
    pen.rectangle((90, 78, 102, 132), fill=0)
    pen.ellipse((81, 90, 111, 120), fill=255)
    pen.polygon(((96, 78), (83, 98), (109, 98)), fill=255)
    pen.text((_LEFT, 84), _shortened(site, 34), fill=255, font=_font(34))
    size, lines = _fitted(title)
    for number, words in enumerate(lines):
        pen.text((_LEFT, _TOP + number * size * 1.18), words, fill=255, font=_font(size))
    pen.text((_LEFT, HEIGHT - 84), _shortened(line, 30), fill=190, font=_font(30))
    picture.putpalette(
        [round(a + (b - a) * step / 255) for step in range(256) for a, b in zip(_PAPER, _INK, strict=True)]
    )
    out = BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    data = files("font_source_serif_pro").joinpath("files/SourceSerifPro-Regular.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _written(char: str) -> bool:
    """Whether the font has a sign of its own for the character; it draws the same box for all others."""
    return _drawn(char) != _drawn("\uffff")


def _drawn(char: str) -> tuple[Any, bytes]:
    mask = _font(30).getmask(char)
    return mask.size, bytes(mask)


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title has few enough lines; at the smallest it is cut."""
    for size in _SIZES:
        lines = _lines(title, size)
        if len(lines) <= _MOST_LINES and size * 1.18 * len(lines) <= HEIGHT - _TOP - 110:
            return size, lines
    return size, [*lines[: _MOST_LINES - 1], _shortened(" ".join(lines[_MOST_LINES - 1 :]), size)]


def _lines(words: str, size: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(size).getlength(longer) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines.append(_shortened(word, size))
    return [line for line in lines if line]


def _shortened(words: str, size: int) -> str:
    if _font(size).getlength(words) <= _RIGHT - _LEFT:
        return words
    while words and _font(size).getlength(f"{words}…") > _RIGHT - _LEFT:
        words = words[:-1]
    return f"{words.rstrip()}…"
