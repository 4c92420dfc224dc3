from odoo import models

from ..tools import spreadsheets


class NpsInertExportMixin(models.AbstractModel):
    """Something whose export holds words of customers."""

    _name = "nps.inert.export.mixin"
    _description = "Exports No Formulas"

    def _export_rows(self, fields, **kwargs):
        rows = super()._export_rows(fields, **kwargs)
        return [[spreadsheets.inert(cell) for cell in row] for row in rows]
