from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

AT_ONCE = 2000
"""How many answers, or contacts, are removed together."""
KEPT_DAYS = 30
"""So long are rows with errors kept, and files that nobody imported."""


class NpsImport(models.Model):
    """Takes an import back, and forgets what is not needed any more."""

    _inherit = "nps.import"

    contact_ids = fields.One2many("res.partner", "nps_import_id", readonly=True)

    def _undo_some(self):
        """Remove a batch of this import; return how many, or None: all is gone."""
        invitations = self.env["nps.invitation"].search(
            [("import_id", "=", self.id)], order="id", limit=AT_ONCE
        )
        if invitations:
            self._delete_answers(invitations)
            self.row_done += len(invitations)
        contacts = self.with_context(active_test=False).contact_ids[:AT_ONCE]
        if not invitations and contacts:
            self._delete_contacts(contacts)
        return len(invitations or contacts) or None

    def _delete_answers(self, invitations):
        """Delete invitations with their answers and all that was made of these."""
        owners = invitations.partner_id | invitations.commercial_partner_id
        for model in ("nps.case", "nps.dispute"):
            self.env[model].search([("invitation_id", "in", invitations.ids)]).unlink()
        self.env["mail.message"].search(
            [("model", "=", invitations._name), ("res_id", "in", invitations.ids)]
        ).unlink()
        self.env.flush_all()
        # By the tables and not by ``unlink``, which tells screens of each answer.
        for query in (
            "DELETE FROM nps_response WHERE invitation_id = ANY(%s)",
            "DELETE FROM nps_invitation WHERE id = ANY(%s)",
        ):
            self.env.cr.execute(SQL(query, invitations.ids))
        self.env.invalidate_all(flush=False)
        self.env["res.partner"]._nps_refresh_scores(owners.ids)

    def _delete_contacts(self, contacts):
        """Delete contacts that this import created; whom somebody uses stays."""
        used = contacts.browse(self._used(contacts.ids))
        used.nps_import_id = False
        for contact in contacts - used:
            try:
                with self.env.cr.savepoint():
                    contact.unlink()
            except (UserError, psycopg2.IntegrityError):
                contact.nps_import_id = False

    @api.model
    def _used(self, partner_ids):
        """Return which contacts something in the database refers to."""
        self.env.flush_all()
        references = self.env.execute_query(
            SQL(
                """
                SELECT conrelid::regclass::text, attname
                  FROM pg_constraint
                  JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
                 WHERE confrelid = 'res_partner'::regclass AND contype = 'f'
                """
            )
        )
        used = set()
        for table, column in references:
            # Each contact is its own commercial entity.
            own = SQL("id" if table == "res_partner" else "NULL")
            found = self.env.execute_query(
                SQL(
                    "SELECT DISTINCT %(column)s FROM %(table)s"
                    " WHERE %(column)s = ANY(%(ids)s)"
                    "   AND %(column)s IS DISTINCT FROM %(own)s",
                    column=SQL.identifier(column),
                    table=SQL.identifier(table),
                    ids=partner_ids,
                    own=own,
                )
            )
            used |= {id_ for (id_,) in found}
        return list(used)

    def _end_undo(self):
        """Note that nothing is left."""
        self._forget_rows()
        self.state = "undone"
        self._message_log(body=self._say_state())

    def _forget_rows(self):
        """Delete what is left of the file and of its rows."""
        self.problem_ids.unlink()
        self.column_ids.sample = False
        self.file = False

    @api.autovacuum
    def _gc_rows(self):
        """Forget rows with errors and files after a month, also where nobody closes."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("write_date", "<", limit)])
        for record in old.filtered(lambda r: r.state in ("draft", "checked")):
            record._begin_again()
            record._forget_rows()
        for record in old.filtered(lambda r: r.state == "done"):
            record._forget_rows()
            record.state = "closed"
