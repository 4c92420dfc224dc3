"""A year of interactions and answers, invented so that causes have effects.

Pure arithmetic: no database. The same seed and moment give the same year.
"""

import math
import random
from dataclasses import dataclass
from datetime import timedelta

import pytz

from . import answers, customers, fairness, moments, topics
from .catalog import OUTCOMES, VALIDITY
from .places import BY_CODE
from .staff import AGENTS, TEAMS, WORSE

SEED = 1909
INTERACTIONS = 7600
"""How many interactions a year has."""
WITH_TICKET = 700
"""How many of the newest interactions still have their ticket."""
QUARTER = 90
"""For how many days one department has been worse than before."""

ON_TICKET, PAST_TICKET, ON_CONTACT = "ticket", "past ticket", "contact"

CHANNEL_MOODS = {"phone": 0.04, "email": 0.0, "web": -0.08, "other": 0.0}
DIRECT_CALLS = 0.25
"""The share of calls for which nobody writes a ticket."""


@dataclass
class Interaction:
    """One talk with a customer, and what came of it.

    :param customer: key of the customer; None: a mail from our own address
    :param lang: code of the language in which the customer is asked and answers
    :param waited: hours from the request to its outcome
    :param place: on a ticket, on a ticket that was cleaned up since, on a contact
    :param mood: satisfaction, 0 is average, 1 is one standard deviation
    :param late: over the time that is usual
    :param reopened: its ticket was closed before and opened again
    :param cooldown: (rule, since when, days) of the cool-down that forbade to ask
    :param answers: the customer's :class:`.answers.Answer`, oldest first
    """

    picked_at: object
    local: object
    department: str
    agent: object
    customer: int | None
    lang: str
    channel: str
    topic: str
    title: str
    text: str
    waited: float
    outcome: str
    mood: float
    place: str = PAST_TICKET
    state: str = ""
    reason: str = ""
    cooldown: tuple | None = None
    failure: str = ""
    note: str = ""
    guess: int | None = None
    late: bool = False
    reopened: bool = False
    sent_at: object = None
    expires_at: object = None
    answers: tuple = ()

    @property
    def on_ticket(self):
        """Whether there is or was a ticket."""
        return self.place != ON_CONTACT


