"""What load the bad day held, in calm and under faults."""

from soak_day_rows import row

KINDS = {
    "pick": "pick",
    "json/2": "pick",
    "move": "move",
    "GET": "page",
    "POST": "answer",
}


def check_figures(ledger, faults, seconds):
    """Return the row with the figures."""
    answers = len(ledger.accepted())
    picks = sum(pick.accepted for pick in ledger.picks.values())
    shown = [f"{answers / seconds:.1f} answers/s", f"{picks / seconds:.1f} picks/s"]
    for name in dict.fromkeys(KINDS.values()):
        calm, bad = _times(ledger, faults, name)
        shown.append(f"{name} {_words(calm)} calm, {_words(bad)} under faults")
    broken = sum(not well for *_rest, well in ledger.took)
    shown.append(f"{broken} of {len(ledger.took)} requests broke and were repeated")
    yield row(
        f"load of {seconds:.0f} s through {len(faults.happened)} faults",
        "people get on with their work",
        "; ".join(shown),
        answers > 0 and picks > 0,
    )


def _times(ledger, faults, name):
    """Return the ms of the requests that went well: (in calm, under faults)."""
    found = {True: [], False: []}
    for kind, when, seconds, well in ledger.took:
        if well and KINDS.get(kind) == name:
            found[faults.is_calm(when)].append(seconds * 1000)
    return sorted(found[True]), sorted(found[False])


def _words(values):
    """Return p50 and p95 in ms.

    >>> _words([10, 20, 30]), _words([])
    ('20/30 ms', 'none')
    """
    if not values:
        return "none"
    median = values[len(values) // 2]
    return f"{median:.0f}/{values[-(-len(values) * 95 // 100) - 1]:.0f} ms"
