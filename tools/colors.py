"""Colours as the web writes them, and which text can be read on them."""

import re

PLAIN = "#35506b"
"""The colour of a page whose company has chosen none."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


def is_color(text):
    """Tell whether a text is a colour like ``#1a5fb4``.

    >>> is_color("#1a5fb4"), is_color("red; background: url(x)"), is_color("")
    (True, False, False)
    """
    return bool(_HEX.fullmatch(text or ""))


def readable_on(color):
    """Return black or white, whichever has more contrast on a colour.

    Relative luminance after WCAG 2.2.

    :param str color: like ``#1a5fb4``

    >>> readable_on("#1a5fb4"), readable_on("#ffd700")
    ('#ffffff', '#000000')
    """
    white, black = "#ffffff", "#000000"
    return white if contrast(color, white) >= contrast(color, black) else black


def contrast(color, other):
    """Return the contrast of two colours after WCAG 2.2, 1…21; text needs 4.5.

    >>> contrast("#000000", "#ffffff"), contrast("#1a5fb4", "#1a5fb4")
    (21.0, 1.0)
    """
    light, dark = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color):
    channels = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