class Simulation:
    """The customers and the year of one company.

    :param now: the moment at which the year ends, UTC without zone
    :param zone: name of the company's time zone
    """

    def __init__(self, now, zone="UTC", seed=SEED):
        self.seed = seed
        self.rng = random.Random(seed)
        self.now = now
        self.zone = pytz.timezone(zone)
        self.customers = customers.invent(self.rng)
        self.pools = {key: self._pool(key) for key in TEAMS}
        self.moments = {"asked": {}, "answered": {}}
        self.holding_back = fairness.HoldingBack(seed)

    def interactions(self):
        """Return the interactions of the year, oldest first."""
        local_now = self.local(self.now)
        year = moments.invent(self.rng, local_now, INTERACTIONS)
        history = [self._interaction(moment) for moment in year]
        self._place(history)
        fairness.tell(self, history)
        for interaction in sorted(history, key=answers.decision):
            answers.ask(self, interaction)
        answers.answer_lately(self, history)
        return history

    def note(self, rule, customer, moment):
        """Note when a customer was asked or answered, for the cool-down."""
        self.moments[rule].setdefault(customer, []).append(moment)

    def local(self, moment):
        """Return a UTC moment as the clock of the company shows it."""
        return pytz.utc.localize(moment).astimezone(self.zone).replace(tzinfo=None)

    def utc(self, moment):
        """Return what the clock of the company shows as UTC."""
        local = self.zone.localize(moment)
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    def age(self, moment):
        """Return how many days ago a moment was."""
        return (self.now - moment) / timedelta(days=1)

    # === WHO TALKS WITH WHOM === #

    def _pool(self, department):
        """Return (customers, weights) of those who turn to a department."""
        mine = [c for c in self.customers if _belongs(c, department)]
        return mine, [customer.weight for customer in mine]

    def choose(self, weights):
        """Return one key of a dict of weights."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def _interaction(self, local):
        picked_at = self.utc(local)
        key = self.choose({team: TEAMS[team].share for team in TEAMS})
        agent, customer, channel, topic = self.request(key)
        waited = self._wait(key, self.age(picked_at))
        outcome = self._outcome(key, picked_at)
        return Interaction(
            picked_at=picked_at,
            local=local,
            department=key,
            agent=agent,
            customer=customer.key,
            lang=customer.lang,
            channel=channel,
            topic=topic,
            waited=waited,
            outcome=outcome,
            mood=self._mood(
                picked_at, agent, customer, channel, topic, waited, outcome
            ),
            **self.words(topic, customer, local),
        )

    def request(self, department):
        """Return (agent, customer, channel, topic) of one request to a department."""
        team = TEAMS[department]
        agents = {
            agent: agent.share for agent in AGENTS if agent.department == team.key
        }
        customer = self.rng.choices(*self.pools[department])[0]
        return (
            self.choose(agents),
            customer,
            self.choose(team.channels),
            self.choose(team.topics),
        )

    def words(self, topic, customer, when):
        """Return title and text of a request."""
        kind = topics.TOPICS[topic]
        return {
            "title": topics.fill(
                self.rng, self.rng.choice(kind.titles), when, customer
            ),
            "text": topics.fill(self.rng, self.rng.choice(kind.texts), when, customer),
        }

    def _outcome(self, department, picked_at):
        outcomes = {
            code: outcome.often[department]
            for code, outcome in OUTCOMES.items()
            if department in outcome.often
        }
        code = self.choose(outcomes)
        leaves = picked_at + timedelta(hours=OUTCOMES[code].delay, minutes=10)
        # A mail of the demo company must never really leave.
        return code if leaves < self.now or not OUTCOMES[code].delay else "solved"

    # === WHY THEY ARE HAPPY OR NOT === #

    def _wait(self, department, age):
        median = TEAMS[department].wait
        if department == WORSE:
            median *= 1 + 4 * decline(age)
        return round(max(0.2, median * math.exp(self.rng.gauss(0, 0.8))), 2)

    def _mood(self, picked_at, agent, customer, channel, topic, waited, outcome):
        worse = decline(self.age(picked_at)) if agent.department == WORSE else 0
        return (
            TEAMS[agent.department].mood
            + agent.skill
            + customer.mood
            + BY_CODE[customer.country].mood
            + CHANNEL_MOODS[channel]
            + topics.TOPICS[topic].mood
            + OUTCOMES[outcome].mood
            + waiting_mood(waited)
            - 0.3 * worse
            + self.rng.gauss(0, 0.95)
        )

    # === WHERE IT IS WRITTEN DOWN === #

    def _place(self, history):
        """Put the newest interactions on tickets, and calls without one on contacts."""
        left = WITH_TICKET
        for interaction in reversed(history):
            direct = interaction.channel == "phone" and self.rng.random() < DIRECT_CALLS
            if direct:
                interaction.place = ON_CONTACT
            elif left:
                interaction.place = ON_TICKET
                left -= 1
                if interaction.channel == "email" and self.rng.random() < 0.03:
                    interaction.customer = None

    def expiry(self, survey, sent_at):
        """Return when a link stops to work."""
        return sent_at + timedelta(days=VALIDITY[survey])


def _belongs(customer, department):
    if department in ("phone", "online"):
        return not customer.is_business
    return customer.is_business or department in ("north", "south")


def decline(age):
    """Return how far the worse department had come down so many days ago.

    >>> [decline(days) for days in (200, 90, 45, 0)]
    [0, 0.5, 0.75, 1.0]
    """
    return 0 if age > QUARTER else round(1 - 0.5 * age / QUARTER, 2)


def waiting_mood(hours):
    """Return what a wait does to satisfaction, in standard deviations.

    >>> [round(waiting_mood(hours), 2) for hours in (1, 6, 48, 1000)]
    [0.6, 0.22, -0.44, -1.2]
    """
    return max(-1.2, min(0.6, -0.22 * math.log2(hours / 12)))
