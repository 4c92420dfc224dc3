from odoo import api, fields, models
from odoo.tools import SQL

from ..models.nps_invitation_import import Hour


class NpsReport(models.Model):
    """Tells imported answers from those that customers gave here."""

    _inherit = "nps.report"
    _depends = {"nps.invitation": ["import_id"]}

    import_id = fields.Many2one("nps.import", readonly=True)
    is_imported = fields.Boolean(
        string="Imported",
        readonly=True,
        help="The customer gave the answer to another program; an administrator "
        "brought it here by a file.",
    )
    local_hour = Hour(string="Hour of Day", readonly=True)
    responded = fields.Integer(
        readonly=True,
        aggregator="sum",
        export_string_translation=False,
        help="Those of the asked who answered, also where the answer is withheld.",
    )

    @api.model
    def _select(self):
        return SQL(
            """%s, i.import_id, i.import_id IS NOT NULL AS is_imported,
            CASE WHEN r.id IS NOT NULL AND %s THEN 1 ELSE 0 END AS responded""",
            super()._select(),
            self._is_asked(),
        )

    @api.model
    def _is_asked(self):
        # A file of answers does not tell who was silent. The rate of those who
        # answered would be 100 %.
        return SQL("(i.import_id IS NULL AND %s)", super()._is_asked())

    @api.model
    def _is_not_asked(self):
        return SQL("(i.import_id IS NULL AND %s)", super()._is_not_asked())
