from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools import showing
from .common import NpsCaseCommon

ANALYST = "nps.nps_group_analyst"


class MyPageCommon(NpsCaseCommon):
    """Answers of now and of months ago."""

    def page(self, user=None, **values):
        return self.env["nps.my.page"].with_user(user or self.agent).get_page(**values)

    def answers(self, scores, months_ago=0, user=None, code="fixed", **values):
        """Let customers answer; move it all into the past."""
        found = self.env["nps.invitation"]
        for score in scores:
            invitation = self.pick(user=user, code=code)
            self.answer(invitation, score, **values)
            found |= invitation
        day = fields.Date.today() - relativedelta(months=months_ago)
        found.local_date = day
        found.response_ids.submitted_at = fields.Datetime.to_datetime(day)
        self.env.flush_all()
        return found


@tagged("post_install", "-at_install")
class TestMyPage(MyPageCommon):
    """The numbers of an agent's own page."""

    # === ONE NUMBER EVERYWHERE === #

    def test_the_number_is_the_one_of_the_report_with_its_interval(self):
        self.answers([10] * 9 + [8] * 4 + [2] * 3)
        figure = self.page()["figure"]
        [(score, low, high)] = self.env["nps.report"]._read_group(
            [("user_id", "=", self.agent.id)],
            [],
            ["net_score:avg", "net_low:avg", "net_high:avg"],
        )
        self.assertEqual((figure["score"], figure["answers"]), ("+38", 16))
        self.assertAlmostEqual(score, 37.5)
        self.assertAlmostEqual(figure["low"], low)
        self.assertAlmostEqual(figure["high"], high)

    def test_answers_after_a_case_are_left_out_as_in_the_analysis(self):
        self.answers([9] * 12)
        self.answers([0]).is_reask = True
        self.assertEqual(self.page()["figure"]["score"], "+100")

    def test_below_five_answers_there_is_only_their_count(self):
        self.answers([9] * 4)
        figure = self.page()["figure"]
        self.assertEqual((figure["answers"], figure["level"]), (4, showing.COUNT))
        self.assertEqual((figure["score"], figure["low"]), (None, None))

    def test_five_to_nine_answers_are_too_few_for_a_number(self):
        self.answers([9] * 9)
        figure = self.page()["figure"]
        self.assertEqual((figure["level"], figure["score"]), (showing.FEW, None))
        self.assertEqual([part["count"] for part in figure["counts"]], [9, 0, 0])

    def test_ten_answers_are_indicative(self):
        self.answers([9] * 5 + [0] * 5)
        figure = self.page()["figure"]
        self.assertEqual((figure["level"], figure["score"]), (showing.INDICATIVE, "0"))

    def test_a_longer_period_counts_more_answers(self):
        self.answers([9] * 3)
        self.answers([9] * 4, months_ago=4)
        counts = [self.page(months=n)["figure"]["answers"] for n in (3, 6, 12)]
        self.assertEqual(counts, [3, 7, 7])

    def test_each_metric_has_its_own_number_and_the_most_answered_comes_first(self):
        self.make_outcome("visited", survey_id=self.make_survey("csat").id)
        self.answers([9] * 2)
        self.answers([5] * 3, code="visited")
        page = self.page()
        self.assertEqual((page["metric"], page["figure"]["answers"]), ("csat", 3))
        self.assertEqual([m["key"] for m in page["metrics"]], ["nps", "csat"])
        self.assertEqual(self.page(metric="nps")["figure"]["answers"], 2)

    def test_without_answers_the_page_is_empty_and_not_0(self):
        page = self.page()
        self.assertEqual((page["metrics"], page["answers"]), ([], []))
        self.assertEqual(page["figure"]["score"], None)
        self.assertEqual(page["trend"]["points"], [])

    # === TREND === #

    def test_a_month_with_ten_answers_is_a_point_with_its_interval(self):
        self.answers([9] * 10)
        trend = self.page()["trend"]
        self.assertEqual((trend["span"], len(trend["points"])), (1, 12))
        last = trend["points"][-1]
        self.assertEqual((last["value"], last["answers"]), (100, 10))
        self.assertEqual(last["high"], 100)
        self.assertIsNone(trend["points"][0]["value"])

    def test_months_with_few_answers_are_shown_three_at_a_time(self):
        for months_ago in range(5):
            self.answers([9] * 4, months_ago=months_ago)
        trend = self.page()["trend"]
        self.assertEqual(trend["span"], 3)
        self.assertEqual(
            [p["answers"] for p in trend["points"]][-5:], [4, 8] + [12] * 3
        )
        values = [point["value"] for point in trend["points"]]
        self.assertEqual(values[-4:], [None, 100, 100, 100])

    # === WORDS === #

    def test_praise_is_what_promoters_wrote_the_newest_first(self):
        self.answers([9], months_ago=1, comment="Kind.")
        self.answers([10], comment="Quick!")
        self.answers([10])
        self.answers([3], comment="Slow.")
        page = self.page()
        words = [answer["comment"] for answer in page["praise"]]
        self.assertEqual(words, ["Quick!", "Kind."])
        self.assertEqual(len(page["answers"]), 4)

    def test_an_answer_says_who_gave_it_and_no_colleague(self):
        self.answers([10], comment="Quick!")
        [answer] = self.page()["praise"]
        self.assertEqual(answer["customer"], "Carla Customer")
        self.assertEqual(answer["agent"], "")

    def test_the_gap_is_the_sentence_of_guess_and_answer(self):
        for guess, score in [(9, 8), (9, 7), (10, 8), (9, 8), (8, 6)]:
            self.answer(self.pick(guess=guess), score)
        [row] = self.page()["guess"]
        expected = "You guess 1.6 too high on average (0.9…2.3, 5 pairs)"
        self.assertEqual(row["text"], expected)

    # === WHAT IMPROVED === #

    def texts(self, **values):
        better = self.page(months=3, **values)["better"]
        return better["text"] or " ".join(item["text"] for item in better["items"])

    def test_a_clear_rise_is_told_with_both_numbers(self):
        self.answers([0] * 20 + [9] * 10, months_ago=4)
        self.answers([9] * 28 + [0] * 2)
        text = self.texts()
        self.assertIn("rose by 120 points, from −33 to +87.", text)
        self.assertIn("7 % (2 of 30) instead of 67 % (20 of 30)", text)

    def test_a_small_rise_may_be_chance_and_says_so(self):
        self.answers([9] * 6 + [0] * 4, months_ago=4)
        self.answers([9] * 7 + [0] * 3)
        self.assertIn(
            "20 points higher than before (+20 to +40), which may be", self.texts()
        )

    def test_a_fall_is_not_told(self):
        self.answers([9] * 30, months_ago=4)
        self.answers([0] * 30)
        self.assertIn("Nothing yet that is more than chance makes", self.texts())

    def test_too_few_answers_are_not_compared(self):
        self.answers([0] * 9, months_ago=4)
        self.answers([9] * 10)
        self.assertIn("nothing to compare with yet: 9 answers", self.texts())

    def test_with_few_answers_it_says_how_many_are_needed(self):
        self.answers([0] * 10, months_ago=4)
        self.answers([9] * 3)
        self.assertIn("Ten answers are needed to say what improved", self.texts())

    def test_a_reason_given_less_often_is_told(self):
        reason = self.env["nps.reason"].create(
            {"name": "Slow reply", "survey_id": self.survey.id}
        )
        before = self.answers([5] * 20, months_ago=4)
        before.response_ids.reason_ids = reason
        self.answers([5] * 20)
        self.assertIn(
            "“Slow reply” is given as a reason less often: 0 % (0 of 20) instead of "
            "100 % (20 of 20)",
            self.texts(),
        )

    def test_a_driver_judged_well_more_often_is_told(self):
        driver = self.env["nps.driver"].create(
            {"name": "The person who helped me", "survey_id": self.survey.id}
        )
        for months_ago, value in ((4, 2), (0, 5)):
            for response in self.answers([8] * 15, months_ago).response_ids:
                self.env["nps.driver.answer"].create(
                    {
                        "response_id": response.id,
                        "driver_id": driver.id,
                        "value": value,
                    }
                )
        text = "“The person who helped me” was judged well by 100 % (15 of 15) instead"
        self.assertIn(text, self.texts())


