import re
from functools import partial

import pytz

from odoo import fields, models
from odoo.tools import email_normalize

from ..tools import import_cells, import_dates
from ..tools.import_cells import LONGEST_CELL, LONGEST_NAME
from .nps_import_lookup import Known

PLAIN_ADDRESS = re.compile(
    r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+",
    re.ASCII | re.IGNORECASE,
).fullmatch


class Row:
    """A row of the file on its way to become an answer.

    :ivar number: as Excel counts it
    :ivar cells: as they stand in the file
    :ivar given: target -> cell, of the columns that are used
    :ivar values: what is known of the answer so far
    :ivar problems: (target, what stands there, what to do) of everything that is wrong
    """

    def __init__(self, number, cells, places):
        self.number, self.cells = number, cells
        self.given = {
            target: cells[place] if place < len(cells) else ""
            for target, place in places.items()
        }
        self.values, self.problems = {}, []

    def text(self, target):
        """Return what stands in a column as a text, or ''."""
        return import_cells.words(self.given.get(target, ""))

    def complain(self, target, reason):
        """Note that a cell is wrong, and what to do."""
        self.problems.append((target, self.text(target)[:LONGEST_NAME], reason))


class NpsImport(models.Model):
    """Understands the cells of a row. What is wrong is noted; nothing is guessed."""

    _inherit = "nps.import"

    def _reader(self):
        """Return a function that makes a :class:`Row` of (number, cells)."""
        return partial(
            self._read_row,
            known=Known(self),
            places=self._places(),
            zone=pytz.timezone(self.tz),
            now=fields.Datetime.now(),
        )

    def _read_row(self, number, cells, known, places, zone, now):
        row = Row(number, cells, places)
        self._read_lengths(row)
        self._read_survey(row, known)
        self._read_score(row)
        self._read_moment(row, zone, now)
        self._read_email(row)
        self._read_names(row, known)
        row.values.update(
            comment=row.text("comment"),
            reference=row.text("reference") or None,
            customer=row.text("customer"),
            customer_ref=row.text("customer_ref"),
            product=row.text("product") or None,
            subject=row.text("subject"),
        )
        return row

    def _read_lengths(self, row):
        for target in row.given:
            most = LONGEST_CELL if target == "comment" else LONGEST_NAME
            if len(row.text(target)) > most:
                row.complain(
                    target,
                    self.env._(
                        "This is too long: shorten it to %s characters.", f"{most:,}"
                    ),
                )

    def _read_survey(self, row, known):
        name = row.text("survey")
        survey = known.find("survey", name) if name else self.survey_id
        if survey is None:
            row.complain(
                "survey",
                self.env._("There is no survey of this name. Correct it or add one."),
            )
        row.values["survey"] = survey or self.survey_id

    def _read_score(self, row):
        metric = row.values["survey"].metric
        score = import_cells.read_score(metric, row.given.get("score", ""))
        if score is None:
            scale = row.values["survey"]._scale()
            row.complain(
                "score",
                self.env._(
                    "This is not a whole number from %(lowest)s to %(highest)s. "
                    "Correct it, or choose a survey with another scale.",
                    lowest=scale.lowest,
                    highest=scale.highest,
                ),
            )
        row.values["score"] = score

    def _read_moment(self, row, zone, now):
        value = row.given.get("moment", "")
        moment = import_dates.read_moment(value, self.date_order or "ymd", zone)
        if not moment:
            row.complain(
                "moment",
                self.env._(
                    "This is no date as they are written here. Correct it, or choose "
                    "how dates are written."
                ),
            )
        elif moment.has_time and moment.at > now or moment.local.date() > now.date():
            row.complain(
                "moment", self.env._("This lies in the future. Correct the date.")
            )
        elif moment.at < import_dates.EARLIEST:
            row.complain(
                "moment", self.env._("This is too long ago. Correct the date.")
            )
        # Of today only the day is known: it was not later than now.
        if moment and not moment.has_time:
            moment = moment._replace(at=min(moment.at, now))
        row.values["moment"] = moment

    def _read_email(self, row):
        text = row.text("email")
        address = _normalized(text)
        if text and not address:
            row.complain(
                "email",
                self.env._(
                    "This is no e-mail address. Correct it, or leave the cell empty."
                ),
            )
        row.values.update(email=text or False, email_normalized=address or False)

    def _read_names(self, row, known):
        """Look up what is called by a name: agent, department, outcome, language."""
        for target in known.targets():
            name = row.text(target)
            found = known.find(target, name) if name else False
            row.values[target] = found or False
            if name and found is None and not self.keeps_unknown:
                row.complain(target, self._say_unknown(target, name, known))

    def _say_unknown(self, target, name, known):
        if known.is_doubtful(target, name):
            return self.env._(
                "Several are called so. Write the login, e-mail address, code or full "
                "name instead."
            )
        return self.env._(
            "Odoo does not know this one. Correct it, add it in Odoo, or tick “Keep "
            "What Odoo Does Not Know”."
        )


def _normalized(text):
    """Return an e-mail address as Odoo compares it, or False.

    Of a plain one that is its lower case; Odoo's own way takes ten times as long.
    """
    return text.lower() if PLAIN_ADDRESS(text) else email_normalize(text) or False
