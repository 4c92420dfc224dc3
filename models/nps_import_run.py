import logging

import psycopg2
import psycopg2.errors

from odoo import api, models, modules
from odoo.tools import split_every

from ..tools import garbage
from .database_errors import CONFLICTS
from .nps_import import AT_WORK
from .nps_import_lookup import key_of
from .nps_import_rows import Reader
from .nps_queue_mixin import MOST_CONFLICTS

_logger = logging.getLogger(__name__)

AT_ONCE = 10_000
"""How many rows are stored together, which takes a few seconds: whoever ends the server
now, loses none of them and doubles none, since how far it is, is stored with them."""
FEWEST_AT_ONCE = 200
"""Where others write to the same contacts, fewer and fewer are stored together."""
REFUSALS = (
    psycopg2.DataError,
    psycopg2.IntegrityError,
    psycopg2.errors.ProgramLimitExceeded,
)
"""The database takes a row not at all, or not so many long ones in one statement."""


class NpsImport(models.Model):
    """Works a file off, batch by batch, in a cron."""

    _inherit = "nps.import"

    @api.model
    def _cron_work(self):
        """Check, import and undo what waits for it, while the cron has time."""
        for record in self.search([("state", "in", AT_WORK)], order="id"):
            if not record._run_again_on_conflicts():
                return

    def _run_again_on_conflicts(self):
        """Work a file off; begin its last batch again when others wrote meanwhile."""
        # What is said of the rows is for the administrator to read.
        reader = self.user_id or self.create_uid
        record = self.with_context(lang=reader.lang)
        for conflicts in range(MOST_CONFLICTS + 1):
            try:
                size = max(AT_ONCE >> conflicts, FEWEST_AT_ONCE)
                return record._run(self.env["ir.cron"]._commit_progress, size)
            except CONFLICTS:
                if modules.module.current_test or conflicts == MOST_CONFLICTS:
                    raise
                self.env.cr.rollback()

    def _run(self, commit=None, size=None):
        """Check or import the rest of the file, or undo the rest of the import.

        :param commit: stores a batch and returns how many seconds are left; None: all
            in this transaction
        :param size: how many rows are stored together; None: as many as usual
        :return: whether it is done
        """
        # Rows, contacts and answers are written for the administrator, who may not.
        record_sudo = self.sudo()
        if self.state == "undoing":
            return record_sudo._repeat(record_sudo._undo_some, commit)
        batches = record_sudo._batches(size or AT_ONCE)
        return record_sudo._repeat(lambda: record_sudo._next_batch(batches), commit)

    def _repeat(self, work, commit):
        """Do one batch after the other; see :meth:`_run`."""
        while self._is_at_work():
            with garbage.kept():
                done = work()
            if done is None:
                self._end_work()
            self.env.flush_all()
            if not commit:
                continue
            left = self.row_count - self.row_done if self._is_at_work() else 0
            seconds = commit(done or 0, remaining=max(0, left))
            # A check would have to begin again: it rests on all rows before.
            if not seconds and self.state != "checking":
                return False
            self.invalidate_recordset()
        return True

    def _is_at_work(self):
        return self.state in AT_WORK and bool(self.exists())

    def _end_work(self):
        if self.state == "checking":
            self.state = "checked"
        elif self.state == "importing":
            self._finish()
        else:
            self._end_undo()

    # === BATCHES === #

    def _batches(self, size):
        """Yield the rows that are left, in batches of read :class:`Row`.

        A check reads also what was done before, so that what stands twice is found. An
        import finds that in the database.
        """
        read = Reader(self).read_row
        seen = Seen()
        done = self.row_done if self.state == "importing" else 0
        rows = (
            read(number, cells)
            for number, cells in self._data_rows()
            if number - 1 > done
        )
        for batch in split_every(size, rows):
            yield [(row, seen.holds(row)) for row in batch]

    def _next_batch(self, batches):
        """Do the next batch; return how many rows it had, or None: there is no more."""
        for batch in batches:
            left = [entry for entry in batch if entry[0].number - 1 > self.row_done]
            if left:
                self._do_batch(left)
                return len(left)
        return None

    def _do_batch(self, batch):
        bad = [row for row, _twice in batch if row.problems]
        twice = [row for row, twice in batch if twice and not row.problems]
        good = [row for row, twice in batch if not twice and not row.problems]
        stored = set(self._find_stored(good))
        new = [row for row in good if row not in stored]
        if self.state == "importing":
            bad += self._insert_safely(new)
        self._note_problems(bad)
        fresh = len([row for row in new if not row.problems])
        self.write(
            {
                "row_done": batch[-1][0].number - 1,
                "good_count": self.good_count + fresh,
                "bad_count": self.bad_count + len(bad),
                "known_count": self.known_count + len(twice) + len(stored),
            }
        )

    def _insert_safely(self, rows):
        """Store good rows; one that cannot be stored is in nobody's way.

        :return: those that could not be stored
        """
        if not rows:
            return []
        try:
            with self.env.cr.savepoint():
                self._find_customers(rows)
                self._create_contacts(rows)
                self._insert(rows)
            return []
        except CONFLICTS:
            raise
        except REFUSALS as error:
            self.env.invalidate_all(flush=False)
            if len(rows) > 1:
                half = len(rows) // 2
                return self._insert_safely(rows[:half]) + self._insert_safely(
                    rows[half:]
                )
            # Without the details, in which the row itself stands.
            why = error.diag.message_primary or type(error).__name__
            _logger.warning("Row %s cannot be imported: %s", rows[0].number, why)
            rows[0].complain(
                "moment", self.env._("The database refuses this row: %s", why)
            )
            return rows

    def _create_contacts(self, rows):
        """Create the contacts that are missing, if the administrator wants it."""
        if not self.creates_contacts:
            return
        missing = {}
        for row in rows:
            if not row.values["partner_id"] and row.values["email_normalized"]:
                missing.setdefault(row.values["email_normalized"], row)
        contacts_sudo = (
            self.env["res.partner"]
            .sudo()
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create([self._contact_values(row) for row in missing.values()])
        )
        created = dict(zip(missing, contacts_sudo.ids, strict=True))
        for row in rows:
            row.values["partner_id"] = row.values["partner_id"] or created.get(
                row.values["email_normalized"]
            )

    def _contact_values(self, row):
        known = row.values
        return {
            "name": known["customer"] or known["email"],
            "email": known["email"],
            "ref": known["customer_ref"] or False,
            "lang": known["lang"] or self.company_id.partner_id.lang,
            "nps_import_id": self.id,
        }

    def _note_problems(self, rows):
        """List rows with errors, each with all that is wrong with it."""
        labels = {c.target: c.header for c in self.column_ids if c.target}
        self.env["nps.import.problem"].create(
            [self._problem_values(row, labels) for row in rows]
        )

    def _problem_values(self, row, labels):
        targets, values, reasons = zip(*row.problems, strict=True)
        names = [labels.get(target) or target for target in targets]
        if len(names) > 1:
            pairs = zip(names, reasons, strict=True)
            reasons = [f"{name}: {reason}" for name, reason in pairs]
        return {
            "import_id": self.id,
            "row": row.number,
            "column": ", ".join(names),
            "value": " | ".join(values),
            "reason": " ".join(reasons),
            "cells": [str(cell) for cell in row.cells],
        }


class Seen:
    """The answers that came before in the file."""

    def __init__(self):
        self.references, self.answers = set(), set()

    def holds(self, row):
        """Tell whether an answer came before in the file; note it."""
        reference, key = row.values["reference"], key_of(row)
        twice = reference in self.references or key in self.answers
        if reference:
            self.references.add(reference)
        if key:
            self.answers.add(key)
        return twice
