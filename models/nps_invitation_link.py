from odoo import api, fields, models

from ..tools import tokens


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
        link_sudo = self.sudo().search_fetch(
            [("token_hash", "=", tokens.hash_token(token))], ["invitation_id"], limit=1
        )
        return link_sudo.invitation_id
