import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .nps_person import Person
from .nps_personal_mixin import ERASED, TEXTS

KEPT_TEXTS = {"lang", "tz"}
"""What of the texts of an anonymised record says nothing about anybody."""
ALSO_WIPED = ("country_id", "state_id", "parent_id", "industry_id", "date")
"""What else would tell who an anonymised contact was."""


class ResPartner(models.Model):
    """A contact whose person is erased: deleted, or nobody any more."""

    _name = "res.partner"
    _inherit = ["res.partner", "nps.personal.mixin"]

    # Last: everything else finds the person by it.
    _nps_erase_sequence = 99

    # === ACTION METHODS === #

    def action_nps_open_erasure(self):
        """Open the dialog that says what will go and what stays."""
        self.env["nps.erasure"]._check_may()
        return self.env["nps.erasure.confirm"]._open(self, self.mapped("email"))

    def action_nps_erase_person(self, tickets=True, contact=True):
        """Erase the person of these contacts at once; it cannot be undone.

        :param bool tickets: also from the helpdesk's tickets
        :param bool contact: also the contacts themselves, as far as nothing needs them
        :return: the ``nps.erasure`` that records it
        :raise AccessError: the user is no NPS administrator
        :raise UserError: data is held in companies in which the user does not work, or
            a contact is a colleague or a company of one's own
        """
        person = Person(self.env, self, tickets=tickets, contact=contact)
        return self.env["nps.erasure"]._erase_person(person)

    # === ERASING === #

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "nps_survey_consent": ERASED}

    @api.model
    def _nps_of_person(self, person):
        if not person.contact:
            return self.sudo().browse()
        own = person.partners_sudo
        return own | own.child_ids.filtered(lambda child: child.type != "contact")

    def _nps_own_invitations(self):
        return self.env["nps.invitation"].sudo()

    def _nps_check_erasable(self):
        """Raise where a contact is a colleague, or a company of one's own."""
        colleagues_sudo = self._nps_accounts_sudo().filtered(
            lambda user: user._is_internal()
        )
        companies_sudo = self.env["res.company"].sudo()
        own_sudo = companies_sudo.search([("partner_id", "in", self.ids)]).partner_id
        if names := (colleagues_sudo.partner_id | own_sudo).mapped("display_name"):
            raise UserError(
                self.env._(
                    "%s belongs to your own house. Erase only the interactions, and "
                    "leave the contact.",
                    ", ".join(names),
                )
            )

    def _nps_erase(self, person):
        if not self:
            return
        traces = self.env["nps.traces"]
        numbers = [number for number in self.mapped("phone_sanitized") if number]
        traces._forget_numbers(person.addresses, numbers)
        self._nps_drop_traces()
        traces._forget_correspondence(self, person.addresses)
        self.bank_ids.unlink()
        self._nps_close_accounts()
        if self._nps_is_needed() or not self._nps_deleted():
            self._nps_wipe()

    def _nps_accounts_sudo(self):
        """Return the users of these contacts, closed ones too."""
        # Who has an account is for administrators of the system; we need to know.
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        return users_sudo.search([("partner_id", "in", self.ids)])

    def _nps_close_accounts(self):
        """Close portal accounts; their names are part of the person."""
        users_sudo = self._nps_accounts_sudo()
        for user_sudo in users_sudo:
            user_sudo.write({"active": False, "signature": False})
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE res_users SET login = %s, password = NULL WHERE id = %s",
                    f"erased-{user_sudo.id}",
                    user_sudo.id,
                )
            )
        users_sudo.invalidate_recordset()

    def _nps_is_needed(self):
        """Tell whether documents of others lead to these contacts."""
        self.env.flush_all()
        return any(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM %(table)s WHERE %(column)s = ANY(%(ids)s)"
                    " AND NOT (%(is_own)s AND id = ANY(%(ids)s)) LIMIT 1",
                    table=SQL.identifier(model._table),
                    column=SQL.identifier(field.name),
                    ids=list(self.ids),
                    is_own=model._name == self._name,
                )
            )
            for model, field in self._nps_references()
        )

    @api.model
    def _nps_references(self):
        """Return (model, field) of everything that leads to contacts by itself."""
        return [
            (self.env[name], field)
            for name, model in self.pool.items()
            if model._auto and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == self._name
            and field.store
            and field.ondelete != "cascade"
        ]

    def _nps_deleted(self):
        """Delete these contacts; tell whether that was possible."""
        try:
            with self.env.cr.savepoint():
                self.unlink()
            return True
        except (UserError, psycopg2.Error):
            return False

    def _nps_wipe(self):
        """Leave contacts to which documents lead, and nobody in them."""
        self.category_id = False
        also = [name for name in ALSO_WIPED if name in self._fields]
        nobody = self.env._("Erased person")
        names = self._nps_text_columns(KEPT_TEXTS)
        for partner in self:
            partner._nps_blank_columns(
                [*names, *also, "nps_survey_consent"],
                name=nobody,
                complete_name=nobody,
                commercial_partner_id=partner.id,
                message_bounce=0,
                active=False,
            )

    # === HANDING OUT === #

    @api.model
    def _nps_not_handed_out(self):
        ours = {
            "name",
            "email",
            "phone",
            "nps_survey_consent",
            *self._nps_score_names(),
        }
        return super()._nps_not_handed_out() | (self._fields.keys() - ours)

    @api.model
    def _nps_score_names(self):
        return {"nps_score", "nps_category", "nps_metric", "nps_answered_at"}


class NpsPersonalMixin(models.AbstractModel):
    """What other addons may have added to a record of the host."""

    _inherit = "nps.personal.mixin"

    @api.model
    def _nps_text_columns(self, kept):
        """Return the names of all stored texts of a model, whoever added them."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and field.column_type
            and field.type in TEXTS
            and name not in kept
        ]
