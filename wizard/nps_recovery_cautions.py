from datetime import timedelta

from odoo import models
from odoo.tools import format_date

UNEVEN_SHARES = 10
"""Percentage points from which on it is said that one side answers again more often."""

UNEVEN_START = 30
"""Days that cases began later than what is compared, from which on it is said."""

UNEVEN_DAYS = 2
"""So many times as long one side takes to answer again, from which on it is said."""


class NpsRecovery(models.TransientModel):
    """What makes the two sides differ besides the case, said as far as it does."""

    _inherit = "nps.recovery"

    def _cautions(self, rows, found):
        """Return what makes the sides differ besides the case, as far as it does."""
        checks = (
            self._rise_caution(found),
            self._time_caution(),
            self._answering_caution(found),
            self._days_caution(found),
            self._reask_caution(rows),
            self._alone_caution(found),
            self._aside_caution(rows),
            self._rights_caution(),
        )
        return [text for text in checks if text]

    def _rise_caution(self, found):
        change = found.treated.net_change
        if change.value is None or change.value <= 0:
            return ""
        return self.env._(
            "Do not quote the rise of %s points alone: who answers very low mostly "
            "answers higher the next time, whatever one does. That is why customers "
            "with the same first score are compared.",
            self._signed(change.value),
        )

    def _time_caution(self):
        first = self._first_case_at()
        if not first or first <= self._since() + timedelta(days=UNEVEN_START):
            return ""
        return self.env._(
            "Cases began on %s, so some customers without one are of a time before. To "
            "compare customers of the same time, choose “Since the first case”.",
            format_date(self.env, first),
        )

    def _answering_caution(self, found):
        shares = [found.treated.answered.percent, found.controls.answered.percent]
        if None in shares or abs(shares[0] - shares[1]) < UNEVEN_SHARES:
            return ""
        return self.env._(
            "One side answered again more often than the other. Answering is the "
            "customer's choice, and those who stay silent may feel differently."
        )

    def _days_caution(self, found):
        days = [found.treated.days, found.controls.days]
        if None in days or max(days) < UNEVEN_DAYS * min(days):
            return ""
        return self.env._(
            "One side answered again much sooner than the other. A shorter time for "
            "the next answer makes them more alike."
        )

    def _reask_caution(self, rows):
        later = [row for row in rows if row.pair and row.pair.has_case and row.later_id]
        reasks = sum(row.is_reask for row in later)
        if not reasks:
            return ""
        return self.env._(
            "%(reasks)s of %(later)s next answers with a case come from the survey "
            "after the case; those without one had a new interaction. To ask both in "
            "the same way, choose “Only after another interaction”.",
            reasks=reasks,
            later=len(later),
        )

    def _alone_caution(self, found):
        if not found.alone:
            return ""
        return self.env._(
            "Left out of the difference: %s customers with a case have nobody to "
            "compare with, since nobody without a case gave the same first score and "
            "answered again.",
            found.alone,
        )

    def _aside_caution(self, rows):
        aside = sum(row.pair is None for row in rows)
        if not aside:
            return ""
        return self.env._(
            "On neither side: %s customers whose case was withdrawn, opened too late "
            "or not what you chose, or who had a case for another answer at that time.",
            aside,
        )

    def _rights_caution(self):
        if self.env.user.has_group("nps.nps_group_analyst"):
            return ""
        return self.env._(
            "You see the answers of your departments: a next answer about another "
            "department does not count here, and an analyst may see other numbers."
        )
