from odoo import fields
from odoo.tests import freeze_time, new_test_user, tagged

from .common import NpsCommon

SHOWN = {"complete_name": {}, "email": {}, "phone": {}}


@tagged("post_install", "-at_install")
class TestBadge(NpsCommon):
    """What is shown of a customer at a glance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.validity_days = 3650

    def give(self, *scores, customer=None, **values):
        """Let a customer answer one interaction after the other."""
        for score in scores:
            invitation = self.pick(customer or self.customer, **values)
            self.answer(invitation, score)

    def badge_of(self, partner=None, user=None):
        self.env.invalidate_all()
        return (partner or self.customer).with_user(user or self.agent).nps_badge

    def test_nobody_answered_yet(self):
        badge = self.badge_of()
        self.assertEqual(badge["category"], "none")
        self.assertEqual(badge["partner_id"], self.customer.id)

    def test_a_score_of_zero_is_an_answer(self):
        self.give(0)
        badge = self.badge_of()
        self.assertEqual((badge["category"], badge["score"]), ("detractor", 0))

    def test_the_last_answer_is_shown(self):
        self.give(3, 9)
        self.assertEqual(self.badge_of()["score"], 9)

    def test_two_answers_have_no_direction(self):
        self.give(2, 9)
        self.assertFalse(self.badge_of()["trend"])

    def test_a_last_answer_below_those_before_points_down(self):
        self.give(9, 10, 4)
        self.assertEqual(self.badge_of()["trend"], "down")

    def test_answers_of_another_metric_have_no_part_in_the_direction(self):
        self.give(9, 10)
        outcome = self.make_outcome("rated", survey_id=self.make_survey("csat").id)
        self.give(1, code=outcome.code)
        self.assertFalse(self.badge_of()["trend"])

    def test_an_answer_is_old_after_the_months_of_the_setting(self):
        self.give(9)
        self.company.nps_old_after_months = 2
        now = fields.Datetime.now()
        with freeze_time(fields.Datetime.add(now, months=2, minutes=-1)):
            self.assertFalse(self.badge_of()["is_old"])
        with freeze_time(fields.Datetime.add(now, months=2, minutes=1)):
            self.assertTrue(self.badge_of()["is_old"])

    def test_who_did_not_answer_shows_his_company_and_says_so(self):
        self.give(3)
        colleague = self.make_customer("Cleo", "cleo@bluesky.example")
        badge = self.badge_of(colleague)
        self.assertEqual((badge["source"], badge["score"]), ("company", 3))
        self.assertEqual(badge["company"], "Blue Sky")
        self.assertEqual(badge["net"]["n"], 1)

    def test_who_answered_himself_does_not_show_his_company(self):
        colleague = self.make_customer("Cleo", "cleo@bluesky.example")
        self.give(9)
        self.give(2, customer=colleague)
        badge = self.badge_of()
        self.assertEqual((badge["source"], badge["score"]), ("own", 9))

    def test_a_company_counts_the_answers_of_all_its_people(self):
        colleague = self.make_customer("Cleo", "cleo@bluesky.example")
        self.give(9, 9, 9, 9, 9, 7, 2)
        self.give(10, 10, 3, customer=colleague)
        badge = self.badge_of(self.customer_company)
        net = badge["net"]
        self.assertEqual((badge["source"], net["n"], net["net"]), ("own", 10, 50))
        self.assertLess(net["low"], 50)
        self.assertLess(50, net["high"])

    def test_below_ten_answers_a_company_has_no_number(self):
        self.give(*[9] * 9)
        net = self.badge_of(self.customer_company)["net"]
        self.assertEqual((net["n"], net["net"], net["promoter"]), (9, False, 9))

    def test_a_company_is_counted_as_the_analysis_counts_it(self):
        self.give(9, 9, 9, 9, 9, 7, 2, 10, 10, 3)
        net = self.badge_of(self.customer_company)["net"]
        ours = [("commercial_partner_id", "=", self.customer_company.id)]
        [(answers, score)] = self.env["nps.report"]._read_group(
            [*ours, ("is_reask", "=", False)], [], ["answered:sum", "net_score:avg"]
        )
        self.assertEqual((net["n"], net["net"]), (answers, score))

    def test_answers_that_are_old_do_not_count_for_a_company(self):
        self.give(9)
        later = fields.Datetime.add(fields.Datetime.now(), months=13)
        with freeze_time(later):
            badge = self.badge_of(self.customer_company)
        self.assertTrue(badge["is_old"])
        self.assertEqual(badge["net"]["n"], 0)

    def test_answers_to_another_company_are_not_shown(self):
        self.give(2)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        user = self.make_agent(
            "elsewhere", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        badge = self.badge_of(self.customer, user)
        self.assertEqual(badge["category"], "none")

    def test_a_new_contact_has_no_answers_of_others(self):
        ticket = self.make_ticket(partner_id=False, partner_email="x@y.example")
        self.answer(self.pick(ticket), 3)
        new = self.env["res.partner"].with_user(self.agent).new({"name": "New"})
        self.assertEqual(new.nps_answer_count, 0)
        self.assertFalse(new.nps_recent_answers)

    def test_who_stands_beside_him_in_a_list_changes_nothing(self):
        chief = self.env["res.partner"].create({"name": "Chief, no company"})
        people = [
            self.make_customer(name, f"{name}@x.example", parent_id=chief.id)
            for name in ("anna", "bert")
        ]
        self.give(3, customer=people[0])
        alone = self.badge_of(people[1])
        together = (chief | people[1])._nps_badges()[people[1].id]
        self.assertEqual(alone, together)

    def test_who_is_no_agent_cannot_read_it(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        self.assertNotIn("nps_badge", self.customer.with_user(clerk).fields_get())

    def test_a_ticket_shows_its_customer(self):
        self.give(2)
        ticket = self.make_ticket()
        badge = ticket.with_user(self.agent).nps_customer_badge
        self.assertEqual(badge, self.badge_of())

    def test_a_ticket_without_a_customer_shows_none(self):
        ticket = self.make_ticket(partner_id=False, partner_name="Somebody")
        self.assertFalse(ticket.with_user(self.agent).nps_customer_badge)

    def test_tickets_are_sorted_by_what_their_customers_said_last(self):
        happy = self.make_customer("Cleo", "cleo@bluesky.example")
        self.give(2)
        self.give(9, customer=happy)
        mine = self.make_ticket() | self.make_ticket(partner_id=happy.id)
        found = (
            self.env["helpdesk.ticket"]
            .with_user(self.agent)
            .search([("id", "in", mine.ids)], order="nps_customer_category desc")
        )
        self.assertEqual(
            found.mapped("nps_customer_category"), ["promoter", "detractor"]
        )

    def test_a_list_of_eighty_contacts_costs_three_queries_more(self):
        people = self.env["res.partner"].create(
            [
                {"name": f"Person {n}", "parent_id": self.customer_company.id}
                for n in range(60)
            ]
            + [{"name": f"Company {n}", "is_company": True} for n in range(20)]
        )
        for partner in people[::7]:
            self.give(9, 2, 5, customer=partner)
        plain = self.count_queries(people, SHOWN)
        ours = {"nps_category": {}, "nps_badge": {}}
        self.assertLessEqual(self.count_queries(people, SHOWN | ours), plain + 3)

    def count_queries(self, partners, shown):
        """Return how many queries a list of these contacts takes, from cold."""
        contacts = self.env["res.partner"].with_user(self.agent)
        domain = [("id", "in", partners.ids)]
        contacts.web_search_read(domain, shown, limit=80)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        contacts.web_search_read(domain, shown, limit=80)
        return self.cr.sql_log_count - before
