"""What the demo company's customers said after their score, invented.

Pure arithmetic: no database. Long waits show in the reasons and in the driver about
time; the driver about the person follows the score.
"""

import random

TELLS_REASON = 0.45
TELLS_DRIVERS = 0.4
WANTS_CONTACT = 0.25
"""Shares of customers; the last one of detractors."""

REASONS = {
    "detractor": ("hard_to_reach", "repeated", "not_solved", "took_long", "price"),
    "passive": ("took_long", "price"),
    "promoter": ("friendly", "easy_to_reach", "solved_at_once"),
}
PATIENCE = 24
"""Hours after which a wait is long."""


def invent(answer, hours):
    """Return what a customer said after his score.

    :param answer: an :class:`~.answers.Answer` on the scale 0–10
    :param hours: how long he had waited, or None
    :return: dict of ``reasons`` (names), ``drivers`` (name -> 1–5) and ``contact``
    """
    rng = random.Random(f"{answer.submitted_at} {answer.score}")
    is_unhappy = answer.category == "detractor"
    return {
        "reasons": _reasons(rng, answer, hours) if rng.random() < TELLS_REASON else [],
        "drivers": _drivers(rng, answer, hours) if rng.random() < TELLS_DRIVERS else {},
        "contact": is_unhappy and rng.random() < WANTS_CONTACT,
    }


def _reasons(rng, answer, hours):
    names = REASONS[answer.category]
    weights = [_weight(name, hours) for name in names]
    return sorted(set(rng.choices(names, weights, k=rng.choice((1, 1, 2)))))


def _weight(reason, hours):
    is_long = (hours or 0) > PATIENCE
    return 4 if reason == "took_long" and is_long else 1


def _drivers(rng, answer, hours):
    person = 1 + answer.score * 0.4 + rng.gauss(0.4, 0.8)
    time = (2.2 if (hours or 0) > PATIENCE else 4) + rng.gauss(0, 0.9)
    return {"person": _on_scale(person), "time": _on_scale(time)}


def _on_scale(value):
    return int(min(5, max(1, round(value))))
