from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_withheld import FEWEST, WithheldCommon


@tagged("post_install", "-at_install")
class TestWhatIsWithheld(WithheldCommon):
    """Whose answers are withheld from whom."""

    def test_a_manager_sees_no_answer_of_an_agent_with_too_few(self):
        self.assertEqual(self.seen(self.manager), self.agent)

    def test_the_agent_himself_and_analysts_see_them(self):
        self.assertEqual(self.seen(self.few), self.few)
        self.assertEqual(self.seen(self.analyst), self.agent | self.few)

    def test_from_enough_answers_on_they_are_seen(self):
        for count in (4, 5):
            self.give(self.few, 10)
            expected = self.agent | self.few if count >= FEWEST else self.agent
            with self.subTest(count=count):
                self.assertEqual(self.seen(self.manager), expected)

    def test_an_answer_that_comes_changes_at_once_who_is_seen(self):
        rows = self.env["nps.response"].with_user(self.manager)
        own = [("user_id", "=", self.few.id)]
        self.assertFalse(rows.search(own))
        more = self.give(self.few, 10) | self.give(self.few, 10)
        self.assertEqual(len(rows.search(own)), 5)
        more[:1].sudo().state = "excluded"
        self.assertFalse(rows.search(own))
        more[:1].sudo().state = "counted"
        more[1:].sudo().unlink()
        self.assertFalse(rows.search(own))

    def test_an_excluded_answer_is_none_of_the_counted(self):
        for score in (10, 10):
            self.give(self.few, score)
        self.assertEqual(self.seen(self.manager), self.agent | self.few)
        self.of(self.few)[:1].sudo().state = "excluded"
        self.assertEqual(self.seen(self.manager), self.agent)

    def test_a_company_that_withholds_nothing_shows_all(self):
        self.company.nps_fewest_shown = 0
        self.assertEqual(self.seen(self.manager), self.agent | self.few)

    def test_each_company_has_its_own_number(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids |= other
        theirs = self.make_agent(
            "theirs", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        employee = self.env["hr.employee"].search([("user_id", "=", theirs.id)])
        employee.department_id = self.support
        self.give(theirs, 2)
        self.settle()
        seen = self.env["nps.response"].with_user(self.manager)
        seen = seen.with_context(allowed_company_ids=(self.company | other).ids)
        self.assertEqual(len(seen.search([("user_id", "=", theirs.id)])), 1)
        other.nps_fewest_shown = 2
        self.settle()
        self.assertFalse(seen.search([("user_id", "=", theirs.id)]))

    def test_answers_without_an_agent_count_together_for_each_department(self):
        invitations = self.of(self.few, "nps.invitation") | self.of(
            self.agent, "nps.invitation"
        )
        invitations.write({"user_id": False, "department_id": self.phone.id})
        own = [("user_id", "=", False), ("department_id", "=", self.phone.id)]
        for department, number in ((self.phone, 9), (self.support, 6)):
            invitations[:3].department_id = department
            self.settle()
            found = self.env["nps.response"].with_user(self.manager).search(own)
            self.assertEqual(len(found), number)
        own[1] = ("department_id", "=", self.support.id)
        self.assertFalse(self.env["nps.response"].with_user(self.manager).search(own))

    def test_a_number_that_hides_nothing_or_all_is_refused(self):
        for number in (1, 51, -1):
            with self.subTest(number=number), self.assertRaises(ValidationError):
                self.company.nps_fewest_shown = number

    def test_it_is_a_setting_of_the_company(self):
        settings = self.env["res.config.settings"].create({"nps_fewest_shown": 7})
        settings.execute()
        self.assertEqual(self.company.nps_fewest_shown, 7)


@tagged("post_install", "-at_install")
class TestWithheldCostsNothing(WithheldCommon):
    def sql(self, user):
        return self.env["nps.report"].with_user(user)._table_query.code

    def test_nothing_is_added_where_nothing_is_withheld(self):
        self.assertIn("nps_withheld", self.sql(self.manager))
        self.assertNotIn("nps_withheld", self.sql(self.analyst))
        self.company.nps_fewest_shown = 0
        self.assertNotIn("nps_withheld", self.sql(self.manager))

    def test_answers_are_counted_once_in_a_transaction(self):
        self.settle()
        rows = self.env["nps.response"].with_user(self.manager)
        rows.search([])
        few = self.queries(rows)
        self.env.cr.cache.clear()
        self.assertEqual(self.queries(rows), few + 1)

    def queries(self, rows):
        before = self.env.cr.sql_log_count
        rows.search([])
        return self.env.cr.sql_log_count - before
