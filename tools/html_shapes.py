"""Sanitizing many texts that differ in plain words alone.

Mails of one template have the same tags. Only words between them differ from customer
to customer, and the number in the placeholder of his link. To sanitize one takes longer
than to make it, so a text is cut into its *shape*, which is sanitized once, and what
stands in the gaps of it.

Only what is harmless whatever it says goes into a gap: plain words between two tags,
without ``<``, without ``>`` and escaped, and the digits of a placeholder. All else is
part of the shape, so that whoever gets a tag, an address or a style into a mail gets it
sanitized. Shapes with other tags than mails have, between which words may be more than
words (``script``, ``style``, comments), are not used at all.
"""

import functools
import re

from markupsafe import Markup

from .page_gaps import cut, fill, gap, holds_gap
from .personal_links import PLACEHOLDER_PATH

TAGS = frozenset(
    "a abbr address article b big blockquote br caption center code col colgroup dd "
    "del div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img "
    "ins li main ol p pre q s section small span strike strong sub sup table tbody td "
    "tfoot th thead tr tt u ul".split()
)
"""Between these words are words: no browser takes them for anything else."""
KEPT_SHAPES = 64
"""How many shapes a process remembers, of about 10 kB each."""

_TAG = re.compile(r"(<[^<>]*>)")
# All that it opens it closes, so that what follows stands outside of it.
_WHOLE_TAG = re.compile(
    r"</?([a-z][a-z0-9]*)"
    r"""(?:\s+[a-zA-Z_:][-a-zA-Z0-9_:.]*(?:="[^"<>]*")?)*\s*/?>"""
)
# From tag to tag, as QWeb escapes them; no control characters, which are dropped or
# replaced.
_WORDS = re.compile(
    r">(\s*(?:[^\s<>&\x00-\x1f\x7f-\xa0\ud800-\udfff\ufffe\uffff]|&(?:amp|#39|#34);)"
    r"(?:[^<>&\x00-\x08\x0b-\x1f\x7f-\xa0\ud800-\udfff\ufffe\uffff]|&(?:amp|#39|#34);)*)"
    r"(?=<)"
)
_NUMBER = re.compile(rf"{re.escape(PLACEHOLDER_PATH)}(\d{{1,18}})(?!\d)")


def sanitize(html, sanitizer):
    """Return what a sanitizer makes of HTML, or None where it has to look itself.

    :param str html: what a template made
    :param sanitizer: a function of HTML that has no other arguments and is the same
        object each time, or compares equal to it

    >>> def spy(html):
    ...     print("sanitizes")
    ...     return html.replace(' onclick="evil()"', "")
    >>> sanitize('<p onclick="evil()">Anna</p>', spy)
    sanitizes
    '<p>Anna</p>'
    >>> sanitize('<p onclick="evil()">Bob &amp; &#39;Co&#39;</p>', spy)
    "<p>Bob &amp; 'Co'</p>"
    >>> sanitize("<style>Anna</style>", spy) is None
    True
    >>> sanitize("", spy) is None
    True
    """
    shape, texts = take_apart(html)
    pieces = _sanitized(shape, sanitizer) if texts else None
    return pieces and fill(pieces, texts)


def take_apart(html):
    """Return the shape of HTML, with gaps, and what stands in them.

    >>> shape, texts = take_apart('<p title="x">Anna</p><p> </p><p>1 -- &lt;2</p>')
    >>> texts
    {'words0': Markup('Anna')}
    >>> shape.replace(gap("words0"), "…")
    '<p title="x">…</p><p> </p><p>1 -- &lt;2</p>'
    >>> take_apart('<a href="/nps/personal/7?s=1">1</a>')[1]
    {'words0': Markup('1'), 'number1': Markup('7')}
    """
    texts = {}

    def words(match):
        # Space around it belongs to the shape: the sanitizer drops some.
        text = match[1].strip()
        if "--" in text:
            # What only looks like the signature of a mail is left to the sanitizer.
            return match[0]
        name = f"words{len(texts)}"
        # As the sanitizer writes them, and as they are escaped for it.
        texts[name] = Markup(text.replace("&#39;", "'").replace("&#34;", '"'))
        return match[0].replace(text, gap(name), 1)

    def number(match):
        name = f"number{len(texts)}"
        texts[name] = Markup(match[1])
        return PLACEHOLDER_PATH + gap(name)

    # Whatever stands first and last stands between two tags as well.
    shape = _WORDS.sub(words, f">{html}<")[1:-1]
    return _NUMBER.sub(number, shape), texts


@functools.lru_cache(KEPT_SHAPES)
def _sanitized(shape, sanitizer):
    """Return the pieces of a sanitized shape, or None if it is none to be used."""
    if not _is_usual(shape):
        return None
    sanitized = sanitizer(shape)
    if not _is_usual(sanitized):
        return None
    pieces = cut(sanitized)
    return None if any(map(holds_gap, pieces[::2])) else pieces


def _is_usual(shape):
    """Tell whether all words of a shape stand between usual tags, and gaps in place.

    >>> _is_usual(f'<p>{gap("words0")}<img src="/nps/{gap("number1")}"/></p>')
    True
    >>> _is_usual(f'<p title="{gap("words0")}"></p>')
    False
    >>> _is_usual("<script>x</script>"), _is_usual("<p>1 < 2</p>")
    (False, False)
    >>> _is_usual("<!-- -->")
    False

    Nor where a tag goes on behind what looks like its end:

    >>> _is_usual(f'<a title="1>{gap("words0")}<b>">x</a>')
    False
    """
    parts = _TAG.split(shape)
    return all(map(_is_usual_tag, parts[1::2])) and not any(
        "<" in text or ">" in text for text in parts[::2]
    )


def _is_usual_tag(tag):
    whole = _WHOLE_TAG.fullmatch(tag)
    return bool(whole) and whole[1] in TAGS and not holds_gap(tag, "words")
