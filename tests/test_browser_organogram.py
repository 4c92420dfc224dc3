from odoo.tests import tagged

from .common_axe import AxeCase
from .test_organogram import OrganogramCommon

URL = "/odoo/nps-organogram"


@tagged("post_install", "-at_install")
class TestBrowserOrganogram(OrganogramCommon, AxeCase):
    """Tours: a manager looks at his departments."""

    def test_a_manager_walks_down_his_tree_to_the_answers(self):
        self.give(self.agent, *[10] * 10)
        self.give(self.support_agent, *[0] * 10)
        self.give(self.sales_agent, *[0] * 10)
        self.start_tour(URL, "nps_organogram", login="manager")

    def test_axe_finds_nothing_on_the_boxes(self):
        self.give(self.agent, *[10] * 10)
        self.assertAccessible(URL, "manager", ".o_nps_organogram", ".o_nps_box")
