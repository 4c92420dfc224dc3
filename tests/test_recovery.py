from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import NpsCommon


class RecoveryCase(NpsCommon):
    """Builds customers with an unhappy answer, a next one, and a case or none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.number = 0

    @classmethod
    def new_customer(cls):
        cls.number += 1
        return cls.make_customer(
            f"Customer {cls.number}", f"c{cls.number}@bluesky.example"
        )

    @classmethod
    def say(cls, customer, score, days_ago, user=None, outcome=None, **values):
        """Let a customer have answered some days ago; return the response."""
        invitations = cls.env["nps.invitation"].sudo()
        [row] = invitations._values_list_for(
            customer, outcome or cls.outcome, user or cls.agent
        )
        response = cls.answer(invitations.create({**row, **values}), score)
        response.sudo().submitted_at = cls.days_ago(days_ago)
        return response

    @classmethod
    def days_ago(cls, days):
        return fields.Datetime.now() - timedelta(days=days)

    @classmethod
    def open_case(cls, response, days_ago, **values):
        invitation = response.invitation_id.sudo()
        return (
            cls.env["nps.case"]
            .sudo()
            .create(
                {
                    **invitation._case_values(response),
                    "opened_at": cls.days_ago(days_ago),
                    **values,
                }
            )
        )

    @classmethod
    def have_story(cls, first=3, later=9, case=False, customer=None, **case_values):
        """Let somebody be unhappy 60 days ago, and answer again 30 days ago.

        :param later: the next score, or None: he does not answer again
        """
        customer = customer or cls.new_customer()
        unhappy = cls.say(customer, first, 60)
        if case:
            cls.open_case(unhappy, 59, **case_values)
        if later is not None:
            cls.say(customer, later, 30)
        return unhappy

    def compare(self, user=None, **values):
        return self.env["nps.recovery"].with_user(user or self.analyst).create(values)

    def sides(self, user=None, **values):
        """Return what is compared: (has a case, first score, later score), sorted."""
        rows = self.compare(user, **values)._rows()
        pairs = [row.pair for row in rows if row.pair]
        return sorted((pair.has_case, pair.first, pair.later) for pair in pairs)

    def aside(self, **values):
        """Return how many customers are on neither side."""
        return sum(row.pair is None for row in self.compare(**values)._rows())


@tagged("post_install", "-at_install")
class TestWhoIsCompared(RecoveryCase):
    def test_an_unhappy_answer_with_a_case_and_one_without_are_the_two_sides(self):
        self.have_story(3, 9, case=True)
        self.have_story(4, 5)
        self.assertEqual(self.sides(), [(False, 4, 5), (True, 3, 9)])

    def test_who_does_not_answer_again_counts_as_silent_on_his_side(self):
        self.have_story(3, None, case=True)
        self.have_story(3, None)
        self.assertEqual(self.sides(), [(False, 3, None), (True, 3, None)])

    def test_a_happy_answer_begins_nothing(self):
        self.have_story(9, 3)
        self.assertEqual(self.sides(), [(False, 3, None)])

    def test_passives_are_compared_when_they_are_chosen(self):
        self.have_story(7, 9)
        self.have_story(3, 9)
        self.assertEqual(self.sides(category="passive"), [(False, 7, 9)])
        self.assertEqual(len(self.sides(category="both")), 2)

    def test_a_customer_counts_once_with_his_first_unhappy_answer(self):
        customer = self.new_customer()
        for days, score in ((80, 5), (60, 3), (40, 4), (20, 9)):
            self.say(customer, score, days)
        self.assertEqual(self.sides(), [(False, 5, 3)])

    def test_an_answer_before_the_period_does_not_begin(self):
        customer = self.new_customer()
        self.say(customer, 5, 100)
        self.say(customer, 3, 60)
        self.assertEqual(self.sides(period="90"), [(False, 3, None)])
        self.assertEqual(self.sides(period="180"), [(False, 5, 3)])

    def test_since_the_first_case_nobody_of_a_time_without_cases_is_compared(self):
        early = self.new_customer()
        self.say(early, 2, 200)
        self.say(early, 9, 150)
        self.have_story(3, 9, case=True)
        self.have_story(4, 9)
        told = "choose “Since the first case”"
        self.assertIn((False, 2, 9), self.sides())
        self.assertIn(told, self.compare().overview)
        same_time = [(False, 4, 9), (True, 3, 9)]
        self.assertEqual(self.sides(period="cases"), same_time)
        self.assertNotIn(told, self.compare(period="cases").overview)

    def test_since_the_first_case_is_nothing_when_there_was_none(self):
        self.have_story()
        self.assertEqual(self.sides(period="cases"), [])

    def test_the_next_answer_has_to_come_in_time_on_both_sides(self):
        for case in (True, False):
            customer = self.new_customer()
            unhappy = self.say(customer, 3, 100)
            if case:
                self.open_case(unhappy, 99)
            self.say(customer, 9, 50)
        self.assertEqual(self.sides(), [(False, 3, 9), (True, 3, 9)])
        in_30 = self.sides(window="30")
        self.assertEqual(in_30, [(False, 3, None), (True, 3, None)])

    def test_one_address_is_one_person_whatever_contact_it_belongs_to(self):
        customer = self.new_customer()
        twin = self.make_customer("Twin", customer.email.upper())
        self.say(customer, 3, 60)
        self.say(twin, 9, 30)
        self.assertEqual(self.sides(), [(False, 3, 9)])

    def test_without_an_address_a_contact_is_the_person(self):
        customer = self.new_customer()
        for score, days in ((3, 60), (9, 30)):
            self.say(customer, score, days, email=False, email_normalized=False)
        self.have_story(2, None)
        self.assertEqual(self.sides(), [(False, 2, None), (False, 3, 9)])

    def test_an_answer_to_another_metric_is_no_next_answer(self):
        csat = self.make_survey("csat")
        outcome = self.make_outcome("csat", survey_id=csat.id)
        customer = self.new_customer()
        self.say(customer, 3, 60)
        self.say(customer, 5, 40, outcome=outcome)
        self.say(customer, 8, 20)
        self.assertEqual(self.sides(), [(False, 3, 8)])
        self.assertEqual(self.sides(metric="csat"), [])

    def test_superseded_suspect_and_excluded_answers_never_count(self):
        for state in ("superseded", "suspect", "excluded"):
            with self.subTest(state=state):
                customer = self.new_customer()
                first, later = self.say(customer, 3, 60), self.say(customer, 9, 40)
                self.say(customer, 7, 20)
                later.sudo().state = state
                self.assertEqual(self.sides()[-1], (False, 3, 7))
                first.sudo().state = state
                self.assertEqual(self.sides(), [])

    def test_survey_and_department_are_those_of_the_unhappy_answer(self):
        other = self.make_survey("nps")
        outcome = self.make_outcome("other", survey_id=other.id)
        customer = self.new_customer()
        self.say(customer, 3, 60)
        self.say(customer, 9, 30, outcome=outcome, department_id=self.sales.id)
        self.assertEqual(self.sides(survey_id=self.survey.id), [(False, 3, 9)])
        self.assertEqual(self.sides(survey_id=other.id), [])
        self.assertEqual(self.sides(department_id=self.support.id), [(False, 3, 9)])
        self.assertEqual(self.sides(department_id=self.sales.id), [])


@tagged("post_install", "-at_install")
class TestWhatACaseMeans(RecoveryCase):
    def test_a_case_counts_also_when_the_customer_could_not_be_reached(self):
        for state in ("new", "contacted", "agreed", "done", "unreachable"):
            self.have_story(case=True, state=state)
        self.assertEqual(self.sides(), [(True, 3, 9)] * 5)

    def test_worked_on_means_contacted_before_the_next_answer_and_done(self):
        contacted = {"contacted_at": self.days_ago(50)}
        self.have_story(1, case=True, state="done", **contacted)
        self.have_story(2, case=True, state="agreed", **contacted)
        self.have_story(3, case=True, state="unreachable")
        self.have_story(4, case=True, state="done", contacted_at=self.days_ago(20))
        self.have_story(5, case=True, state="done")
        self.have_story(6)
        worked = self.sides(treatment="worked")
        self.assertEqual(worked, [(False, 6, 9), (True, 1, 9)])
        self.assertEqual(self.aside(treatment="worked"), 4)

    def test_who_was_worked_on_and_stays_silent_counts_as_silent(self):
        contacted = self.days_ago(50)
        self.have_story(3, None, case=True, state="done", contacted_at=contacted)
        self.assertEqual(self.sides(treatment="worked"), [(True, 3, None)])

    def test_a_case_that_was_withdrawn_is_on_neither_side(self):
        self.have_story(case=True, state="withdrawn")
        self.assertEqual((self.sides(), self.aside()), ([], 1))

    def test_a_case_opened_after_the_next_answer_cannot_have_brought_it(self):
        self.open_case(self.have_story(), 10)
        self.assertEqual((self.sides(), self.aside()), ([], 1))

    def test_who_has_a_case_for_another_answer_at_that_time_is_no_control(self):
        customer = self.new_customer()
        csat = self.make_survey("csat")
        outcome = self.make_outcome("csat", survey_id=csat.id)
        other = self.say(customer, 1, 58, outcome=outcome)
        self.open_case(other, 57)
        self.have_story(customer=customer)
        self.assertEqual((self.sides(), self.aside()), ([], 1))

    def test_a_case_long_before_or_after_the_next_answer_does_not_matter(self):
        for days, opened in ((300, 299), (20, 19)):
            customer = self.new_customer()
            other = self.say(customer, 9, days)
            self.have_story(customer=customer)
            self.open_case(other, opened)
        self.assertEqual(self.sides(), [(False, 3, 9)] * 2)

    def test_a_case_opened_by_hand_for_the_answer_is_its_case(self):
        unhappy = self.have_story()
        self.open_case(unhappy, 59, invitation_id=False)
        self.assertEqual(self.sides(), [(True, 3, 9)])


@tagged("post_install", "-at_install")
class TestTheSurveyAfterACase(RecoveryCase):
    def reask(self, case, score, days_ago, **values):
        reask = case.invitation_id._create_reask(case)
        case.reask_id = reask
        reask.write(values)
        response = self.answer(reask, score)
        response.sudo().submitted_at = self.days_ago(days_ago)

    def case_with_reask(self, **values):
        customer = self.new_customer()
        case = self.open_case(self.say(customer, 3, 60), 59)
        self.reask(case, 8, 40, **values)
        self.say(customer, 5, 20)

    def test_its_answer_is_the_next_one(self):
        self.case_with_reask()
        self.assertEqual(self.sides(), [(True, 3, 8)])

    def test_it_can_be_left_out_so_that_both_sides_are_asked_alike(self):
        self.case_with_reask()
        self.assertEqual(self.sides(later="interaction"), [(True, 3, 5)])

    def test_its_answer_belongs_to_the_case_also_from_a_new_address(self):
        self.case_with_reask(email_normalized="new@bluesky.example")
        self.assertEqual(self.sides(), [(True, 3, 8)])

    def test_its_answer_begins_nothing(self):
        customer = self.new_customer()
        case = self.open_case(self.say(customer, 3, 120), 119)
        self.reask(case, 4, 80)
        begun = (self.sides(period="90"), self.aside(period="90"))
        self.assertEqual(begun, ([], 0))


@tagged("post_install", "-at_install")
class TestWhoMayCompareWhat(RecoveryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_agent(
            "manager", cls.support, groups="nps.nps_group_team_manager"
        )
        cls.support.manager_id = cls.manager.employee_id
        cls.seller = cls.make_agent("seller", cls.sales)

    def test_a_manager_compares_the_answers_of_his_departments(self):
        self.have_story(3, 9)
        self.say(self.new_customer(), 1, 60, user=self.seller)
        self.assertEqual(self.sides(self.manager), [(False, 3, 9)])
        self.assertEqual(len(self.sides()), 2)

    def test_a_next_answer_that_a_manager_may_not_read_does_not_count_and_he_is_told(
        self,
    ):
        customer = self.new_customer()
        self.say(customer, 3, 60)
        self.say(customer, 9, 30, user=self.seller)
        self.assertEqual(self.sides(self.manager), [(False, 3, None)])
        told = "an analyst may see other numbers"
        self.assertIn(told, self.compare(self.manager).overview)
        self.assertNotIn(told, self.compare().overview)

    def test_a_case_counts_also_for_who_may_not_read_it(self):
        case_values = {"department_id": self.sales.id, "user_id": self.seller.id}
        self.have_story(case=True, **case_values)
        self.assertFalse(self.env["nps.case"].with_user(self.manager).search([]))
        self.assertEqual(self.sides(self.manager), [(True, 3, 9)])

    def test_another_company_is_not_compared(self):
        other = self.env["res.company"].create({"name": "Other"})
        customer = self.new_customer()
        self.say(customer, 3, 60)
        self.say(customer, 9, 30, company_id=other.id)
        self.say(self.new_customer(), 1, 60, company_id=other.id)
        self.assertEqual(self.sides(), [(False, 3, None)])

    def test_one_person_in_two_companies_is_two_customers(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.analyst.company_ids |= other
        customer = self.new_customer()
        self.say(customer, 3, 60)
        self.say(customer, 9, 30, company_id=other.id)
        comparisons = self.env["nps.recovery"].with_user(self.analyst)
        both = [self.company.id, other.id]
        recovery = comparisons.with_context(allowed_company_ids=both).create({})
        self.assertEqual([row.later_id for row in recovery._rows()], [None])

    def test_an_agent_compares_nothing(self):
        with self.assertRaises(AccessError):
            self.compare(self.agent)
        menus = self.env["ir.ui.menu"].with_user(self.agent)._visible_menu_ids()
        self.assertNotIn(self.env.ref("nps.nps_recovery_menu").id, menus)

    def foreign(self):
        """Return a survey and a department of a company that is not the analyst's."""
        other = self.env["res.company"].create({"name": "Other"})
        survey = self.survey.copy({"company_id": other.id})
        values = {"name": "Secret", "company_id": other.id}
        department = self.env["hr.department"].create(values)
        return [("survey_id", survey.id), ("department_id", department.id)]

    def test_nobody_compares_by_what_he_may_not_read(self):
        done = self.compare()
        for name, foreign in self.foreign():
            with self.subTest(name), self.assertRaises(AccessError):
                self.compare(**{name: foreign})
            with self.subTest(name), self.assertRaises(AccessError):
                done.write({name: foreign})

    def test_a_default_is_no_way_around_it(self):
        comparisons = self.env["nps.recovery"].with_user(self.analyst)
        for name, foreign in self.foreign():
            given = comparisons.with_context(**{f"default_{name}": foreign})
            with self.subTest(name), self.assertRaises(AccessError):
                given.create({})

    def test_nobody_reads_the_comparison_of_another(self):
        self.have_story()
        done = self.compare()
        other = self.make_agent("other", groups="nps.nps_group_analyst")
        for records in (done, done.line_ids):
            found = self.env[records._name].with_user(other)
            self.assertFalse(found.search([("id", "in", records.ids)]))


