from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from .measure_field import Measure
from .nps_survey import METRICS


class NpsTarget(models.Model):
    """The net score that a company or a department aims at, for some time."""

    _name = "nps.target"
    _description = "NPS Target"
    _inherit = ["nps.valid.period.mixin"]
    _order = "company_id, metric, department_id, date_from desc, id"
    _check_company_auto = True

    metric = fields.Selection(METRICS, required=True, default="nps")
    value = Measure(
        string="Target",
        required=True,
        digits=(16, 1),
        help="A net score from −100 to 100: 100 × (promoters − detractors) / answers. "
        "For NPS it is the NPS; for CES and CSAT the share of easy or satisfied "
        "answers less the share of difficult or dissatisfied ones, as Net Score shows "
        "it.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        check_company=True,
        ondelete="cascade",
        help="Whose score it is about, with all departments below. Empty: the whole "
        "company.",
    )

    whose = fields.Char(string="Whose Score", compute="_compute_whose")

    _value_range = models.Constraint(
        "CHECK(value BETWEEN -100 AND 100)",
        "A target is a net score: a number from −100 to 100.",
    )

    # === COMPUTE METHODS === #

    @api.depends("metric", "value", "company_id", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            # What has no number yet is new: its form says so.
            target.display_name = target.value is not False and self.env._(
                "%(metric)s target %(value)s: %(whose)s",
                metric=(target.metric or "").upper(),
                value=target._say(target.value),
                whose=target._whose(),
            )

    @api.depends("company_id", "department_id")
    def _compute_whose(self):
        for target in self:
            target.whose = target._whose()

    # === CONSTRAINT METHODS === #

    @api.constrains(
        "active", "date_from", "date_to", "metric", "company_id", "department_id"
    )
    def _check_no_overlap(self):
        for target in self.filtered("active"):
            other = self.search(target._overlap_domain(), limit=1)
            if other:
                raise ValidationError(target._overlap_message(other))

    def _overlap_domain(self):
        """Return the domain of other targets for the same in the same time."""
        same = Domain.AND(Domain(*leaf) for leaf in self._same_leaves())
        period = self._period_domain(self.date_from, self.date_to)
        return same & period & Domain("id", "!=", self.id)

    def _same_leaves(self):
        """Return what tells that another target is for the same; extend it."""
        return [
            ("metric", "=", self.metric),
            ("company_id", "=", self.company_id.id),
            ("department_id", "=", self.department_id.id),
        ]

    def _overlap_message(self, other):
        return self.env._(
            "There is a target for %(whose)s already: %(value)s from %(start)s until "
            "%(end)s. End that one before this begins, or change its value.",
            whose=self._whose(),
            value=self._say(other.value),
            start=format_date(self.env, other.date_from),
            end=format_date(self.env, other.date_to) or self.env._("further notice"),
        )

    # === BUSINESS METHODS === #

    def _whose(self):
        """Return the name of what the target is for; extend it."""
        self.ensure_one()
        # Whoever may read a target may know whose it is.
        target_sudo = self.sudo()
        return target_sudo.department_id.name or target_sudo.company_id.name or ""
