import io

import xlsxwriter

from odoo import api, models
from odoo.fields import Domain

from ..tools import spreadsheets

MOST_ROWS = 20_000
"""So many interactions go into a file; a longer list belongs into Odoo's own export."""

GREY = "#E6E6E6"


class NpsInsight(models.AbstractModel):
    """A scorecard as a spreadsheet: the figures, and the rows behind them."""

    _inherit = "nps.insight"

    @api.model
    def _scorecard_xlsx(self, domain, options, with_words=True):
        """Return the bytes of an XLSX file with the sheets "Scorecard" and "Rows".

        The sheet "Rows" is for those who may export; the figures are on the screen too.
        Numbers are numbers, as exact as on the screen. Nothing is a formula.

        :param domain: as for ``get_scorecard``
        :param options: likewise
        :param bool with_words: whether the comments of the customers go in
        """
        card = self.get_scorecard(domain, options)
        question = self._question(domain, options)
        output = io.BytesIO()
        workbook = xlsxwriter.Workbook(
            output, {"in_memory": True, "strings_to_formulas": False}
        )
        self._write_figures(workbook, card)
        if self._may_export():
            self._write_rows(workbook, question, with_words)
        workbook.close()
        return output.getvalue()

    @api.model
    def _may_export(self):
        """Tell whether Odoo lets the user export records, as it asks itself."""
        user = self.env.user
        return self.env.is_admin() or user.has_group("base.group_allow_export")

    # === FIGURES === #

    @api.model
    def _write_figures(self, workbook, card):
        sheet = workbook.add_worksheet(self.env._("Scorecard"))
        columns = self._figure_columns(card)
        head = workbook.add_format({"bold": True, "bg_color": GREY, "text_wrap": True})
        sheet.write_row(0, 0, [label for label, _value in columns], head)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(columns), 13)
        sheet.freeze_panes(1, 1)
        for number, row in enumerate([*card["rows"], card["total"]], 1):
            self._write_figure(workbook, sheet, number, row, columns)
        below = len(card["rows"]) + 3
        for number, line in enumerate(self._file_notes(card), below):
            sheet.write_string(number, 0, line)

    @api.model
    def _write_figure(self, workbook, sheet, number, row, columns):
        """Write one row: indented by its level, and to be folded as on the screen."""
        style = {"indent": row["depth"], "bold": row["key"] == "total"}
        values = [value(row) for _label, value in columns]
        _write(sheet, number, values, workbook.add_format(style))
        if row["depth"]:
            sheet.set_row(number, None, None, {"level": min(row["depth"], 7)})

    @api.model
    def _file_notes(self, card):
        """Return what stands under the figures: the method, and why nothing else."""
        lines = [card["note"], *card["method"]]
        if not self._may_export():
            lines.append(
                self.env._(
                    "Without the rows behind the figures, as you may not export "
                    "records. An administrator can allow it: on your user, under "
                    "“Export”."
                )
            )
        return [line for line in lines if line]

    @api.model
    def _figure_columns(self, card):
        """Return (heading, function of a row) of each column."""
        columns = [
            (card["axis_label"], lambda row: row["name"]),
            (self.env._("Net score"), lambda row: row["net"]),
            (self.env._("From"), lambda row: row["low"]),
            (self.env._("To"), lambda row: row["high"]),
            (self.env._("Answers"), lambda row: row["n"]),
            (self.env._("Promoters"), lambda row: row["promoters"]),
            (self.env._("Passives"), lambda row: row["passives"]),
            (self.env._("Detractors"), lambda row: row["detractors"]),
            *self._share_columns(card),
            (self.env._("Asked"), lambda row: row["invited"]),
            (self.env._("Responded"), lambda row: row["responded"]),
            (self.env._("Response rate"), lambda row: row["rate"]),
            (self.env._("Rate from"), lambda row: row["rate_low"]),
            (self.env._("Rate to"), lambda row: row["rate_high"]),
            (self.env._("Grade"), lambda row: row["grade"]),
            (self.env._("Score to expect"), lambda row: row["shrunken"]),
            (self.env._("Best place"), lambda row: row["best"]),
            (self.env._("Worst place"), lambda row: row["worst"]),
        ]
        return columns + (self._change_columns() if card["before"] else [])

    @api.model
    def _share_columns(self, card):
        label = card["shown_share"]
        if not label:
            return []
        columns = [
            (self.env._("%s, percent", label), lambda row: row["share"]),
            (self.env._("Share from"), lambda row: row["share_low"]),
            (self.env._("Share to"), lambda row: row["share_high"]),
        ]
        if "mean" in card["total"]:
            columns += [
                (self.env._("Mean"), lambda row: row["mean"]),
                (self.env._("Mean from"), lambda row: row["mean_low"]),
                (self.env._("Mean to"), lambda row: row["mean_high"]),
            ]
        return columns

    @api.model
    def _change_columns(self):
        return [
            (self.env._("Score before"), lambda row: row["change"]["before"]["net"]),
            (self.env._("Answers before"), lambda row: row["change"]["before"]["n"]),
            (self.env._("Change"), lambda row: row["change"]["points"]),
            (self.env._("Change from"), lambda row: row["change"]["low"]),
            (self.env._("Change to"), lambda row: row["change"]["high"]),
            (self.env._("Verdict"), lambda row: row["change"]["label"]),
        ]

    # === ROWS === #

    @api.model
    def _write_rows(self, workbook, question, with_words):
        """Write the interactions whose customers were asked, the newest first."""
        sheet = workbook.add_worksheet(self.env._("Rows"))
        bold = workbook.add_format({"bold": True, "bg_color": GREY})
        columns = self._row_columns(question, with_words)
        domain = self._rows_domain(question) & (
            Domain("invited", "=", 1) | Domain("is_imported", "=", True)
        )
        report = self.env["nps.report"]
        rows = report.search(domain, limit=MOST_ROWS)
        counted = self._counted_ids(question, rows)
        sheet.write_row(0, 0, [label for label, _value in columns], bold)
        sheet.set_column(0, len(columns), 16)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            is_counted = int(row.id in counted)
            _write(sheet, number, [value(row, is_counted) for _l, value in columns])
        if len(rows) == MOST_ROWS:
            sheet.write_string(
                MOST_ROWS + 2,
                0,
                self.env._(
                    "Only the newest %s rows. Choose a shorter period to get all.",
                    MOST_ROWS,
                ),
            )

    @api.model
    def _counted_ids(self, question, rows):
        """Return the ids of those rows whose answer counts under the policy."""
        answered = set(rows.filtered("category").ids)
        if question.counting == "all":
            return answered
        latest = Domain("id", "in", self._latest_answers(self._rows_domain(question)))
        latest &= Domain("id", "in", list(answered))
        return set(self.env["nps.report"].search(latest).ids)

    @api.model
    def _row_columns(self, question, with_words):
        """Return (heading, function of a row and whether it counts) of each column."""
        report = self.env["nps.report"]
        names = self._row_fields(question)
        columns = [
            (self.env._("Interaction"), lambda row, counted: row.id),
            (self.env._("Counted"), lambda row, counted: counted),
            (
                self.env._("Answered"),
                lambda row, counted: int(bool(row.category or row.withheld)),
            ),
            (
                self.env._("Score"),
                lambda row, counted: row.score if row.category else None,
            ),
            *(
                (
                    report._fields[name]._description_string(self.env),
                    lambda row, counted, name=name: self._cell(row, name),
                )
                for name in names
            ),
        ]
        if with_words:
            columns.append((self.env._("Comment"), lambda row, counted: row.comment))
        return columns

    @api.model
    def _row_fields(self, question):
        """Return the fields that a row shows: those of the axis are always there."""
        shown = ["local_date", "category", "user_id", "department_id"]
        shown += ["company_id", "outcome_id", "survey_id", "country_id"]
        axis = [spec.split(":")[0] for spec in question.by.groupby]
        return list(dict.fromkeys([*shown, *axis]))

    @api.model
    def _cell(self, row, name):
        """Return what a cell shows: a number, or a text."""
        field, value = row._fields[name], row[name]
        if field.relational:
            # As Odoo's own lists do: the name of what a row belongs to is no secret.
            value_sudo = value.sudo().with_context(hierarchical_naming=False)
            return ", ".join(value_sudo.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        return value.isoformat() if field.type == "date" and value else value


def _write(sheet, number, values, first_style=None):
    """Write a row; texts never become formulas, and nothing is left empty."""
    for column, value in enumerate(values):
        if value is None or value is False or value == "":
            continue
        style = first_style if column == 0 else None
        if isinstance(value, str):
            sheet.write_string(number, column, spreadsheets.inert(value), style)
        else:
            sheet.write_number(number, column, value, style)
