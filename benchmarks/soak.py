"""Run the addon through bad days on real parts, and note what was seen.

    make soak               everything, about 22 minutes
    make soak OUTAGE=60     with a mail server that is away for an hour
    make soak ONLY=killed
    make soak ONLY=day DAY=2  the day on which everything goes wrong, for two minutes

Writes benchmarks/soak.json, a list of {"check", "expected", "seen", "ok"}.
"""

import argparse
import json

import get_odoo
import machine
import postgres
from databases import build_addon, build_dependencies, drop
from local import ROOT, lock, main
from soak_cases import unhappy  # noqa: F401  registers its check
from soak_checks import CHECKS, outage
from soak_day import TITLE, day
from soak_mails import Mails
from soak_world import new_world
from steps import alone, elapsed, say, step, together

RESULTS = ROOT / "benchmarks" / "soak.json"
PLAIN = "soak_plain"


def options():
    """What the person wants."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--outage", type=float, default=5, metavar="MINUTES")
    parser.add_argument("--day", type=float, default=5, metavar="MINUTES")
    parser.add_argument("--seed", type=int, default=7)
    names = [function.__name__ for _title, function, _world in CHECKS] + ["day"]
    parser.add_argument("--only", action="append", choices=names)
    return parser.parse_args()


def perform(check, minutes, mails):
    """Run one check in a world of its own; return its row."""
    title, function, options = check
    row = {"check": title, "expected": "", "seen": "", "ok": False}
    name = f"soak_{function.__name__}"
    try:
        with new_world(PLAIN, name, **options) as world:
            with step(title, lambda: _progress(world)):
                row["expected"], row["seen"], row["ok"] = function(world, minutes)
                mails.look_at(world.mailbox.messages)
    except Exception as error:
        row["seen"] = f"{type(error).__name__}: {error}"[:500]
    show(row)
    return row


def _progress(world):
    return f"{len(world.mailbox.messages)} mails"


def show(row):
    """Print one row."""
    say(f"   {'ok ' if row['ok'] else 'NOT'} {row['check']}: {row['seen']}")
    if not row["ok"]:
        say(f"       expected: {row['expected']}")


def perform_all(wanted):
    """Run the wanted checks; return their rows and those of all mails."""
    mails, rows = Mails(), {}
    queue = [c for c in CHECKS if not wanted.only or c[1].__name__ in wanted.only]

    def lane(checks):
        for check in checks:
            rows[check[0]] = perform(check, wanted.outage, mails)

    # Without its mail server, a world waits most of the time: there is room for others.
    waiting = [check for check in queue if check[1] is outage]
    together(lambda: lane(waiting), lambda: lane(c for c in queue if c not in waiting))
    of_mails = list(mails.results())
    for row in of_mails:
        show(row)
    return [rows[check[0]] for check in queue] + of_mails


def perform_day(wanted):
    """Live through the bad day, with nothing beside it; return its rows."""
    try:
        machine.try_clock()
        found = day(PLAIN, wanted.day, wanted.seed)
    except Exception as error:
        seen = f"{type(error).__name__}: {error}"[:500]
        found = [{"check": TITLE, "expected": "it ends", "seen": seen, "ok": False}]
    for row in found:
        show(row)
    return found


def soak():
    """All of `make soak`."""
    wanted = options()
    with lock("soak"), postgres.running():
        dependencies = alone(lambda: build_dependencies(get_odoo.find()))
        alone(lambda: build_addon(dependencies, PLAIN, gate=False))
        rows = []
        if wanted.only != ["day"]:
            rows += perform_all(wanted)
        if not wanted.only or "day" in wanted.only:
            rows += alone(lambda: perform_day(wanted))
        drop(PLAIN)
    if not wanted.only:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    bad = sum(not row["ok"] for row in rows)
    say(f"\n{len(rows) - bad} ok, {bad} not ok, after {elapsed():.0f} s.")
    return 1 if bad else 0


if __name__ == "__main__":
    main(soak)
