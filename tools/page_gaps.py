"""Gaps in a page that is made once for many customers, and what each gets into them.

A page with gaps is cut where they are. Filling is one pass from piece to piece, so what
stands in a text is never taken for a gap, whatever a customer has written.
"""

import re
import secrets

from markupsafe import escape

# Another one in each process: nobody can write a gap into the text of a survey.
_SECRET = secrets.token_hex(8)
_PREFIX = f"gap-{_SECRET}-"
_GAP = re.compile(rf"{_PREFIX}([a-z0-9_]+)-")


def gap(name):
    """Return what marks a gap while a page is made.

    :param str name: lower-case letters, digits and ``_``

    >>> len(gap("name")) - len("gap--name-")
    16
    """
    return f"{_PREFIX}{name}-"


def holds_gap(text, kind=""):
    """Tell whether a gap stands in a text.

    :param str kind: only gaps whose name begins like this

    >>> holds_gap(f"<p>{gap('words1')}", "words"), holds_gap(gap("words1"), "number")
    (True, False)
    """
    return f"{_PREFIX}{kind}" in text


def trial(name):
    """Return a text that is unlike a gap in whatever a template could look at.

    It is long, has several lines, capitals, digits and what is escaped.

    :param str name: lower-case letters and ``_``

    >>> trial("thanks").split()[:2]
    ['Thanks,', 'THANKS']
    """
    line = f'{name.capitalize()}, {name.upper()} & {_SECRET}: <1 of 2> "It\'s?" @!\n'
    return line * 200


def cut(page):
    """Return the pieces of a page: text, name of a gap, text, name of a gap, text.

    >>> cut(f"<p>{gap('words')}</p>")
    ('<p>', 'words', '</p>')
    >>> cut("")
    ('',)
    """
    return tuple(_GAP.split(page))


def fill(pieces, texts):
    """Return the page with texts in its gaps, escaped unless they are ``Markup``.

    :param pieces: what :func:`cut` returned
    :param dict texts: name of a gap -> its text

    >>> fill(cut(f"<p>{gap('words')}</p>"), {"words": "a < b"})
    '<p>a &lt; b</p>'
    >>> fill(cut(gap("one")), {"one": gap("two")}) == gap("two")
    True
    """
    filled = list(pieces)
    filled[1::2] = [str(escape(texts[name])) for name in pieces[1::2]]
    return "".join(filled)


def pieces_of(make):
    """Return the pieces of a page, or None where it does more than show its texts.

    :param make: a function that makes the page; it gets a function that returns the
        text of a name

    >>> pieces_of(lambda text_of: f"<p>{escape(text_of('words'))}</p>")
    ('<p>', 'words', '</p>')
    >>> pieces_of(lambda text_of: f"<p>{len(text_of('words'))}</p>") is None
    True
    """
    pieces = cut(make(gap))
    texts = {name: trial(name) for name in pieces[1::2]}
    return pieces if fill(pieces, texts) == make(trial) else None
