from odoo import fields, models

from ..models.measure_field import Measure
from ..models.score_field import Score


class NpsRecoveryLine(models.TransientModel):
    """The customers of one first score, with a case and without one."""

    _name = "nps.recovery.line"
    _description = "NPS Recovery Line"
    _order = "score, id"

    recovery_id = fields.Many2one(
        "nps.recovery", required=True, readonly=True, ondelete="cascade", index=True
    )
    score = Score(string="First Score", readonly=True)
    with_count = fields.Integer(string="With a Case", readonly=True)
    with_again = fields.Integer(string="Answered Again", readonly=True)
    with_better = fields.Char(string="Then Better", readonly=True)
    without_count = fields.Integer(string="Without", readonly=True)
    without_again = fields.Integer(string="Answered Again (Without)", readonly=True)
    without_better = fields.Char(string="Then Better (Without)", readonly=True)
    effect = Measure(
        readonly=True,
        digits=(16, 1),
        help="How many net points more those with a case came up than those without.",
    )
    effect_low = Measure(string="Effect From", readonly=True, digits=(16, 1))
    effect_high = Measure(string="Effect To", readonly=True, digits=(16, 1))
    difference = fields.Char(
        readonly=True,
        help="How many net points more those with a case came up than those without, "
        "with its 95 % interval; from ten customers on each side on.",
    )

    def action_open_answers(self):
        """Open the answers of this first score that are compared."""
        self.ensure_one()
        rows = self.recovery_id._rows()
        own = [row for row in rows if row.pair and row.pair.first == self.score]
        return self.recovery_id._action_answers(own)
