from odoo import models

from .nps_score_events import WHOSE


class NpsScoreMixin(models.AbstractModel):
    """Where a last score is shown, it changes as soon as it is stored."""

    _inherit = "nps.score.mixin"

    def _nps_store_score(self, last):
        result = super()._nps_store_score(last)
        self.env["nps.live"]._tell(self, last.company_id)
        return result


class NpsResponse(models.Model):
    """An answer that does not count any more is missed where it was shown."""

    _inherit = "nps.response"

    def _refresh_scores(self):
        result = super()._refresh_scores()
        self._tell_scored()
        return result

    def unlink(self):
        self.filtered(lambda r: r.state == "counted")._tell_scored()
        return super().unlink()

    def _tell_scored(self):
        """Let screens look anew that show these answers as somebody's last."""
        for response in self:
            for records in response._scored_records():
                self.env["nps.live"]._tell(records, response.company_id)


class NpsInvitation(models.Model):
    """An answer that is given to another customer is missed where it was shown."""

    _inherit = "nps.invitation"

    def write(self, vals):
        if not WHOSE & vals.keys():
            return super().write(vals)
        self._tell_scored()
        result = super().write(vals)
        self._tell_scored()
        return result

    def _tell_scored(self):
        answers = self.response_ids.filtered(lambda r: r.state == "counted")
        answers._tell_scored()
