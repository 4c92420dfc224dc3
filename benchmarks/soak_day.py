"""The bad day: everything at once, and the books are checked afterwards."""

import time

from local import pause
from soak_day_books import check_books
from soak_day_faults import QUEUE, Faults
from soak_day_load import Crowd
from soak_day_world import new_day
from steps import say, step

TITLE = "The bad day"
NEXT_MORNING = 3 * 3600
"""Seconds by which the clock goes on at the end, past whatever was put off."""
LONGEST = 480
"""Seconds in which everything has to be done by then."""


def day(template, minutes, seed):
    """Live through a bad day.

    :param str template: the database to begin with
    :param float minutes: how long there is load
    :param seed: of the plan
    :return: a row for each check of the books
    """
    with new_day(template, seed) as world:
        crowd, faults = _live(world, minutes * 60, seed)
        with step(f"{TITLE}: until all is settled", lambda: str(world.states())):
            took = _settle(world)
        return check_books(world, crowd.ledger, faults, minutes * 60, took)


def _live(world, seconds, seed):
    queued = range(int(QUEUE * seconds / 60))
    tickets = world.tickets([f"Queue {number}" for number in queued])
    crowd = Crowd(world, seed)
    faults = Faults(world, seconds, seed, tickets)
    for ticket in tickets:
        crowd.ledger.pick("helpdesk.ticket", ticket, "queue").accepted = 1
    say(f"   Seed {seed}: " + faults.words())
    with step(f"{TITLE}: {seconds:.0f} s of load and faults", lambda: _progress(crowd)):
        begin = time.monotonic()
        crowd.start()
        faults.run()
        pause(begin + seconds - time.monotonic())
        crowd.end()
    return crowd, faults


def _progress(crowd):
    ledger = crowd.ledger
    return f"{len(ledger.picks)} picks, {len(ledger.accepted())} answers"


def _settle(world):
    """Wait until nothing is left to do; return (soon, next morning) in seconds.

    What was put off while the clock was fast is due when it is that late again.
    """
    begin = time.monotonic()
    soon = _wait_for_nothing(world, idle=40)
    world.clock.set(NEXT_MORNING)
    late = _wait_for_nothing(world, idle=150, wakes=True)
    return soon and soon - begin, late and late - begin


OPEN = """
SELECT (SELECT count(*) FROM nps_invitation
         WHERE state = 'queued' OR (state = 'failed' AND scheduled_at IS NOT NULL)),
       (SELECT count(*) FROM nps_invitation WHERE case_check_at IS NOT NULL),
       (SELECT count(*) FROM nps_response WHERE echo_state = 'pending'),
       (SELECT count(*) FROM mail_mail WHERE state = 'outgoing')
"""


def _wait_for_nothing(world, idle, wakes=False):
    """Wait until nothing is to be done; return the moment, or None.

    :param float idle: seconds without any progress after which it is given up
    :param bool wakes: let Odoo look for work, as a colleague does who works
    """
    begin = moved = time.monotonic()
    before = None
    while time.monotonic() < min(moved + idle, begin + LONGEST):
        left = world.server.sql(OPEN)
        if left == ["0|0|0|0"]:
            return time.monotonic()
        if left != before:
            before, moved = left, time.monotonic()
        pause(3)
        if wakes:
            world.cluster.wake()
    return None
