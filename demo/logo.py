"""Draws the logo of the demo company."""

import base64
import io

from PIL import Image, ImageDraw, ImageFont

from odoo.tools import file_path

SIZE = (760, 160)
FONT = "web/static/fonts/lato/Lato-Bol-webfont.ttf"


def draw(company):
    """Return a PNG in base64: a rising sun and the name.

    :param dict company: ``name``, ``primary_color``, ``secondary_color``
    """
    image = Image.new("RGBA", SIZE, (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    primary = company["primary_color"]
    pen.pieslice((16, 32, 144, 160), 180, 360, fill=company["secondary_color"])
    pen.rounded_rectangle((4, 104, 156, 118), radius=7, fill=primary)
    pen.rounded_rectangle((28, 128, 132, 140), radius=6, fill=primary)
    pen.text((184, 80), company["name"], fill=primary, font=_font(), anchor="lm")
    stream = io.BytesIO()
    image.save(stream, format="PNG")
    return base64.b64encode(stream.getvalue())


def _font():
    try:
        return ImageFont.truetype(file_path(FONT), 66)
    except OSError:
        return ImageFont.load_default(66)
