from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..models.nps_person import Person


class NpsErasureConfirm(models.TransientModel):
    """Says before a person is erased what goes and what stays, and asks once more."""

    _name = "nps.erasure.confirm"
    _description = "Erase Personal Data"

    partner_ids = fields.Many2many(
        "res.partner",
        "nps_erasure_confirm_partner_rel",
        string="Contacts of This Person",
        context={"active_test": False},
        help="Contacts with the same address are listed too. Take off whoever is "
        "somebody else, as where a family or a team shares an address.",
    )
    email = fields.Char(readonly=True)
    tickets = fields.Boolean(
        string="Also his tickets",
        default=True,
        help="Customer, title, description, messages and files of his tickets. Number, "
        "team, stage and times stay.",
    )
    contact = fields.Boolean(
        string="Also the contacts themselves",
        default=True,
        help="Deleted where nothing needs them. Where documents do, as an invoice "
        "does, name, addresses, numbers and picture go and the contact is archived. "
        "Messages of his on other documents are emptied, and mails to him deleted.",
    )
    summary = fields.Html(compute="_compute_summary")
    is_confirmed = fields.Boolean(
        string="I have looked at it. It cannot be undone.", default=False
    )

    @api.model
    def _open(self, partners, addresses):
        """Return the action that opens the dialog.

        :param partners: contacts of the person; others with his address are added
        :param addresses: e-mail addresses of his
        """
        # Whom it concerns does not depend on which contacts the administrator sees.
        partners_sudo = partners.sudo().with_context(active_test=False)
        known = [*addresses, *partners_sudo.mapped("email_normalized")]
        normalized = sorted({email_normalize(a or "") for a in known} - {False, ""})
        twins_sudo = partners_sudo.search([("email_normalized", "in", normalized)])
        everybody = partners_sudo | twins_sudo
        self.env["nps.erasure"]._check_companies(
            Person(self.env, everybody, normalized)
        )
        dialog = self.create(
            {
                "partner_ids": [fields.Command.set(everybody.ids)],
                "email": ", ".join(normalized),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase Personal Data"),
            "res_model": self._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("partner_ids", "tickets", "contact", "email")
    @api.depends_context("lang")
    def _compute_summary(self):
        for dialog in self:
            dialog.summary = self.env["ir.qweb"]._render(
                "nps.erasure_summary", dialog._summary_values()
            )

    def _summary_values(self):
        person = self._person()
        invitations = person.invitations_sudo
        messages = self.env["mail.message"].sudo()
        companies = invitations.commercial_partner_id.filtered("is_company")
        worded = invitations.response_ids.filtered("comment")
        return {
            "counts": person.count(),
            "answers": len(invitations.response_ids),
            "worded": len(worded),
            "messages": sum(
                messages.search_count(
                    [("model", "=", name), ("res_id", "in", records.ids)]
                )
                for name, records in person.found.items()
                if records
            ),
            "customer_companies": (companies - person.partners_sudo).mapped("name"),
            "imported": bool(invitations.import_id),
            "opted_out": bool(person.found["nps.opt.out"]),
            "person": person,
        }

    def _person(self):
        addresses = (self.email or "").split(", ")
        return Person(
            self.env,
            self.partner_ids._origin,
            addresses,
            tickets=self.tickets,
            contact=self.contact,
        )

    def action_erase(self):
        """Erase the person, and leave no dialog behind that names him."""
        self.ensure_one()
        if not self.is_confirmed:
            raise UserError(
                self.env._("Tick that you have looked at it, and that it may go.")
            )
        erasure = self.env["nps.erasure"]._erase_person(self._person())
        # Dialogs of others about the same person name him too.
        own_sudo = self.sudo().search([("email", "=", self.email)]) | self.sudo()
        own_sudo.unlink()
        return erasure._action_done()
