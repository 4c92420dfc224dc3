from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

EVERYBODY = "all"
"""Stands for everybody whose answers the viewer may read."""

COUNTS = ("promoters", "passives", "detractors")

PERIODS = (3, 6, 12)
"""For how many months the numbers may be."""


class NpsMyPage(models.AbstractModel):
    """An agent's own page: what customers said to him, praise first.

    All its numbers are those of ``nps.report``, with the filters that the analysis
    starts with. Whose page may be opened follows from the record rules of that report:
    an agent's own, those of a manager's departments, all of an analyst's companies.
    """

    _name = "nps.my.page"
    _description = "NPS Page of an Agent"

    @api.model
    @api.readonly
    def get_page(self, person=None, metric=None, months=PERIODS[1]):
        """Return all that the page shows, ready to be drawn.

        :param person: id of a user, ``all`` for everybody whose answers the viewer may
            read, or nothing for the viewer himself
        :param metric: ``nps``, ``ces`` or ``csat``; nothing for the most answered one
        :param int months: 3, 6 or 12
        :raise AccessError: the viewer may not read the answers of that person
        """
        self._check_role()
        months = months if months in PERIODS else PERIODS[1]
        who = self._who(person)
        days = self._counts_by_day(who)
        if not (days or person) and self._is_manager():
            # Who takes no calls himself comes for his people.
            who = who.browse()
            days = self._counts_by_day(who)
        metric = metric if metric in days else next(iter(days), "nps")
        return {
            **self._page_of(who, metric, days, months),
            **self._page_words(who, metric),
            **self._page_numbers(who, metric, days.get(metric, {}), months),
            "guess": self._page_guess(who, metric),
        }

    def _page_of(self, who, metric, days, months):
        labels = (
            self.env["nps.survey"]._fields["metric"]._description_selection(self.env)
        )
        return {
            "person": who.id or EVERYBODY,
            "name": who.name or self._say_everybody(),
            "is_own": who == self.env.user,
            "people": [{"id": user.id, "name": user.name} for user in self._people()],
            "everybody": self._say_everybody(),
            "metric": metric,
            "metrics": [
                {"key": key, "label": label} for key, label in labels if key in days
            ],
            "months": months,
            "periods": list(PERIODS),
        }

    def _say_everybody(self):
        if self.env.user.has_group("nps.nps_group_analyst"):
            return self.env._("Everybody")
        return self.env._("All of my departments")

    # === WHO === #

    def _check_role(self):
        if not self.env.user.has_group("nps.nps_group_user"):
            raise AccessError(
                self.env._("This page is for agents of NPS. Ask for the role.")
            )

    def _who(self, person):
        """Return the user whose page it is; an empty record for everybody."""
        me = self.env.user
        if not person or person == me.id:
            return me
        if person == EVERYBODY and self._is_manager():
            return me.browse()
        found = self._people().filtered(lambda user: user.id == person)
        if not found:
            raise AccessError(
                self.env._("You see your own page and those of your departments.")
            )
        return found

    def _is_manager(self):
        return self.env.user.has_group("nps.nps_group_team_manager")

    def _people(self):
        """Return everybody whose page the viewer may choose, by name: it is no ranking.

        Nobody for agents.
        """
        if not self._is_manager():
            return self.env["res.users"]
        groups = self.env["nps.invitation"]._read_group(
            [("user_id", "!=", False)], ["user_id"]
        )
        # An agent who left has a name still, and answers that a manager may read.
        ids = {user.id for (user,) in groups} | {self.env.uid}
        users_sudo = self.env["res.users"].sudo().browse(ids)
        return users_sudo.sorted(lambda user: (user.name.casefold(), user.id))

    # === WHICH ANSWERS === #

    def _counts_by_day(self, who):
        """Return metric -> day -> (promoters, passives, detractors).

        The most answered metric comes first. All numbers of the page are sums of these.
        """
        answers = Domain("category", "!=", False) & Domain("is_reask", "=", False)
        found = {}
        for metric, day, *counts in self.env["nps.report"]._read_group(
            answers & self._whose(who),
            ["metric", "local_date:day"],
            [f"{name}:sum" for name in COUNTS],
        ):
            found.setdefault(metric, {})[day] = counts
        return dict(sorted(found.items(), key=lambda item: -sum(_total(item[1]))))

    def _whose(self, who):
        return Domain("user_id", "=", who.id) if who else Domain.TRUE

    def _period(self, months, back=0):
        """Return the first and last day of a period, ``back`` periods ago."""
        today = fields.Date.context_today(self)
        start = today - relativedelta(months=months * (back + 1))
        return start + timedelta(days=1), today - relativedelta(months=months * back)

    def _counts_between(self, days, first, last):
        """Return the counts of a period, both days included."""
        return _total({day: n for day, n in days.items() if first <= day <= last})


def _total(days):
    return tuple(map(sum, zip((0, 0, 0), *days.values(), strict=True)))
