from odoo import api, models


class NpsInsight(models.AbstractModel):
    """Targets in the spreadsheet of a scorecard."""

    _inherit = "nps.insight"

    @api.model
    def _figure_columns(self, card):
        columns = super()._figure_columns(card)
        rows = [*card["rows"], card["total"]]
        if not any(row.get("target") for row in rows):
            return columns
        return [
            *columns,
            (self.env._("Target"), lambda row: _of_target(row, "value")),
            (self.env._("Target reached?"), lambda row: _of_target(row, "text")),
        ]


def _of_target(row, key):
    return row["target"][key] if row.get("target") else None
