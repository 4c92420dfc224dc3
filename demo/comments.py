"""Chooses a comment that fits score, cause and language."""

from .comment_texts import TAILS, TEXTS

LONG_WAIT = 48
"""Hours from which a wait is what an unhappy customer writes about."""

HOW_MANY = {"promoter": 0.4, "passive": 0.38, "detractor": 0.64}
"""The share of answers with a comment: who is angry writes."""

THEMES = {
    "promoter": {"friendly": 40, "fast": 20, "solved": 40},
    "passive": {"waiting": 15, "price": 25, "so_so": 60},
    "detractor": {"waiting": 20, "unsolved": 45, "price": 22, "tone": 13},
}


def write(rng, category, lang, waited, topic, agent):
    """Return a comment, or "" when the customer wrote none.

    :param rng: a seeded ``random.Random``
    :param lang: code of the customer's language, as ``de_DE``
    :param waited: hours from the request to its outcome
    :param topic: key of :data:`.topics.TOPICS`
    :param agent: name of the agent
    """
    if rng.random() > HOW_MANY[category]:
        return ""
    texts = TEXTS[lang[:2]][category]
    comment = rng.choice(texts[_theme(rng, category, waited, topic)])
    if rng.random() < 0.3:
        comment += f" {rng.choice(texts[TAILS])}"
    return comment.format(agent=agent.split()[0], days=max(2, round(waited / 24)))


def _theme(rng, category, waited, topic):
    weights = dict(THEMES[category])
    if topic in ("install", "solar") and category != "passive":
        weights["technician"] = 60
    if "price" in weights and topic in ("bill", "tariff"):
        weights["price"] *= 2
    if "waiting" in weights:
        weights["waiting"] *= 6 if waited > LONG_WAIT else 1
    if "fast" in weights and waited > LONG_WAIT / 4:
        del weights["fast"]
    return rng.choices(list(weights), list(weights.values()))[0]
