from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import audit, metrics

COLUMNS = (
    "user_id",
    "department_id",
    "held_back",
    "was_late",
    "was_reopened",
    "hours_open",
    "guess",
    "metric",
)


class NpsAskAudit(models.TransientModel):
    """Looks for agents who hold customers back when it went badly.

    It counts what the user may read and nothing else.
    """

    _name = "nps.ask.audit"
    _description = "NPS Ask-Rate Audit"

    period = fields.Selection(
        selection=[
            ("30", "30 Days"),
            ("90", "90 Days"),
            ("180", "180 Days"),
            ("365", "1 Year"),
        ],
        required=True,
        default="90",
    )
    line_ids = fields.One2many("nps.ask.audit.line", "audit_id", readonly=True)
    summary = fields.Char(compute="_compute_summary")

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    def _compute_display_name(self):
        for dialog in self:
            dialog.display_name = self.env._("Ask-Rate Audit")

    @api.depends("line_ids")
    @api.depends_context("lang")
    def _compute_summary(self):
        for dialog in self:
            dialog.summary = dialog._describe()

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        audits = super().create(vals_list)
        for record in audits:
            record._fill()
        return audits

    def write(self, vals):
        result = super().write(vals)
        if "period" in vals:
            for record in self:
                record._fill()
        return result

    # === ACTION METHODS === #

    @api.model
    def action_open(self):
        """Audit the usual period and show what came of it."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask-Rate Audit"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
        }

    # === BUSINESS METHODS === #

    def _fill(self):
        """Audit the period afresh."""
        courses, departments = self._courses()
        results = audit.audit(courses)
        # Nobody writes lines by hand: what they say is computed.
        lines_sudo = self.env["nps.ask.audit.line"].sudo()
        lines_sudo.search([("audit_id", "=", self.id)]).unlink()
        lines_sudo.create(
            [
                dict(
                    lines_sudo._values_of(courses[user_id], result),
                    audit_id=self.id,
                    user_id=user_id,
                    department_id=departments[user_id],
                )
                for user_id, result in results.items()
            ]
        )
        self.invalidate_recordset(["line_ids"])

    def _domain(self):
        """Return the domain of the interactions that are compared.

        Where a callback was planned the interaction goes on: nobody was held back, and
        nobody could have been asked.
        """
        since = fields.Datetime.now() - timedelta(days=int(self.period))
        return (
            Domain("picked_at", ">=", since)
            & Domain("user_id", "!=", False)
            & Domain("is_reask", "=", False)
            & ~(
                Domain("suppression_reason", "=", "no_survey")
                & Domain("plans_callback", "=", True)
            )
        )

    def _courses(self):
        """Return how the interactions of each agent went, and his last department.

        :return: dict of user id -> list of :class:`~.tools.audit.Course`, dict of
            user id -> department id
        """
        courses, departments = {}, {}
        for user_id, department_id, *course in self._rows():
            courses.setdefault(user_id, []).append(_course(*course))
            departments[user_id] = department_id
        return courses, departments

    def _rows(self):
        """Return :data:`COLUMNS` of what the user may read, oldest first."""
        report = self.env["nps.report"]
        query = report._search(self._domain(), order="picked_at, id")
        columns = (report._field_to_sql(query.table, c, query) for c in COLUMNS)
        # Not records: a quarter of a large company is too many to load one by one.
        return self.env.execute_query(query.select(SQL(", ").join(columns)))

    def _describe(self):
        """Return in plain words what the audit found."""
        judged = self.line_ids.filtered(lambda line: line.verdict != "few")
        if not judged:
            return self.env._(
                "Nobody has enough interactions in this period: an agent needs %s of "
                "which it is known how they went.",
                audit.FEWEST,
            )
        return self.env._(
            "%(marked)s of %(judged)s agents with enough data held customers back more "
            "often when it went badly than chance explains.",
            marked=len(judged.filtered(lambda line: line.verdict == "talk")),
            judged=len(judged),
        )


def _course(held_back, late, reopened, hours, guess, metric):
    """Return a :class:`~.tools.audit.Course` of one row of the report."""
    # Without a ticket nobody knows how it went.
    is_known = hours is not None
    low_guess = None
    if guess is not None:
        low_guess = metrics.category(metric or "nps", guess) == metrics.DETRACTOR
    return audit.Course(
        held_back=bool(held_back),
        late=bool(late) if is_known else None,
        reopened=bool(reopened) if is_known else None,
        hours=hours,
        low_guess=low_guess,
    )
