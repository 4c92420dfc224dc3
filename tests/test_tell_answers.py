import json
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import html2plaintext, mute_logger

from ..models.nps_response_agent import ANSWERED
from .common_subscription import SubscriptionCase

MANAGER = "nps.nps_group_team_manager,helpdesk_mgmt.group_helpdesk_user"


@tagged("post_install", "-at_install")
class TestTellAnswers(SubscriptionCase):
    """When an agent hears of answers to his own work: at once, once a day or never."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent.tz = "Europe/Berlin"

    def choose(self, choice, user=None):
        """Let a user choose in his preferences, with no rights but his own."""
        user = user or self.agent
        user.with_user(user).write({"nps_tell_answers": choice})

    def notices(self):
        """Echo what came; return [(user, notice)] of what popped up since."""
        self._reset_bus()
        self.run_cron("echo")
        found_sudo = self.env["bus.bus"].sudo().search([("message", "like", ANSWERED)])
        notices = []
        for record in found_sudo:
            _db, model, partner_id = json.loads(record.channel)
            partner = self.env[model].browse(partner_id)
            notices.append((partner.user_ids, json.loads(record.message)["payload"]))
        return notices

    def own(self, user=None):
        """Return the daily message of a user, also when it is switched off."""
        return (
            self.env["nps.subscription"]
            .with_context(active_test=False)
            .search([("user_id", "=", (user or self.agent).id)])
        )

    def send_daily(self, moment="2026-03-07 07:00:30"):
        self.at(moment)
        self.run_cron("subscription_regular")

    def text(self, user=None):
        """Return the plain text of the only mail of a user's day."""
        [mail] = self.mails(user or self.agent)
        return html2plaintext(mail.body_html, include_references=False)

    # === AT ONCE === #

    def test_at_once_is_what_a_company_begins_with(self):
        self.assertEqual(self.company.nps_tell_answers, "at_once")
        self.assertEqual(self.agent._nps_tells_answers(), "at_once")

    def test_at_once_his_screen_says_score_category_customer_and_words(self):
        response = self.answer_of(9, comment="Quick and kind")
        [(user, notice)] = self.notices()
        self.assertEqual(user, self.agent)
        self.assertEqual(notice["response_id"], response.id)
        self.assertEqual(notice["title"], "New answer: 9 of 10 (Promoter)")
        self.assertEqual(notice["message"], "Carla Customer: “Quick and kind”")

    def test_long_words_are_shortened(self):
        self.answer_of(9, comment="word " * 200)
        [(_user, notice)] = self.notices()
        self.assertLess(len(notice["message"]), 200)
        self.assertTrue(notice["message"].endswith("…”"))

    def test_it_speaks_the_words_of_the_metric(self):
        self.outcome.survey_id = self.make_survey("ces")
        self.answer_of(2)
        [(_user, notice)] = self.notices()
        self.assertEqual(notice["title"], "New answer: 2 of 7 (Difficult)")

    def test_a_correction_says_that_it_is_one(self):
        first = self.answer_of(9)
        self.notices()
        self.answer(first.invitation_id, 2, change=True)
        [(_user, notice)] = self.notices()
        self.assertEqual(notice["title"], "Corrected answer: 2 of 10 (Detractor)")

    def test_words_that_follow_are_told_under_the_same_answer(self):
        response = self.answer_of(9)
        self.notices()
        self.answer(response.invitation_id, 9, comment="Quick")
        [(_user, notice)] = self.notices()
        self.assertEqual(notice["response_id"], response.id)
        self.assertIn("Quick", notice["message"])

    def test_nobody_hears_of_a_colleagues_answers(self):
        colleague = self.make_agent("colleague", self.phone)
        manager = self.make_agent("chief", self.support, groups=MANAGER)
        self.support.manager_id = manager.employee_id
        self.answer_of(9, agent=colleague)
        self.assertEqual([user for user, _notice in self.notices()], [colleague])

    def test_a_suspect_answer_tells_nobody(self):
        response = self.answer_of(9)
        response._suspect(0, "", None)
        self.assertEqual(self.notices(), [])

    def test_an_excluded_answer_tells_nobody(self):
        response = self.answer_of(9)
        response.with_user(self.reader).action_exclude("test", "Our own trial")
        response._schedule_echo()
        self.assertEqual(self.notices(), [])

    def test_an_archived_agent_is_told_nothing(self):
        self.answer_of(9)
        self.agent.active = False
        self.assertEqual(self.notices(), [])

    def test_who_is_no_agent_any_more_is_told_nothing(self):
        self.answer_of(9)
        self.agent.group_ids -= self.env.ref("nps.nps_group_user")
        self.assertEqual(self.notices(), [])

    # === CHOICES === #

    def test_an_agent_chooses_for_himself_in_his_preferences(self):
        self.choose("never")
        self.answer_of(9)
        self.assertEqual(self.notices(), [])
        self.assertFalse(self.own())

    def test_an_agent_chooses_for_nobody_else(self):
        with self.assertRaises(AccessError):
            self.reader.with_user(self.agent).nps_tell_answers = "never"

    def test_without_a_choice_the_companys_holds(self):
        self.company.nps_tell_answers = "never"
        self.answer_of(9)
        self.assertEqual(self.notices(), [])

    def test_his_choice_goes_before_the_companys(self):
        self.company.nps_tell_answers = "never"
        self.choose("at_once")
        self.answer_of(9)
        self.assertEqual(len(self.notices()), 1)

    # === ONCE A DAY === #

    def test_daily_is_one_message_and_no_notice(self):
        self.choose("daily")
        self.answer_of(9, comment="Quick and kind")
        self.answer_of(3, comment="Nobody called")
        self.assertEqual(self.notices(), [])
        self.send_daily()
        text = self.text()
        self.assertIn("Quick and kind", text)
        self.assertIn("Nobody called", text)
        self.assertLess(text.index("Quick and kind"), text.index("Nobody called"))

    def test_it_tells_how_many_answers_there_were_and_no_score_of_a_few(self):
        self.choose("daily")
        for score in (9, 9, 3):
            self.answer_of(score)
        self.send_daily()
        text = " ".join(self.text().replace("*", "").split())
        self.assertIn("3 answers: too few for a score", text)

    def test_it_comes_on_the_clock_of_the_agent(self):
        self.choose("daily")
        self.answer_of(9, comment="Quick")
        self.send_daily("2026-03-07 06:59:00")
        self.assertFalse(self.mails(self.agent))
        self.send_daily("2026-03-07 07:00:30")
        self.assertTrue(self.mails(self.agent))

    def test_a_day_without_answers_is_a_day_without_a_message(self):
        self.choose("daily")
        self.send_daily()
        self.assertFalse(self.mails(self.agent))
        self.assertFalse(self.in_odoo(self.agent))

    def test_there_is_at_most_one_a_day_beside_his_other_subscriptions(self):
        self.choose("daily")
        self.subscribe(self.agent, frequency="daily")
        self.answer_of(9, comment="Quick")
        self.send_daily()
        self.run_cron("subscription_regular")
        self.assertEqual(len(self.mails(self.agent)), 1)

    def test_a_manager_reads_of_his_own_work_alone(self):
        manager = self.make_reader("chief", groups=MANAGER)
        self.support.manager_id = manager.employee_id
        self.choose("daily", manager)
        self.answer_of(9, comment="about the agent")
        self.answer_of(8, agent=manager, comment="about the manager")
        self.send_daily()
        self.assertNotIn("about the agent", self.text(manager))
        self.assertIn("about the manager", self.text(manager))

    def test_what_does_not_count_is_not_in_it(self):
        self.choose("daily")
        bad = self.answer_of(0, comment="a trial")
        self.answer_of(9, comment="Quick")
        bad.with_user(self.reader).action_exclude("test", "Our own trial")
        self.send_daily()
        self.assertNotIn("a trial", self.text())

    def test_the_companys_daily_needs_no_choice_of_anybody(self):
        self.company.nps_tell_answers = "daily"
        self.answer_of(9, comment="Quick")
        self.assertEqual(self.notices(), [])
        self.send_daily()
        self.assertIn("Quick", self.text())

    def test_the_company_changes_its_mind_for_all_who_made_no_choice(self):
        self.company.nps_tell_answers = "daily"
        self.answer_of(9, comment="Quick")
        self.notices()
        self.company.nps_tell_answers = "never"
        self.send_daily()
        self.assertFalse(self.mails(self.agent))
        self.assertFalse(self.own().active)

    def test_an_answer_that_is_echoed_after_the_hour_is_in_the_next_message(self):
        self.company.nps_tell_answers = "daily"
        self.at("2026-03-07 06:30:00")
        self.answer_of(9, comment="Before eight")
        self.at("2026-03-07 08:00:00")
        self.notices()
        self.send_daily("2026-03-08 07:00:30")
        self.assertIn("Before eight", self.text())

    def test_who_prefers_notifications_in_odoo_gets_it_there(self):
        self.agent.notification_type = "inbox"
        self.choose("daily")
        self.answer_of(9, comment="Quick and kind")
        self.send_daily()
        self.assertFalse(self.mails(self.agent))
        self.assertIn("Quick and kind", self.in_odoo(self.agent)[-1].body)

    def test_who_has_no_address_finds_it_in_odoo(self):
        self.choose("daily")
        self.agent.email = False
        self.answer_of(9, comment="Quick and kind")
        self.send_daily()
        self.assertIn("Quick and kind", self.in_odoo(self.agent)[-1].body)

    def test_an_archived_agent_gets_no_message_of_the_day(self):
        self.choose("daily")
        self.answer_of(9)
        self.agent.active = False
        self.send_daily()
        self.assertFalse(self.mails(self.agent))
        self.assertEqual(self.own().stop_reason, "archived")

    @mute_logger("odoo.addons.nps.models.nps_subscription_regular")
    def test_a_failure_is_tried_again_and_loses_nothing(self):
        self.choose("daily")
        self.answer_of(9, comment="Quick and kind")
        broken = patch.object(
            type(self.env["nps.subscription"]), "_section", side_effect=ValueError
        )
        with broken:
            self.send_daily()
        self.assertFalse(self.mails(self.agent))
        self.send_daily("2026-03-07 09:00:00")
        self.assertIn("Quick and kind", self.text())

    # === CHANGING FROM ONE WAY TO ANOTHER === #

    def test_what_popped_up_is_not_in_the_message_of_the_day(self):
        self.answer_of(9, comment="Popped up")
        self.notices()
        self.after(hours=2)
        self.choose("daily")
        self.answer_of(8, comment="Came later")
        self.notices()
        self.send_daily()
        self.assertNotIn("Popped up", self.text())
        self.assertIn("Came later", self.text())

    def test_what_was_not_echoed_yet_is_in_the_message_of_the_day(self):
        self.answer_of(9, comment="Not echoed yet")
        self.after(minutes=1)
        self.choose("daily")
        self.assertEqual(self.notices(), [])
        self.send_daily()
        self.assertIn("Not echoed yet", self.text())

    def test_whoever_changes_to_at_once_gets_what_is_left_of_the_day(self):
        self.choose("daily")
        self.answer_of(9, comment="Left of the day")
        self.notices()
        self.after(hours=1)
        self.choose("at_once")
        self.answer_of(8, comment="Pops up")
        self.assertEqual(len(self.notices()), 1)
        self.run_cron("subscription_regular")
        self.assertIn("Left of the day", self.text())
        self.assertNotIn("Pops up", self.text())
        self.assertFalse(self.own().active)

    def test_the_company_changes_to_at_once_and_no_answer_is_lost_or_doubled(self):
        self.company.nps_tell_answers = "daily"
        self.answer_of(9, comment="Left of the day")
        self.notices()
        self.after(hours=1)
        self.company.nps_tell_answers = "at_once"
        self.answer_of(8, comment="Pops up")
        self.assertEqual(len(self.notices()), 1)
        self.send_daily()
        self.assertIn("Left of the day", self.text())
        self.assertNotIn("Pops up", self.text())
        self.assertFalse(self.own().active)

    def test_what_is_left_is_told_at_the_hour_when_no_answer_follows(self):
        self.company.nps_tell_answers = "daily"
        self.answer_of(9, comment="Left of the day")
        self.notices()
        self.company.nps_tell_answers = "at_once"
        self.send_daily()
        self.assertIn("Left of the day", self.text())
        self.assertFalse(self.own().active)

    def test_whoever_changes_his_mind_at_once_keeps_his_message(self):
        self.choose("daily")
        self.answer_of(9, comment="Left of the day")
        self.notices()
        self.choose("at_once")
        self.choose("daily")
        self.run_cron("subscription_regular")
        self.assertFalse(self.mails(self.agent))
        self.send_daily()
        self.assertIn("Left of the day", self.text())
        self.assertTrue(self.own().active)

    def test_who_wants_to_hear_nothing_any_more_gets_no_last_message(self):
        self.choose("daily")
        self.answer_of(9)
        self.notices()
        self.choose("never")
        self.run_cron("subscription_regular")
        self.assertFalse(self.mails(self.agent))

    # === SWITCHING IT OFF === #

    def test_whoever_chooses_another_way_gets_it_no_more(self):
        self.choose("daily")
        self.assertTrue(self.own().active)
        self.choose("at_once")
        self.run_cron("subscription_regular")
        self.assertFalse(self.own().active)
        self.assertFalse(self.mails(self.agent))
        self.choose("daily")
        self.assertEqual(len(self.own()), 1)
        self.assertTrue(self.own().active)

    def test_switching_it_off_among_his_subscriptions_means_never(self):
        self.choose("daily")
        self.own().with_user(self.agent).active = False
        self.assertEqual(self.agent.nps_tell_answers, "never")
        self.own().with_user(self.agent).active = True
        self.assertEqual(self.agent.nps_tell_answers, "daily")

    def test_deleting_it_means_never(self):
        self.company.nps_tell_answers = "daily"
        self.answer_of(9)
        self.notices()
        self.own().with_user(self.agent).unlink()
        self.answer_of(9)
        self.notices()
        self.assertFalse(self.own())
        self.assertEqual(self.agent._nps_tells_answers(), "never")

    def test_the_link_in_the_mail_means_never(self):
        self.choose("daily")
        self.own()._stop("unsubscribed")
        self.answer_of(9)
        self.notices()
        self.assertEqual(self.agent.nps_tell_answers, "never")
        self.assertFalse(self.own().active)

    def test_other_subscriptions_leave_his_preference_alone(self):
        other = self.subscribe(self.agent, frequency="daily")
        other.with_user(self.agent).active = False
        other.with_user(self.agent).unlink()
        self.assertFalse(self.agent.nps_tell_answers)

    # === WORDS === #

    def test_its_name_says_that_it_is_about_his_own_work(self):
        self.choose("daily")
        self.assertEqual(self.own().name, "Answers to my own work, daily")

    def test_a_narrowed_one_says_about_what(self):
        own = self.subscribe(self.agent, is_own=True, only_commented=True)
        name = "All answers with words, only to my own work, at once"
        self.assertEqual(own.name, name)
