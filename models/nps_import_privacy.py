from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .nps_personal_mixin import ERASED, KEPT


class NpsImportProblem(models.Model):
    """A row of a file that could not be imported may name the person."""

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
        texts = [name for name in person.names() if len(name) >= 4]
        if not texts:
            return self.sudo().browse()
        self.env.flush_all()
        pattern = [f"%{text}%" for text in texts]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM nps_import_problem"
                " WHERE cells::text ILIKE ANY(%(like)s)"
                " OR value ILIKE ANY(%(like)s) OR reason ILIKE ANY(%(like)s)",
                like=pattern,
            )
        )
        return self.sudo().browse([row[0] for row in rows])

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_erase(self, person):
        self.unlink()


class NpsImportColumn(models.Model):
    """What a column holds is shown by an example, which may be the person's."""

    _name = "nps.import.column"
    _inherit = ["nps.import.column", "nps.personal.mixin"]

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "header": KEPT, "sample": ERASED}

    @api.model
    def _nps_of_person(self, person):
        texts = [name for name in person.names() if len(name) >= 4]
        return self.sudo().search(
            Domain.OR(Domain("sample", "ilike", text) for text in texts)
        )

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()


class NpsInvitation(models.Model):
    _inherit = "nps.invitation"

    @api.model
    def _nps_personal_fields(self):
        # The number of an answer elsewhere: who kept the file could find the person.
        return {**super()._nps_personal_fields(), "import_ref": ERASED}
