from odoo import api, fields, models
from odoo.exceptions import ValidationError


class NpsRootCause(models.Model):
    """Why a customer was unhappy, in our own words: what would have to change."""

    _name = "nps.root.cause"
    _description = "NPS Root Cause"
    _inherit = ["nps.two.level.mixin"]
    _order = "group_sequence, is_below, sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=lambda self: self._default_sequence())
    group_sequence = fields.Integer(
        compute="_compute_place", store=True, export_string_translation=False
    )
    is_below = fields.Boolean(
        compute="_compute_place", store=True, export_string_translation=False
    )
    parent_id = fields.Many2one(
        "nps.root.cause",
        string="Below",
        domain="[('parent_id', '=', False), ('id', '!=', id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="The heading under which it stands. A heading is not chosen for a case.",
    )
    child_ids = fields.One2many("nps.root.cause", "parent_id", string="Causes Below")
    case_count = fields.Integer(compute="_compute_case_count")

    @api.model
    def _default_sequence(self):
        return self.sudo().search([], order="sequence desc", limit=1).sequence + 10

    @api.depends("parent_id.sequence", "sequence")
    def _compute_place(self):
        for cause in self:
            cause.group_sequence = (cause.parent_id or cause).sequence
            cause.is_below = bool(cause.parent_id)

    def _compute_case_count(self):
        causes = self | self.child_ids
        counts = dict(
            self.env["nps.case"]._read_group(
                [("root_cause_id", "in", causes.ids)], ["root_cause_id"], ["__count"]
            )
        )
        for cause in self:
            below = cause | cause.child_ids
            cause.case_count = sum(counts.get(one, 0) for one in below)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # Whoever deletes need not see every case that would lose its cause.
        cases_sudo = self.env["nps.case"].sudo()
        if cases_sudo.search_count([("root_cause_id", "in", self.ids)], limit=1):
            raise ValidationError(
                self.env._(
                    "Cases have this root cause, so it cannot be deleted. Archive it: "
                    "then it is not offered any more."
                )
            )
