import logging

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

AT_ONCE = 31
"""How many days are counted before what was counted is stored."""
FROM = 200_000
"""From so many interactions on days are counted, if no parameter says otherwise."""


class NpsReportDay(models.Model):
    """Counts changed days every quarter of an hour, and all of them again at night.

    With few interactions the report is quick enough by itself, and the table is empty.
    """

    _inherit = "nps.report.day"

    @api.model
    def _cron_refresh(self):
        """Count what has changed, while the cron has time."""
        if not self._is_worthwhile():
            self._clear()
            return
        changed = self.env["nps.report.day.changed"]
        if not self._is_in_use():
            # Together with the first days: whoever sees these knows of all others.
            changed._note_all()
        while done := self._refresh_some():
            left = changed._how_many()
            if not self.env["ir.cron"]._commit_progress(done, remaining=left):
                return

    @api.model
    def _cron_check(self):
        """Let all days be counted again, and what is wrong be reported and mended."""
        if self._is_in_use():
            self.env["nps.report.day.changed"]._note_checks()
            self.env.ref("nps.ir_cron_nps_report_day")._trigger()

    @api.model
    def _refresh_some(self):
        """Count some changed days, else check some; return how many, 0: all is done."""
        changed = self.env["nps.report.day.changed"]
        if days := changed._next(AT_ONCE):
            self._count_days(days)
        elif days := changed._next(AT_ONCE, is_check=True):
            self._check_days(days)
        return len(days)

    @api.model
    def _check_days(self, days):
        """Compare some days with the report; note the wrong ones as changed."""
        wrong = self._wrong_days(days)
        self.env["nps.report.day.changed"]._forget_checks(days)
        if wrong:
            _logger.error(
                "NPS numbers by day were wrong and are counted again: %s",
                ", ".join(map(str, wrong)),
            )
            self.env["nps.report.day.changed"]._note(wrong)

    @api.model
    def _is_worthwhile(self):
        """Tell whether there are so many interactions that counting days pays."""
        value = self.env["ir.config_parameter"].sudo().get_param("nps.rollup_from")
        fewest = int(value) if (value or "").strip().isdecimal() else FROM
        if not fewest:
            return False
        [(is_reached,)] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM nps_invitation OFFSET %s)", fewest - 1)
        )
        return is_reached

    @api.model
    def _is_in_use(self):
        """Tell whether anything is counted: all other days stand as changed then."""
        [(is_in_use,)] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM nps_report_day)")
        )
        return is_in_use

    @api.model
    def _clear(self):
        """Empty the table, and the notes, which mean nothing then."""
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM nps_report_day")
        self.env.cr.execute("DELETE FROM nps_report_day_changed")
        self.env["nps.report.day.changed"].invalidate_model()
