from odoo import api, fields, models
from odoo.tools import SQL


class NpsReport(models.Model):
    """What counting needs beside the score: whose answer it is, and since when.

    A customer is a contact, else an e-mail address, else the interaction itself; once
    he is erased, a random key.
    """

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": ["person_key", "partner_id", "email"],
        "nps.response": ["score", "submitted_at"],
    }

    # Not offered as measures and in exports: they mean nothing to a reader.
    submitted_at = fields.Datetime(
        readonly=True, exportable=False, export_string_translation=False
    )
    score_squares = fields.Integer(
        readonly=True,
        aggregator=None,
        exportable=False,
        export_string_translation=False,
    )
    customer_key = fields.Char(
        readonly=True, exportable=False, export_string_translation=False
    )

    @api.model
    def _select(self):
        return SQL(
            """%s, r.submitted_at, r.score * r.score AS score_squares,
            COALESCE(
                i.person_key, 'p' || i.partner_id, 'm' || LOWER(i.email), 'i' || i.id
            ) AS customer_key
            """,
            super()._select(),
        )
