from datetime import timedelta

from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools import robots
from .common import NpsPageCommon


@tagged("post_install", "-at_install")
class TestPageNote(NpsPageCommon):
    """A form counts only when a page of ours was open long enough to be read."""

    def form(self, **typed):
        return {**self.after_reading(self.form_of(self.get("?s=9"))), **typed}

    def assert_one_more_press(self, form):
        """The page comes again with what was typed; sending that stores the answer."""
        page = self.post(**form)
        self.assertEqual(page.status_code, 422)
        self.assertIn("press the button once more", page.text)
        self.assertFalse(self.states())
        again = self.form_of(page)
        self.assertEqual((again["score"], again["comment"]), ("9", "my words"))
        self.assertFalse(again.get("leave_empty"))
        self.assertEqual(self.post(**self.after_reading(again)).status_code, 303)
        self.assertEqual(self.counted().comment, "my words")

    def test_a_form_without_the_note_costs_one_more_press(self):
        self.assert_one_more_press({"score": "9", "comment": "my words"})

    def test_a_forged_note_costs_one_more_press(self):
        for forged in ("x", "é", "AA", "A" * 5000, "[1]"):
            with self.subTest(forged=forged[:9]):
                page = self.post(**self.form(page=forged))
                self.assertEqual(page.status_code, 422)
        self.assert_one_more_press(self.form(page="\0", comment="my words"))

    def test_an_altered_note_costs_one_more_press(self):
        form = self.form(comment="my words")
        self.assert_one_more_press({**form, "page": form["page"][:-4] + "AAAA"})

    def test_the_note_of_another_invitation_costs_one_more_press(self):
        other = self.pick()._sign_page(robots.ASK, self.now() - 9)
        self.assert_one_more_press(self.form(page=other, comment="my words"))

    def test_the_note_of_the_opt_out_page_is_none_for_the_survey(self):
        other = self.invitation._sign_page(robots.OPT_OUT, self.now() - 9)
        self.assert_one_more_press(self.form(page=other, comment="my words"))

    def test_a_form_sent_at_once_costs_one_more_press(self):
        form = {**self.form_of(self.get("?s=9")), "comment": "my words"}
        self.assert_one_more_press(form)

    def test_who_was_too_fast_does_not_wait_anew(self):
        form = self.form_of(self.get("?s=9"))
        first = self.invitation._read_page(form["page"])
        again = self.form_of(self.post(**form))
        self.assertEqual(
            self.invitation._read_page(again["page"]).made_at, first.made_at
        )

    def test_a_page_from_before_the_clock_was_set_back_costs_one_more_press(self):
        form = self.form_of(self.get("?s=9"))
        self.assert_one_more_press(
            {**self.after_reading(form, -2 * 3600), "comment": "my words"}
        )

    def test_a_tab_of_last_week_costs_one_more_press(self):
        form = self.form_of(self.get("?s=9"))
        week = 7 * 24 * 3600
        self.assert_one_more_press(
            {**self.after_reading(form, week), "comment": "my words"}
        )

    def test_a_tab_of_this_morning_counts(self):
        form = self.after_reading(self.form_of(self.get("?s=9")), 8 * 3600)
        self.assertEqual(self.post(**form).status_code, 303)

    def test_the_field_that_nobody_sees_costs_one_more_press(self):
        self.assert_one_more_press(self.form(leave_empty="x", comment="my words"))

    def test_nobody_sees_the_trap(self):
        document = html.fromstring(self.get().content)
        [trap] = document.xpath("//input[@name='leave_empty']")
        self.assertEqual(trap.get("tabindex"), "-1")
        self.assertTrue(trap.xpath("ancestor::*[@aria-hidden='true']"))

    def test_two_pages_have_two_notes(self):
        pages = {
            self.invitation._read_page(self.form_of(self.get())["page"]).page_id
            for _index in range(2)
        }
        self.assertEqual(len(pages), 2)

    def test_everything_typed_after_the_score_comes_again(self):
        self.answer_page(2)
        reason = self.env.ref("nps.nps_reason_not_solved")
        driver = self.env.ref("nps.nps_driver_person")
        form = self.form_of(self.get())
        typed = {"reason": str(reason.id), f"driver_{driver.id}": "4", "contact": "1"}
        page = self.post(**{**form, **typed, "comment": "my words", "page": "x"})
        again = self.form_of(page)
        self.assertEqual(
            {name: again[name] for name in ("comment", *typed)},
            {"comment": "my words", **typed},
        )


@tagged("post_install", "-at_install")
class TestReplay(NpsPageCommon):
    """What mail scanners do, as seen in the logs of others."""

    def test_a_replay_of_the_customers_form_changes_nothing(self):
        form = self.after_reading(self.form_of(self.get("?s=9")))
        self.post(**form, comment="Quick")
        for _index in range(3):
            self.post(**form, comment="Quick")
        self.assertEqual(self.states(), {9: "counted"})
        self.assertEqual(self.counted().comment, "Quick")

    def test_a_scanner_that_opens_and_sends_after_the_customer_changes_nothing(self):
        self.answer_page(5)
        for score in (5, 1, 10, 0):
            self.send(self.get(f"?s={score}"))
        self.assertEqual(self.states(), {5: "counted"})

    def test_a_scanner_that_also_sends_the_page_it_gets_back_changes_nothing(self):
        self.answer_page(5)
        self.send(self.send(self.get("?s=1")))
        self.assertEqual(self.states(), {5: "counted"})

    def test_the_first_button_changes_nothing(self):
        self.answer_page(5)
        document = html.fromstring(self.get("?s=1").content)
        [form] = document.forms
        self.assertEqual(form.xpath(".//button/@name"), ["keep", "change"])

    def test_a_change_needs_a_page_that_knows_the_answer(self):
        before = self.after_reading(self.form_of(self.get("?s=1")))
        self.answer_page(5)
        self.invitation._counted_response().submitted_at -= timedelta(minutes=3)
        self.post(**before, change="1")
        self.assertEqual(self.states(), {5: "counted"})


