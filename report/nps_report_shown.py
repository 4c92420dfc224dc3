from odoo import api, fields, models
from odoo.tools import SQL

from .nps_report_interval import COUNTS


class NpsReport(models.Model):
    """The net score where there are enough answers for one, and else nothing.

    For maps, charts and dashboards, which draw whatever number they get.
    """

    _inherit = "nps.report"

    net_shown = fields.Float(
        string="Net Score (10 Answers or More)",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="The net score, empty below ten answers: too few to say.",
    )

    @api.model
    def _select(self):
        return SQL("%s, NULL::numeric AS net_shown", super()._select())

    @api.model
    def _interval_ends(self):
        shown = SQL("100.0 * (promoters - detractors) / answers")
        return {**super()._interval_ends(), "net_shown:avg": (shown, COUNTS)}
