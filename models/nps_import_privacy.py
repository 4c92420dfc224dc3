import json

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import import_text
from ..tools.import_person import tells_of
from .nps_import import AT_WORK
from .nps_personal_mixin import ERASED, KEPT
from .nps_traces import GONE, pattern_of


class NpsImport(models.Model):
    """A file that waits to be imported may tell of the person."""

    _name = "nps.import"
    _inherit = ["nps.import", "nps.personal.mixin"]

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "file": ERASED,
            "file_name": KEPT,
            "checksum": KEPT,
            "date_example": KEPT,
        }

    @api.model
    def _nps_of_person(self, person):
        if not person.is_whole():
            return self.sudo().browse()
        waiting_sudo = self.sudo().search([("file", "!=", False)])
        return waiting_sudo.filtered(lambda record: record._tells_of(person))

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _tells_of(self, person):
        """Tell whether a row of the file, or its header, is about a person."""
        names = person.names()
        try:
            if not self.is_workbook:
                text = import_text.decode(self._content(), self.encoding or "utf-8")
                text = text.lower()
                if not any(name.lower() in text for name in names):
                    return False
            return any(
                tells_of(cells, names, person.addresses)
                for _number, cells in self._all_rows()
            )
        except import_text.UnreadableFile:
            # Nobody can say that he is not in it.
            return True

    def _nps_erase(self, person):
        """Delete the files as a whole: without him they would be other files."""
        at_work = self.filtered(lambda record: record.state in AT_WORK)
        if at_work:
            raise UserError(
                self.env._(
                    "This person stands in a file that is being checked or imported "
                    "right now: %s. Erase him when that has ended, or stop it before.",
                    ", ".join(at_work.mapped("display_name")),
                )
            )
        for record in self:
            record._begin_again()
            record._forget_rows()
            record.row_count = 0
            record._message_log(
                body=self.env._(
                    "The file was deleted: it told of somebody whose personal data "
                    "was erased. Take that person out of it before you choose it again."
                )
            )

    @api.model
    def _nps_not_handed_out(self):
        told = {"file_name", "state", "company_id", "survey_id"}
        return super()._nps_not_handed_out() | (self._fields.keys() - told)


class NpsImportProblem(models.Model):
    """A row of a file that could not be imported may tell of the person."""

    _name = "nps.import.problem"
    _inherit = ["nps.import.problem", "nps.personal.mixin"]

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "column": KEPT,
            "value": ERASED,
            "reason": ERASED,
            "cells": ERASED,
        }

    @api.model
    def _nps_of_person(self, person):
        if not person.is_whole():
            return self.sudo().browse()
        names = person.names()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, cells FROM nps_import_problem"
                " WHERE cells::text ILIKE ANY(%s::text[])",
                [f"%{_within_json(name)}%" for name in names],
            )
        )
        return self.sudo().browse(
            number for number, cells in rows if tells_of(cells, names, person.addresses)
        )

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_companies_sudo(self):
        return self.sudo().import_id.company_id

    def _nps_erase(self, person):
        self.unlink()


class NpsImportColumn(models.Model):
    """What a column holds is shown by an example, which may be the person's."""

    _name = "nps.import.column"
    _inherit = ["nps.import.column", "nps.personal.mixin"]

    # It repeats a row of the file.
    _nps_is_scratch = True

    @api.model
    def _nps_personal_fields(self):
        # The first row of a file without headers stands where they should be.
        return {**super()._nps_personal_fields(), "header": ERASED, "sample": ERASED}

    @api.model
    def _nps_of_person(self, person):
        if not person.is_whole():
            return self.sudo().browse()
        names, addresses = person.names(), person.addresses
        return (
            self.sudo()
            .search([])
            .filtered(
                lambda column: (
                    tells_of([column.sample], names, addresses)
                    or tells_of([column.header], names, addresses)
                )
            )
        )

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_companies_sudo(self):
        return self.sudo().import_id.company_id

    def _nps_erase(self, person):
        for column in self:
            header = [column.header]
            if tells_of(header, person.names(), person.addresses):
                column.header = GONE
        self.sample = False


class NpsInvitation(models.Model):
    """Whoever kept the file finds no one by it, and does not bring him back with it."""

    _inherit = "nps.invitation"

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "import_ref": ERASED}

    def _nps_erase(self, person):
        imported = self.filtered("import_id")
        self.env["nps.import.erased"].sudo()._note(imported)
        result = super()._nps_erase(person)
        imported._nps_blank_columns(["import_row"])
        return result


def _within_json(text):
    """Return a text as a part of a pattern that finds it in JSON."""
    return pattern_of(json.dumps(text, ensure_ascii=False)[1:-1])
