from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..tools import intervals
from .common import NpsCommon

MANAGER = "nps.nps_group_team_manager"


class OrganogramCommon(NpsCommon):
    """Support with Phone below it, and Sales; answers of agents in each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support_agent = cls.make_agent("support", cls.support)
        cls.sales_agent = cls.make_agent("sales", cls.sales)
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.manager = cls.make_agent("manager", cls.support, groups=MANAGER)
        cls.support.manager_id = cls.manager.employee_id
        cls.ours = cls.support | cls.phone | cls.sales

    @classmethod
    def give(cls, agent, *scores, ago=0):
        """Let customers of an agent answer, so many months ago."""
        for score in scores:
            invitation = cls.pick(user=agent)
            invitation._on_handed_over()
            cls.answer(invitation, score)
            day = fields.Date.today() - relativedelta(months=ago)
            invitation.local_date = day
        cls.env.flush_all()

    def boxes(self, user=None, **context):
        """Return the departments of a viewer, with his rights."""
        self.env.flush_all()
        self.env.invalidate_all()
        departments = self.env["hr.department"].with_user(user or self.analyst)
        departments = departments.with_context(active_test=False, **context)
        return departments.search(
            [("nps_is_box", "=", True), ("id", "in", self.ours.ids)]
        )

    def box(self, department, user=None, **context):
        found = self.boxes(user, **context)
        return found.filtered(lambda box: box.id == department.id)


@tagged("post_install", "-at_install")
class TestBoxes(OrganogramCommon):
    """What stands on a box."""

    def test_a_box_is_the_net_score_of_everything_below_it(self):
        self.give(self.agent, *[10] * 9)
        self.give(self.support_agent, *[0] * 11)
        box = self.box(self.support)
        self.assertAlmostEqual(box.nps_net_score, intervals.net_score(9, 0, 11))
        self.assertEqual((box.nps_answers, box.nps_net_text), (20, "−10"))

    def test_a_total_is_not_the_mean_of_its_parts(self):
        self.give(self.agent, *[10] * 10)
        self.give(self.support_agent, *[0] * 30)
        self.assertEqual(self.box(self.support).nps_net_text, "−50")
        self.assertEqual(self.box(self.phone).nps_net_text, "+100")

    def test_the_interval_and_the_number_of_answers_stand_beside_it(self):
        self.give(self.agent, *[10] * 30)
        self.assertEqual(self.box(self.phone).nps_interval_text, "+79 to +100, n = 30")

    def test_ten_to_thirty_answers_are_indicative(self):
        self.give(self.agent, *[10] * 10)
        self.assertIn("indicative", self.box(self.phone).nps_interval_text)

    def test_below_ten_answers_there_are_counts_and_no_score(self):
        self.give(self.agent, 10, 10, 8, 0, 0)
        box = self.box(self.phone)
        self.assertIs(box.nps_net_score, False)
        self.assertEqual((box.nps_net_text, box.nps_standing), ("–", "none"))
        self.assertEqual(
            box.nps_interval_text, "2 promoters, 1 passives, 2 detractors: too few"
        )

    def test_below_five_answers_there_is_only_their_number(self):
        self.give(self.agent, 10, 0)
        self.assertEqual(self.box(self.phone).nps_interval_text, "2 answers: too few")

    def test_the_side_is_told_by_the_whole_interval(self):
        self.give(self.agent, *[10] * 20)
        self.give(self.support_agent, *[10, 0] * 10)
        self.give(self.sales_agent, *[0] * 20)
        self.assertEqual(self.box(self.phone).nps_standing, "promoter")
        self.assertEqual(self.box(self.sales).nps_standing, "detractor")
        self.give(self.support_agent, *[0] * 20)
        self.assertEqual(self.box(self.support).nps_standing, "passive")

    def test_the_response_rate_is_of_who_was_asked(self):
        self.give(self.agent, 10)
        for _n in range(3):
            self.pick(user=self.agent)._on_handed_over()
        self.assertEqual(self.box(self.support).nps_rate_text, "25 % of 4 answered")

    def test_where_nobody_was_asked_it_says_so(self):
        self.pick(user=self.agent)
        self.assertEqual(self.box(self.phone).nps_rate_text, "Nobody was asked")
        self.assertEqual(self.box(self.phone).nps_interval_text, "")

    def test_a_change_that_chance_makes_could_be_noise(self):
        self.give(self.agent, *[10] * 6, *[0] * 4, ago=13)
        self.give(self.agent, *[10] * 7, *[0] * 3)
        trend = self.box(self.phone).nps_trend_text
        self.assertEqual(trend, "↗ +20: could be noise")

    def test_a_clear_change_says_so(self):
        self.give(self.agent, *[10] * 20, ago=13)
        self.give(self.agent, *[0] * 20)
        trend = self.box(self.phone).nps_trend_text
        self.assertEqual(trend, "↘ −200: more than noise")

    def test_without_enough_answers_before_there_is_no_trend(self):
        self.give(self.agent, *[0] * 5, ago=13)
        self.give(self.agent, *[10] * 20)
        self.assertFalse(self.box(self.phone).nps_trend_text)

    def test_metric_and_period_follow_the_filters(self):
        self.give(self.agent, *[10] * 10, ago=2)
        for context, answers in (
            ({}, 10),
            ({"nps_months": 3}, 10),
            ({"nps_months": 1}, None),
            ({"nps_metric": "ces"}, None),
            ({"nps_months": "x", "nps_metric": "x"}, 10),
            ({"nps_months": [1], "nps_metric": ["nps"]}, 10),
        ):
            box = self.box(self.phone, **context)
            with self.subTest(context=context):
                self.assertEqual(box.nps_answers if box else None, answers)

    def test_surveys_after_cases_are_left_out(self):
        self.give(self.agent, *[0] * 10)
        invitations = self.env["nps.invitation"].search(
            [("user_id", "=", self.agent.id)]
        )
        invitations.is_reask = True
        self.assertFalse(self.box(self.phone))

    def test_archived_departments_keep_their_box(self):
        self.give(self.agent, 10)
        self.phone.active = False
        self.assertTrue(self.box(self.phone))

    def test_the_whole_screen_takes_one_grouped_query(self):
        self.give(self.agent, 10)
        self.give(self.sales_agent, 10)
        self.env.invalidate_all()
        departments = self.env["hr.department"].with_user(self.analyst)
        report = type(self.env["nps.report"])
        counted, original = [], report._read_group

        def count(*args, **kwargs):
            counted.append(args)
            return original(*args, **kwargs)

        self.patch(report, "_read_group", count)
        rows = departments.hierarchy_read(
            [("nps_is_box", "=", True), ("id", "in", self.ours.ids)],
            {"nps_answers": {}, "nps_net_text": {}, "nps_box_child_ids": {}},
            "nps_box_parent_id",
            "nps_box_child_ids",
        )
        self.assertEqual([row["nps_answers"] for row in rows], [1, 1, 1])
        self.assertEqual(len(counted), 1)


@tagged("post_install", "-at_install")
class TestTree(OrganogramCommon):
    """Who sees which boxes, and what is above what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.give(cls.agent, 10)
        cls.give(cls.support_agent, 10)
        cls.give(cls.sales_agent, 10)

    def test_an_analyst_sees_all_departments(self):
        self.assertEqual(self.boxes(), self.ours)

    def test_a_manager_sees_his_own_and_everything_below(self):
        self.assertEqual(self.boxes(self.manager), self.support | self.phone)

    def test_a_manager_of_a_part_starts_there(self):
        self.support.manager_id = False
        self.phone.manager_id = self.manager.employee_id
        boxes = self.boxes(self.manager)
        self.assertEqual(boxes, self.phone)
        self.assertFalse(boxes.nps_box_parent_id)
        roots = boxes.search([("nps_box_parent_id", "=", False)])
        self.assertEqual(roots, self.phone)

    def test_an_agent_sees_no_box(self):
        self.assertFalse(self.boxes(self.agent))

    def test_a_managers_own_answers_elsewhere_make_no_box(self):
        self.manager.employee_id.department_id = self.sales
        self.give(self.manager, 10)
        self.assertEqual(self.boxes(self.manager), self.support | self.phone)

    def test_without_a_role_the_numbers_cannot_be_read(self):
        stranger = new_test_user(self.env, "hr", groups="hr.group_hr_user")
        department = self.support.with_user(stranger)
        for name in ("nps_net_score", "nps_answers", "nps_is_box"):
            with self.subTest(name=name), self.assertRaises(AccessError):
                department.read([name])
        with self.assertRaises(AccessError):
            department.search([("nps_is_box", "=", True)])

    def test_a_manager_reads_no_number_of_another_department(self):
        self.give(self.sales_agent, *[10] * 20)
        self.env.invalidate_all()
        sales = self.sales.with_user(self.manager)
        self.assertEqual((sales.nps_answers, sales.nps_standing), (0, "none"))
        with self.assertRaises(AccessError):
            sales.action_nps_open_box()

    def test_a_box_hangs_below_its_department(self):
        boxes = self.boxes(self.manager)
        phone = boxes.filtered(lambda box: box.id == self.phone.id)
        self.assertEqual(phone.nps_box_parent_id.id, self.support.id)
        self.assertEqual(
            boxes.search([("nps_box_parent_id", "=", self.support.id)]).ids,
            [self.phone.id],
        )
        support = boxes - phone
        self.assertEqual(support.nps_box_child_ids, phone)

    def test_a_box_opens_exactly_the_answers_that_it_counts(self):
        self.give(self.agent, 0, ago=30)
        for months in (12, 3):
            box = self.box(self.support, self.manager, nps_months=months)
            action = box.action_nps_open_box()
            rows = (
                self.env["nps.report"]
                .with_user(self.manager)
                .search([*action["domain"], ("category", "!=", False)])
            )
            self.assertEqual(rows.user_id, self.agent | self.support_agent)
            self.assertEqual(len(rows), box.nps_answers)

    def test_another_company_is_another_organogram(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.boxes(outsider))

    def test_the_hierarchy_view_reads_it(self):
        self.env.invalidate_all()
        departments = self.env["hr.department"].with_user(self.manager)
        rows = departments.hierarchy_read(
            [("nps_is_box", "=", True), ("nps_box_parent_id", "=", False)],
            {"name": {}, "nps_net_text": {}, "nps_box_child_ids": {}},
            "nps_box_parent_id",
            "nps_box_child_ids",
        )
        self.assertEqual([row["id"] for row in rows], [self.support.id, self.phone.id])
        self.assertEqual(rows[0]["nps_box_child_ids"], [self.phone.id])


