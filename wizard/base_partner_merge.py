from odoo import models
from odoo.fields import Domain


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Merging contacts: the answers move by themselves, the last score follows them."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        result = super()._update_values(
            src_partners, dst_partner.with_context(nps_merging=True)
        )
        customers = dst_partner | dst_partner.commercial_partner_id
        customers._nps_refresh_score()
        # Whoever merges need not be able to read what they answered.
        answers_sudo = self.env["nps.response"].sudo()
        his = Domain.OR(partner._nps_answers_domain() for partner in customers)
        self.env["nps.live"]._tell(customers, answers_sudo.search(his).company_id)
        # At once: both may have been at risk, and one customer is so once. It follows
        # from facts, whoever merges.
        self.env["nps.risk"].sudo()._refresh(customers)
        return result
