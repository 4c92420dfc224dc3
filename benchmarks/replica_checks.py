"""What must hold when Odoo reads from a replica."""

import time

import requests
from forms import PATIENCE
from replica_load import Load
from replica_world import DATABASE, answer, open_form, press

CHECKS = []
SECONDS = 16


def check(title):
    """Note a check: it gets the world and returns (expected, seen, ok)."""

    def note(function):
        CHECKS.append((title, function))
        return function

    return note


def statements(world, action):
    """Return {replica: (reads, writes), primary: (reads, writes)} of an action."""
    pair = world.pair
    pair.catch_up()
    for cluster in (pair.replica, pair.primary):
        cluster.forget()
    action()
    return {
        cluster.name: cluster.counts(DATABASE)
        for cluster in (pair.replica, pair.primary)
    }


def reads(world):
    """Yield a row for each thing that only reads."""
    for name, read in world.reads().items():
        # Both workers have seen it before.
        for _time in range(4):
            read()
        seen = statements(world, read)
        (there, _none), (here, written) = seen["replica"], seen["primary"]
        yield {
            "check": f"{name}: read from the replica",
            "expected": "every statement on the replica, none on the primary",
            "seen": f"replica {there}, primary {here}",
            "ok": there > 0 and here + written == 0,
        }


@check("An answer is written to the primary, and reaches the replica")
def written(world):
    [link] = world.invite_many(1)
    before = world.answers()
    seen = statements(world, lambda: answer(link, 3, comment="Slow"))
    world.pair.catch_up()
    there = world.answers(on="replica")
    text = f"writes: primary {seen['primary'][1]}, replica {seen['replica'][1]}; "
    text += f"answers {world.answers()}, on the replica {there}"
    good = seen["primary"][1] > 0 and not seen["replica"][1]
    return (
        "writes on the primary alone, the answer on both",
        text,
        good and world.answers() == there == before + 1,
    )


@check("The replica lags: a link that was just mailed opens")
def link_while_it_lags(world):
    world.pair.pause()
    try:
        link = world.invite("Lagging")
        page = requests.get(f"{link}?s=3", timeout=60)
    finally:
        world.pair.resume()
    return "200, the question", f"{page.status_code}", page.status_code == 200


@check("The replica lags: a link that exists nowhere is still unknown")
def unknown_while_it_lags(world):
    world.pair.pause()
    try:
        page = requests.get(f"{world.server.url}/nps/{'x' * 43}", timeout=60)
    finally:
        world.pair.resume()
    return "404", f"{page.status_code}", page.status_code == 404


@check("The replica lags: who answers is thanked, and corrects himself at once")
def answer_while_it_lags(world):
    world.pair.pause()
    try:
        link = world.invite("Hasty")
        thanked = answer(link, 3)
        form = open_form(f"{link}?s=8&latest=1")
        time.sleep(PATIENCE)
        changed = press(form, score=8, change=1)
        behind = world.answers() - world.answers(on="replica")
        asked_again = answer(link, 8)
    finally:
        world.pair.resume()
    rows = world.answer_to(link)
    pages = [thanked, changed, asked_again]
    seen = f"pages {[page.status_code for page in pages]}, answers {rows}, "
    seen += f"{behind} not on the replica"
    return (
        "three pages, 3 superseded by 8, nothing twice",
        seen,
        all(page.status_code == 200 for page in pages)
        and rows == ["3|superseded", "8|counted"]
        and behind == 2,
    )


@check("The replica lags: the agent's badge changes with the message")
def badge_while_it_lags(world):
    world.pair.pause()
    try:
        link = world.invite("Badge")
        answer(link, 2)
        partner = int(
            world.server.sql("SELECT id FROM res_partner WHERE name = 'Badge'")[0]
        )
        told = world.badge(partner, nps_latest=True)
        other = world.badge(partner)
    finally:
        world.pair.resume()
    return (
        "2 for the screen that was told, later for others",
        f"{told.get('score')} told, {other.get('score')} others",
        told.get("score") == 2 and not other.get("score"),
    )


@check("The replica is killed (-9) while people work")
def killed(world):
    before = world.answers()
    load = Load(world, world.invite_many(400))
    world.pair.catch_up()
    load.run(SECONDS, meanwhile=world.pair.replica.kill)
    stored = world.answers() - before
    seen = f"customers {load.of('customer')}; colleagues {load.of('colleague')}; "
    seen += f"{stored} answers stored of {len(load.answered)} thanked for"
    return (
        "no error, every answer stored",
        seen,
        not load.bad("customer")
        and not load.bad("colleague")
        and stored == len(load.answered) > 0,
    )


@check("Without the replica everything goes on, on the primary")
def without(world):
    errors = []
    for name, read in world.reads().items():
        try:
            read()
        except Exception as error:
            errors.append(f"{name}: {error}"[:100])
    return "no error", "; ".join(errors) or "no error", not errors


@check("The replica is back: Odoo's workers, started anew, read from it")
def back(world):
    world.pair.replica.start()
    world.pair.catch_up()
    world.server.restart()
    world.manager = world.server.session()
    first, *_rest = world.reads().values()
    for _time in range(4):
        first()
    seen = statements(world, first)
    there, here = seen["replica"][0], seen["primary"][0]
    return (
        "read from the replica",
        f"replica {there}, primary {here}",
        there > 0 and not here,
    )


def warm_up(world):
    """Let both workers load what they keep, which nobody counts."""
    for read in world.reads().values():
        for _time in range(4):
            read()


def mixed(world):
    """Return what people got done, and how many statements each database served."""
    warm_up(world)
    load = Load(world, world.invite_many(400))

    def work():
        load.run(SECONDS)

    if world.with_replica:
        seen = statements(world, work)
    else:
        world.pair.primary.forget()
        work()
        seen = {"primary": world.pair.primary.counts(DATABASE)}
    return load, seen
