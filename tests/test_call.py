from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NpsCommon

NUMBER = "+49 30 1234567"


@tagged("post_install", "-at_install")
class TestCall(NpsCommon):
    """Who is found by the number that rings in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany = cls.env.ref("base.de")
        cls.company.country_id = cls.germany
        cls.customer.phone = NUMBER

    def find(self, number, user=None):
        partners = self.env["res.partner"].with_user(user or self.agent)
        return partners.nps_find_caller(number)

    def found(self, number, user=None):
        """Return (kind, name of the contact or None)."""
        answer = self.find(number, user)
        return answer["found"], answer["partner"] and answer["partner"]["name"]

    def make_contact(self, name, **values):
        return self.env["res.partner"].create({"name": name, "phone": NUMBER, **values})

    # === NOTATIONS === #

    def test_every_notation_of_a_number_finds_the_person(self):
        for number in (
            "+49 30 1234567",
            "+49301234567",
            " 49301234567",
            "0049301234567",
            "030/1234567",
            "(030) 123-4567",
            "+49 (0)30 1234567",
            "sip:+49301234567@pbx.example",
            "tel:+49-30-1234567",
            "49301234567",
            # Copied from a page, with blanks that break no line.
            "+49\N{NO-BREAK SPACE}30\N{NARROW NO-BREAK SPACE}1234567",
        ):
            with self.subTest(number=number):
                self.assertEqual(self.found(number), ("person", "Carla Customer"))

    def test_a_number_kept_in_another_notation_is_found(self):
        self.customer.phone = "030 / 1234567"
        self.customer.country_id = self.germany
        self.assertEqual(self.found("+49301234567"), ("person", "Carla Customer"))

    def test_a_national_number_is_one_of_the_agents_country(self):
        self.customer.phone = "+41 44 668 18 00"
        self.assertEqual(self.found("0446681800"), ("unknown", None))
        self.company.country_id = self.env.ref("base.ch")
        self.assertEqual(self.found("0446681800"), ("person", "Carla Customer"))

    def test_a_number_of_no_numbering_plan_is_found_as_it_was_typed(self):
        self.customer.phone = "+1 555-010-0199"
        self.assertFalse(self.customer.phone_sanitized)
        self.assertEqual(self.found("+15550100199"), ("person", "Carla Customer"))

    def test_the_number_is_shown_as_people_read_it(self):
        self.assertEqual(self.find("0301234567")["number"], NUMBER)

    # === PERSON, COMPANY, SEVERAL === #

    def test_the_person_comes_before_his_company(self):
        self.customer_company.phone = NUMBER
        self.assertEqual(self.found(NUMBER), ("person", "Carla Customer"))

    def test_a_company_is_found_by_its_own_number(self):
        self.customer_company.phone = "+49 30 7654321"
        self.assertEqual(self.found("+49307654321"), ("company", "Blue Sky"))

    def test_a_switchboard_of_several_people_is_their_company(self):
        self.make_customer("Carl", False, phone=NUMBER)
        answer = self.find(NUMBER)
        self.assertEqual(answer["found"], "company")
        self.assertEqual(answer["partner"]["name"], "Blue Sky")
        names = {choice["name"] for choice in answer["choices"]}
        self.assertEqual(names, {"Carl", "Carla Customer"})

    def test_people_whose_company_is_hidden_from_the_agent_are_several(self):
        self.make_customer("Carl", False, phone=NUMBER)
        self.customer_company.company_id = self.env["res.company"].create(
            {"name": "Elsewhere"}
        )
        (self.customer_company.child_ids).company_id = False
        self.assertEqual(self.found(NUMBER), ("several", None))

    def test_an_address_of_a_company_is_the_company(self):
        self.make_customer("Warehouse", False, type="delivery", phone="+49 30 7654321")
        self.assertEqual(self.found("+49307654321"), ("company", "Blue Sky"))

    def test_a_couple_with_one_number_is_to_be_chosen_from(self):
        self.customer.phone = False
        for name in ("Ann", "Bob"):
            self.make_contact(name)
        answer = self.find(NUMBER)
        self.assertEqual(answer["found"], "several")
        self.assertEqual([c["name"] for c in answer["choices"]], ["Ann", "Bob"])
        self.assertEqual((answer["partner"], answer["count"]), (None, 2))

    def test_people_of_two_companies_are_to_be_chosen_from(self):
        other = self.make_contact("Red Sea", is_company=True, phone=False)
        self.make_contact("Dora", parent_id=other.id)
        self.assertEqual(self.found(NUMBER), ("several", None))

    def test_at_most_twenty_contacts_are_offered_and_all_are_counted(self):
        for index in range(25):
            self.make_contact(f"Person {index}")
        answer = self.find(NUMBER)
        self.assertEqual((len(answer["choices"]), answer["count"]), (20, 26))

    def test_an_archived_contact_is_not_found(self):
        self.customer.active = False
        self.assertEqual(self.found(NUMBER), ("unknown", None))

    def test_a_company_that_is_archived_gives_way_to_its_people(self):
        self.make_customer("Carl", False, phone=NUMBER)
        self.customer_company.with_context(active_test=False).active = False
        self.assertEqual(self.found(NUMBER)[0], "several")

    def test_a_choice_carries_what_is_shown_at_a_glance(self):
        self.make_contact("Dora")
        self.answer(self.pick(), 9)
        choices = {c["name"]: c for c in self.find(NUMBER)["choices"]}
        self.assertEqual(choices["Carla Customer"]["badge"]["category"], "promoter")
        self.assertEqual(choices["Carla Customer"]["company"], "Blue Sky")
        self.assertEqual(choices["Dora"]["badge"]["category"], "none")

    def test_a_contact_that_was_chosen_is_found_by_its_id(self):
        partners = self.env["res.partner"].with_user(self.agent)
        answer = partners.nps_find_caller(partner_id=self.customer.id)
        self.assertEqual(answer["partner"]["id"], self.customer.id)
        self.assertEqual(answer["number"], NUMBER)

    def test_a_contact_that_is_gone_is_no_error(self):
        partners = self.env["res.partner"].with_user(self.agent)
        for gone in (2**31, 2**60, -1, "7", [7], self.env.user.id + 10**6):
            with self.subTest(gone=gone):
                answer = partners.nps_find_caller(NUMBER, partner_id=gone)
                self.assertEqual(answer["partner"]["name"], "Carla Customer")

    # === NOBODY === #

    def test_an_unknown_number_offers_a_new_contact(self):
        answer = self.find("030 7654321")
        self.assertEqual(answer["found"], "unknown")
        self.assertEqual(answer["number"], "+49 30 7654321")
        self.assertEqual(
            answer["may_create_contact"],
            self.env["res.partner"].with_user(self.agent).has_access("create"),
        )

    def test_hidden_numbers_are_said_to_be_hidden(self):
        for number in ("anonymous", "Unknown", "", None, False, "unavailable"):
            with self.subTest(number=number):
                self.assertEqual(self.found(number), ("hidden", None))

    def test_what_is_no_number_is_malformed(self):
        for number in ("<script>", "call me", "\x00", "+4930" + "1" * 50, ["1"], {}):
            with self.subTest(number=number):
                self.assertEqual(self.found(number), ("malformed", None))

    # === COLLEAGUES === #

    def test_a_short_number_is_an_internal_call(self):
        answer = self.find("123")
        self.assertEqual((answer["found"], answer["colleague"]), ("internal", ""))

    def test_the_colleague_with_an_extension_is_named(self):
        self.agent.nps_extension = "123"
        self.assertEqual(self.find("123")["colleague"], self.agent.name)

    def test_the_employee_with_a_short_work_phone_is_named(self):
        self.env["hr.employee"].create({"name": "Emma", "work_phone": "77"})
        self.assertEqual(self.find("77")["colleague"], "Emma")

    def test_a_colleague_of_another_company_is_not_named(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_agent(
            "far", nps_extension="123", company_id=other.id, company_ids=other.ids
        )
        self.assertEqual(self.find("123")["colleague"], "")

    def test_the_long_number_of_a_colleague_is_an_internal_call(self):
        self.customer.phone = False
        self.agent.partner_id.phone = NUMBER
        answer = self.find(NUMBER)
        self.assertEqual(answer["found"], "internal")
        self.assertEqual(answer["colleague"], self.agent.name)

    def test_a_customer_who_shares_a_number_with_a_colleague_comes_first(self):
        self.agent.partner_id.phone = NUMBER
        self.assertEqual(self.found(NUMBER), ("person", "Carla Customer"))

    # === RIGHTS === #

    def test_a_contact_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.customer.company_id = other
        self.env.ref("base.res_partner_rule").active = True
        self.assertEqual(self.found(NUMBER), ("unknown", None))

    def test_only_agents_look_up_callers(self):
        stranger = self.make_agent("stranger", groups="base.group_user")
        with self.assertRaisesRegex(AccessError, "Only NPS agents"):
            self.find(NUMBER, stranger)

    def test_a_ticket_is_offered_to_those_who_may_open_one(self):
        self.assertTrue(self.find(NUMBER)["may_open_ticket"])
        alone = self.make_agent("alone", groups="nps.nps_group_user")
        self.assertFalse(self.find(NUMBER, alone)["may_open_ticket"])

    def test_a_new_ticket_belongs_to_the_caller_and_came_by_phone(self):
        customer = self.customer.with_user(self.agent)
        context = customer.action_nps_new_ticket()["context"]
        self.assertEqual(context["default_partner_id"], self.customer.id)
        channel = self.env["helpdesk.ticket.channel"].browse(
            context["default_channel_id"]
        )
        self.assertEqual(channel.name, "Phone")

    def test_a_new_ticket_of_nobody_has_no_customer(self):
        nobody = self.env["res.partner"].with_user(self.agent)
        context = nobody.action_nps_new_ticket()["context"]
        self.assertFalse(context["default_partner_id"])

    # === COST === #

    def test_the_lookup_uses_the_index_on_the_normalised_number(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM res_partner WHERE active"
            " AND phone_sanitized = '+49301234567'"
        )
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("res_partner_nps_phone_idx", plan)

    def test_more_contacts_with_one_number_cost_no_more_queries(self):
        def cost():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.find(NUMBER)
            return self.env.cr.sql_log_count - before

        self.make_contact("Ann")
        self.find(NUMBER)
        two = cost()
        for index in range(10):
            self.make_contact(f"Person {index}")
        self.env.flush_all()
        self.assertLessEqual(cost(), two)
