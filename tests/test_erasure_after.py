from odoo.tests import tagged

from .common import NpsPageCommon
from .common_privacy import EMAIL, ErasureCase


@tagged("post_install", "-at_install")
class TestErasedNo(ErasureCase):
    """A "no" outlives the person in the database, and nobody can read whose it is."""

    def refusing(self, metric=False):
        self.env["nps.opt.out"].search([]).unlink()
        self.env["mail.blacklist"].search([]).unlink()
        self.env["nps.opt.out"]._add(self.happy.invitation_id, metric)
        self.erase()
        return self.env["nps.opt.out"].search([])

    def again(self):
        return self.make_customer("Back Again", f"Back <{EMAIL.upper()}>")

    def test_the_address_is_kept_as_a_keyed_hash_and_nothing_else(self):
        wish = self.refusing()
        self.assertFalse(wish.email or wish.partner_id)
        self.assertEqual(len(wish.email_hash), 64)
        self.assertTrue(wish.is_erased)

    def test_another_database_has_another_hash(self):
        before = self.env["nps.opt.out"]._hash(EMAIL)
        self.env["ir.config_parameter"].set_param("database.secret", "another")
        self.assertNotEqual(self.env["nps.opt.out"]._hash(EMAIL), before)

    def test_it_holds_when_somebody_enters_the_contact_again(self):
        self.refusing()
        again = self.again()
        invitation = self.pick(again)
        self.assertEqual(invitation.suppression_reason, "opted_out")
        self.assertIn("Wants no surveys", again.with_user(self.agent).nps_opt_out_text)

    def test_it_can_be_undone_by_his_word(self):
        self.refusing()
        again = self.again()
        again.with_user(self.agent).action_nps_undo_opt_out()
        self.assertNotEqual(self.pick(again).suppression_reason, "opted_out")

    def test_of_one_metric_alone_it_stays_of_one_metric(self):
        wish = self.refusing("nps")
        self.assertEqual(wish.metric, "nps")

    def test_who_wanted_no_mail_at_all_gets_no_survey(self):
        self.env["nps.opt.out"].search([]).unlink()
        self.erase()
        self.assertFalse(self.env["mail.blacklist"].search([("email", "=", EMAIL)]))
        self.assertEqual(self.pick(self.again()).suppression_reason, "opted_out")

    def test_who_never_refused_may_be_asked_when_he_comes_back(self):
        self.env["nps.opt.out"].search([]).unlink()
        self.env["mail.blacklist"].search([]).unlink()
        self.erase()
        self.assertFalse(self.pick(self.again()).suppression_reason)


@tagged("post_install", "-at_install")
class TestErasedLink(NpsPageCommon):
    """Who opens an old link is told kindly that nothing is there any more."""

    def test_the_page_says_that_the_link_went_with_his_data(self):
        self.customer.action_nps_erase_person()
        for path in ("", "/opt-out"):
            page = self.get(path)
            self.assertEqual(page.status_code, 404)
            self.assertIn("If you asked us to erase your data", page.text)

    def test_an_answer_by_an_old_link_stores_nothing(self):
        form = self.form_of(self.get("?s=9"))
        self.customer.action_nps_erase_person()
        self.assertEqual(self.post(**form).status_code, 404)
        self.assertFalse(self.invitation.response_ids)
