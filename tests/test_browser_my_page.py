from odoo.tests import tagged

from .common_axe import AxeCase
from .test_my_page import MyPageCommon

PAGE = "/odoo/nps-my-page"
PART = ".o_nps_my_page_content"


class MyPageWithAnswers(MyPageCommon):
    """A year with something on every card of the page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_agent("colleague", cls.phone)

    def setUp(self):
        super().setUp()
        self.answers([0] * 6 + [9] * 6, months_ago=4)
        self.answers([10] * 12, comment="You listened.")
        self.answers([8], user=self.colleague, comment="Of a colleague")


@tagged("post_install", "-at_install")
class TestBrowserMyPage(MyPageWithAnswers, AxeCase):
    """Tours: agents and managers read the page."""

    def test_an_agent_reads_his_page_and_opens_an_answer(self):
        self.start_tour(PAGE, "nps_my_page", login="agent")

    def test_a_manager_chooses_one_of_his_people(self):
        self.start_tour(PAGE, "nps_my_page_of_people", login="boss")

    def test_a_page_without_answers_says_where_they_come_from(self):
        self.make_agent("novice", self.sales)
        self.start_tour(PAGE, "nps_my_page_empty", login="novice")

    def test_the_page_is_the_first_thing_in_the_app(self):
        menu = self.env.ref("nps.nps_menu_root").with_user(self.agent)
        first = menu.child_id.sorted("sequence")[0]
        self.assertEqual(first.action, self.env.ref("nps.nps_my_page_action"))

    def test_axe_finds_nothing_on_the_page_of_an_agent(self):
        self.assertAccessible(PAGE, "agent", PART, ".o_nps_trend svg", ["summary"])

    def test_axe_finds_nothing_on_an_empty_page(self):
        self.make_agent("novice", self.sales)
        self.assertAccessible(PAGE, "novice", PART, ".o_nps_page_empty")


@tagged("post_install", "-at_install")
class TestBrowserMyPageOnAPhone(MyPageWithAnswers, AxeCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_axe_finds_nothing_on_a_phone_and_nothing_is_wider_than_it(self):
        self.assertAccessible(PAGE, "boss", PART, ".o_nps_trend svg", widest=375)
