from odoo.tests import tagged

from .common_privacy import EMAIL, NAME, NpsPrivacyCommon


@tagged("post_install", "-at_install")
class TestErasureLookup(NpsPrivacyCommon):
    """Odoo's privacy look-up finds our records, and deletes no answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_marked_person()
        cls.lookup = (
            cls.env["privacy.lookup.wizard"]
            .with_user(cls.admin)
            .create({"name": NAME, "email": EMAIL})
        )
        cls.lookup.action_lookup()

    def lines(self, model):
        return self.lookup.line_ids.filtered(lambda line: line.res_model == model)

    def test_our_records_are_found_with_plain_names(self):
        found = set(self.lookup.line_ids.mapped("res_model_id.name"))
        plain = {"NPS Invitation", "NPS Response", "NPS Case", "NPS Quote"}
        self.assertFalse({*plain, "NPS Dispute", "Survey Opt-out"} - found)
        self.assertNotIn("nps.risk.news", self.lookup.line_ids.mapped("res_model"))

    def test_a_line_says_what_delete_does(self):
        self.assertIn("scores stay", self.lines("nps.response")[0].nps_what)
        self.assertIn("the contact", self.lines("res.partner")[0].nps_what)
        self.assertIn("Deletes", self.lines("helpdesk.ticket")[0].nps_what)

    def test_one_button_erases_everything_that_was_found(self):
        action = self.lookup.line_ids[:1].action_nps_open_erasure()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        dialog = dialog.with_user(self.admin)
        self.assertEqual(dialog.partner_ids, self.marked | self.twin)
        dialog.is_confirmed = True
        dialog.action_erase()
        self.assertEqual(self.places_of(), [])

    def test_the_button_above_the_list_needs_no_selected_line(self):
        action = self.lookup.action_open_lines()
        none = self.lookup.line_ids.browse().with_context(**action["context"])
        self.assertEqual(
            none.action_nps_open_erasure()["res_model"], "nps.erasure.confirm"
        )

    def test_deleting_an_answer_erases_its_words_and_keeps_its_score(self):
        line = self.lines("nps.response").filtered(
            lambda line: line.res_id == self.happy.id
        )
        line.action_unlink()
        self.assertTrue(line.is_unlinked)
        self.assertRecordValues(
            self.happy,
            [{"score": 10, "state": "counted", "comment": False, "partner_id": False}],
        )
        self.assertTrue(self.happy.invitation_id.is_erased)
        self.assertFalse(self.unhappy.invitation_id.is_erased)

    def test_deleting_an_invitation_does_the_same_and_numbers_stay(self):
        before = self.numbers()
        self.lines("nps.invitation").action_unlink_all()
        self.assertTrue(self.happy.exists())
        self.assertFalse(self.happy.comment)
        after = self.numbers()
        self.assertEqual(after["user_id"], before["user_id"])
        self.assertEqual(after["survey_id"], before["survey_id"])

    def test_deleting_the_contacts_erases_what_hung_on_them(self):
        before = self.numbers()["department_id"]
        tickets = self.lines("helpdesk.ticket")
        self.lines("res.partner").action_unlink_all()
        self.assertFalse((self.marked | self.twin).exists())
        self.assertFalse(self.happy.comment or self.happy.invitation_id.email)
        self.assertEqual(self.numbers()["department_id"], before)
        self.assertTrue(tickets)

    def test_deleting_a_wish_keeps_its_hash(self):
        self.lines("nps.opt.out").action_unlink_all()
        kept = self.env["nps.opt.out"].search([])
        self.assertFalse(any(kept.mapped("email")))
        found = kept.search(kept._domain_of(self.marked, [EMAIL]))
        self.assertIn("ces", found.mapped("metric"))

    def test_it_stands_in_the_log_of_the_look_up(self):
        self.lines("nps.response")[:1].action_unlink()
        self.env.flush_all()
        self.assertIn("Erased NPS Response", self.lookup.log_id.execution_details)
