"""Who is asked, who answers, when and what."""

import bisect
import statistics
from datetime import timedelta
from typing import NamedTuple

from ..tools import metrics
from . import comments
from .catalog import METRICS, OUTCOMES
from .places import BY_CODE
from .staff import TEAMS
from .topics import NOTES

ANSWER_RATE = 0.54
CHANNEL_RATES = {"phone": 0.95, "email": 1.08, "web": 1.05, "other": 0.9}

SHARES = {
    "nps": (0.032, 0.045, 0.062, 0.085, 0.105, 0.155, 0.2, 0.3, 0.475, 0.655),
    "ces": (0.04, 0.08, 0.14, 0.23, 0.42, 0.72),
    "csat": (0.04, 0.09, 0.2, 0.5),
}
"""The share of average customers at or below each score but the best."""

FAILURES = {
    "failed": "Connection to mail.northlight.example was refused for three days",
    "bounced": "550 5.1.1 The e-mail account does not exist",
}
RARELY = {"failed": 0.0012, "bounced": 0.012, "cancelled": 0.003}
"""How often an ask ends otherwise than usual; only young mails still show a bounce."""

CORRECTED = 0.035
"""The share of answers that the customer corrected."""

COOLDOWN = {"asked": 2, "answered": 5}
"""Days in which the demo company does not ask somebody again who was asked or answered.

Short, so that a year of not too many customers has enough answers to look at.
"""

LATELY = 4
"""How many customers answer just before the demo begins."""

_NORMAL = statistics.NormalDist()


class Answer(NamedTuple):
    """One submission of a customer."""

    submitted_at: object
    metric: str
    score: int
    category: str
    comment: str
    state: str = "counted"


def score_of(metric, mood):
    """Return the score that somebody of a mood gives.

    >>> [score_of("nps", mood) for mood in (-3, -1, -0.5, 0, 0.5)]
    [0, 6, 8, 9, 10]
    >>> [score_of("csat", mood) for mood in (-3, -0.3, 3)]
    [1, 4, 5]
    """
    rank = bisect.bisect(SHARES[metric], _NORMAL.cdf(mood))
    return metrics.SCALES[metric].lowest + rank


def ask(year, interaction):
    """Decide what becomes of the ask of an interaction.

    :param year: the :class:`.simulation.Simulation`
    """
    survey = OUTCOMES[interaction.outcome].survey
    _note(year, interaction)
    interaction.reason = _reason(year, interaction, survey)
    if interaction.reason:
        interaction.state = "suppressed"
        return
    _guess(year, interaction, METRICS[survey])
    trouble = _trouble(year, interaction)
    interaction.failure = FAILURES.get(trouble, "")
    if trouble in ("failed", "cancelled"):
        interaction.state = trouble
        return
    _send(year, interaction, survey)
    if trouble == "bounced":
        interaction.state = trouble
    elif year.rng.random() < _willingness(interaction, year):
        _answer(year, interaction)


def _note(year, interaction):
    notes = NOTES.get(interaction.outcome)
    if notes and year.rng.random() < 0.6:
        interaction.note = year.rng.choice(notes)


def _reason(year, interaction, survey):
    """Return why nobody is asked, or ""; in the order of the addon's own checks."""
    if not survey:
        return "no_survey"
    if interaction.customer is None:
        return "own_company"
    customer = year.customers[interaction.customer]
    if customer.trait in ("no_address", "invalid_address"):
        return customer.trait
    if customer.trait and year.age(interaction.picked_at) < customer.since:
        return customer.trait
    interaction.cooldown = _cooldown(year, interaction)
    if interaction.cooldown:
        return "cooldown"
    return year.holding_back.reason(interaction)


def _cooldown(year, interaction):
    """Return (rule, since when, days) of the cool-down that holds, or None."""
    decided_at = decision(interaction)
    for rule, days in COOLDOWN.items():
        moments = year.moments[rule].get(interaction.customer, ())
        lately = [
            moment
            for moment in moments
            if decided_at - timedelta(days=days) < moment <= decided_at
        ]
        if lately:
            return rule, max(lately), days
    return None


def decision(interaction):
    """Return when it is decided whether to ask: when the mail is to leave."""
    delay = OUTCOMES[interaction.outcome].delay
    return interaction.picked_at + timedelta(hours=delay)


