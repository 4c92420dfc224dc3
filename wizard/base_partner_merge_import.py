from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """A contact that was here before an import is not taken back with it."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        # By which import a contact came is for administrators; it stays what it was.
        dst_sudo = dst_partner.sudo()
        record_sudo = dst_sudo.nps_import_id
        result = super()._update_values(src_partners, dst_partner)
        dst_sudo.nps_import_id = record_sudo
        return result
