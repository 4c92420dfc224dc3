"""Run Odoo with two workers and a streaming replica, and note what each database did.

    make replica
    make replica ONLY=mixed     the same work without and with the replica alone

Writes benchmarks/replica.json, a list of {"check", "expected", "seen", "ok"}.
"""

import argparse
import json

import get_odoo
import postgres
from databases import build_addon, build_dependencies, drop
from local import ROOT, lock, main
from replica_checks import CHECKS, SECONDS, mixed, reads
from replica_world import World, clusters_and_mailbox, fill_answers, running
from steps import alone, elapsed, say, step

RESULTS = ROOT / "benchmarks" / "replica.json"
PLAIN = "replica_plain"


def perform(title, function, world):
    """Run one check; return its row."""
    row = {"check": title, "expected": "", "seen": "", "ok": False}
    try:
        with step(title):
            row["expected"], row["seen"], row["ok"] = function(world)
    except Exception as error:
        row["seen"] = f"{type(error).__name__}: {error}"[:500]
    return row


def show(rows):
    """Print rows as they come; return them."""
    kept = []
    for row in rows:
        say(f"   {'ok ' if row['ok'] else 'NOT'} {row['check']}: {row['seen']}")
        kept.append(row)
    return kept


def compare(before, after):
    """Return the row about the same work without and with a replica."""
    (alone_load, alone_seen), (load, seen) = before, after
    share = seen["replica"][0] / max(1, seen["replica"][0] + seen["primary"][0])
    text = f"without: {alone_load.total()} requests in {SECONDS} s, primary "
    text += f"{alone_seen['primary'][0]} reads; with: {load.total()} requests, replica "
    text += f"{seen['replica'][0]} reads, primary {seen['primary'][0]} reads and "
    text += f"{seen['primary'][1]} writes: {share:.0%} of the reads left the primary"
    good = share > 0.5 and not load.bad("customer") and not load.bad("colleague")
    return {
        "check": "The same mixed work without and with a replica",
        "expected": "most reads leave the primary; on one machine it is no faster",
        "seen": text,
        "ok": good,
    }


def everything(parts, only_mixed):
    """Return the rows of all checks, or of the comparison alone."""
    pair, mailbox = parts.pair, parts.mailbox
    with running(pair, mailbox, with_replica=False) as server:
        with step("Make agents and answers"):
            fill_answers(server)
        world = World(server, mailbox)
        world.with_replica = False
        with step("Mixed work without the replica"):
            before = mixed(world)
    with running(pair, mailbox) as server:
        world = World(server, mailbox)
        world.with_replica = True
        with step("Mixed work with the replica"):
            after = mixed(world)
        if only_mixed:
            return show([compare(before, after)])
        rows = show(reads(world))
        rows += show(perform(title, function, world) for title, function in CHECKS)
    return show([compare(before, after)]) + rows


def store(rows):
    """Keep the rows, each in the place of its check."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    found = {row["check"]: row for row in [*known, *rows]}
    text = json.dumps(list(found.values()), indent=2, ensure_ascii=False)
    RESULTS.write_text(text + "\n")


def replica():
    """All of `make replica`."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=["mixed"])
    only_mixed = bool(parser.parse_args().only)
    if not only_mixed:
        RESULTS.unlink(missing_ok=True)
    with lock("replica"), postgres.running():
        dependencies = alone(lambda: build_dependencies(get_odoo.find()))
        alone(lambda: build_addon(dependencies, PLAIN, gate=False))
        with clusters_and_mailbox(PLAIN) as parts:
            rows = everything(parts, only_mixed)
        drop(PLAIN)
    store(rows)
    bad = sum(not row["ok"] for row in rows)
    say(f"\n{len(rows) - bad} ok, {bad} not ok, after {elapsed():.0f} s.")
    return 1 if bad else 0


if __name__ == "__main__":
    main(replica)
