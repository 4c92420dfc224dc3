import random

from odoo import api, models

from .catalog import OUTCOMES
from .simulation import ON_CONTACT, SEED

HOURS_PER_MESSAGE = 9
"""Who waits writes again, about so often."""


class NpsDemo(models.AbstractModel):
    """How much work the tickets were."""

    _inherit = "nps.demo"

    @api.model
    def _place_snapshot(self, interaction, known, ticket):
        values = super()._place_snapshot(interaction, known, ticket)
        if interaction.place == ON_CONTACT:
            return values
        dice = random.Random(f"{SEED} {interaction.picked_at}")
        open_still = OUTCOMES[interaction.outcome].stage == "awaiting"
        return dict(
            values,
            hours_to_first_change=interaction.waited * dice.uniform(0.1, 0.6),
            hours_to_close=False if open_still else interaction.waited,
            message_count=self._demo_messages(interaction, dice),
            priority=dice.choices("0123", [2, 12, 4, 1])[0],
        )

    @api.model
    def _demo_messages(self, interaction, dice):
        """Return how often was written: more when it took long or was reopened."""
        written = dice.expovariate(HOURS_PER_MESSAGE / (interaction.waited + 4))
        first = 0 if interaction.channel == "phone" else 1
        return first + round(written) + 2 * interaction.reopened
