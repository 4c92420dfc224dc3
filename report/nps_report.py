from odoo import api, fields, models
from odoo.tools import SQL

from ..models.measure_field import Measure
from ..models.nps_survey import CATEGORIES, METRICS
from ..models.score_field import Score
from ..tools import metrics


class NpsReport(models.Model):
    """One row per invitation, with its counted response if there is one.

    The only source of numbers: every list, pivot, graph and export reads it.
    """

    _name = "nps.report"
    _description = "NPS Analysis"
    _inherit = ["nps.department.access.mixin", "nps.inert.export.mixin"]
    _auto = False
    _order = "picked_at desc, id desc"
    _rec_name = "subject"
    _depends = {
        "nps.invitation": [
            "state",
            "suppression_reason",
            "survey_id",
            "outcome_id",
            "picked_at",
            "sent_at",
            "answered_at",
        ],
        "nps.response": ["invitation_id", "score", "category", "comment", "state"],
    }

    invitation_id = fields.Many2one("nps.invitation", readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["nps.invitation"]._fields["state"]._description_selection(self.env)
        ),
        readonly=True,
    )
    suppression_reason = fields.Selection(
        selection=lambda self: self.env[
            "nps.invitation"
        ]._selection_suppression_reason(),
        readonly=True,
    )
    survey_id = fields.Many2one("nps.survey", readonly=True)
    metric = fields.Selection(METRICS, readonly=True)
    outcome_id = fields.Many2one("nps.outcome", readonly=True)
    picked_at = fields.Datetime(string="Interaction At", readonly=True)
    local_date = fields.Date(string="Date", readonly=True)
    local_hour = fields.Integer(string="Hour of Day", readonly=True, aggregator=None)
    subject = fields.Char(readonly=True)
    res_model = fields.Char(string="Touchpoint", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer Company", readonly=True
    )
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Agent", readonly=True)
    employee_id = fields.Many2one("hr.employee", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    lang = fields.Char(string="Language", readonly=True)
    score = Score(readonly=True, aggregator="avg", string="Mean Score")
    category = fields.Selection(CATEGORIES, readonly=True)
    comment = fields.Text(readonly=True)
    net_score = Measure(
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="100 × (promoters − detractors) / answers. For NPS it is the NPS.",
    )
    net_low = Measure(
        string="Net Score From",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Lower end of the 95 % interval (adjusted Wald). Empty below ten answers: "
        "too few to say.",
    )
    net_high = Measure(
        string="Net Score To",
        readonly=True,
        aggregator="avg",
        digits=(16, 1),
        help="Upper end of the 95 % interval (adjusted Wald). Empty below ten answers: "
        "too few to say.",
    )
    invited = fields.Integer(readonly=True, aggregator="sum", string="Asked")
    answered = fields.Integer(readonly=True, aggregator="sum", string="Answers")
    promoters = fields.Integer(readonly=True, aggregator="sum")
    passives = fields.Integer(readonly=True, aggregator="sum")
    detractors = fields.Integer(readonly=True, aggregator="sum")
    response_rate = Measure(
        readonly=True,
        aggregator="avg",
        help="The share of answers among those who were asked, in percent.",
    )

    @property
    def _table_query(self):
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    @api.model
    def _select(self):
        """Return the columns; extend it to add one."""
        # An unanswered row has NULL and not 0, so that averages skip it. Of the type
        # float8, so that conditions and averages are those of Odoo's Float.
        return SQL(
            """
            i.id, i.id AS invitation_id, i.state, i.suppression_reason, i.survey_id,
            s.metric, i.outcome_id, i.picked_at, i.local_date, i.local_hour, i.subject,
            i.res_model, i.partner_id, i.commercial_partner_id, i.country_id,
            i.user_id, i.employee_id, i.department_id, i.company_id, i.lang,
            r.score, r.category, r.comment,
            (CASE r.category WHEN 'promoter' THEN %(promoter)s
                             WHEN 'passive' THEN %(passive)s
                             WHEN 'detractor' THEN %(detractor)s END)::float8
            AS net_score, NULL::float8 AS net_low, NULL::float8 AS net_high,
            CASE WHEN %(asked)s THEN 1 ELSE 0 END AS invited,
            CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS answered,
            CASE WHEN r.category = 'promoter' THEN 1 ELSE 0 END AS promoters,
            CASE WHEN r.category = 'passive' THEN 1 ELSE 0 END AS passives,
            CASE WHEN r.category = 'detractor' THEN 1 ELSE 0 END AS detractors,
            (CASE WHEN (%(asked)s) IS NOT TRUE THEN NULL
                  WHEN r.id IS NULL THEN 0 ELSE 100 END)::float8 AS response_rate
            """,
            **metrics.NET_VALUES,
            asked=self._asked(),
        )

    @api.model
    def _asked(self):
        """Return the condition that somebody was asked, which whoever answered was."""
        return SQL("i.sent_at IS NOT NULL OR r.id IS NOT NULL")

    @api.model
    def _from(self):
        """Return the tables; extend it to join another."""
        return SQL(
            """
            nps_invitation i
            LEFT JOIN nps_survey s ON s.id = i.survey_id
            LEFT JOIN nps_response r ON r.invitation_id = i.id AND r.state = 'counted'
            """
        )

    def action_open_invitation(self):
        """Open the interaction behind a row."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "nps.invitation",
            "res_id": self.id,
            "view_mode": "form",
        }
