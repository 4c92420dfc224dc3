from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .nps_personal_mixin import ERASED, KEPT

CUSTOMER_KEY = SQL("COALESCE('p' || partner_id, 'm' || LOWER(email), 'i' || id)")
"""Whose interaction it is, for those that count only the latest answer of each."""

UNSENT = ("queued", "failed")


class NpsInvitation(models.Model):
    """An interaction without its person: agent, place and day go on to count."""

    _name = "nps.invitation"
    _inherit = ["nps.invitation", "nps.personal.mixin"]

    _nps_erase_sequence = 80

    cancel_reason = fields.Selection(
        selection_add=[("erased", "Personal data of the customer was erased")],
        ondelete={"erased": "set null"},
    )
    # Random, and set once the person is erased: it tells which interactions were the
    # same person's, and nothing about who it was.
    person_key = fields.Char(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    is_erased = fields.Boolean(
        string="Personal Data Erased",
        compute="_compute_is_erased",
        search="_search_is_erased",
    )

    _person_kept_idx = models.Index("(company_id, picked_at) WHERE person_key IS NULL")

    @api.depends("person_key")
    def _compute_is_erased(self):
        for invitation in self:
            # Whether it is so is no secret; the key is nobody's business.
            invitation.is_erased = bool(invitation.sudo().person_key)

    @api.model
    def _search_is_erased(self, operator, value):
        if operator != "in":
            return NotImplemented
        erased = (
            self.env["nps.invitation"].sudo()._search([("person_key", "!=", False)])
        )
        found = Domain("id", "in", erased)
        if True in value and False in value:
            return Domain.TRUE
        return found if True in value else ~found

    @api.model
    def _nps_personal_fields(self):
        return {
            **super()._nps_personal_fields(),
            "subject": ERASED,
            "res_id": ERASED,
            "partner_id": ERASED,
            "customer_name": ERASED,
            "email": ERASED,
            "email_normalized": ERASED,
            "failure_reason": ERASED,
            "case_failure": ERASED,
            "note": ERASED,
            "tz": ERASED,
            # Few live behind one postal code; reports know the area only.
            "zip": ERASED,
            "zip_area": KEPT,
            "mail_id": ERASED,
            "reminder_mail_id": ERASED,
            # The customer's company is no person: see _nps_forget_companies.
            "commercial_partner_id": KEPT,
            "agent_name": KEPT,
            "product_name": KEPT,
            "lang": KEPT,
            "res_model": KEPT,
            "person_key": KEPT,
        }

    @api.model
    def _nps_of_person(self, person):
        return person.invitations_sudo

    def _nps_own_invitations(self):
        return self.sudo()

    def _nps_erase(self, person):
        touched_sudo = self._nps_touched()
        moments = set(self.response_ids.mapped("submitted_at"))
        self._nps_forget_companies(person)
        self._nps_give_keys()
        self._nps_drop_outcome_notes()
        result = super()._nps_erase(person)
        unsent = self.filtered(lambda i: i.state in UNSENT)
        unsent._nps_blank_columns([], state="cancelled", cancel_reason="erased")
        self._nps_blank_columns(["scheduled_at", "reminder_at", "case_check_at"])
        for records_sudo in touched_sudo:
            records_sudo.exists()._nps_clear_lost_scores(moments)
        return result

    def _nps_touched(self):
        """Return the records that may show an answer of these as the last one."""
        partners_sudo = self.partner_id | self.commercial_partner_id
        touched = [partners_sudo]
        for model, invitations in self.grouped("res_model").items():
            if model in self.env and model != partners_sudo._name:
                touched.append(self.env[model].browse(invitations.mapped("res_id")))
        return touched

    def _nps_give_keys(self):
        """Let the same person stay the same for those who count him once.

        The key is drawn anew, so that nothing leads from a person to his key.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH persons AS MATERIALIZED (
                    SELECT DISTINCT %(old)s AS old FROM nps_invitation
                     WHERE id = ANY(%(ids)s)
                ), keys AS MATERIALIZED (
                    SELECT old, 'e' || gen_random_uuid() AS new FROM persons
                )
                UPDATE nps_invitation
                   SET person_key = keys.new
                  FROM keys
                 WHERE id = ANY(%(ids)s) AND person_key IS NULL AND keys.old = %(old)s
                """,
                old=CUSTOMER_KEY,
                ids=list(self.ids),
            )
        )

    def _nps_forget_companies(self, person):
        """Keep the customer's company only where it says nothing about the person.

        It is kept as long as others of it were asked too: then its numbers are no
        single person's. A person who is his own company goes with himself.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE nps_invitation AS own
                   SET commercial_partner_id = NULL
                  FROM res_partner AS company
                 WHERE own.id = ANY(%(ids)s)
                   AND company.id = own.commercial_partner_id
                   AND (company.is_company IS NOT TRUE
                        OR company.id = own.partner_id
                        OR company.id = ANY(%(partners)s)
                        OR NOT EXISTS (
                            SELECT 1 FROM nps_invitation AS other
                             WHERE other.commercial_partner_id = company.id
                               AND (%(among)s OR other.id <> ALL(%(ids)s))
                               AND COALESCE(other.partner_id, 0)
                                   <> COALESCE(own.partner_id, 0)))
                """,
                ids=list(self.ids),
                partners=list(person.partners_sudo.ids),
                # By age the batch holds many people, who are each other's company.
                among=person.is_retention,
            )
        )

    def _nps_drop_outcome_notes(self):
        """Delete what the outcome noted on ticket or contact, with the agent's words.

        Both were stored by the same transaction: Odoo gives them the same moment.
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT message.id FROM mail_message AS message
                  JOIN nps_invitation AS own
                    ON message.model = own.res_model AND message.res_id = own.res_id
                   AND message.create_date = own.create_date
                 WHERE own.id = ANY(%s) AND COALESCE(message.body, '') <> ''
                   AND message.message_type = 'notification'
                """,
                list(self.ids),
            )
        )
        ids = [row[0] for row in self.env.cr.fetchall()]
        self.env["mail.message"].sudo().browse(ids).unlink()

    def _check_case(self):
        # Whatever is decided about his answer: nobody can win back whom nobody knows.
        return None if self.is_erased else super()._check_case()

    @api.model
    def _nps_not_handed_out(self):
        return super()._nps_not_handed_out() | {"page_id", "person_key", "mail_id"}

    def action_open_record(self):
        """Open the ticket or contact, if anything still leads there."""
        if self.is_erased:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "type": "info",
                    "message": self.env._(
                        "Personal data of this interaction was erased, so nothing "
                        "leads to its customer any more."
                    ),
                },
            }
        return super().action_open_record()


