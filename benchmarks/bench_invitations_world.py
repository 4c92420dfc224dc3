"""Runs the ways to ask customers in processes of their own; notes what they took."""

import json
import os
from pathlib import Path

from local import BIN, run

SCRIPT = Path(__file__).parent / "invitations_in_odoo.py"
WARM = 20
"""Customers who are asked first and not counted: Odoo loads what it keeps."""
MANY = 5000


def ask(world, ways, count, rounds=1, smtp_port=9):
    """Ask so many customers in some ways, in turn, in one process of Odoo.

    :return: dict of way -> list of rows, one for each round
    """
    order = [(way, WARM) for way in ways]
    order += [(way, count) for _round in range(rounds) for way in ways]
    rows = _shell(world.server.database, order, smtp_port)[len(ways) :]
    return {way: [row for row in rows if row["way"] == way] for way in ways}


def _shell(database, order, smtp_port):
    options = ["-d", database, "--no-http", "--log-level", "error"]
    options += ["--smtp", "127.0.0.1", "--smtp-port", smtp_port]
    options += ["--email-from", "odoo@example.com"]
    with SCRIPT.open() as script:
        text = run(
            [BIN / "odoo", "shell", *options],
            "invitations",
            "Ask customers",
            stdin=script,
            env={**os.environ, "INVITATIONS": json.dumps(order)},
        )
    lines = [line for line in text.splitlines() if line.startswith("ROW ")]
    return [json.loads(line.removeprefix("ROW ")) for line in lines]


def thousands(world):
    """Return the rows of 1,000 customers, each way in two rounds; measured once."""
    if not hasattr(world, "thousands"):
        ways = ("ask", "mass_mail", "invite")
        world.thousands = ask(world, ways, 1000, rounds=2)
    return world.thousands


def many(world, way):
    """Return the row of 5,000 customers in one way; measured once, by itself.

    By itself, as a process keeps memory that it once had.
    """
    kept = world.__dict__.setdefault("many_asked", {})
    if way not in kept:
        [kept[way]] = ask(world, [way], MANY)[way]
    return kept[way]


def best(rows, figure="ms"):
    """Return the lowest of a figure.

    >>> best([{"ms": 2}, {"ms": 1}])
    1
    """
    return min(row[figure] for row in rows)
