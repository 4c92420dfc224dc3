"""The place of a customer's link in a mail, until the mail leaves.

Templates, the mail queue and the chatter hold a *placeholder* link. It names the
invitation and opens nothing. Only in the copy that goes to the invitation's own
address is it replaced by a link with a secret.
"""

import re

PLACEHOLDER_PATH = "/nps/personal/"
_SCORE_LINK = re.compile(r"<a\b[^>]*/nps/[^>]*\?s=\d+[^>]*>(.*?)</a>", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*>")
_SECRET = re.compile(r"/nps/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_LINK = re.compile(
    rf"[^\s\"'<>]*{re.escape(PLACEHOLDER_PATH)}\d+(?:(\?[^\s\"'<>]*)|/[^\s\"'<>]*)?"
)
_PLACEHOLDER = re.compile(re.escape(PLACEHOLDER_PATH) + r"(\d{1,18})(?!\d)")
_NAMELESS = PLACEHOLDER_PATH.rstrip("/")
_NUMBERED = re.compile(re.escape(_NAMELESS) + r"(?:/\d+)+")


def placeholder(base_url, invitation_id):
    """Return the link that stands in for the personal one.

    >>> placeholder("https://acme.example", 7)
    'https://acme.example/nps/personal/7'
    """
    return f"{base_url}{PLACEHOLDER_PATH}{invitation_id}"


def find_invitation_ids(text):
    """Return the ids of the invitations whose placeholders a text holds, in order.

    >>> find_invitation_ids('<a href="/nps/personal/7?s=1">1</a> /nps/personal/8')
    [7, 8]
    >>> find_invitation_ids(None)
    []
    """
    if not text or PLACEHOLDER_PATH not in text:
        return []
    return list(dict.fromkeys(int(found) for found in _PLACEHOLDER.findall(text)))


def personalise(text, tokens):
    """Return the text with the placeholders of the given invitations made personal.

    :param dict tokens: invitation id -> secret; other placeholders stay

    >>> personalise("/nps/personal/7?s=1 /nps/personal/77", {7: "SECRET"})
    '/nps/SECRET?s=1 /nps/personal/77'
    """

    def link(match):
        token = tokens.get(int(match[1]))
        return f"/nps/{token}" if token else match[0]

    return _PLACEHOLDER.sub(link, text) if text else text


def as_previews(html, base_url, survey_id):
    """Return a mail whose links show a preview of the survey and open nothing.

    >>> as_previews("x/nps/personal/7?s=1 x/nps/personal/7/opt-out", "", 3)
    '/nps/preview/3?s=1 /nps/preview/3'
    """
    preview = f"{base_url}/nps/preview/{survey_id}"
    return _LINK.sub(lambda match: preview + (match[1] or ""), str(html))


def redact(text):
    """Return the text without the secrets of personal links.

    What customers send back quotes our mails, and colleagues read it.

    >>> redact("> https://acme.example/nps/" + "x" * 43 + "?s=9")
    '> https://acme.example/nps/personal?s=9'
    >>> redact("") == "" and redact(None) is None
    True
    """
    return _SECRET.sub("/nps/personal", text) if text else text


def disarm(text):
    """Return what a customer wrote without anything that a mail would turn into a link.

    Who writes a placeholder into his answer must not get a secret into the mail that
    tells colleagues of it.

    >>> disarm("see https://acme.example/nps/personal/7?s=9")
    'see https://acme.example/nps/personal?s=9'
    >>> disarm(None) is None
    True

    Also where what is left after taking one out would make another one:

    >>> disarm("/nps/personal/nps/personal/3/4"), disarm(f"/nps/{'x' * 43}/4")
    ('/nps/personal/nps/personal', '/nps/personal')
    """
    return _NUMBERED.sub(_NAMELESS, redact(text)) if text else text


def for_plain_text(html):
    """Return the HTML whose plain text a person wants to read.

    Eleven footnotes for eleven numbers, one off ("0 [1] 1 [2]"), help nobody: the
    numbers stay, the one plain link stays, and pictures go.

    >>> for_plain_text('<img/><a href="/nps/T?s=0">0</a> <a href="/nps/T">Go</a>')
    '0 <a href="/nps/T">Go</a>'
    """
    return _SCORE_LINK.sub(r"\1", _IMAGE.sub("", html))
