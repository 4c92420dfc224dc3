from odoo.fields import Command
from odoo.tests import tagged

from .common import NpsCommon
from .common_axe import AxeCase

PAGE = "/odoo/nps-scorecard"
PART = ".o_nps_insight_content"


class ScorecardWithAnswers(NpsCommon):
    """A head of two departments with answers of today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = "nps.nps_group_team_manager"
        cls.head = cls.make_agent("head", cls.support, groups=manager)
        cls.seller = cls.make_agent("seller", cls.phone)
        cls.support.manager_id = cls.head.employee_id
        for score in [10] * 9 + [7] * 2 + [0]:
            cls.answer(cls.pick(), score)
        cls.answer(cls.pick(user=cls.seller), 9)


@tagged("post_install", "-at_install")
class TestBrowserScorecard(ScorecardWithAnswers, AxeCase):
    """Tours: a manager reads the scorecard."""

    def test_a_manager_reads_the_scorecard_and_sends_it_regularly(self):
        self.start_tour(PAGE, "nps_scorecard", login="head")
        scorecard = self.env["nps.scorecard.mail"].search([])
        self.assertEqual((scorecard.axis, scorecard.period), ("agent", "this_month"))

    def test_axe_finds_nothing_on_the_scorecard(self):
        self.assertAccessible(PAGE, "head", PART, ".o_nps_scorecard_table svg")

    def test_axe_finds_nothing_without_answers(self):
        self.make_agent("novice", self.sales)
        self.assertAccessible(PAGE, "novice", PART, ".o_view_nocontent")


@tagged("post_install", "-at_install")
class TestBrowserScorecardOnAPhone(ScorecardWithAnswers, AxeCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_axe_finds_nothing_on_a_phone_and_nothing_is_wider_than_it(self):
        table = ".o_nps_scorecard_table svg"
        self.assertAccessible(PAGE, "head", PART, table, widest=375)

    def test_the_form_of_a_scorecard_by_mail_suits_a_phone(self):
        scorecard = self.env["nps.scorecard.mail"].create(
            {
                "user_id": self.head.id,
                "recipient_ids": [
                    Command.create({"user_id": self.head.id}),
                    Command.create({"user_id": self.seller.id, "is_stopped": True}),
                ],
            }
        )
        page = f"/odoo/nps-scorecard-mails/{scorecard.id}"
        self.start_tour(page, "nps_scorecard_mail_phone", login="head")
