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


class HoldingBack:
    """Agents who keep customers from being asked, most of them evenly.

    What an agent owes adds up, apart for what went badly and what went well: who is
    fair in this company is visibly fair.
    """

    def __init__(self, seed):
        self.dice = random.Random(f"held back {seed}")
        self.owed = {}

    def reason(self, interaction):
        """Return the agent's own reason not to ask somebody, or ""."""
        agent = interaction.agent
        badly = interaction.on_ticket and (interaction.late or interaction.reopened)
        owed = self.owed.get((agent, badly), self.dice.random())
        owed += agent.holds_when_badly if badly else agent.holds
        self.owed[agent, badly] = owed - (owed > 1)
        if owed <= 1:
            return ""
        return self.dice.choices(list(REASONS), list(REASONS.values()))[0]
