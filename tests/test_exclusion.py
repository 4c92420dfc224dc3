import re
from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import NpsPageCommon
from .test_dispute import DisputeCase


@tagged("post_install", "-at_install")
class TestExclusion(DisputeCase):
    """An analyst decides that an answer does not count, or counts again."""

    def exclude(self, user=None, reason="wrong_person", words="His son answered"):
        self.response.with_user(user or self.analyst).action_exclude(reason, words)

    def test_an_excluded_answer_stays_with_reason_words_and_decider(self):
        self.exclude()
        response = self.response
        self.assertEqual((response.state, response.score), ("excluded", 2))
        self.assertEqual(response.excluded_reason, "wrong_person")
        self.assertEqual(response.excluded_words, "His son answered")
        self.assertEqual(response.decided_by_id, self.analyst)
        self.assertTrue(response.decided_at)

    def test_the_agent_reads_who_excluded_it_and_why(self):
        self.exclude()
        text = self.response.with_user(self.agent).decision_text
        self.assertIn(self.analyst.name, text)
        self.assertIn("Wrong person", text)

    def test_it_is_logged_on_the_invitation(self):
        self.exclude()
        body = self.invitation.message_ids[0].body
        self.assertIn("excluded the answer 2", body)
        self.assertIn("His son answered", body)

    def test_the_last_score_before_is_the_last_score_again(self):
        with freeze_time(fields.Datetime.now() - timedelta(days=3)):
            self.answer(self.pick(), 8)
        self.exclude()
        self.assertEqual(self.customer.nps_score, 8)
        self.assertFalse(self.invitation._touchpoint().nps_category)

    def test_the_customer_did_answer_and_is_not_asked_again(self):
        answered_at = self.invitation.answered_at
        self.exclude()
        self.assertEqual(self.invitation.state, "answered")
        self.assertEqual(self.invitation.answered_at, answered_at)
        self.company.nps_cooldown_answered_days = 30
        self.assertEqual(self.pick().suppression_reason, "cooldown")

    def test_the_note_on_the_ticket_says_that_it_does_not_count(self):
        ticket = self.invitation._touchpoint()
        self.response._echo()
        self.assertNotIn("not counted", ticket.message_ids[0].body)
        self.exclude()
        self.assertIn("not counted", ticket.message_ids[0].body)
        self.response.with_user(self.analyst).action_readmit()
        self.assertNotIn("not counted", ticket.message_ids[0].body)

    def test_only_analysts_exclude_and_count_again(self):
        for user in (self.agent, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(AccessError, "Only an analyst"):
                    self.exclude(user)
        self.exclude()
        for user in (self.agent, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(AccessError, "Only an analyst"):
                    self.response.with_user(user).action_readmit()

    def test_nobody_decides_about_his_own_answers(self):
        both, own = self.make_analyst_agent()
        with self.assertRaisesRegex(AccessError, "his own answers"):
            own.with_user(both).action_exclude("test", "x")
        own.with_user(self.analyst).action_exclude("test", "x")
        with self.assertRaisesRegex(AccessError, "his own answers"):
            own.with_user(both).action_readmit()

    def test_nobody_chooses_among_his_own_suspect_answers(self):
        both, own = self.make_analyst_agent()
        own._suspect(10, "", None)
        best = own.invitation_id.response_ids - own
        with self.assertRaisesRegex(AccessError, "his own answers"):
            best.with_user(both).action_accept()

    def test_it_takes_a_known_reason_and_words(self):
        for reason, words in (("x", "y"), (False, "y"), ("test", " "), ("test", None)):
            with self.subTest(reason=reason, words=words):
                with self.assertRaises(UserError):
                    self.exclude(reason=reason, words=words)
        self.assertEqual(self.response.state, "counted")

    def test_what_does_not_count_cannot_be_excluded(self):
        self.exclude()
        with self.assertRaisesRegex(UserError, "nothing to exclude"):
            self.exclude()

    def test_counting_again_restores_everything_and_is_logged(self):
        self.exclude()
        self.response.with_user(self.second).action_readmit()
        response = self.response
        self.assertEqual((response.state, response.decision_text), ("counted", ""))
        self.assertFalse(response.excluded_reason or response.excluded_words)
        self.assertEqual(response.decided_by_id, self.second)
        self.assertEqual(self.customer.nps_score, 2)
        self.assertIn("counts the answer 2 again", self.invitation.message_ids[0].body)

    def test_only_what_is_excluded_is_counted_again(self):
        with self.assertRaisesRegex(UserError, "Only an excluded answer"):
            self.response.with_user(self.analyst).action_readmit()

    def test_whoever_contested_it_learns_that_it_counts_again(self):
        dispute = self.contest()
        dispute.with_user(self.analyst).action_accept()
        self.response.with_user(self.second).action_readmit()
        self.assertEqual(dispute.state, "accepted")
        self.assertIn("again", self.told(self.agent, dispute)[0].body)

    def test_what_is_excluded_is_not_quoted(self):
        self.response.quote_consent_at = fields.Datetime.now()
        self.assertTrue(self.response._may_be_quoted())
        self.exclude()
        self.assertFalse(self.response._may_be_quoted())

    def test_the_filters_of_the_list_find_what_they_say(self):
        views = self.env["nps.response"].get_views([(False, "search")])
        search = html.fromstring(views["views"]["search"]["arch"])
        found = {
            name: safe_eval(search.xpath(f"//filter[@name='{name}']/@domain")[0])
            for name in ("contested", "excluded")
        }
        responses = self.env["nps.response"].with_user(self.agent)
        for name, act in (("contested", self.contest), ("excluded", self.exclude)):
            with self.subTest(filter=name):
                self.assertFalse(responses.search(found[name]))
                act()
                self.assertEqual(responses.search(found[name]), self.response)

    def test_several_are_excluded_at_once(self):
        other = self.answer(self.pick(), 1)
        dialog = (
            self.env["nps.response.exclude"]
            .with_user(self.analyst)
            .with_context(active_ids=(self.response | other).ids)
            .create({"reason": "test", "words": "Our own test"})
        )
        self.assertIn("2 answers", dialog.summary)
        dialog.action_confirm()
        self.assertEqual(set((self.response | other).mapped("state")), {"excluded"})

    def test_beside_an_excluded_answer_no_suspect_one_is_accepted(self):
        self.response._suspect(9, "", None)
        other = self.invitation.response_ids - self.response
        self.response.with_user(self.analyst).action_accept()
        self.exclude()
        with self.assertRaisesRegex(UserError, "said meanwhile"):
            other.with_user(self.analyst).action_accept()


@tagged("post_install", "-at_install")
class TestCaseOfExcluded(DisputeCase):
    """What does not count needs nobody to follow it up."""

    def check_cases(self):
        """Look at the cases as the cron does, if it was told to; return their state."""
        self.assertTrue(self.invitation.case_check_at, "the cron was told to look")
        self.invitation._check_case_safely()
        return self.invitation.case_ids.state

    def test_the_case_of_an_excluded_answer_closes_and_comes_back_with_it(self):
        self.assertEqual(self.check_cases(), "new")
        self.contest().with_user(self.analyst).action_accept()
        self.assertEqual(self.check_cases(), "withdrawn")
        self.response.with_user(self.analyst).action_readmit()
        self.assertEqual(self.check_cases(), "new")

    def test_an_answer_that_is_excluded_at_once_makes_no_case(self):
        self.contest().with_user(self.analyst).action_accept()
        self.assertFalse(self.check_cases())


@tagged("post_install", "-at_install")
class TestPageOfExcluded(NpsPageCommon):
    """For the customer nothing has changed, and he gets around nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")

    def exclude(self):
        self.env.invalidate_all()
        response = self.invitation._counted_response().with_user(self.analyst)
        response.action_exclude("abusive", "Insults")
        self.env.flush_all()
        return response.sudo()

    def text_of(self, page):
        """Return a page without the note that is new on each."""
        return re.sub(r'name="page" value="[^"]*"', "", page.text)

    def test_every_page_is_the_same_as_before(self):
        self.answer_page(2)
        paths = ("", "?s=2", "?s=9", "?step=more", "?step=thanks")
        before = [self.text_of(self.get(path)) for path in paths]
        self.exclude()
        after = [self.text_of(self.get(path)) for path in paths]
        self.assertEqual(after, before)
        self.assertIn("Your answer: <strong>2</strong>", after[0])

    def test_after_the_window_too_every_page_is_the_same(self):
        self.answer_page(2)
        self.invitation.answered_at = fields.Datetime.now() - timedelta(days=9)
        before = [self.text_of(self.get(path)) for path in ("", "?s=9")]
        self.exclude()
        self.assertEqual([self.text_of(self.get(p)) for p in ("", "?s=9")], before)

    def test_his_link_stores_no_answer_that_counts(self):
        self.answer_page(2)
        self.exclude()
        for score in (2, 9, 10):
            self.send(self.get(f"?s={score}"))
        self.assertEqual(self.states(), {2: "excluded"})

    def test_a_form_of_before_the_answer_stores_none_either(self):
        old_page = self.get("?s=9")
        self.answer_page(2)
        self.exclude()
        self.assertIn("Change it to 9?", self.send(old_page).text)
        self.assertEqual(self.states(), {2: "excluded"})

    def test_a_correction_is_kept_and_excluded_like_what_it_replaces(self):
        self.answer_page(2)
        self.exclude()
        answer = self.send(self.get("?s=9"), change="1")
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self.states(), {2: "superseded", 9: "excluded"})
        corrected = self.invitation._given_response()
        self.assertEqual(corrected.excluded_reason, "abusive")
        self.assertEqual(corrected.excluded_words, "Insults")
        self.assertEqual(corrected.decided_by_id, self.analyst)
        self.assertFalse(self.customer.nps_category)
        self.assertIn("Your answer: <strong>9</strong>", self.get().text)

    def test_who_excluded_it_learns_of_the_correction(self):
        self.answer_page(2)
        self.exclude()
        self.send(self.get("?s=9"), change="1")
        self.env.invalidate_all()
        told = self.env["mail.message"].search(
            [("notified_partner_ids", "in", self.analyst.partner_id.ids)]
        )
        self.assertEqual(told.res_id, self.invitation.id)
        for message in (told, self.invitation.message_ids[0]):
            self.assertIn("from 2 to 9", message.body)

    def test_a_correction_can_be_counted_again(self):
        self.answer_page(2)
        self.exclude()
        self.send(self.get("?s=9"), change="1")
        self.env.invalidate_all()
        corrected = self.invitation._given_response()
        corrected.with_user(self.analyst).action_readmit()
        self.assertEqual(self.states(), {2: "superseded", 9: "counted"})
        self.assertEqual(self.customer.nps_score, 9)

    def test_words_are_kept_with_the_excluded_answer(self):
        self.answer_page(2)
        response = self.exclude()
        self.send(self.get(), comment="I was angry")
        self.env.invalidate_all()
        self.assertEqual(response.comment, "I was angry")
        self.assertEqual(self.states(), {2: "excluded"})

    def test_the_window_to_correct_is_the_same(self):
        self.answer_page(2)
        change = self.get("?s=9")
        self.exclude()
        self.invitation.answered_at = fields.Datetime.now() - timedelta(days=9)
        self.assertIn("time to change it is over", self.send(change, change="1").text)
        self.assertEqual(self.states(), {2: "excluded"})

    def test_a_scanner_makes_no_excluded_answer_suspect(self):
        pages = [self.get(f"?s={score}") for score in (2, 9)]
        self.send(pages[0])
        self.exclude()
        self.send(pages[1])
        self.assertEqual(self.states(), {2: "excluded"})

    def test_consent_to_be_quoted_can_still_be_withdrawn(self):
        self.answer_page(10)
        self.env.invalidate_all()
        self.invitation._counted_response().write(
            {"quote_consent_text": "Yes", "quote_consent_at": fields.Datetime.now()}
        )
        response = self.exclude()
        self.post("/withdraw", lang="en_US")
        self.env.invalidate_all()
        self.assertTrue(response.quote_withdrawn_at)

    def test_counted_again_it_is_corrected_as_any_answer(self):
        self.answer_page(2)
        self.exclude().with_user(self.analyst).action_readmit()
        self.env.flush_all()
        self.send(self.get("?s=9"), change="1")
        self.assertEqual(self.states(), {2: "superseded", 9: "counted"})
