from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .score_field import Score

SCALE = range(1, 6)
"""The values of a driver that is answered on a scale."""


class NpsDriver(models.Model):
    """A question about one cause of the score, so that *who* and *what* come apart."""

    _name = "nps.driver"
    _description = "NPS Driver Question"
    _inherit = ["nps.page.text.mixin"]
    _order = "sequence, id"

    name = fields.Char(
        string="Question",
        required=True,
        translate=True,
        help="What is judged, like “The person who helped me”.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    survey_id = fields.Many2one(
        "nps.survey", required=True, ondelete="cascade", index=True
    )
    about = fields.Selection(
        selection=[("person", "The person"), ("matter", "The matter")],
        required=True,
        default="matter",
        help="Who helped, or what it was about: product, price, time, rules. An agent "
        "is not to blame for the matter.",
    )
    kind = fields.Selection(
        selection=[("scale", "Scale 1–5"), ("choice", "Choice")],
        required=True,
        default="scale",
    )
    lowest_label = fields.Char(string="1 Means", translate=True)
    highest_label = fields.Char(string="5 Means", translate=True)
    choice_ids = fields.One2many("nps.driver.choice", "driver_id", copy=True)

    @api.constrains("kind", "choice_ids")
    def _check_choices(self):
        for driver in self:
            if driver.kind == "choice" and len(driver.choice_ids) < 2:
                raise ValidationError(
                    self.env._("“%s” needs at least two choices.", driver.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        # Whoever deletes need not see every answer that would lose its question.
        answers_sudo = self.env["nps.driver.answer"].sudo()
        if answers_sudo.search_count([("driver_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "Customers answered this question, so it cannot be deleted. "
                    "Archive it: then it is not asked any more."
                )
            )


class NpsDriverChoice(models.Model):
    """One of the answers that a driver question offers."""

    _name = "nps.driver.choice"
    _description = "NPS Driver Choice"
    _inherit = ["nps.page.text.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    driver_id = fields.Many2one(
        "nps.driver", required=True, ondelete="cascade", index=True
    )


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
    value = Score(
        readonly=True, aggregator="avg", help="1–5; empty when the answer is a choice."
    )
    choice_id = fields.Many2one(
        "nps.driver.choice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    answer = fields.Char(compute="_compute_answer")
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

    def _compute_answer(self):
        for answer in self:
            choice = answer.choice_id.name
            answer.answer = choice or self.env._(
                "%(value)s of %(highest)s", value=answer.value, highest=SCALE[-1]
            )
