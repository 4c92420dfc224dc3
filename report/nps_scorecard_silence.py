from odoo import api, models

from ..tools.counts import Counts


class NpsInsight(models.AbstractModel):
    """Says under a scorecard what the silent could make of its total."""

    _inherit = "nps.insight"

    @api.model
    @api.readonly
    def get_scorecard(self, domain, options=None):
        """Return a scorecard that says so first of its method; see the extended one."""
        card = super().get_scorecard(domain, options)
        words = self._silence_words(self._silence_counts(card))
        return {**card, "method": [*filter(None, [words]), *card["method"]]}

    @api.model
    def _silence_counts(self, card):
        """Return the counts of the total, or none where they do not fit together."""
        total = card["total"]
        if card["options"]["counting"] != "all" or total["promoters"] is None:
            return Counts()
        names = ("promoters", "passives", "detractors")
        names += ("invited", "responded", "withheld")
        return Counts(**{name: total[name] for name in names})
