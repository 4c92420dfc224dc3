from odoo import fields
from odoo.tests import tagged

from .common_axe import AxeCase
from .common_insight_tabs import InsightTabsCommon

PAGE = "/odoo/nps-scorecard"
PARTS = {
    "trend": ".o_nps_insight_plot svg",
    "change": ".o_nps_part_total",
    "associations": ".o_nps_factor",
    "silence": ".o_nps_silent_row",
}


class InsightTabsWithAnswers(InsightTabsCommon):
    """Some months in which the score falls, with something in every tab."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for months_ago in range(1, 8):
            good = 30 - 4 * (8 - months_ago)
            cls.month(months_ago, [10] * good, silent=10, hours_open=2)
            cls.month(months_ago, [3] * (30 - good), hours_open=200, hours=50)

    @classmethod
    def set_clock(cls):
        # The browser has a clock of its own.
        return fields.Datetime.now()


@tagged("post_install", "-at_install")
class TestBrowserInsightTabs(InsightTabsWithAnswers, AxeCase):
    """Tours: through the tabs beside the scorecard."""

    def test_an_agent_looks_through_the_tabs(self):
        self.start_tour(PAGE, "nps_insight_tabs", login="agent")

    def test_axe_finds_nothing_in_any_tab(self):
        for tab, shows in PARTS.items():
            with self.subTest(tab=tab):
                self.assertAccessible(address(tab), "agent", ".o_nps_stat", shows)


@tagged("post_install", "-at_install")
class TestBrowserInsightTabsOnAPhone(InsightTabsWithAnswers, AxeCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_axe_finds_nothing_on_a_phone_and_nothing_is_wider_than_it(self):
        for tab, shows in PARTS.items():
            with self.subTest(tab=tab):
                self.assertAccessible(
                    address(tab), "agent", ".o_nps_stat", shows, widest=375
                )


def address(tab):
    """Return the address that opens a tab."""
    return f"{PAGE}?nps_insight=%7B%22tab%22%3A%22{tab}%22%7D"
