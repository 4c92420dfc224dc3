"""How interactions went, and whom agents kept from being asked."""

import random

from .staff import TEAMS

LATE_AFTER = 2.2
"""An interaction is late after so many times the usual wait of its department."""
REOPENED = (0.03, 0.1)
"""How often a ticket was opened again: usually, and when the customer is unhappy."""

REASONS = {"agent_not_customer": 45, "agent_abusive": 30, "agent_spam": 25}
"""Reason -> weight."""


def tell(year, history):
    """Decide how each interaction went.

    :param year: the :class:`.simulation.Simulation`
    :param history: its interactions, oldest first
    """
    # Dice of its own, so that the rest of the year stays as it was.
    dice = random.Random(f"course {year.seed}")
    for interaction in history:
        usual = TEAMS[interaction.department].wait
        interaction.late = interaction.waited > LATE_AFTER * usual
        often = REOPENED[interaction.mood < -0.8]
        interaction.reopened = dice.random() < often


def hold_back(year, history):
    """Let agents keep customers from being asked, most of them evenly.

    What an agent owes adds up, apart for what went badly and what went well: who is
    fair in this company is visibly fair.
    """
    dice = random.Random(f"held back {year.seed}")
    owed = {}
    for interaction in history:
        badly = interaction.on_ticket and (interaction.late or interaction.reopened)
        key = (interaction.agent, badly)
        share = interaction.agent.holds_when_badly if badly else interaction.agent.holds
        if interaction.sent_at:
            owed[key] = owed.get(key, dice.random()) + share
        if owed.get(key, 0) > 1:
            owed[key] -= 1
            _suppress(interaction, dice)


def _suppress(interaction, dice):
    interaction.state = "suppressed"
    interaction.reason = dice.choices(list(REASONS), list(REASONS.values()))[0]
    interaction.failure = ""
    interaction.sent_at = interaction.expires_at = None
    interaction.answers = ()
