"""Numbers in which better than 0 and worse than 0 are told apart at a glance."""

from odoo.tools import formatLang


def signed(env, number, digits=0):
    """Return a number with its sign, a real minus, as the reader's language writes it.

    What rounds to 0 has no sign.
    """
    number = round(number, digits)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return f"{sign}{formatLang(env, abs(number), digits=digits)}"
