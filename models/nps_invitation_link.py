from odoo import api, fields, models

from ..tools import tokens

PAGE_FIELDS = [
    "state",
    "survey_id",
    "company_id",
    "expires_at",
    "answered_at",
    "clicked_at",
    "scheduled_at",
    "lang",
    "res_model",
    "res_id",
    "subject",
    "agent_name",
    "product_name",
    "customer_name",
    "local_date",
    "email_normalized",
    "partner_id",
    "commercial_partner_id",
    "user_id",
    "department_id",
    "outcome_id",
    "case_check_at",
    "case_news",
]
"""What the customer's pages and the storing of an answer read of an invitation."""


class NpsInvitationLink(models.Model):
    """One personal link that left in a mail, known only by its hash.

    Each mail carries a link of its own, so that the secret never has to be stored:
    not for a reminder, not for another try.
    """

    _name = "nps.invitation.link"
    _description = "NPS Invitation Link"

    invitation_id = fields.Many2one(
        "nps.invitation", required=True, ondelete="cascade", index=True
    )
    token_hash = fields.Char(required=True)

    _token_hash_uniq = models.UniqueIndex("(token_hash)")

    @api.model
    def _issue(self, invitations):
        """Make a new link for each invitation.

        :return: dict of invitation id -> secret; the only time it is seen
        """
        secrets = {invitation.id: tokens.new_token() for invitation in invitations}
        # Nobody has rights on links: not even their hashes are for people.
        self.sudo().create(
            [
                {
                    "invitation_id": invitation_id,
                    "token_hash": tokens.hash_token(secret),
                }
                for invitation_id, secret in secrets.items()
            ]
        )
        return secrets

    @api.model
    def _find_invitation(self, token):
        """Return the invitation of a secret in superuser mode, or an empty record."""
        # The link is the customer's only key, so it opens without any right.
        invitations_sudo = self.env["nps.invitation"].sudo()
        if not tokens.is_token(token):
            return invitations_sudo
        # One query and not two: the page is to be there at once.
        return invitations_sudo.search_fetch(
            [("link_ids.token_hash", "=", tokens.hash_token(token))],
            PAGE_FIELDS,
            limit=1,
        )
