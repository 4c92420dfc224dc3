from odoo import api, fields, models


class NpsInvitation(models.Model):
    """When in the week and in the day it was, for rules; as reports tell it."""

    _inherit = "nps.invitation"

    weekday = fields.Selection(
        selection=lambda self: self._selection_of_report("weekday"),
        compute="_compute_clock",
        search=lambda self, *condition: self._search_report("weekday", *condition),
    )
    day_part = fields.Selection(
        selection=lambda self: self._selection_of_report("day_part"),
        string="Time of Day",
        compute="_compute_clock",
        search=lambda self, *condition: self._search_report("day_part", *condition),
    )

    # === COMPUTE METHODS === #

    @api.depends("local_date", "local_hour")
    def _compute_clock(self):
        # One definition of the parts of a day: that of the report.
        for invitation in self:
            row_sudo = self.env["nps.report"].sudo().browse(invitation._origin.id or ())
            invitation.weekday = row_sudo.weekday
            invitation.day_part = row_sudo.day_part

    @api.model
    def _selection_of_report(self, name):
        """Return the values of a field of ``nps.report``."""
        field = self.env["nps.report"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def _search_report(self, name, operator, value):
        """Return the domain of the interactions whose row in the report fits."""
        if operator != "in":
            return NotImplemented
        rows = self.env["nps.report"]._search([(name, operator, value)])
        return [("id", "in", rows)]
