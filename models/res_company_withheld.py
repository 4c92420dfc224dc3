from odoo import api, fields, models
from odoo.exceptions import ValidationError

FEWEST, MOST = 2, 50
"""Below two answers nothing could be hidden; above fifty next to nothing is left."""


class ResCompany(models.Model):
    """Below how many answers an agent's answers are nobody's but his own."""

    _inherit = "res.company"

    nps_fewest_shown = fields.Integer(
        string="Fewest Answers Shown",
        default=0,
        help="Agents and team managers see answers to the work of somebody else only "
        "from so many counted answers of his on. 0: always.",
    )

    @api.constrains("nps_fewest_shown")
    def _check_nps_fewest_shown(self):
        for company in self:
            number = company.nps_fewest_shown
            if number and not FEWEST <= number <= MOST:
                raise ValidationError(
                    self.env._(
                        "Enter a number from %(fewest)s to %(most)s, or 0 to hide "
                        "nothing.",
                        fewest=FEWEST,
                        most=MOST,
                    )
                )
