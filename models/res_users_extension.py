from odoo import fields, models


class ResUsers(models.Model):
    """A user has a telephone, by which a telephone server finds him."""

    _inherit = "res.users"

    nps_extension = fields.Char(
        string="Telephone Extension",
        copy=False,
        index="btree_not_null",
        help="The short number of this user's telephone. A telephone server sends it "
        "to say who is rung.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["nps_extension"]
