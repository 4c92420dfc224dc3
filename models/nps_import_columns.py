from odoo import api, fields, models
from odoo.exceptions import UserError

TARGETS = [
    ("moment", "Date of the answer"),
    ("score", "Score"),
    ("email", "Customer's e-mail"),
    ("customer", "Customer's name"),
    ("customer_ref", "Customer's reference"),
    ("comment", "Comment"),
    ("reference", "External ID or ticket number"),
    ("agent", "Agent"),
    ("department", "Department"),
    ("survey", "Survey"),
    ("outcome", "Outcome"),
    ("lang", "Language"),
    ("product", "Product"),
    ("subject", "Subject"),
]
REQUIRED = ("moment", "score")


class NpsImportColumn(models.Model):
    """A column of the file and what it is."""

    _name = "nps.import.column"
    _description = "Column of an NPS Import"
    _order = "position, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "nps.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    position = fields.Integer(readonly=True, export_string_translation=False)
    header = fields.Char(string="Column in the File", readonly=True)
    sample = fields.Char(string="For Example", readonly=True)
    target = fields.Selection(TARGETS, string="Is")

    @api.model
    def _targets(self):
        """Return the keys of what a column can be."""
        return tuple(self._fields["target"].get_values(self.env))

    def write(self, vals):
        result = super().write(vals)
        if "target" in vals and not self.env.su:
            records = self.import_id
            records._check_may_change({"column_ids": True})
            records.filtered(lambda r: r.state == "checked")._begin_again()
            for record in records.filtered("file"):
                if vals["target"] == "moment":
                    record._find_date_order()
        return result


class NpsImport(models.Model):
    """Which column is which."""

    _inherit = "nps.import"

    column_ids = fields.One2many("nps.import.column", "import_id", string="Columns")

    def _column_of(self, target):
        return self.column_ids.filtered(lambda c: c.target == target)[:1]

    def _places(self):
        """Return target -> position of its column."""
        return {c.target: c.position for c in self.column_ids if c.target}

    def _check_columns(self):
        """Raise unless it is clear which column is which."""
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        labels = dict(
            self.column_ids._fields["target"]._description_selection(self.env)
        )
        targets = [column.target for column in self.column_ids if column.target]
        twice = next((name for name in targets if targets.count(name) > 1), None)
        if twice:
            raise UserError(
                self.env._(
                    "Two columns are “%s”. Choose one of them below.", labels[twice]
                )
            )
        missing = [labels[name] for name in REQUIRED if name not in targets]
        if missing:
            raise UserError(
                self.env._(
                    "No column is “%s” yet. Choose below which one it is.", missing[0]
                )
            )
