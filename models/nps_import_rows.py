from functools import cache

import pytz

from odoo import fields
from odoo.tools import email_normalize

from ..tools import addresses, import_cells, import_dates
from ..tools.import_cells import LONGEST_CELL, LONGEST_NAME
from .nps_import_lookup import Known


class Row:
    """A row of the file on its way to become an answer.

    :ivar number: as Excel counts it
    :ivar cells: as they stand in the file
    :ivar given: target -> cell, of the columns that are used
    :ivar values: what is known of the answer so far
    :ivar problems: (target, what stands there, what to do) of everything that is wrong
    """

    __slots__ = ("cells", "given", "number", "problems", "values")

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


class Reader:
    """Understands the cells of rows. What is wrong is noted; nothing is guessed.

    What is the same for all rows is looked up once.
    """

    def __init__(self, record):
        self.env = record.env
        self.known = Known(record)
        self.places = record._places()
        self.order, self.zone = record.date_order or "ymd", pytz.timezone(record.tz)
        self.now = fields.Datetime.now()
        self.today = self.now.date()
        self.survey, self.keeps_unknown = record.survey_id, record.keeps_unknown
        self.survey_of = cache(self._survey_of)
        self.score_of = cache(import_cells.read_score)
        targets = self.known.targets()
        self.names = [name for name in targets if name in self.places]
        self.nobody = dict.fromkeys(targets, False)

    def read_row(self, number, cells):
        """Return the :class:`Row` of a number and its cells."""
        row = Row(number, cells, self.places)
        self._read_lengths(row)
        self._read_survey(row)
        self._read_score(row)
        self._read_moment(row)
        self._read_email(row)
        self._read_names(row)
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
        if max(map(len, map(import_cells.words, row.given.values()))) <= LONGEST_NAME:
            return
        for target in row.given:
            most = LONGEST_CELL if target == "comment" else LONGEST_NAME
            if len(row.text(target)) > most:
                row.complain(
                    target,
                    self.env._(
                        "This is too long: shorten it to %s characters.", f"{most:,}"
                    ),
                )

    def _read_survey(self, row):
        survey = self.survey_of(row.text("survey"))
        if survey is None:
            row.complain(
                "survey",
                self.env._("There is no survey of this name. Correct it or add one."),
            )
        row.values.update(survey or self.survey_of(""))

    def _survey_of(self, name):
        """Return what rows have to know of a survey, or None: there is none."""
        survey = self.known.find("survey", name) if name else self.survey
        return survey and {
            "survey": survey,
            "survey_id": survey.id,
            "metric": survey.metric,
        }

    def _read_score(self, row):
        metric = row.values["metric"]
        score = self.score_of(metric, row.given.get("score", ""))
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

    def _read_moment(self, row):
        value = row.given.get("moment", "")
        moment = import_dates.read_moment(value, self.order, self.zone)
        if not moment:
            row.complain(
                "moment",
                self.env._(
                    "This is no date as they are written here. Correct it, or choose "
                    "how dates are written."
                ),
            )
        elif self._lies_ahead(moment):
            row.complain(
                "moment", self.env._("This lies in the future. Correct the date.")
            )
        elif moment.at < import_dates.EARLIEST:
            row.complain(
                "moment", self.env._("This is too long ago. Correct the date.")
            )
        # Of today only the day is known: it was not later than now.
        if moment and not moment.has_time:
            moment = moment._replace(at=min(moment.at, self.now))
        row.values["moment"] = moment

    def _lies_ahead(self, moment):
        if moment.has_time and moment.at > self.now:
            return True
        return moment.local.date() > self.today

    def _read_email(self, row):
        text = row.text("email")
        address = addresses.plain(text) or email_normalize(text)
        if text and not address:
            row.complain(
                "email",
                self.env._(
                    "This is no e-mail address. Correct it, or leave the cell empty."
                ),
            )
        row.values.update(email=text or False, email_normalized=address or False)

    def _read_names(self, row):
        """Look up what is called by a name: agent, department, outcome, language."""
        row.values.update(self.nobody)
        for target in self.names:
            name = row.text(target)
            found = self.known.find(target, name) if name else False
            row.values[target] = found or False
            if name and found is None and not self.keeps_unknown:
                row.complain(target, self._say_unknown(target, name))

    def _say_unknown(self, target, name):
        if self.known.is_doubtful(target, name):
            return self.env._(
                "Several are called so. Write the login, e-mail address, code or full "
                "name instead."
            )
        return self.env._(
            "Odoo does not know this one. Correct it, add it in Odoo, or tick “Keep "
            "What Odoo Does Not Know”."
        )
