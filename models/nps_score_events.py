from odoo import models

from .nps_score_mixin import SCORE_FIELDS

WHOSE = {"partner_id", "commercial_partner_id", "res_model", "res_id"}
"""What says to whom the answer of an invitation belongs."""


class NpsResponse(models.Model):
    """An erased answer is the last one of nobody any more."""

    _inherit = "nps.response"

    def unlink(self):
        scored = [records for each in self for records in each._scored_records()]
        result = super().unlink()
        for records in scored:
            records.exists()._nps_refresh_score()
        return result


class NpsInvitation(models.Model):
    """An answer that is taken from a customer, or given to another, moves his score."""

    _inherit = "nps.invitation"

    def write(self, vals):
        if not WHOSE & vals.keys():
            return super().write(vals)
        before = self._scored_records()
        result = super().write(vals)
        for records in [*before, *self._scored_records()]:
            records.exists()._nps_refresh_score()
        return result

    def _scored_records(self):
        """Return the records that carry the scores of these invitations."""
        responses = self.response_ids.filtered(lambda r: r.state == "counted")
        return [records for each in responses for records in each._scored_records()]


class ResPartner(models.Model):
    """Merged contacts: their last answer follows from their answers alone."""

    _inherit = "res.partner"

    def write(self, vals):
        if self.env.context.get("nps_merging"):
            # Odoo copies all columns, and an agent may not write these.
            vals = {name: vals[name] for name in vals.keys() - SCORE_FIELDS}
        return super().write(vals)
