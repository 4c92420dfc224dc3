"""A row of the results of the bad day."""


def row(check, expected, seen, ok):
    """Return one row of the results."""
    check = f"The bad day: {check}"
    return {"check": check, "expected": expected, "seen": seen, "ok": bool(ok)}