class NpsInvitationLink(models.Model):
    """The links of an erased person open nothing any more."""

    _name = "nps.invitation.link"
    _inherit = ["nps.invitation.link", "nps.personal.mixin"]

    _nps_is_scratch = True
    _nps_erase_sequence = 70

    @api.model
    def _nps_personal_fields(self):
        return {**super()._nps_personal_fields(), "token_hash": ERASED}

    def _nps_erase(self, person):
        self.unlink()

    @api.model
    def _nps_not_handed_out(self):
        return super()._nps_not_handed_out() | {"token_hash"}


class NpsGroup(models.Model):
    """In which groups an interaction was stays so when its customer is erased."""

    _inherit = "nps.group"

    def _sort(self, invitations):
        # Who is erased fulfils no rule any more; what he fulfilled stays.
        erased_sudo = invitations.sudo().search(
            [("id", "in", invitations.ids), ("person_key", "!=", False)]
        )
        return super()._sort(invitations - invitations.browse(erased_sudo.ids))


class NpsScoreMixin(models.AbstractModel):
    """The last answer is forgotten with the person who gave it."""

    _inherit = "nps.score.mixin"

    def _nps_clear_lost_scores(self, moments):
        """Bring the last answer up to date after answers were erased.

        :param moments: when the erased ones were given; another last one stands
        """
        lost = self.sudo().filtered(lambda record: record.nps_answered_at in moments)
        lost._nps_refresh_score()
