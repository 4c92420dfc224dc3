"""Whether a row of a file tells of a person."""

import re


def tells_of(cells, names, addresses):
    """Tell whether a row of a file is about a person.

    It is, where one of his addresses stands in it. Where a cell is one of his names or
    numbers it is too, unless another address says that it is a namesake.

    :param cells: of the row, as they stand in the file
    :param names: texts that tell who he is: names and numbers
    :param addresses: his e-mail addresses in lower case

    >>> tells_of(["9", "Ann Lee <ann@x.example>"], {"Ann Lee"}, ["ann@x.example"])
    True
    >>> tells_of([9, "ann lee ", None], {"Ann Lee"}, ["ann@x.example"])
    True
    >>> tells_of(["9", "Ann Lee", "joann@x.example"], {"Ann Lee"}, ["ann@x.example"])
    False
    >>> tells_of(["9", "Joann Lee"], {"Ann Lee"}, [])
    False
    >>> tells_of([], {"Ann Lee"}, [])
    False
    """
    texts = [str(cell).strip().lower() for cell in cells if cell not in (None, "")]
    if any(_stands_in(address, text) for address in addresses for text in texts):
        return True
    if any(_ADDRESS.search(text) for text in texts):
        return False
    return not {name.strip().lower() for name in names}.isdisjoint(texts)


_ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")


def _stands_in(address, text):
    """Tell whether an address stands in a text, and not as the end of a longer one.

    >>> _stands_in("ann@x.example", "mailto:ann@x.example.")
    True
    >>> _stands_in("ann@x.example", "jo.ann@x.example")
    False
    >>> _stands_in("ann@x.example", "ann@x.example.org")
    False
    """
    whole = rf"(?<![\w.+%-]){re.escape(address)}(?!\.?[\w-])"
    return address in text and bool(re.search(whole, text))
