import hashlib
import json

from markupsafe import escape

from odoo import api, models
from odoo.tools import SQL

from ..tools import addresses as address_patterns

GONE = "…"
FEWEST_OF_NAME, FEWEST_OF_WORDS = 4, 8
"""How many letters a name or what somebody wrote must have to be looked for: shorter
texts, as "Thanks", stand in the words of others by chance."""
POPUPS = ("nps/answered", "nps/ring", "simple_notification")
LOOSE = {
    "mail_message": SQL("model IS NULL"),
    "mail_mail": SQL(
        "mail_message_id IN (SELECT id FROM mail_message WHERE model IS NULL)"
    ),
}
"""Which messages hang on no record: ours that tell of many answers at once."""


class NpsTraces(models.AbstractModel):
    """What stays of a person where no record of his leads: mails, queues, logs."""

    _name = "nps.traces"
    _description = "Traces of a Person"

    @api.model
    def _erase(self, names, texts, addresses):
        """Erase the texts of a person from what is about many.

        :param names: names and addresses that tell who it is
        :param texts: these, and what he or the agent wrote, and what it was about
        :param addresses: his normalised addresses
        """
        names = {name for name in names if len(name) >= FEWEST_OF_NAME}
        words = {text for text in texts if len(text) >= FEWEST_OF_WORDS}
        long_enough = sorted(names | words, key=len, reverse=True)
        self._redact("mail_message", "body", long_enough)
        self._redact("mail_mail", "body_html", long_enough)
        self._delete_popups(long_enough)
        self._delete_log_lines(names)
        self._forget_locks(addresses)
        self._empty_dialogs(addresses)
        self.env.invalidate_all()

    @api.model
    def _redact(self, table, column, texts):
        """Replace texts in the messages to colleagues that hang on no record."""
        written = list(dict.fromkeys(str(escape(text)) for text in texts))
        name, row = SQL.identifier(table), SQL.identifier(column)
        self.env.flush_all()
        found = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE %s AND %s LIKE ANY(%s::text[])",
                row,
                name,
                LOOSE[table],
                row,
                [f"%{pattern_of(text)}%" for text in written],
            )
        )
        for message_id, body in found:
            for text in written:
                body = body.replace(text, GONE)
            self.env.cr.execute(
                SQL("UPDATE %s SET %s = %s WHERE id = %s", name, row, body, message_id)
            )

    @api.model
    def _delete_popups(self, texts):
        """Delete messages to open screens: Odoo keeps them for a day."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM bus_bus WHERE message LIKE ANY(%s::text[])"
                " AND message LIKE ANY(%s::text[])",
                [f"%{popup}%" for popup in POPUPS],
                [f"%{pattern_of(json.dumps(text)[1:-1])}%" for text in texts],
            )
        )

    @api.model
    def _delete_log_lines(self, names):
        """Delete what the server noted in the database with a name or an address."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM ir_logging WHERE message ILIKE ANY(%s::text[])",
                [f"%{pattern_of(name)}%" for name in names],
            )
        )

    @api.model
    def _forget_locks(self, addresses):
        """Delete the locks of decisions: a plain hash of an address can be guessed."""
        keys = [hashlib.sha256(address.encode()).hexdigest() for address in addresses]
        self.env.cr.execute(
            SQL("DELETE FROM nps_person_lock WHERE key = ANY(%s)", keys)
        )

    @api.model
    def _empty_dialogs(self, addresses):
        """Empty open dialogs of Odoo's look-up and ours; they would stay for a day."""
        lookups_sudo = self.env["privacy.lookup.wizard"].sudo()
        for address in addresses:
            found_sudo = lookups_sudo.search([("email", "ilike", address)])
            found_sudo.line_ids._nps_blank_names()
            found_sudo._nps_blank_names()

    # === CORRESPONDENCE OF THE HOST === #

    @api.model
    def _forget_correspondence(self, partners_sudo, addresses):
        """Empty what a person wrote on other documents, and delete mails to him."""
        ids = list(partners_sudo.ids)
        whole = [address_patterns.whole(address) for address in addresses]
        self.env.flush_all()
        for query in (
            _out_of_waiting_mails(ids),
            *_empty_his_messages(ids, whole),
            *_delete_his_mails(ids, whole),
            *_empty_his_tracking(ids),
        ):
            self.env.cr.execute(query)
        self.env.invalidate_all()

    @api.model
    def _forget_numbers(self, addresses, numbers):
        """Delete the entries of lists that say who is not to be written to or called.

        Whoever wanted no mail at all gets no survey either, as a keyed hash.
        """
        refused_sudo = (
            self.env["mail.blacklist"]
            .sudo()
            .with_context(active_test=False)
            .search([("email", "in", addresses)])
        )
        wishes_sudo = self.env["nps.opt.out"].sudo()
        for email in refused_sudo.filtered("active").mapped("email"):
            wishes_sudo._keep_as_hash(email)
        phones_sudo = (
            self.env["phone.blacklist"]
            .sudo()
            .with_context(active_test=False)
            .search([("number", "in", numbers)])
        )
        for entries_sudo in (refused_sudo, phones_sudo):
            chatter = [
                ("model", "=", entries_sudo._name),
                ("res_id", "in", entries_sudo.ids),
            ]
            self.env["mail.message"].sudo().search(chatter).unlink()
            entries_sudo.unlink()


