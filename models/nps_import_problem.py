import csv
import io

from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import import_cells, spreadsheets


class NpsImportProblem(models.Model):
    """A row that cannot be imported as it is; kept until the import is closed."""

    _name = "nps.import.problem"
    _description = "Row With an Error in an NPS Import"
    _inherit = ["nps.inert.export.mixin"]
    _order = "row, id"
    _rec_name = "reason"

    import_id = fields.Many2one(
        "nps.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    row = fields.Integer(readonly=True, aggregator=None, help="As Excel counts them.")
    column = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    reason = fields.Char(string="What to Do", readonly=True)
    cells = fields.Json(readonly=True, export_string_translation=False)


class NpsImport(models.Model):
    """The rows with errors: listed, and downloaded to be corrected."""

    _inherit = "nps.import"

    problem_ids = fields.One2many("nps.import.problem", "import_id", readonly=True)

    def action_download_problems(self):
        """Download the rows with errors as CSV, with a column that says why."""
        self.ensure_one()
        self.check_access("read")
        if not self.problem_ids:
            raise UserError(self.env._("No row has an error."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/nps/import/{self.id}/errors.csv",
            "target": "download",
        }

    def _problems_csv(self):
        """Return the rows with errors as bytes; no cell of it is a formula."""
        target = io.StringIO(newline="")
        writer = csv.writer(target, delimiter=self.delimiter or ";")
        header = [column.header for column in self.column_ids]
        extra = [self.env._("Row"), self.env._("What to Do")]
        writer.writerow(map(spreadsheets.inert, [*header, *extra]))
        for problem in self.problem_ids:
            cells = [*map(import_cells.words, problem.cells or [])]
            cells += [""] * (len(header) - len(cells))
            row = [*cells[: len(header)], problem.row, problem.reason]
            writer.writerow(map(spreadsheets.inert, row))
        # The mark tells Excel that it is UTF-8.
        return target.getvalue().encode("utf-8-sig")
