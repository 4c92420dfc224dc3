from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts: the answers move by themselves, the last score follows them."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(
            src_partners, dst_partner.with_context(nps_merging=True)
        )
        customers = dst_partner | dst_partner.commercial_partner_id
        customers._nps_refresh_score()
        # At once: both may have been at risk, and one customer is so once. It follows
        # from facts, whoever merges.
        self.env["nps.risk"].sudo()._refresh(customers)
        return result
