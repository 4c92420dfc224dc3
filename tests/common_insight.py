"""Builders for the tests of the insight screen: answers on days of one's choice."""

from odoo.tests import freeze_time

from .common import NpsCommon

TODAY = "2026-03-15"


class InsightCase(NpsCommon):
    """An analyst looks at two departments on a Sunday in March."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = freeze_time(f"{TODAY} 12:00:00")
        cls.clock.start()
        cls.addClassCleanup(cls.clock.stop)
        cls.seller = cls.make_agent("seller", cls.sales)
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.insight = cls.env["nps.insight"].with_user(cls.analyst)
        # Those that other tests or demo data brought along are none of ours.
        cls.ours = [("user_id", "in", [cls.agent.id, cls.seller.id])]

    @classmethod
    def say(cls, scores, user=None, on=TODAY, record=None, code="fixed", silent=0):
        """Let customers answer on a day, and some not; return the invitations."""
        found = cls.env["nps.invitation"].sudo()
        with freeze_time(f"{on} 10:00:00"):
            for score in [*scores, *[None] * silent]:
                invitation = cls.pick(record, user=user or cls.agent, code=code)
                invitation._on_handed_over()
                if score is not None:
                    cls.answer(invitation, score)
                found |= invitation
        return found

    @classmethod
    def card(cls, domain=(), user=None, **options):
        """Return the scorecard as a user sees it."""
        insight = cls.insight.with_user(user or cls.analyst)
        return insight.get_scorecard([*cls.ours, *domain], options)

    @staticmethod
    def row(card, name):
        """Return the first row of a name."""
        return next(row for row in card["rows"] if row["name"] == name)

    @staticmethod
    def names(card, depth=None):
        """Return the names of the rows in their order, of one level or of all."""
        return [r["name"] for r in card["rows"] if depth in (None, r["depth"])]
