from lxml import html

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NpsMailCommon, NpsPageCommon


@tagged("post_install", "-at_install")
class TestOptOut(NpsMailCommon):
    def opt_out(self, invitation=None, **values):
        (invitation or self.pick())._opt_out(**values)

    def reason(self, **values):
        return self.pick(**values).suppression_reason

    def test_who_opted_out_is_not_asked_any_more(self):
        self.opt_out()
        invitation = self.pick()
        self.assertEqual(invitation.suppression_reason, "opted_out")
        self.assertIn("does not want to be asked", invitation.state_text)

    def test_who_opts_out_while_a_mail_waits_does_not_get_it(self):
        waiting = self.pick()
        self.opt_out(self.pick())
        with self.mail_server():
            self.run_send_cron()
        self.assertFalse(self._mails)
        self.assertEqual(waiting.suppression_reason, "opted_out")

    def test_it_holds_for_a_second_contact_with_the_same_address(self):
        self.opt_out()
        twin = self.make_customer("Twin", "CARLA@bluesky.example")
        self.assertEqual(self.reason(record=twin), "opted_out")

    def test_it_holds_for_the_same_contact_with_a_new_address(self):
        self.opt_out()
        self.customer.email = "new@bluesky.example"
        self.assertEqual(self.reason(), "opted_out")

    def test_it_survives_the_merge_of_two_contacts(self):
        twin = self.make_customer("Twin", "twin@bluesky.example")
        self.opt_out()
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | twin).ids, twin)
        self.assertEqual(self.reason(record=twin), "opted_out")

    def test_one_metric_may_be_opted_out_alone(self):
        self.opt_out(only_metric=True)
        self.assertEqual(self.reason(), "opted_out")
        self.outcome.survey_id = self.make_survey("csat")
        self.assertFalse(self.reason())

    def test_opting_out_twice_is_stored_once(self):
        self.opt_out()
        self.opt_out()
        wishes = self.env["nps.opt.out"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(len(wishes), 1)

    def test_it_does_not_block_other_mails(self):
        self.opt_out()
        self.assertFalse(self.customer.is_blacklisted)

    def test_an_agent_writes_it_down_by_an_outcome(self):
        self.outcome.write({"opts_out": True, "survey_id": False})
        self.pick()
        wish = self.env["nps.opt.out"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(wish.by, "agent")

    def test_the_outcome_that_writes_it_down_asks_no_last_time(self):
        self.outcome.opts_out = True
        self.assertEqual(self.reason(), "opted_out")

    def test_the_contact_shows_it_and_an_agent_undoes_it_with_a_trace(self):
        self.opt_out()
        customer = self.customer.with_user(self.agent)
        self.assertIn("Wants no surveys", customer.nps_opt_out_text)
        customer.action_nps_undo_opt_out()
        customer.invalidate_recordset()
        self.assertFalse(customer.nps_opt_out_text)
        self.assertIn("undone by", self.customer.message_ids[0].body)
        self.assertFalse(self.reason())

    def test_undoing_what_is_not_there_is_refused(self):
        with self.assertRaisesRegex(UserError, "no survey opt-out"):
            self.customer.with_user(self.agent).action_nps_undo_opt_out()

    def test_every_mail_carries_the_headers_for_one_click(self):
        self.pick()
        with self.mail_server():
            self.run_send_cron()
        message = self._mails[0]["EmailMessage"]
        token = self.token_in(self._mails[0])
        self.assertIn(f"/nps/{token}/opt-out>", message["List-Unsubscribe"])
        self.assertEqual(message["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertIn(f"/nps/{token}/opt-out", self._mails[0]["body"])


@tagged("post_install", "-at_install")
class TestOptOutPage(NpsPageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = f"/nps/{cls.token}/opt-out"

    def wishes(self):
        self.env.invalidate_all()
        return self.env["nps.opt.out"].search([("partner_id", "=", self.customer.id)])

    def press(self, **button):
        """Open the page, read it and press one of its buttons."""
        form = self.form_of(self.get("/opt-out"), "/opt-out")
        return self.url_open(self.path, data={**self.after_reading(form), **button})

    def test_opening_the_link_changes_nothing(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertTrue(html.fromstring(page.content).xpath("//form//button"))
        self.assertFalse(self.wishes())

    def test_one_click_of_a_mail_program_acts_at_once_without_cookies(self):
        self.opener.cookies.clear()
        page = self.url_open(self.path, data={"List-Unsubscribe": "One-Click"})
        self.assertEqual(page.status_code, 200)
        self.assertFalse(self.wishes().metric)

    def test_the_second_press_opts_out_of_everything(self):
        page = self.press()
        self.assertIn("You will not be asked any more", page.text)
        self.assertFalse(self.wishes().metric)

    def test_the_other_button_opts_out_of_this_kind(self):
        self.press(only_metric="1")
        self.assertEqual(self.wishes().metric, "nps")

    def test_it_works_when_the_survey_is_closed_already(self):
        self.invitation.state = "expired"
        self.press()
        self.assertTrue(self.wishes())

    def test_a_form_without_its_page_costs_one_more_press(self):
        page = self.url_open(self.path, data={"press": "1"})
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self.wishes())
        form = self.after_reading(self.form_of(page, "/opt-out"))
        self.url_open(self.path, data=form)
        self.assertTrue(self.wishes())

    def test_an_employee_opts_nobody_out(self):
        self.authenticate("agent", "agent")
        page = self.url_open(self.path, data={"press": "1"})
        self.assertIn("Preview", page.text)
        self.assertFalse(self.wishes())

    def test_an_unknown_link_is_our_404(self):
        for data in (None, {"press": "1"}):
            page = self.url_open(f"/nps/{'x' * 43}/opt-out", data=data)
            self.assertEqual(page.status_code, 404)