@tagged("post_install", "-at_install")
class TestWithheldBoxes(OrganogramCommon):
    """Answers of agents with few of them, where the company withholds those."""

    def test_what_is_withheld_is_counted_apart_and_in_the_response_rate(self):
        self.company.nps_fewest_shown = 5
        self.give(self.agent, *[10] * 10)
        self.give(self.support_agent, 0, 0)
        box = self.box(self.support, self.manager)
        self.assertEqual((box.nps_answers, box.nps_net_text), (10, "+100"))
        self.assertEqual(
            box.nps_withheld_text, "2 answers withheld: too few of one agent"
        )
        self.assertEqual(box.nps_rate_text, "100 % of 12 answered")
        box = self.box(self.support, self.analyst)
        self.assertEqual((box.nps_answers, box.nps_withheld_text), (12, ""))


@tagged("post_install", "-at_install")
class TestThenAndNow(OrganogramCommon):
    """As it was, and as it is now."""

    def test_an_agent_who_moved_counts_where_he_was_or_where_he_is(self):
        self.give(self.agent, *[10] * 10)
        self.agent.employee_id.department_id = self.sales
        self.assertEqual(self.box(self.phone).nps_answers, 10)
        self.assertFalse(self.box(self.sales))
        self.assertFalse(self.box(self.phone, nps_as_now=True))
        self.assertEqual(self.box(self.sales, nps_as_now=True).nps_answers, 10)

    def test_a_department_that_moved_counts_where_it_was_or_where_it_is(self):
        self.give(self.agent, *[10] * 10)
        self.phone.parent_id = self.sales
        self.assertEqual(self.box(self.support).nps_answers, 10)
        self.assertFalse(self.box(self.support, nps_as_now=True))
        self.assertEqual(self.box(self.sales, nps_as_now=True).nps_answers, 10)

    def test_what_opens_is_what_was_counted_then_and_now(self):
        self.give(self.agent, *[10] * 3)
        self.phone.parent_id = self.sales
        self.give(self.agent, *[0] * 2)
        for department, as_now in ((self.support, False), (self.sales, True)):
            box = self.box(department, nps_as_now=as_now)
            rows = self.env["nps.report"].search(
                [*box.action_nps_open_box()["domain"], ("category", "!=", False)]
            )
            with self.subTest(as_now=as_now):
                self.assertEqual(len(rows), box.nps_answers)

    def test_the_caption_says_what_is_counted(self):
        self.give(self.agent, 10)
        self.assertIn("Net Promoter", self.box(self.phone).nps_box_caption)
        self.assertIn("were then", self.box(self.phone).nps_box_caption)
        now = self.box(self.phone, nps_as_now=True).nps_box_caption
        self.assertIn("today", now)