@tagged("post_install", "-at_install", "security")
class TestMyPageRoles(MyPageCommon):
    """Whose page who may open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_agent("colleague", cls.phone)
        cls.seller = cls.make_agent("seller", cls.sales)
        cls.analyst = cls.make_agent("analyst", groups=ANALYST)

    def setUp(self):
        super().setUp()
        for user in (self.agent, self.colleague, self.seller):
            self.answers([9], user=user, comment=f"Praise for {user.login}")

    def names(self, user):
        return [person["name"] for person in self.page(user)["people"]]

    def words(self, user, person=None):
        answers = self.page(user, person=person)["answers"]
        return sorted(answer["comment"] for answer in answers)

    def test_an_agent_sees_his_own_answers_and_has_nobody_to_choose(self):
        self.assertEqual(self.words(self.agent), ["Praise for agent"])
        self.assertEqual(self.names(self.agent), [])

    def test_an_agent_opens_no_page_of_a_colleague_nor_of_all(self):
        for person in (self.colleague.id, "all"):
            with self.subTest(person=person), self.assertRaises(AccessError):
                self.page(self.agent, person=person)

    def test_a_page_of_an_agent_names_no_colleague(self):
        page = str(self.page(self.agent))
        self.assertNotIn("colleague", page)
        self.assertNotIn("seller", page)

    def test_a_manager_chooses_the_people_of_his_departments_by_name(self):
        expected = sorted([self.agent.name, self.boss.name, self.colleague.name])
        self.assertEqual(self.names(self.boss), expected)
        self.assertEqual(
            self.words(self.boss, self.colleague.id), ["Praise for colleague"]
        )

    def test_a_manager_opens_no_page_of_another_department(self):
        with self.assertRaises(AccessError):
            self.page(self.boss, person=self.seller.id)

    def test_a_manager_sees_all_of_his_departments_together(self):
        page = self.page(self.boss, person="all")
        self.assertEqual(page["name"], "All of my departments")
        self.assertEqual(page["figure"]["answers"], 2)
        agents = sorted(answer["agent"] for answer in page["answers"])
        self.assertEqual(agents, sorted([self.agent.name, self.colleague.name]))

    def test_a_manager_without_answers_of_his_own_starts_with_all_of_them(self):
        self.assertEqual(self.page(self.boss)["person"], "all")
        self.answers([9], user=self.boss)
        self.assertEqual(self.page(self.boss)["person"], self.boss.id)

    def test_an_analyst_opens_every_page(self):
        self.assertEqual(
            self.words(self.analyst, self.seller.id), ["Praise for seller"]
        )
        self.assertEqual(self.page(self.analyst, person="all")["figure"]["answers"], 3)

    def test_nobody_sees_answers_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        far = self.answers([9], user=self.agent, comment="From afar")
        far.company_id = other
        self.env.flush_all()
        self.assertEqual(self.words(self.agent), ["Praise for agent"])
        self.assertEqual(self.page(self.analyst, person="all")["figure"]["answers"], 3)

    def test_an_employee_without_a_role_opens_no_page(self):
        employee = self.make_agent("employee", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.page(employee)

    def test_a_visitor_of_the_portal_opens_no_page(self):
        visitor = self.make_agent("visitor", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.page(visitor)
