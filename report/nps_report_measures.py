from odoo import api, fields, models
from odoo.tools import SQL

from ..models.measure_field import Measure


class NpsReport(models.Model):
    """Shares and times; each a column whose average is the number of any group."""

    _inherit = "nps.report"
    _depends = {"nps.invitation": ["sent_at"], "nps.response": ["submitted_at"]}

    promoter_share = Measure(
        string="Share of Promoters",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="In percent of the answers. For CES this is the share of easy, for CSAT "
        "of satisfied customers.",
    )
    hours_to_answer = Measure(
        string="Hours to Answer",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Hours from handing the mail over to the customer's first answer.",
    )
    answered_at = fields.Datetime(readonly=True)

    @api.model
    def _select(self):
        return SQL(
            """%s, i.answered_at,
            (CASE WHEN r.category = 'promoter' THEN 100
                  WHEN r.category IS NOT NULL THEN 0 END)::float8 AS promoter_share,
            (CASE WHEN r.id IS NOT NULL
                  THEN EXTRACT(EPOCH FROM i.answered_at - i.sent_at) / 3600
                  END)::float8 AS hours_to_answer
            """,
            super()._select(),
        )
