"""Measure what has to be quick with many contacts and interactions, and note it.

    make bench              everything
    make bench ONLY=ring

Writes benchmarks/results.json, a list of {"name", "ours", "other", "unit", "ratio",
"goal", "met"}: ``ours`` is the measured figure, ``other`` the same done without the
addon, or by SQL that a specialist would write (null where there is no such thing),
``ratio`` is other / ours, and ``goal`` the figure that ours may not exceed: for reports
1.3 times the specialist's. Each figure is the best of three rounds: what else the
machine does makes a round slower, never quicker.
"""

import argparse
import importlib
import json
from pathlib import Path

import get_odoo
import postgres
from bench_world import BENCHES, WORLDS
from databases import build_dependencies
from local import ROOT, lock, main
from steps import alone, elapsed, say, step

RESULTS = ROOT / "benchmarks" / "results.json"


def load():
    """Import every file of benches; each notes what it measures."""
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        importlib.import_module(path.stem)


def options():
    """What the person wants."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = [function.__name__ for function, *_how in BENCHES]
    parser.add_argument("--only", action="append", choices=names)
    return parser.parse_args()


def row_of(name, unit, ours, other, goal):
    """Return a row of the results."""
    return {
        "name": name,
        "ours": round(ours, 1),
        "other": other and round(other, 1),
        "unit": unit,
        "ratio": round(other / ours, 1) if other else None,
        "goal": goal,
        "met": ours <= goal,
    }


def perform(world, function, goal, relative, _name):
    """Measure one thing; return its row."""
    title = function.__doc__.partition("\n")[0].rstrip(".")
    with step(title):
        unit, ours, other = function(world)
    if relative:
        goal = round(goal * other, 1)
    row = row_of(title, unit, ours, other, goal)
    beside = f", beside it {row['other']}" if other else ""
    say(f"   {'ok ' if row['met'] else 'NOT'} {row['ours']} {unit}{beside}")
    return row


def perform_in(name, benches, dependencies):
    """Measure the benches of one world; yield their rows."""
    here = [chosen for chosen in benches if chosen[-1] == name]
    if here:
        with WORLDS[name](dependencies) as world:
            for chosen in here:
                yield perform(world, *chosen)


def bench():
    """All of `make bench`."""
    load()
    wanted = options()
    chosen = [b for b in BENCHES if not wanted.only or b[0].__name__ in wanted.only]
    with lock("bench"), postgres.running():
        dependencies = alone(lambda: build_dependencies(get_odoo.find()))
        rows = [
            row for name in WORLDS for row in perform_in(name, chosen, dependencies)
        ]
    if not wanted.only:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    missed = sum(not row["met"] for row in rows)
    say(f"\n{len(rows) - missed} of {len(rows)} goals met, after {elapsed():.0f} s.")
    return 1 if missed else 0


if __name__ == "__main__":
    main(bench)
