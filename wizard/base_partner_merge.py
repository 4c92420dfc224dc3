from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts: the answers move by themselves, the last score follows them."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(src_partners, dst_partner)
        (dst_partner | dst_partner.commercial_partner_id)._nps_refresh_score()
        return result
