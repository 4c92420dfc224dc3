from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common_queue import QueueCommon

QUEUE = "odoo.addons.nps.models.helpdesk_ticket_queue"


@tagged("post_install", "-at_install")
class TestQueueRule(QueueCommon):
    """What happens to the new ticket of an unhappy customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag, cls.other_tag = cls.env["helpdesk.ticket.tag"].create(
            [{"name": "Unhappy"}, {"name": "Careful"}]
        )
        cls.front, cls.winback = cls.env["helpdesk.ticket.team"].create(
            [{"name": "Front"}, {"name": "Win Back"}]
        )

    def make_queue_rule(self, name="Unhappy first", **values):
        values = {"category": "detractor", "priority": "2", **values}
        return self.env["nps.queue.rule"].create({"name": name, **values})

    def new_ticket(self, **values):
        return self.make_ticket(**{"user_id": False, **values})

    def notes_of(self, ticket):
        return " | ".join(ticket.message_ids.mapped("body"))

    # === WHAT A RULE DOES === #

    def test_a_new_ticket_gets_tag_priority_and_team(self):
        self.make_queue_rule(
            tag_ids=[Command.set(self.tag.ids)], team_id=self.winback.id
        )
        self.say(2)
        ticket = self.new_ticket()
        self.assertEqual(ticket.tag_ids, self.tag)
        self.assertEqual((ticket.priority, ticket.team_id), ("2", self.winback))

    def test_a_ticket_of_a_happy_customer_stays_as_it_is(self):
        self.make_queue_rule()
        self.say(9)
        ticket = self.new_ticket()
        self.assertEqual(ticket.priority, "1")
        self.assertNotIn("Queue rule", self.notes_of(ticket))

    def test_what_changed_is_noted_with_the_rules_name_for_colleagues_only(self):
        self.make_queue_rule(tag_ids=[Command.set(self.tag.ids)])
        self.say(2)
        [note] = self.new_ticket().message_ids.filtered(
            lambda m: "Queue rule" in m.body
        )
        self.assertIn("Queue rule “Unhappy first”", note.body)
        self.assertIn("adds the tag “Unhappy” and raises the priority", note.body)
        self.assertTrue(note.is_internal)
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"))

    def test_an_open_case_is_enough(self):
        self.make_queue_rule(category=False, case_state="open")
        self.open_case()
        self.assertEqual(self.new_ticket().priority, "2")

    def test_a_colleague_of_an_unhappy_customer_is_recognised(self):
        self.make_queue_rule()
        self.say(2)
        colleague = self.make_customer("Cora", "cora@bluesky.example")
        self.assertEqual(self.new_ticket(partner_id=colleague.id).priority, "2")

    # === WHAT IT LEAVES ALONE === #

    def test_a_higher_priority_stays(self):
        self.make_queue_rule()
        self.say(2)
        self.assertEqual(self.new_ticket(priority="3").priority, "3")

    def test_a_chosen_team_stays(self):
        self.make_queue_rule(team_id=self.winback.id)
        self.say(2)
        ticket = self.new_ticket(team_id=self.front.id)
        self.assertEqual((ticket.team_id, ticket.priority), (self.front, "2"))

    def test_a_team_that_the_rule_names_is_left(self):
        self.make_queue_rule(
            team_ids=[Command.set(self.front.ids)], team_id=self.winback.id
        )
        self.say(2)
        ticket = self.new_ticket(team_id=self.front.id)
        self.assertEqual(ticket.team_id, self.winback)
        self.assertFalse(self.new_ticket().nps_queue_rule_ids)

    def test_a_ticket_that_somebody_has_taken_stays_with_him(self):
        self.make_queue_rule(
            team_ids=[Command.set(self.front.ids)], team_id=self.winback.id
        )
        self.front.user_ids = self.agent
        self.say(2)
        ticket = self.new_ticket(team_id=self.front.id, user_id=self.agent.id)
        self.assertEqual((ticket.team_id, ticket.user_id), (self.front, self.agent))

    def test_tags_and_teams_of_other_companies_are_left_out(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.tag.company_id = self.winback.company_id = other
        self.make_queue_rule(
            tag_ids=[Command.set(self.tag.ids)], team_id=self.winback.id
        )
        self.say(2)
        ticket = self.new_ticket()
        self.assertEqual(ticket.priority, "2")
        self.assertFalse(ticket.tag_ids or ticket.team_id)

    # === SEVERAL RULES === #

    def test_each_rule_sets_what_none_above_it_has_set(self):
        self.make_queue_rule("First", tag_ids=[Command.set(self.tag.ids)])
        both = self.tag | self.other_tag
        self.make_queue_rule("Second", tag_ids=[Command.set(both.ids)], priority="3")
        self.say(2)
        ticket = self.new_ticket()
        self.assertEqual((ticket.tag_ids, ticket.priority), (both, "2"))
        notes = self.notes_of(ticket)
        self.assertIn("“Second”: adds the tag “Careful”.", notes)

    # === WHEN === #

    def test_a_ticket_that_gets_its_customer_later_is_sorted_then(self):
        self.make_queue_rule()
        self.say(2)
        ticket = self.new_ticket(partner_id=False)
        self.assertEqual(ticket.priority, "1")
        ticket.with_user(self.agent).partner_id = self.customer
        self.assertEqual(ticket.priority, "2")

    def test_what_a_rule_did_can_be_undone_for_good(self):
        self.make_queue_rule()
        self.say(2)
        ticket = self.new_ticket()
        ticket.priority = "0"
        ticket.partner_id = self.make_customer("Cora", "cora@bluesky.example")
        self.assertEqual(ticket.priority, "0")

    def test_a_closed_ticket_is_not_sorted(self):
        self.make_queue_rule()
        self.say(2)
        closed = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)])
        ticket = self.new_ticket(stage_id=closed[0].id)
        self.assertEqual(ticket.priority, "1")

    # === WHOEVER OPENS A TICKET === #

    def test_a_mail_of_a_customer_is_sorted(self):
        self.make_queue_rule(team_id=self.winback.id)
        self.say(2)
        mail = {
            "subject": "Broken",
            "body": "It hums",
            "from": self.customer.email,
            "author_id": self.customer.id,
            "to": "help@acme.example",
        }
        for login in ("base.user_root", "base.public_user"):
            gateway = self.env["helpdesk.ticket"].with_user(self.env.ref(login)).sudo()
            ticket = gateway.message_new(mail)
            self.assertEqual((ticket.priority, ticket.team_id), ("2", self.winback))

    def test_who_knows_nothing_of_answers_opens_a_ticket_that_is_sorted(self):
        self.make_queue_rule()
        self.say(2)
        clerk = new_test_user(
            self.env, "clerk", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        form = Form(self.env["helpdesk.ticket"].with_user(clerk))
        form.name, form.partner_id, form.description = "Hum", self.customer, "It hums"
        self.assertEqual(form.save().priority, "2")

    def test_rules_of_other_companies_do_not_hold(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.make_queue_rule(company_id=other.id)
        self.say(2)
        self.assertEqual(self.new_ticket().priority, "1")

    def test_a_failing_rule_is_logged_and_the_ticket_stands(self):
        rule = self.make_queue_rule("Broken")
        self.say(2)
        broken = patch.object(type(rule), "_changes_for", side_effect=ValueError)
        with broken, self.assertLogs(QUEUE, "ERROR"):
            ticket = self.new_ticket()
        self.assertTrue(ticket.exists())
        self.assertEqual(ticket.priority, "1")

    @mute_logger("odoo.sql_db")
    def test_what_a_failing_rule_did_is_undone_for_its_ticket_alone(self):
        rule = self.make_queue_rule("Broken")
        self.say(2)
        change = type(rule)._changes_for

        def fail_for_one(record, ticket, decided):
            if ticket.name == "Poisoned":
                ticket.priority = "3"
                ticket.flush_recordset()
                self.env.cr.execute("SELECT 1/0")
            return change(record, ticket, decided)

        values = {
            "description": "x",
            "user_id": False,
            "partner_id": self.customer.id,
        }
        with (
            patch.object(type(rule), "_changes_for", fail_for_one),
            self.assertLogs(QUEUE, "ERROR"),
        ):
            tickets = self.env["helpdesk.ticket"].create(
                [{**values, "name": "Poisoned"}, {**values, "name": "Sound"}]
            )
        self.assertEqual(tickets.mapped("priority"), ["1", "2"])

    def test_many_tickets_ask_for_their_customers_once(self):
        self.make_queue_rule()
        self.say(2)
        asked = []
        facts = type(self.customer)._nps_facts

        def count(customers):
            asked.append(len(customers))
            return facts(customers)

        values = {"name": "x", "description": "x", "partner_id": self.customer.id}
        with patch.object(type(self.customer), "_nps_facts", count):
            self.env["helpdesk.ticket"].create([dict(values) for _n in range(5)])
        self.assertEqual(asked, [1])

    # === THE RULE ITSELF === #

    def test_a_rule_says_in_words_what_it_does(self):
        rule = self.make_queue_rule(
            tag_ids=[Command.set(self.tag.ids)],
            team_id=self.winback.id,
            team_ids=[Command.set(self.front.ids)],
        )
        self.assertEqual(
            rule.effect_text,
            "Adds the tag “Unhappy”, raises the priority to “High”, and hands it to "
            "the team “Win Back”",
        )
        self.assertEqual(rule.condition_text, "Detractor · Tickets of: Front")

    def test_a_rule_does_something(self):
        with self.assertRaisesRegex(ValidationError, "tag, a priority or a team"):
            self.make_queue_rule(priority=False)

    def test_a_rule_counts_the_tickets_that_it_changed(self):
        rule = self.make_queue_rule()
        self.say(2)
        ticket = self.new_ticket()
        self.new_ticket(priority="3")
        rule.invalidate_recordset()
        self.assertEqual(rule.ticket_count, 1)
        opened = rule.action_open_tickets()
        found = self.env["helpdesk.ticket"].search(opened["domain"])
        self.assertEqual(found, ticket)

    def test_a_copy_of_a_ticket_is_a_new_one(self):
        rule = self.make_queue_rule()
        self.say(2)
        copy = self.new_ticket().copy()
        copy.priority = "1"
        self.assertFalse(copy.nps_queue_rule_ids)
        rule.invalidate_recordset()
        self.assertEqual(rule.ticket_count, 1)

    def test_a_rule_stops_with_the_last_of_its_teams(self):
        rule = self.make_queue_rule(team_ids=[Command.set(self.front.ids)])
        self.front.unlink()
        self.assertFalse(rule.active)

    def test_only_administrators_see_the_rules(self):
        rule = self.make_queue_rule()
        for groups in ("nps.nps_group_user", "nps.nps_group_analyst"):
            user = self.make_agent(groups.rsplit("_")[-1], groups=groups)
            with self.assertRaises(AccessError):
                rule.with_user(user).read(["name"])
        admin = self.make_agent("chief", groups="nps.nps_group_manager")
        rule.with_user(admin).write({"priority": "3"})
        self.assertEqual(rule.with_user(admin).ticket_count, 0)

    def test_an_administrator_of_another_company_does_not_see_it(self):
        rule = self.make_queue_rule(company_id=self.company.id)
        other = self.env["res.company"].create({"name": "Other"})
        admin = new_test_user(
            self.env,
            "far",
            groups="nps.nps_group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertNotIn(rule, self.env["nps.queue.rule"].with_user(admin).search([]))


@tagged("post_install", "-at_install")
class TestQueueFilters(QueueCommon):
    """The queue is filtered, grouped and sorted by the ticket's customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_customer("Cora", "cora@bluesky.example")
        cls.happy = cls.make_customer("Hal", "hal@sea.example", parent_id=False)
        people = (cls.customer, cls.colleague, cls.happy)
        cls.theirs, cls.colleagues, cls.happys = (
            cls.make_ticket(partner_id=person.id) for person in people
        )
        cls.nobodys = cls.make_ticket(partner_id=False)
        cls.tickets = cls.theirs | cls.colleagues | cls.happys | cls.nobodys

    def assertFinds(self, name, expected, user=None):
        """See that the filter, its opposite and the field itself say the same."""
        tickets = self.env["helpdesk.ticket"].with_user(user or self.agent)
        ours = [("id", "in", self.tickets.ids)]
        self.env.invalidate_all()
        self.assertEqual(tickets.search([*ours, (name, "=", True)]), expected)
        others = tickets.search([*ours, (name, "=", False)])
        self.assertEqual(others, self.tickets - expected)
        shown = self.tickets.with_user(user or self.agent)
        self.assertEqual(shown.filtered(name), expected)

    def test_unhappy_customers_are_found_also_by_their_company(self):
        self.say(2)
        self.say(9, self.happy)
        self.assertFinds("nps_customer_is_unhappy", self.colleagues | self.theirs)

    def test_who_answered_himself_speaks_for_himself(self):
        self.say(9, self.colleague)
        self.say(2)
        self.assertFinds("nps_customer_is_unhappy", self.theirs)

    def test_an_old_answer_makes_nobody_unhappy(self):
        self.say(2)
        with self.later(days=400):
            self.assertFinds("nps_customer_is_unhappy", self.tickets.browse())

    def test_an_open_case_is_found_also_of_the_company(self):
        self.open_case()
        self.assertFinds("nps_customer_has_case", self.colleagues | self.theirs)

    def test_a_person_without_a_company_is_found_by_his_case(self):
        self.open_case(self.happy)
        self.assertFinds("nps_customer_has_case", self.happys)

    def test_a_case_stays_his_own_when_he_changes_his_company(self):
        self.open_case()
        self.customer.parent_id = self.env["res.partner"].create(
            {"name": "Green Hill", "is_company": True}
        )
        self.assertFinds("nps_customer_has_case", self.colleagues | self.theirs)

    def test_a_closed_case_is_not_found(self):
        self.close(self.open_case())
        self.assertFinds("nps_customer_has_case", self.tickets.browse())

    def test_a_case_whose_customer_is_gone_hides_no_ticket(self):
        case = self.open_case(self.happy)
        case.sudo().write({"partner_id": False, "commercial_partner_id": False})
        self.assertFinds("nps_customer_has_case", self.tickets.browse())

    def test_cases_of_other_companies_are_not_found(self):
        case = self.open_case()
        other = self.env["res.company"].create({"name": "Other"})
        case.sudo().company_id = other
        self.assertFinds("nps_customer_has_case", self.tickets.browse())

    def test_customers_at_risk_are_found(self):
        self.env["nps.risk"].sudo().create(
            {
                "partner_id": self.happy.id,
                "commercial_partner_id": self.happy.id,
                "company_id": self.company.id,
                "rule": "silent",
                "scope": "person",
                "since": "2026-01-01",
                "facts": {},
                "facts_key": "x",
            }
        )
        self.assertFinds("nps_customer_at_risk", self.happys)

    def test_the_queue_is_sorted_and_grouped_by_the_last_answer(self):
        self.say(2)
        self.say(9, self.happy)
        self.env.invalidate_all()
        tickets = self.env["helpdesk.ticket"].with_user(self.agent)
        ours = [("id", "in", self.tickets.ids)]
        found = tickets.search(ours, order="nps_customer_category, id")
        self.assertEqual(found[:2], self.theirs | self.happys)
        groups = tickets._read_group(ours, ["nps_customer_category"], ["__count"])
        self.assertEqual(dict(groups), {"detractor": 1, "promoter": 1, False: 2})

    def test_the_filters_are_offered_to_agents_only(self):
        clerk = new_test_user(
            self.env, "clerk", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        for user, is_offered in ((self.agent, True), (clerk, False)):
            tickets = self.env["helpdesk.ticket"].with_user(user)
            arch = tickets.get_view(view_type="search")["arch"]
            self.assertEqual("nps_customer_has_case" in arch, is_offered)