@tagged("post_install", "-at_install")
class TestSuspect(NpsPageCommon):
    """A program that sends several forms at once gives itself away."""

    def open_and_send(self, *scores):
        """Open the links of all scores, then send all their forms."""
        pages = [self.get(f"?s={score}") for score in scores]
        return [self.send(page) for page in pages]

    def test_different_scores_from_different_pages_count_nowhere(self):
        self.open_and_send(3, 9, 10)
        self.assertEqual(self.states(), dict.fromkeys((3, 9, 10), "suspect"))
        self.assertFalse(self.customer.nps_category)
        [(answers,)] = self.env["nps.report"]._read_group(
            [("invitation_id", "=", self.invitation.id)], [], ["answered:sum"]
        )
        self.assertEqual(answers, 0)

    def test_the_question_is_open_again(self):
        self.open_and_send(3, 9)
        self.env.invalidate_all()
        self.assertEqual(self.invitation.state, "sent")
        self.assertFalse(self.invitation.answered_at)

    def test_the_last_score_before_is_the_last_score_again(self):
        self.answer(self.pick(), 7)
        self.open_and_send(3, 9)
        self.env.invalidate_all()
        self.assertEqual(self.customer.nps_score, 7)

    def test_the_reason_is_in_plain_words(self):
        self.open_and_send(3, 9)
        response = self.invitation.response_ids[:1]
        labels = dict(
            response._fields["suspect_reason"]._description_selection(self.env)
        )
        self.assertIn("within two minutes", labels[response.suspect_reason])

    def test_the_same_score_from_different_pages_counts(self):
        self.open_and_send(9, 9)
        self.assertEqual(self.states(), {9: "counted"})

    def test_a_person_who_goes_back_on_the_same_page_is_asked(self):
        form = self.after_reading(self.form_of(self.get("?s=9")))
        self.post(**form)
        page = self.post(**{**form, "score": "1"})
        self.assertIn("Change it to 1?", page.text)
        self.assertEqual(self.states(), {9: "counted"})

    def test_after_two_minutes_another_score_is_a_correction(self):
        old_page = self.get("?s=1")
        self.answer_page(9)
        self.counted().submitted_at -= timedelta(seconds=121)
        self.env.flush_all()
        self.assertIn("Change it to 1?", self.send(old_page).text)
        self.assertEqual(self.states(), {9: "counted"})

    def test_the_customer_is_asked_which_answer_is_his(self):
        page = self.open_and_send(3, 9)[-1]
        self.assertIn(
            "Which answer is yours?", self.url_open(page.headers["Location"]).text
        )

    def test_his_own_second_step_lifts_it(self):
        self.open_and_send(3, 9)
        self.send(self.get(), score="8", change="1")
        self.assertEqual(
            self.states(), {3: "superseded", 9: "superseded", 8: "counted"}
        )
        self.assertEqual(self.customer.nps_score, 8)

    def test_what_he_confirmed_is_not_doubted_again(self):
        late = self.get("?s=1")
        self.open_and_send(3, 9)
        self.send(self.get(), score="8", change="1")
        self.send(late)
        self.assertEqual(self.counted().score, 8)

    def test_words_on_a_suspect_answer_are_kept(self):
        self.open_and_send(3, 9)
        self.send(self.get(), score="9", comment="My words")
        words = self.invitation.response_ids.mapped("comment")
        self.assertIn("My words", words)

    # === AN ANALYST DECIDES === #

    def accept(self, score, groups):
        self.open_and_send(3, 9)
        self.env.invalidate_all()
        user = self.make_agent("decider", groups=groups)
        response = self.invitation.response_ids.filtered(lambda r: r.score == score)
        response.with_user(user).action_accept()
        return response

    def test_an_analyst_may_accept_one_and_it_is_logged(self):
        response = self.accept(9, "nps.nps_group_analyst")
        self.assertEqual(self.states(), {3: "suspect", 9: "counted"})
        self.assertEqual(self.invitation.state, "answered")
        self.assertEqual(self.customer.nps_score, 9)
        self.assertEqual(response.decided_by_id.login, "decider")
        self.assertIn("accepted", self.invitation.message_ids[0].body)

    def test_a_manager_may_not_accept(self):
        with self.assertRaisesRegex(AccessError, "Only an analyst"):
            self.accept(9, "nps.nps_group_team_manager")

    def test_only_one_is_accepted(self):
        response = self.accept(9, "nps.nps_group_analyst")
        other = self.invitation.response_ids - response
        with self.assertRaisesRegex(UserError, "said meanwhile"):
            other.with_user(response.decided_by_id).action_accept()

    def test_what_is_not_suspect_cannot_be_accepted(self):
        analyst = self.make_agent("decider", groups="nps.nps_group_analyst")
        self.answer_page(9)
        with self.assertRaisesRegex(UserError, "Only a suspect answer"):
            self.counted().with_user(analyst).action_accept()
