"""Words in braces that become the customer's own: ``{agent}``, ``{agent|our team}``."""

import re

_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")


def fill(text, words, fallbacks=None):
    """Return the text with its placeholders replaced.

    An empty word gives way to what stands behind the bar, or else to its general
    fallback. A name that ``words`` does not know stays as it was written.

    :param str text: may be empty or None
    :param dict words: name -> a function without arguments that returns a text; only
        called when its name occurs
    :param dict fallbacks: name -> such a function, for words that are empty

    >>> fill("With {agent|our team} of {company}", {"agent": str, "company": str})
    'With our team of '
    >>> fill("With {agent}", {"agent": str}, {"agent": lambda: "Acme"})
    'With Acme'
    >>> fill("With {agent|our team}", {"agent": lambda: "Anna"}), fill(None, {})
    ('With Anna', '')
    >>> fill("{who}?", {})
    '{who}?'
    """
    general = fallbacks or {}

    def word(match):
        name, own = match.groups()
        if name not in words:
            return match[0]
        return words[name]() or (general.get(name, str)() if own is None else own)

    return _PLACEHOLDER.sub(word, text or "")


def names(text):
    """Return the names of the placeholders in a text, in their order.

    >>> names("{company}: {agent|us}"), names(None)
    (['company', 'agent'], [])
    """
    return [name for name, _fallback in _PLACEHOLDER.findall(text or "")]
