from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import intervals
from .measure_field import Measure
from .nps_driver import SCALE
from .score_field import Score

ENDS = {"mean_low:avg": SQL("-"), "mean_high:avg": SQL("+")}


class NpsDriverAnswer(models.Model):
    """What a customer said to one driver question; kept like his score."""

    _name = "nps.driver.answer"
    _description = "NPS Driver Answer"
    _inherit = ["nps.department.access.mixin", "nps.inert.export.mixin"]
    _order = "response_id desc, id"
    _rec_name = "driver_id"

    response_id = fields.Many2one(
        "nps.response", required=True, readonly=True, ondelete="cascade", index=True
    )
    driver_id = fields.Many2one(
        "nps.driver", required=True, readonly=True, ondelete="restrict", index=True
    )
    value = Score(readonly=True, help="1–5; empty when the answer is a choice.")
    choice_id = fields.Many2one(
        "nps.driver.choice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    answer = fields.Char(compute="_compute_answer")
    mean = Measure(
        compute="_compute_mean", store=True, aggregator="avg", digits=(16, 1)
    )
    mean_low = Measure(
        string="Mean From",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Lower end of the 95 % interval (Student's t). Empty below five answers: "
        "too few to say.",
    )
    mean_high = Measure(
        string="Mean To",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Upper end of the 95 % interval (Student's t). Empty below five answers: "
        "too few to say.",
    )
    answers = fields.Integer(
        compute="_compute_mean",
        store=True,
        aggregator="sum",
        help="Answers on the scale; choices have no mean.",
    )
    about = fields.Selection(related="driver_id.about", store=True)
    survey_id = fields.Many2one(related="response_id.survey_id", store=True)
    submitted_at = fields.Datetime(related="response_id.submitted_at", store=True)
    user_id = fields.Many2one(
        related="response_id.user_id", store=True, index="btree_not_null"
    )
    department_id = fields.Many2one(
        related="response_id.department_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="response_id.company_id", store=True, index=True
    )

    _one_per_driver_uniq = models.UniqueIndex(
        "(response_id, driver_id)", "A driver question is answered once."
    )

    @api.depends("value")
    def _compute_mean(self):
        for answer in self:
            answer.mean = answer.value or None
            answer.answers = 1 if answer.value else 0

    def _compute_answer(self):
        for answer in self:
            choice = answer.choice_id.name
            answer.answer = choice or self.env._(
                "%(value)s of %(highest)s", value=answer.value, highest=SCALE[-1]
            )

    # === BUSINESS METHODS === #

    def _read_group_select(self, aggregate_spec, query):
        # An interval cannot be averaged: it is computed from the values of each group,
        # as :func:`~.tools.intervals.mean_interval` does.
        sign = ENDS.get(aggregate_spec)
        if sign is None:
            return super()._read_group_select(aggregate_spec, query)
        value = self._field_to_sql(query.table, "value", query)
        return SQL(
            """(
                SELECT CASE WHEN n >= %(fewest)s THEN
                       average %(sign)s spread / SQRT(n) * (%(quantile)s) END
                  FROM (VALUES (COUNT(%(value)s)::float8, AVG(%(value)s)::float8,
                                STDDEV_SAMP(%(value)s)::float8))
                       AS values (n, average, spread)
            )""",
            fewest=intervals.FEWEST_FOR_MEAN,
            sign=sign,
            value=value,
            quantile=_quantile(),
        )


def _quantile():
    """Return :func:`~.tools.intervals.t95` of a group's n − 1, in SQL."""
    terms = [
        SQL("%s / (n - 1) ^ %s", term, power)
        for power, term in enumerate(intervals.T95_TERMS, 1)
    ]
    return SQL(" + ").join([SQL("%s", intervals.Z95), *terms])