def _guess(year, interaction, metric):
    """Let the agent write down which score he expects; most agents hope."""
    if year.rng.random() < interaction.agent.guesses:
        mood = interaction.mood * 0.8 + interaction.agent.hope
        mood += year.rng.gauss(0, 0.55)
        interaction.guess = score_of(metric, mood)


def _trouble(year, interaction):
    """Return how an ask ends when not as usual, or ""."""
    chance = year.rng.random()
    for state, share in RARELY.items():
        if chance < share:
            old = year.age(interaction.picked_at) > 12
            return "" if state == "bounced" and old else state
        chance -= share
    return ""


def _send(year, interaction, survey):
    delay = timedelta(
        hours=OUTCOMES[interaction.outcome].delay, seconds=year.rng.randint(2, 70)
    )
    interaction.sent_at = min(interaction.picked_at + delay, year.now)
    year.note("asked", interaction.customer, interaction.sent_at)
    interaction.expires_at = year.expiry(survey, interaction.sent_at)
    interaction.state = "expired" if interaction.expires_at < year.now else "sent"


def _willingness(interaction, year):
    """Return the chance of an answer: who is very happy or angry answers more often."""
    customer = year.customers[interaction.customer]
    return (
        ANSWER_RATE
        * TEAMS[interaction.department].answers
        * BY_CODE[customer.country].answers
        * CHANNEL_RATES[interaction.channel]
        * (1.12 if abs(interaction.mood) > 1 else 0.95)
    )


def answer_lately(year, history):
    """Let some customers answer just now: a year must not end on a quiet Sunday.

    :param history: all interactions, oldest first
    """
    # Who was asked again since would not have been, had he answered.
    last = {i.customer: i for i in history if i.sent_at}
    unanswered = [i for i in history if i.state == "sent" and last[i.customer] is i]
    for interaction in unanswered[-LATELY:]:
        waited = (year.now - interaction.sent_at) * year.rng.uniform(0.9, 0.99)
        moment = interaction.sent_at + timedelta(seconds=int(waited.total_seconds()))
        _submit(year, interaction, moment)


def _answer(year, interaction):
    submitted_at = _submitted_at(year, interaction.sent_at, interaction.mood)
    if submitted_at < min(year.now, interaction.expires_at):
        _submit(year, interaction, submitted_at)


def _submit(year, interaction, submitted_at):
    metric = METRICS[OUTCOMES[interaction.outcome].survey]
    answer = _made(year, interaction, metric, interaction.mood, submitted_at)
    interaction.answers = (answer,)
    year.note("answered", interaction.customer, submitted_at)
    interaction.state = "answered"
    if year.rng.random() < CORRECTED:
        _correct(year, interaction, answer)


def _made(year, interaction, metric, mood, submitted_at):
    customer = year.customers[interaction.customer]
    score = score_of(metric, mood)
    category = metrics.category(metric, score)
    comment = comments.write(
        year.rng,
        category,
        customer.lang,
        interaction.waited,
        interaction.topic,
        interaction.agent.name,
    )
    return Answer(submitted_at, metric, score, category, comment)


def _correct(year, interaction, first):
    """Let the customer think better of it; both answers are kept."""
    later = first.submitted_at + timedelta(minutes=year.rng.randint(2, 1500))
    mood = interaction.mood + year.rng.choice((-0.9, 0.5, 1.0))
    second = _made(year, interaction, first.metric, mood, later)
    if later < year.now and second.score != first.score:
        kept = second._replace(comment=second.comment or first.comment)
        interaction.answers = (first._replace(state="superseded"), kept)


def _submitted_at(year, sent_at, mood):
    """Return when somebody answers: mostly within hours, seldom at night.

    Who is not happy puts it off more often.
    """
    often = (57, 29, 14) if mood > 0 else (50, 31, 19)
    mean = year.rng.choices((2, 16, 90), often)[0]
    hours = 0.03 + year.rng.expovariate(1 / mean)
    moment = sent_at + timedelta(seconds=round(hours * 3600))
    if year.local(moment).hour < 6:
        moment += timedelta(hours=6, minutes=year.rng.randint(0, 180))
    return moment
