from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .nps_survey import CATEGORIES, METRICS
from .score_field import Score

SCORE_FIELDS = {"nps_score", "nps_category", "nps_metric", "nps_answered_at"}


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

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._nps_check_score_is_not_written(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._nps_check_score_is_not_written(vals)
        return super().write(vals)

    def _nps_check_score_is_not_written(self, vals):
        written = SCORE_FIELDS & vals.keys()
        if not self.env.su and any(vals[name] for name in written):
            raise AccessError(self.env._("Only a customer's answer changes a score."))
        for name in written if not self.env.su else ():
            del vals[name]

    # === BUSINESS METHODS === #

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
            record_sudo._nps_store_score(last)

    def _nps_store_score(self, last):
        """Store the last answer without the ORM's ``write``.

        That one would run through every contact of a company for each answer.

        :param last: the ``nps.response``, or an empty record
        """
        if not self:
            return
        self.flush_recordset(SCORE_FIELDS)
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET nps_score = %s, nps_category = %s, nps_metric = %s,"
                " nps_answered_at = %s WHERE id IN %s",
                SQL.identifier(self._table),
                last.score if last else None,
                last.category or None,
                last.metric or None,
                last.submitted_at or None,
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(SCORE_FIELDS, flush=False)

    def _nps_answers_domain(self):
        """Return the domain of the responses that belong to this record."""
        self.ensure_one()
        return [
            ("invitation_id.res_model", "=", self._name),
            ("invitation_id.res_id", "=", self.id),
        ]
