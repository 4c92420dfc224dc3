from odoo import api, models
from odoo.fields import Domain


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts cannot be undone: what came along is said where they went."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._nps_note_merge(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_reference_fields(self, src_partners, dst_partner):
        result = super()._update_reference_fields(src_partners, dst_partner)
        # Odoo knows of its own records alone that name a model and a number. Frozen or
        # not for whoever merges: the contact they were picked on is this one now.
        invitations_sudo = self.env["nps.invitation"].sudo()
        domain = Domain("res_model", "=", "res.partner")
        domain &= Domain("res_id", "in", src_partners.ids)
        invitations_sudo.search(domain).write({"res_id": dst_partner.id})
        return result

    @api.model
    def _nps_note_merge(self, src_partners, dst_partner):
        """Note in the chatter who was merged by whom, if customers were asked."""
        # How many there are is said to whoever may merge, and nothing of what they say.
        asked_sudo = self.env["nps.invitation"].sudo()
        asked_sudo = asked_sudo.search([("partner_id", "in", src_partners.ids)])
        if not asked_sudo:
            return
        names = [f"{p.display_name} <{p.email or ''}>, {p.id}" for p in src_partners]
        dst_partner._message_log(
            body=self.env._(
                "%(contacts)s came here with %(asked)s interactions and %(answers)s "
                "answers to surveys. A merge cannot be undone.",
                contacts="; ".join(names),
                asked=len(asked_sudo),
                answers=len(asked_sudo.response_ids),
            )
        )
