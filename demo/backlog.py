"""What is still on the table: tickets that wait for an answer."""

from datetime import timedelta
from typing import NamedTuple

from . import moments
from .staff import TEAMS, WORSE

OPEN = 100
"""How many tickets are open."""
LONGER = 2.5
"""How much longer the queue of the worse department is."""


class OpenTicket(NamedTuple):
    """One ticket nobody has finished yet; without an agent nobody began.

    :param stage: xmlid of its stage, as in :class:`.catalog.Outcome`
    """

    created_at: object
    department: str
    agent: object
    customer: int
    channel: str
    topic: str
    title: str
    text: str
    stage: str
    priority: str


def open_tickets(year):
    """Return the open tickets, oldest first.

    :param year: the :class:`.simulation.Simulation`
    """
    shares = {key: team.share for key, team in TEAMS.items()}
    shares[WORSE] *= LONGER
    tickets = [_ticket(year, year.choose(shares)) for _index in range(OPEN)]
    return sorted(tickets, key=lambda ticket: ticket.created_at)


def _ticket(year, department):
    agent, customer, channel, topic = year.request(department)
    local = _received(year, 5 if department == WORSE else 2.5)
    created_at = year.utc(local)
    stage = _stage(year, created_at)
    taken = stage != "new" or year.rng.random() < 0.4
    return OpenTicket(
        created_at=created_at,
        department=department,
        agent=agent if taken else None,
        customer=customer.key,
        channel=channel,
        topic=topic,
        stage=stage,
        priority=year.choose({"0": 10, "1": 60, "2": 22, "3": 8}),
        **year.words(topic, customer, local),
    )


def _received(year, mean):
    """Return a local moment within office hours, some days ago."""
    now = year.local(year.now)
    day = now.date() - timedelta(days=min(24, int(year.rng.expovariate(1 / mean))))
    while day.weekday() > 4:
        day -= timedelta(days=1)
    moment = moments.within(year.rng, day)
    return moment if moment < now else moment - timedelta(days=1)


def _stage(year, created_at):
    if year.age(created_at) < 1.5:
        return year.choose({"new": 60, "in_progress": 35, "awaiting": 5})
    return year.choose({"new": 12, "in_progress": 58, "awaiting": 30})