@tagged("post_install", "-at_install")
class TestTheScreen(RecoveryCase):
    def have_many(self, first=3, better=15, same=5, case=False):
        for _n in range(better):
            self.have_story(first, 9, case=case)
        for _n in range(same):
            self.have_story(first, first, case=case)

    def test_without_a_case_it_says_what_to_do_next(self):
        self.assertIn("Cases open by themselves", self.compare().summary)
        self.assertFalse(self.compare().overview)
        self.have_story()
        self.assertIn("Cases open by themselves", self.compare().summary)

    def test_too_few_have_words_and_no_number(self):
        self.have_many(better=9, same=0, case=True)
        self.have_many(better=20)
        found = self.compare()
        self.assertIn("it takes 10 customers on each side", found.summary)
        self.assertIn("9 of 9 answered again, and 9 of them", found.summary)
        self.assertNotIn("points", found.summary)
        self.assertIs(found.line_ids.effect, False)
        self.assertEqual(found.line_ids.difference, "too few")
        self.assertEqual(found.line_ids.with_better, "9 of 9: too few")

    def test_a_few_customers_are_counted_and_not_judged(self):
        self.have_story(case=True)
        self.assertEqual(self.compare().line_ids.with_better, "too few (1)")

    def test_a_difference_is_told_with_its_interval_and_as_no_proof(self):
        self.have_many(better=15, same=5, case=True)
        self.have_many(better=2, same=18)
        summary = self.compare().summary
        self.assertIn("Of 20 customers with a case who answered again, 15", summary)
        self.assertIn("15 gave a better score: 75 % (53…89).", summary)
        self.assertIn("without a case: 10 % (3…30).", summary)
        self.assertIn("Difference in net score: +130 points (+8", summary)
        self.assertIn("no proof that the case did it", summary)
        self.assertIn("take it as indicative", summary)
        self.assertNotIn("noise", summary)

    def test_a_difference_that_chance_explains_is_called_noise(self):
        self.have_many(better=12, same=8, case=True)
        self.have_many(better=10, same=10)
        summary = self.compare().summary
        self.assertIn("That could be noise", summary)
        self.assertNotIn("more than chance", summary)

    def test_the_rise_with_a_case_alone_is_never_sold_as_success(self):
        self.have_many(case=True)
        self.have_many()
        found = self.compare()
        self.assertIn("Do not quote the rise of +150 points alone", found.overview)
        self.assertIn("Difference in net score: 0 points (−", found.summary)

    def test_who_has_nobody_to_be_compared_with_is_left_out_and_counted(self):
        self.have_many(case=True)
        self.have_many()
        self.have_story(0, 9, case=True)
        found = self.compare()
        self.assertIn("Of 20 customers with a case", found.summary)
        self.assertIn("1 customers with a case have nobody to", found.overview)

    def test_a_table_has_a_line_for_each_first_score(self):
        self.have_story(6, None)
        self.have_many(case=True)
        self.have_many(better=6)
        lines = self.compare().line_ids
        self.assertEqual(lines.mapped("score"), [3, 6])
        self.assertEqual(lines[0].with_count, 20)
        self.assertEqual(lines[0].without_better, "6 of 11: 55 % (28…79)")
        self.assertGreater(lines[0].effect, 0)
        self.assertEqual((lines[1].without_count, lines[1].without_again), (1, 0))

    def test_what_is_drawn_stands_there_in_words_as_well(self):
        self.have_many(case=True)
        self.have_many(better=2, same=18)
        drawing = html.fromstring(self.compare().overview)
        items = drawing.xpath("//*[@role='listitem']")
        words = [" ".join(item.text_content().split()) for item in items]
        self.assertEqual(
            [text[:12] for text in words], ["All +130 (+8", "First score "]
        )
        self.assertEqual(len(drawing.xpath("//*[@aria-hidden='true']")), 2)

    def test_another_choice_takes_the_old_result_away_and_is_compared_when_saved(self):
        self.have_story(case=True)
        found = self.compare(period="90")
        with Form(found) as form:
            form.category = "passive"
            self.assertIn("Press “Compare”", form.summary)
            self.assertFalse(form.overview)
        self.assertFalse(found.line_ids)
        self.assertIn("No case was opened", found.summary)

    def test_comparing_once_more_counts_what_came_since(self):
        self.have_story(case=True)
        found = self.compare()
        self.have_story(case=True)
        found.action_compare()
        self.assertEqual(found.line_ids.with_count, 2)

    def test_another_metric_forgets_a_survey_that_does_not_ask_for_it(self):
        with Form(self.compare(survey_id=self.survey.id)) as form:
            form.metric = "csat"
            self.assertFalse(form.survey_id)

    def test_the_menu_opens_a_filled_comparison(self):
        self.have_story(case=True)
        action = self.env["nps.recovery"].with_user(self.analyst).action_open()
        opened = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(opened.line_ids.with_count, 1)

    def test_the_answers_behind_it_are_one_press_away(self):
        unhappy = self.have_story(case=True)
        self.have_story(5, None)
        found = self.compare()
        answers = self.env["nps.response"].with_user(self.analyst)
        everything = answers.search(found.action_open_answers()["domain"])
        self.assertEqual(sorted(everything.mapped("score")), [3, 5, 9])
        own = answers.search(found.line_ids[0].action_open_answers()["domain"])
        self.assertEqual(sorted(own.mapped("score")), [3, 9])
        self.assertIn(unhappy, own)
