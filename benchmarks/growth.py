"""Measure how reports grow with interactions, up to as many as you like.

    PYTHONPATH=scripts .nps/venv/bin/python benchmarks/growth.py --size 7

measures at 10 to the 4th, 5th, 6th and 7th power, side by side in one run, writes
benchmarks/growth.json and draws benchmarks/growth.png. 10,000,000 interactions need
20 GB of disk and half an hour or more; the database is dropped at the end.
"""

import argparse

import get_odoo
import growth_plot
import postgres
from bench_growth_world import measure
from bench_world import contacts
from databases import build_dependencies
from local import lock, main, need_space
from steps import alone

GIGABYTES = {7: 25, 8: 220}
"""Free disk that a power of ten needs, with room for sorting."""


def grow():
    """All of this script."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=6, choices=range(4, 9))
    power = parser.parse_args().size
    need_space(GIGABYTES.get(power, 4))
    with lock("bench"), postgres.running():
        dependencies = alone(lambda: build_dependencies(get_odoo.find()))
        with contacts(dependencies) as world:
            measure(world, [10**n for n in range(4, power + 1)])
    growth_plot.draw()


if __name__ == "__main__":
    main(grow)
