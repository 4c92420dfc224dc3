import doctest
from datetime import datetime, timedelta
from itertools import pairwise

from odoo import fields
from odoo.tests import TransactionCase, freeze_time, tagged

from ..demo import answers, simulation
from ..demo.places import BY_CODE
from ..demo.staff import AGENTS, TEAMS, WORSE
from ..tools import audit, metrics

NOON = datetime(2026, 3, 11, 11, 0)
SUNDAY_NIGHT = datetime(2026, 3, 15, 22, 50)
MONDAY_MORNING = datetime(2026, 3, 16, 5, 10)
DRAWN = ("hours_to_first_change", "hours_to_close", "message_count", "priority")
"""What the demo invents: its tickets have neither messages nor a course."""


def net_score(given):
    """Return the net score of some answers of the simulation."""
    values = [metrics.NET_VALUES[answer.category] for answer in given]
    return sum(values) / len(values)


def course(interaction):
    """Return what the audit knows of an interaction of the simulation."""
    known = interaction.on_ticket
    by_agent = interaction.reason.startswith("agent_")
    return audit.Course(
        held_back=by_agent or interaction.reason == "no_survey",
        late=interaction.late if known else None,
        reopened=interaction.reopened if known else None,
        hours=interaction.waited if known else None,
    )


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo company is believable, and nothing of it ever leaves the house."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails_before = cls.env["mail.mail"].search_count([])
        cls.env["nps.demo"]._load()
        cls.teams = cls.env["helpdesk.ticket.team"].browse(
            cls.env.ref(f"nps.demo_team_{key}").id for key in TEAMS
        )
        cls.invitations = cls.env["nps.invitation"].search(
            [("user_id.login", "in", [agent.login for agent in AGENTS])]
        )
        cls.responses = cls.invitations.response_ids
        cls.responses.fetch(["metric", "score", "comment", "state", "submitted_at"])

    def _nps_of(self, *domain):
        [(score, answered)] = self.env["nps.report"]._read_group(
            [("metric", "=", "nps"), *domain], [], ["net_score:avg", "answered:sum"]
        )
        self.assertGreater(answered, 20, "Too few answers to say anything")
        return score

    # === SIZE === #

    def test_the_company_has_the_size_it_promises(self):
        counted = self.responses.filtered(lambda r: r.state == "counted")
        tickets = self.env["helpdesk.ticket"].search(
            [("team_id", "in", self.teams.ids)]
        )
        self.assertAlmostEqual(len(self.invitations), 7600, delta=200)
        self.assertAlmostEqual(len(counted), 2500, delta=250)
        self.assertAlmostEqual(len(tickets), 800, delta=30)
        self.assertAlmostEqual(len(AGENTS), 12, delta=2)

    def test_about_300_customers_live_in_several_countries(self):
        customers = self.env["res.partner"].with_context(active_test=False)
        customers = customers.browse(self.invitations.partner_id.ids)
        customers |= customers.commercial_partner_id
        self.assertAlmostEqual(len(customers), 300, delta=15)
        self.assertEqual(set(customers.country_id.mapped("code")), set(BY_CODE))

    def test_addresses_belong_to_nobody(self):
        addresses = filter(None, self.invitations.mapped("email_normalized"))
        self.assertFalse([a for a in addresses if not a.endswith(".example")])

    def test_the_department_tree_has_three_levels(self):
        leaf = self.env.ref("nps.demo_department_phone")
        top = self.env.ref("nps.demo_department_service")
        self.assertEqual(leaf.parent_id.parent_id, top)
        self.assertFalse(top.parent_id)
        self.assertTrue(leaf.manager_id.user_id.has_group("nps.nps_group_team_manager"))

    def test_a_second_load_changes_nothing(self):
        self.env["nps.demo"]._load()
        again = self.env["nps.invitation"].search_count(
            [("user_id", "in", self.invitations.user_id.ids)]
        )
        self.assertEqual(again, len(self.invitations))

    def test_everybody_signs_in_with_his_own_name(self):
        for login in ("anna", "judith", "helena"):
            user = self.env["res.users"].search([("login", "=", login)])
            credential = {"type": "password", "login": login, "password": login}
            checked = user.with_user(user)._check_credentials(
                credential, {"interactive": False}
            )
            self.assertEqual(checked["uid"], user.id)

    # === NOTHING LEAVES === #

    def test_no_invitation_is_waiting_to_be_sent(self):
        waiting = self.invitations.filtered(
            lambda i: i.state == "queued" or i.scheduled_at or i.mail_id
        )
        self.assertFalse(waiting)
        self.assertFalse(self.env["nps.invitation"]._due(1) & self.invitations)

    def test_loading_writes_no_mail_and_leaves_no_note_to_post(self):
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails_before)
        self.assertEqual(set(self.responses.mapped("echo_state")), {"done"})

    def test_no_link_is_known(self):
        links = self.env["nps.invitation.link"].sudo()
        found = links.search([("invitation_id", "in", self.invitations.ids)])
        self.assertFalse(found)

    # === EVERY ROW COULD BE REAL === #

    def test_moments_of_an_invitation_follow_each_other(self):
        for invitation in self.invitations.filtered("sent_at"):
            last = invitation.response_ids[:1].submitted_at or invitation.sent_at
            moments = [invitation.picked_at, invitation.sent_at, last]
            self.assertEqual(moments, sorted(moments))
            self.assertLess(last, invitation.expires_at)
            self.assertIn(invitation.local_hour, range(8, 19))

    def test_states_are_true_now(self):
        now = fields.Datetime.now()
        sent = self.invitations.filtered(lambda i: i.state in ("sent", "bounced"))
        expired = self.invitations.filtered(lambda i: i.state == "expired")
        self.assertGreaterEqual(
            min(sent.mapped("expires_at")), now - timedelta(hours=1)
        )
        self.assertLess(max(expired.mapped("expires_at")), now)

    def test_who_was_not_asked_would_not_be_asked(self):
        """The reason on record is the reason the addon itself would give."""
        suppressed = self.invitations.filtered(lambda i: i.state == "suppressed")
        reasons = suppressed.grouped("suppression_reason")
        self.assertGreaterEqual(len(reasons), 6)
        reasons.pop("open_case", None)  # Most of these cases are closed by now.
        for reason, invitations in reasons.items():
            # Whoever has an open case now would not be asked for that first.
            others = invitations - invitations._those_with_open_case()
            for invitation in others[:10]:
                # A cool-down is over by now; what counts is the moment of the decision.
                decided_at = invitation.picked_at + timedelta(
                    hours=invitation.outcome_id.delay_hours
                )
                now = decided_at if reason == "cooldown" else fields.Datetime.now()
                with freeze_time(now):
                    self.assertEqual(invitation._suppression_reason_now(), reason)

    def test_nobody_was_asked_within_his_cool_down(self):
        company = self.invitations.company_id
        asked = self.invitations.filtered("asked_at").sorted("asked_at")
        for invitations in asked.grouped("email_normalized").values():
            for before, after in pairwise(invitations):
                since = after.asked_at - before.asked_at
                self.assertGreaterEqual(since.days, company.nps_cooldown_asked_days)
                if before.answered_at and before.answered_at <= after.asked_at:
                    since = after.asked_at - before.answered_at
                    self.assertGreaterEqual(
                        since.days, company.nps_cooldown_answered_days
                    )

    def test_an_invitation_keeps_what_picking_would_keep(self):
        on_tickets = self.invitations.filtered(
            lambda i: i.res_model == "helpdesk.ticket"
        )
        for invitation in on_tickets[::40]:
            expected = invitation._touchpoint()._nps_snapshot(invitation.user_id)
            # These depend on the moment at which it was picked, or are drawn by lot.
            for name in ("lang", "was_late", "hours_open", *DRAWN):
                expected.pop(name, None)
            kept = invitation.read(list(expected), load=None)[0]
            self.assertEqual({name: kept[name] for name in expected}, expected)

    def test_the_hours_of_an_invitation_are_those_of_its_ticket(self):
        on_tickets = self.invitations.filtered(
            lambda i: i.res_model == "helpdesk.ticket"
        )
        for invitation in on_tickets[::40]:
            open_for = invitation.picked_at - invitation._touchpoint().create_date
            self.assertAlmostEqual(
                invitation.hours_open, open_for / timedelta(hours=1), places=2
            )

    def test_categories_fit_the_scores(self):
        found = self.env["nps.response"]._read_group(
            [("id", "in", self.responses.ids)], ["metric", "score", "category"]
        )
        for metric, score, category in found:
            self.assertEqual(category, metrics.category(metric, score))

    def test_last_scores_are_what_the_addon_computes(self):
        partners = self.invitations.partner_id | self.invitations.commercial_partner_id
        tickets = self.env["helpdesk.ticket"].search(
            [("team_id", "in", self.teams.ids)]
        )
        names = ["nps_score", "nps_category", "nps_metric", "nps_answered_at"]
        for records in (partners[::12], tickets[::25]):
            before = records.read(names)
            records._nps_refresh_score()
            self.assertEqual(records.read(names), before)
            self.assertTrue(any(row["nps_category"] for row in before))

    # === IT TELLS A STORY === #

    def test_every_score_is_given(self):
        nps = self.responses.filtered(lambda r: r.metric == "nps")
        self.assertEqual(set(nps.mapped("score")), set(range(11)))
        self.assertEqual(set(self.responses.mapped("metric")), {"nps", "ces", "csat"})

    def test_the_answers_reach_until_today(self):
        newest = max(self.responses.mapped("submitted_at"))
        self.assertGreater(newest, fields.Datetime.now() - timedelta(days=1))

    def test_comments_come_in_at_least_three_languages(self):
        commented = self.responses.filtered("comment")
        languages = {response.lang[:2] for response in commented}
        self.assertGreaterEqual(len(languages), 3)
        self.assertAlmostEqual(len(commented) / len(self.responses), 0.45, delta=0.05)

    def test_departments_differ_and_the_whole_is_fair(self):
        mine = ("user_id", "in", self.invitations.user_id.ids)
        self.assertAlmostEqual(self._nps_of(mine), 30, delta=10)
        scores = [
            self._nps_of(mine, ("department_id", "=", department.id))
            for department in self.invitations.department_id
        ]
        self.assertEqual(len(scores), len(TEAMS))
        self.assertGreater(max(scores) - min(scores), 25)

    def test_one_department_got_worse_in_the_last_quarter(self):
        department = self.env.ref(f"nps.demo_department_{WORSE}")
        quarter = fields.Datetime.now() - timedelta(days=simulation.QUARTER)
        mine = ("department_id", "=", department.id)
        before = self._nps_of(mine, ("picked_at", "<", quarter))
        lately = self._nps_of(mine, ("picked_at", ">=", quarter))
        self.assertLess(lately, before - 15)

    def test_some_customers_are_held_back_with_a_reason(self):
        held = self.invitations.filtered(lambda i: i._is_held_back_by_agent())
        self.assertGreaterEqual(len(set(held.mapped("suppression_reason"))), 3)
        self.assertAlmostEqual(len(held) / len(self.invitations), 0.03, delta=0.01)

    def test_the_audit_finds_the_agent_who_picks_his_customers(self):
        head = self.env["res.users"].search([("login", "=", "helena")])
        lines = self.env["nps.ask.audit"].with_user(head).create({}).line_ids
        self.assertEqual(lines[0].user_id.login, "ben")
        self.assertTrue(lines[0].marked)
        self.assertGreaterEqual(len(lines), len(AGENTS))

    def test_agents_guess_too_high_too_low_and_right(self):
        head = self.env["res.users"].search([("login", "=", "helena")])
        rows = self.env["nps.guess.report"].with_user(head).search([])
        gaps = {row.user_id.login: row for row in rows if row.metric == "nps"}
        self.assertGreater(gaps["tom"].gap_low, 0)
        self.assertLess(gaps["carla"].gap_high, 0)
        self.assertLess(abs(gaps["sofia"].mean_gap), 0.6)

    # === THE SIMULATION ALONE === #

    def test_who_holds_back_evenly_is_not_marked(self):
        since = NOON - timedelta(days=90)
        courses = {}
        for interaction in simulation.Simulation(NOON).interactions():
            if interaction.picked_at > since and interaction.outcome != "callback":
                rows = courses.setdefault(interaction.agent.login, [])
                rows.append(course(interaction))
        marked = {a for a, result in audit.audit(courses).items() if result.marked}
        self.assertEqual(marked, {"ben"})

    def test_the_same_seed_and_moment_give_the_same_year(self):
        first, second = (simulation.Simulation(NOON) for _index in range(2))
        self.assertEqual(first.customers, second.customers)
        self.assertEqual(first.interactions(), second.interactions())

    def test_another_seed_gives_another_year(self):
        first = simulation.Simulation(NOON, seed=1).customers
        second = simulation.Simulation(NOON, seed=2).customers
        self.assertNotEqual(first, second)

    def test_the_year_ends_now_on_any_day_and_hour(self):
        for now in (NOON, SUNDAY_NIGHT, MONDAY_MORNING):
            year = simulation.Simulation(now, "Europe/Brussels").interactions()
            newest = max(a.submitted_at for i in year for a in i.answers)
            self.assertLess(newest, now)
            self.assertGreater(newest, now - timedelta(days=1))
            self.assertLess(max(i.sent_at or i.picked_at for i in year), now)

    def test_longer_waits_go_with_lower_scores(self):
        year = simulation.Simulation(NOON).interactions()
        answered = [i for i in year if i.answers and i.answers[-1].metric == "nps"]
        answered.sort(key=lambda interaction: interaction.waited)
        quarter = len(answered) // 4
        shortest = [i.answers[-1] for i in answered[:quarter]]
        longest = [i.answers[-1] for i in answered[-quarter:]]
        self.assertGreater(net_score(shortest), net_score(longest) + 15)

    def test_agents_guess_better_than_chance(self):
        year = simulation.Simulation(NOON).interactions()
        guessed = [i for i in year if i.guess is not None and i.answers]
        near = [i for i in guessed if abs(i.guess - i.answers[-1].score) <= 1]
        self.assertGreater(len(near), len(guessed) / 2)

    def test_the_examples_in_the_docstrings_are_true(self):
        for module in (simulation, answers):
            self.assertFalse(doctest.testmod(module).failed, module.__name__)
