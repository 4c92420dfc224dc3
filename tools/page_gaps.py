"""Gaps in a page that is made once for many customers, and what each gets into them.

A page with gaps is cut where they are. Filling is one pass from piece to piece, so what
stands in a text is never taken for a gap, whatever a customer has written.
"""

import re
import secrets

from markupsafe import escape

# Another one in each process: nobody can write a gap into the text of a survey.
_SECRET = secrets.token_hex(8)
_GAP = re.compile(rf"gap-{_SECRET}-([a-z_]+)-")


def gap(name):
    """Return what marks a gap while a page is made.

    :param str name: lower-case letters and ``_``
    """
    return f"gap-{_SECRET}-{name}-"


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
