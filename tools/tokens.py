"""The secret in a customer's link: 256 random bits, kept only as a hash."""

import hashlib
import re
import secrets

TOKEN_PATTERN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token():
    """Return a new secret of 256 random bits as 43 characters that a URL may hold.

    >>> len(new_token())
    43
    """
    return secrets.token_urlsafe(32)


def hash_token(token):
    """Return the SHA-256 of a token in hexadecimal: what the database keeps.

    No salt and no slow hash: 256 random bits cannot be guessed or looked up.

    >>> hash_token("x" * 43)[:8]
    'cc0b1c2c'
    """
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text):
    """Tell whether a text has the form of a token.

    >>> is_token(new_token()), is_token("../admin"), is_token("")
    (True, False, False)
    """
    return bool(TOKEN_PATTERN.fullmatch(text or ""))
