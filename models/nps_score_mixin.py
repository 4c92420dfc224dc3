from odoo import fields, models

from .nps_survey import CATEGORIES, METRICS
from .score_field import Score


class NpsScoreMixin(models.AbstractModel):
    """Carries the last answer of a customer, where colleagues work."""

    _name = "nps.score.mixin"
    _description = "Carries the Last NPS Answer"

    nps_score = Score(
        string="Last Score", readonly=True, copy=False, groups="nps.nps_group_user"
    )
    nps_category = fields.Selection(
        CATEGORIES,
        string="Last Answer",
        readonly=True,
        copy=False,
        groups="nps.nps_group_user",
        help="Empty: there is no answer yet.",
    )
    nps_metric = fields.Selection(
        METRICS,
        string="Last Metric",
        readonly=True,
        copy=False,
        groups="nps.nps_group_user",
    )
    nps_answered_at = fields.Datetime(
        string="Last Answer At",
        readonly=True,
        copy=False,
        groups="nps.nps_group_user",
    )

    def _nps_refresh_score(self):
        """Bring the last answer up to date with the responses that count."""
        # The columns are read-only to everybody; only answers move them.
        for record_sudo in self.sudo().with_context(tracking_disable=True):
            last = (
                self.env["nps.response"]
                .sudo()
                .search(
                    [("state", "=", "counted"), *record_sudo._nps_answers_domain()],
                    order="submitted_at desc, id desc",
                    limit=1,
                )
            )
            record_sudo.write(
                {
                    "nps_score": last.score if last else None,
                    "nps_category": last.category,
                    "nps_metric": last.metric,
                    "nps_answered_at": last.submitted_at,
                }
            )

    def _nps_answers_domain(self):
        """Return the domain of the responses that belong to this record."""
        self.ensure_one()
        return [
            ("invitation_id.res_model", "=", self._name),
            ("invitation_id.res_id", "=", self.id),
        ]
