"""Reading the form of the survey page: everything is optional, nothing is trusted."""

import re

TRAP = "leave_empty"
"""A field that no person sees. Who fills it in is a program."""

_NUMBER = re.compile(r"[0-9]{1,9}")
_DRIVER = re.compile(r"driver_([0-9]{1,9})")


def read_form(form):
    """Return (what the person typed, the button that he pressed).

    :param form: the form as a ``MultiDict``; files are not in it
    :return: a dict like ``NOTHING_TYPED`` of the page, and ``change``, ``keep`` or ""
    """
    drivers = {
        int(name[1]): int(value)
        for key, value in form.items()
        if (name := _DRIVER.fullmatch(key)) and _NUMBER.fullmatch(value)
    }
    typed = {
        "score": form.get("score", ""),
        "comment": form.get("comment", "").replace("\0", ""),
        "reasons": [int(r) for r in form.getlist("reason") if _NUMBER.fullmatch(r)],
        "drivers": drivers,
        "contact": form.get("contact") == "1",
        "quote": form.get("quote") == "1",
    }
    pressed = next((name for name in ("keep", "change") if form.get(name)), "")
    return typed, pressed
