"""What makes a change of a file the same as one of an earlier run."""


def change_of(row):
    """Return what tells one change from others, wherever it stands by now.

    >>> row = {"file": "a.py", "function": "f", "before": "1", "after": "2"}
    >>> change_of({**row, "number": 7, "fate": "survived"})
    ('a.py', 'f', '1', '2')
    """
    return tuple(row[key] for key in ("file", "function", "before", "after"))