_PARTNER_FIELDS = SQL("SELECT id FROM ir_model_fields WHERE relation = 'res.partner'")


def _out_of_waiting_mails(ids):
    """Return the statement that takes partners out of mails to others too."""
    # What waits to be sent to others too is sent to them.
    return SQL(
        "DELETE FROM mail_mail_res_partner_rel AS own USING mail_mail"
        " WHERE mail_mail.id = own.mail_mail_id"
        " AND mail_mail.state IN ('outgoing', 'exception')"
        " AND own.res_partner_id = ANY(%(ids)s) AND EXISTS ("
        "SELECT FROM mail_mail_res_partner_rel AS other"
        " WHERE other.mail_mail_id = own.mail_mail_id"
        " AND other.res_partner_id <> ALL(%(ids)s))",
        ids=ids,
    )


def _empty_his_messages(ids, whole):
    """Return the statements that empty what a person wrote, and his addresses."""
    return (
        SQL(
            "UPDATE mail_message SET body = '', subject = NULL, author_id = NULL,"
            " email_from = NULL, reply_to = NULL"
            " WHERE author_id = ANY(%s) OR email_from ~* ANY(%s::text[])",
            ids,
            whole,
        ),
        SQL(
            "UPDATE mail_message SET incoming_email_to = NULL,"
            " incoming_email_cc = NULL, outgoing_email_to = NULL"
            " WHERE incoming_email_to ~* ANY(%(whole)s::text[])"
            " OR incoming_email_cc ~* ANY(%(whole)s::text[])"
            " OR outgoing_email_to ~* ANY(%(whole)s::text[])",
            whole=whole,
        ),
    )


def _delete_his_mails(ids, whole):
    """Return the statements that delete what went to a person."""
    return (
        # With its mail: the message of a mail that is on no document.
        SQL(
            "DELETE FROM mail_message WHERE model IS NULL AND id IN"
            " (SELECT mail_message_id FROM mail_mail WHERE %s)",
            _mails_to(ids, whole),
        ),
        SQL("DELETE FROM mail_mail WHERE %s", _mails_to(ids, whole)),
        SQL(
            "DELETE FROM mail_notification WHERE res_partner_id = ANY(%s)"
            " OR mail_email_address ~* ANY(%s::text[])",
            ids,
            whole,
        ),
        SQL("DELETE FROM mail_followers WHERE partner_id = ANY(%s)", ids),
    )


def _empty_his_tracking(ids):
    """Return the statements that empty a person's name in noted changes."""
    return (
        # Who it was before somebody else took his place on a document.
        SQL(
            "UPDATE mail_tracking_value SET old_value_char = NULL"
            " WHERE old_value_integer = ANY(%s) AND field_id IN (%s)",
            ids,
            _PARTNER_FIELDS,
        ),
        SQL(
            "UPDATE mail_tracking_value SET new_value_char = NULL"
            " WHERE new_value_integer = ANY(%s) AND field_id IN (%s)",
            ids,
            _PARTNER_FIELDS,
        ),
    )


def _mails_to(ids, whole):
    """Return the condition of the mails to some partners or addresses."""
    return SQL(
        "email_to ~* ANY(%s::text[]) OR id IN (SELECT mail_mail_id"
        " FROM mail_mail_res_partner_rel WHERE res_partner_id = ANY(%s))",
        whole,
        ids,
    )


def pattern_of(text):
    """Return a text as a part of a pattern of SQL's LIKE that means just itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
