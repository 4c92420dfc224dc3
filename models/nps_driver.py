from odoo import api, fields, models
from odoo.exceptions import ValidationError

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
