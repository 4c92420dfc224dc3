from odoo import api, fields, models
from odoo.tools import SQL

from ..models.nps_invitation_import import Hour

UNKNOWN_OF_IMPORTED = {"invited": "0", "response_rate": "NULL", "ask_rate": "NULL"}
"""What is not known of an imported row: a file of answers does not tell who was silent.
The rate of those who answered would be 100 %."""
OF_ASKED = {*UNKNOWN_OF_IMPORTED, "responded"}


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
            CASE WHEN r.id IS NOT NULL AND (%s) THEN 1 ELSE 0 END AS responded""",
            super()._select(),
            self._asked(),
        )

    @api.model
    def _asked(self):
        return SQL("i.import_id IS NULL AND (%s)", super()._asked())

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in OF_ASKED or not self._withheld_from_viewer():
            return super()._field_to_sql(alias, field_expr, query)
        # What is known of whose answer is withheld is not known of imported ones.
        if field_expr == "responded":
            invited, answered, withheld = (
                self._field_to_sql(alias, name, query)
                for name in ("invited", "answered", "withheld")
            )
            return SQL("%s * (%s + %s)", invited, answered, withheld)
        return SQL(
            "CASE WHEN %s THEN %s ELSE %s END",
            super()._field_to_sql(alias, "is_imported", query),
            SQL(UNKNOWN_OF_IMPORTED[field_expr]),
            super()._field_to_sql(alias, field_expr, query),
        )
