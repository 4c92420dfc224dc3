from itertools import islice

import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..tools import (
    import_cells,
    import_dates,
    import_headers,
    import_sheet,
    import_text,
)
from ..tools.import_text import UnreadableFile

ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 with byte order mark"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16, little-endian"),
    ("utf-16-be", "UTF-16, big-endian"),
    ("utf-32", "UTF-32"),
    ("cp1252", "Western (Windows-1252, Latin-1)"),
    ("iso-8859-15", "Western with euro sign (Latin-9)"),
    ("cp1250", "Central European (Windows-1250)"),
    ("cp1251", "Cyrillic (Windows-1251)"),
    ("mac-roman", "Mac"),
    ("shift_jis", "Japanese (Shift JIS)"),
    ("gb18030", "Chinese (GB 18030)"),
]
DELIMITERS = [
    (",", "Comma"),
    (";", "Semicolon"),
    ("\t", "Tab"),
    ("|", "Bar"),
]
ORDERS = [
    ("ymd", "Year, month, day"),
    ("dmy", "Day, month, year"),
    ("mdy", "Month, day, year"),
]
LARGEST_FILE = 100_000_000
MOST_COLUMNS = 250
DATES_LOOKED_AT = 2000


class NpsImport(models.Model):
    """Reads the file: how it was written is found out, shown, and can be corrected."""

    _inherit = "nps.import"

    is_workbook = fields.Boolean(readonly=True, export_string_translation=False)
    encoding = fields.Selection(
        ENCODINGS, help="Found out. Change it when letters with accents look wrong."
    )
    delimiter = fields.Selection(
        DELIMITERS, help="Found out. Change it when the columns below look wrong."
    )
    date_order = fields.Selection(
        ORDERS, string="Dates Are Written", help="Found out. See the example beside it."
    )
    date_example = fields.Char(string="Example", readonly=True)
    is_date_doubtful = fields.Boolean(
        readonly=True,
        export_string_translation=False,
        help="More than one order fits all dates of the file.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"encoding", "delimiter"} & vals.keys() and not self.env.context.get(
            "nps_reading"
        ):
            for record in self.filtered("file"):
                record._read_header()
        if {"date_order", "tz"} & vals.keys():
            for record in self.filtered("file"):
                record._show_dates()
        return result

    # === TAKING A FILE === #

    def _take_file(self):
        """Look at a new file: how it is written, its columns and rows.

        :raise UserError: it is no table
        """
        content = self._content()
        self._check_size(content)
        try:
            values = self._writing_of(content)
        except UnreadableFile as error:
            raise self._unreadable(error) from error
        # These are found out and not chosen, so nothing has to be read again.
        self_sudo = self.sudo().with_context(nps_reading=True)
        self_sudo.write({**values, "checksum": import_cells.checksum(content)})
        self._begin_again()
        self._read_header()

    def _content(self):
        """Return the bytes of the file."""
        attachment_sudo = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )
        return attachment_sudo.raw or b""

    def _check_size(self, content):
        if not content.strip():
            raise self._unreadable(UnreadableFile("empty"))
        if len(content) > LARGEST_FILE:
            raise self._unreadable(UnreadableFile("huge"))

    def _writing_of(self, content):
        if import_sheet.is_workbook(content):
            return {"is_workbook": True, "encoding": False, "delimiter": False}
        encoding = import_text.encoding_of(content)
        text = import_text.decode(content, encoding)
        known = dict(ENCODINGS)
        return {
            "is_workbook": False,
            "encoding": encoding if encoding in known else "cp1252",
            "delimiter": import_text.delimiter_of(text),
        }

    def _read_header(self):
        """Make the columns anew, each with what it most likely is."""
        header, samples, count = self._look_through()
        # Only the file says which columns there are.
        self_sudo = self.sudo()
        self_sudo.column_ids.unlink()
        targets = self.env["nps.import.column"]._targets()
        self_sudo.column_ids = [
            fields.Command.create(
                {
                    "position": place,
                    "header": name,
                    "sample": samples[place],
                    "target": target,
                }
            )
            for place, (name, target) in enumerate(
                zip(header, import_headers.guess(header, targets), strict=True)
            )
        ]
        self_sudo.row_count = count
        self._find_date_order()

    def _look_through(self):
        """Return (header, a sample of each column, number of the last row)."""
        try:
            rows = self._all_rows()
            _number, header = next(rows)
            header = [import_cells.words(cell) for cell in header]
            if len(header) > MOST_COLUMNS:
                raise UnreadableFile("columns", len(header))
            samples, count = [""] * len(header), 0
            for number, cells in rows:
                count = number - 1
                for place, cell in enumerate(cells[: len(header)]):
                    samples[place] = samples[place] or import_cells.words(cell)[:80]
        except StopIteration:
            raise self._unreadable(UnreadableFile("empty")) from None
        except UnreadableFile as error:
            raise self._unreadable(error) from error
        if not count:
            raise self._unreadable(UnreadableFile("no_rows"))
        return header, samples, count

    # === ROWS === #

    def _all_rows(self):
        """Yield (number, cells) of all rows that are not empty, the header first."""
        content = self._content()
        if self.is_workbook:
            return import_sheet.sheet_rows(content)
        text = import_text.decode(content, self.encoding or "utf-8")
        return import_text.csv_rows(text, self.delimiter or ",")

    def _data_rows(self):
        """Return an iterator of (number, cells) of the rows below the header."""
        rows = self._all_rows()
        next(rows, None)
        return rows

    # === DATES === #

    def _find_date_order(self):
        """Find out in which order day, month and year stand, as far as can be told."""
        texts = self._some_moments()
        orders = import_dates.orders_of(texts)
        is_clear = bool(texts) and _tells_no_order(texts)
        usual = "ymd" if is_clear else self._usual_order()
        self.sudo().write(
            {
                "date_order": usual if usual in orders else next(iter(orders), usual),
                "is_date_doubtful": {"dmy", "mdy"} <= set(orders) and not is_clear,
            }
        )

    def _some_moments(self):
        """Return dates of the file, evenly from all of it."""
        column = self._column_of("moment")
        if not column:
            return []
        step = max(1, self.row_count // DATES_LOOKED_AT)
        some = islice(self._data_rows(), None, None, step)
        place = column.position
        return [cells[place] for _number, cells in some if place < len(cells)]

    def _usual_order(self):
        """Return the order of the administrator's language."""
        written = self.env["res.lang"]._get_data(code=self.env.user.lang).date_format
        letters = [letter.lower() for letter in written or "" if letter in "ymdYMDbB"]
        order = "".join("m" if letter == "b" else letter for letter in letters)[:3]
        return order if order in dict(ORDERS) else "ymd"

    def _show_dates(self):
        """Show by an example how dates are understood."""
        column = self._column_of("moment")
        cells = next((cells for _n, cells in self._data_rows()), []) if column else []
        written = "".join(map(import_cells.words, cells[column.position :][:1]))
        zone = pytz.timezone(self.tz)
        found = import_dates.read_moment(
            cells[column.position] if written else "", self.date_order or "ymd", zone
        )
        self.sudo().date_example = self._say_date(written, found)

    def _say_date(self, written, found):
        if not written:
            return False
        if not found:
            return self.env._("“%s” is no date that way", written)
        pattern = "d MMMM yyyy, HH:mm" if found.has_time else "d MMMM yyyy"
        return self.env._(
            "“%(written)s” is %(date)s",
            written=written,
            # It is on the clock of the file already.
            date=format_datetime(self.env, found.local, "UTC", pattern),
        )

    # === WORDS === #

    def _unreadable(self, error):
        """Return the error that says why a file is no table, and what to do."""
        number = error.args[1] if len(error.args) > 1 else ""
        texts = {
            "empty": self.env._("The file is empty. Choose another one."),
            "no_rows": self.env._(
                "The file has headers and no row below them. Choose another one."
            ),
            "binary": self.env._(
                "This is neither a CSV file nor an Excel workbook. Save the table as "
                "CSV (UTF-8) or .xlsx and choose that file."
            ),
            "locked": self.env._(
                "This is an old Excel file (.xls) or one with a password. Save it as "
                ".xlsx without a password and choose that file."
            ),
            "encoding": self.env._(
                "The file is not written in this encoding. Choose another encoding, or "
                "save the file as CSV (UTF-8)."
            ),
            "broken": self.env._(
                "Row %s cannot be read: a quotation mark may be missing, or one cell "
                "is far too long. Correct the file and choose it again.",
                number,
            ),
            "columns": self.env._(
                "The file has %(count)s columns, at most %(most)s can be read. Delete "
                "those that are not needed.",
                count=number,
                most=MOST_COLUMNS,
            ),
            "huge": self.env._(
                "The file is too large (at most 100 MB). Split it into several files."
            ),
        }
        return UserError(texts[error.args[0]])


def _tells_no_order(texts):
    """Tell whether years in front or named months leave no doubt."""
    return not any(
        isinstance(text, str)
        and text[:2].strip("-./ ").isdigit()
        and not text[:4].isdigit()
        for text in texts
    )
