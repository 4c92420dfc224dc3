from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..models.nps_survey import METRICS
from ..tools import metrics, recovery

UNHAPPY = {
    "detractor": [metrics.DETRACTOR],
    "passive": [metrics.PASSIVE],
    "both": [metrics.DETRACTOR, metrics.PASSIVE],
}
CHOICES = {
    "metric",
    "category",
    "period",
    "window",
    "treatment",
    "later",
    "survey_id",
    "department_id",
}
"""The fields that say what is compared with what."""


class NpsRecovery(models.TransientModel):
    """Do cases bring unhappy customers back?

    It compares what the user may read and nothing else: customers with a case with
    those without one who gave the same first score.
    """

    _name = "nps.recovery"
    _description = "NPS Recovery"

    metric = fields.Selection(METRICS, required=True, default="nps")
    category = fields.Selection(
        selection=[
            ("detractor", "Detractors"),
            ("passive", "Passives"),
            ("both", "Detractors and passives"),
        ],
        string="Customers",
        required=True,
        default="detractor",
        help="Whose first answer makes a customer one of those who are compared.",
    )
    period = fields.Selection(
        selection=[
            ("90", "Last 90 days"),
            ("180", "Last 180 days"),
            ("365", "Last year"),
            ("730", "Last two years"),
            ("cases", "Since the first case"),
        ],
        string="Unhappy Answer",
        required=True,
        default="365",
        help="When the unhappy answer was given. Each customer counts with his first. "
        "Since the first case: nobody is compared with customers of a time when there "
        "were no cases.",
    )
    window = fields.Selection(
        selection=[
            ("30", "Within 30 days"),
            ("90", "Within 90 days"),
            ("180", "Within 180 days"),
            ("365", "Within a year"),
        ],
        string="Next Answer",
        required=True,
        default="90",
        help="How long after it the next answer may come, with a case and without one.",
    )
    treatment = fields.Selection(
        selection=[("opened", "A case was opened"), ("worked", "A case was worked on")],
        string="With a Case Means",
        required=True,
        default="opened",
        help="Opened: every case counts, also one whose customer could not be reached. "
        "That is the honest choice: who can be reached is friendlier to begin with. "
        "Worked on: the customer was contacted before his next answer and the case is "
        "done; other customers with a case are left out.",
    )
    later = fields.Selection(
        selection=[
            ("any", "Also the survey after the case"),
            ("interaction", "Only after another interaction"),
        ],
        string="Next Answer From",
        required=True,
        default="any",
        help="Closing a case asks the customer again; others are asked only after a "
        "new interaction. The second choice asks both sides in the same way, but "
        "leaves fewer answers.",
    )
    survey_id = fields.Many2one("nps.survey", domain="[('metric', '=', metric)]")
    department_id = fields.Many2one(
        "hr.department",
        help="With the departments below it. It is the one of the unhappy answer; the "
        "next answer may be about another one.",
    )
    line_ids = fields.One2many("nps.recovery.line", "recovery_id", readonly=True)
    summary = fields.Text(readonly=True)
    # Made by our own template, which escapes what it is given.
    overview = fields.Html(readonly=True, sanitize=False)

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = self.env._("Recovery")

    @api.onchange("metric")
    def _onchange_metric(self):
        if self.survey_id.metric != self.metric:
            self.survey_id = False

    @api.onchange(*CHOICES)
    def _onchange_choices(self):
        """Take away the result of what was chosen before."""
        self.summary = self.env._("Press “Compare” to see what comes of your choice.")
        self.overview = False

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_given()
        for record in records:
            record._fill()
        return records

    def write(self, vals):
        result = super().write(vals)
        if CHOICES & vals.keys():
            self._check_given()
            for record in self:
                record._fill()
        return result

    def _check_given(self):
        """Refuse what the user may not read: Odoo shows the name of whatever is set."""
        self.survey_id.check_access("read")
        self.department_id.check_access("read")

    # === ACTION METHODS === #

    @api.model
    def action_open(self):
        """Compare the usual period and show what came of it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Recovery"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
        }

    def action_compare(self):
        """Compare afresh, as it is chosen now."""
        for record in self:
            record._fill()

    def action_open_answers(self):
        """Open the answers that are compared."""
        self.ensure_one()
        return self._action_answers(self._rows())

    @api.model
    def _action_answers(self, rows):
        """Return the action that lists both answers of some pairs.

        Without an address of its own: it would open all answers when reloaded.
        """
        answers = {row.first_id for row in rows} | {row.later_id for row in rows}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers Compared"),
            "res_model": "nps.response",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", sorted(filter(None, answers)))],
            "context": {"hierarchical_naming": False},
        }

    # === BUSINESS METHODS === #

    def _fill(self):
        """Compare, and say it in words."""
        self.ensure_one()
        rows = self._rows()
        pairs = [row.pair for row in rows if row.pair]
        strata = recovery.by_first_score(pairs)
        self.write(self._words(rows, recovery.compare(pairs), strata))
        # Nobody writes lines by hand: they are what was found.
        lines_sudo = self.env["nps.recovery.line"].sudo()
        lines_sudo.search([("recovery_id", "=", self.id)]).unlink()
        lines_sudo.create(
            [
                dict(self._line_values(found), recovery_id=self.id, score=score)
                for (_metric, score), found in strata.items()
            ]
        )
        self.invalidate_recordset(["line_ids"])

    def _since(self):
        """Return from when on the unhappy answers count."""
        if self.period == "cases":
            return self._first_case_at() or fields.Datetime.now()
        return fields.Datetime.now() - timedelta(days=int(self.period))

    def _first_case_at(self):
        """Return when the first answer was given that has a case, or False."""
        # When cases began is no secret, whoever they belong to.
        answers_sudo = self.env["nps.response"].sudo()
        first = answers_sudo.search_fetch(
            [
                ("case_ids", "!=", False),
                ("metric", "=", self.metric),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["submitted_at"],
            order="submitted_at",
            limit=1,
        )
        return first.submitted_at

    def _unhappy_domain(self):
        """Return the domain of the answers with which customers begin."""
        domain = Domain("submitted_at", ">=", self._since())
        domain &= Domain("category", "in", UNHAPPY[self.category])
        if self.survey_id:
            domain &= Domain("survey_id", "=", self.survey_id.id)
        if self.department_id:
            domain &= Domain("department_id", "child_of", self.department_id.id)
        return domain
