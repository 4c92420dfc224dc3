from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

RULES = ("asked", "answered")


class NpsInvitation(models.Model):
    """From when on a person may be asked again."""

    _inherit = "nps.invitation"

    @api.model
    def _next_ask_at(self, address, company):
        """Return when a person may be asked again, by the cool-downs alone.

        The earliest moment at which one of the active surveys may ask.

        :param str address: a normalised address
        :param company: the ``res.company`` that asks
        :return: a moment (UTC) that lies ahead, or False when nothing stands against it
            or there is no survey
        """
        lasts = self._lasts_by_metric(address, company)
        moments = [
            survey_sudo._free_from(lasts, company)
            for survey_sudo in self._surveys_that_ask(company)
        ]
        return False if not moments or False in moments else min(moments)

    @api.model
    def _surveys_that_ask(self, company):
        """Return the active surveys of a company, in superuser mode."""
        # Who may read the contact may know when he can be asked.
        surveys_sudo = self.env["nps.survey"].sudo()
        return surveys_sudo.search([("company_id", "in", [company.id, False])])

    @api.model
    def _lasts_by_metric(self, address, company):
        """Return dict of (rule, metric) -> when the person was last asked, answered."""
        invitations_sudo = self.sudo()
        his = Domain("email_normalized", "=", address) & Domain(
            "company_id", "=", company.id
        )
        found = {}
        for rule in RULES:
            only = self._counts_as_asked() if rule == "asked" else Domain.TRUE
            rows = invitations_sudo._read_group(
                his & only & Domain(f"{rule}_at", "!=", False),
                ["survey_id"],
                [f"{rule}_at:max"],
            )
            for survey_sudo, moment in rows:
                key = (rule, survey_sudo.metric)
                found[key] = max(moment, found.get(key, moment))
        return found


class NpsSurvey(models.Model):
    """From when on a survey may ask a person."""

    _inherit = "nps.survey"

    def _free_from(self, lasts, company):
        """Return from when on this survey may ask, or False when nothing forbids it.

        :param lasts: see :meth:`nps.invitation._lasts_by_metric`
        """
        moments = []
        for rule in RULES:
            overall = [at for (kind, _metric), at in lasts.items() if kind == rule]
            own = lasts.get((rule, self.metric))
            if overall and company[f"nps_cooldown_{rule}_days"]:
                days = company[f"nps_cooldown_{rule}_days"]
                moments.append(max(overall) + timedelta(days=days))
            if own and self[f"cooldown_{rule}_days"]:
                moments.append(own + timedelta(days=self[f"cooldown_{rule}_days"]))
        ahead = [moment for moment in moments if moment > fields.Datetime.now()]
        return max(ahead, default=False)
