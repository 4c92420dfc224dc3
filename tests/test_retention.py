from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.tests.test_ir_cron import CronMixinCase

from .common_privacy import MARKERS, NpsPrivacyCommon


@tagged("post_install", "-at_install")
class TestRetention(NpsPrivacyCommon, CronMixinCase):
    """What is too old tells of nobody: by a setting, by night, and no number moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_marked_person()
        cls.old = cls.happy.invitation_id
        cls.grow_old(cls.old, 400)

    @classmethod
    def grow_old(cls, invitation, days):
        moment = fields.Datetime.now() - timedelta(days=days)
        invitation.write({"picked_at": moment, "local_date": moment.date()})

    def keep(self, months):
        self.company.nps_retention_months = months

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("nps.ir_cron_nps_retention").method_direct_trigger()
        self.env.invalidate_all()

    def test_without_the_setting_everything_is_kept(self):
        self.run_cron()
        self.assertTrue(self.old.email)

    def test_what_is_older_loses_its_person_and_keeps_its_score(self):
        self.keep(12)
        before = self.numbers()
        self.run_cron()
        self.assertFalse(self.old.email or self.old.subject or self.happy.comment)
        self.assertTrue(self.unhappy.comment)
        after = self.numbers()
        for name, rows in before.items():
            with self.subTest(name):
                self.assertEqual(after[name], rows)

    def test_interactions_where_nobody_was_asked_grow_old_too(self):
        suppressed = self.nameless
        suppressed.write({"state": "suppressed", "suppression_reason": "opted_out"})
        self.grow_old(suppressed, 400)
        self.keep(12)
        self.run_cron()
        self.assertFalse(suppressed.customer_name)
        self.assertEqual(suppressed.state, "suppressed")

    def test_a_case_made_by_hand_grows_old_by_itself(self):
        values = {"company_id": self.company.id, "customer_name": "By Hand"}
        case = self.env["nps.case"]._open_by_hand(values)
        case.opened_at = fields.Datetime.now() - timedelta(days=400)
        self.keep(12)
        self.run_cron()
        self.assertFalse(case.customer_name)

    def test_another_company_keeps_its_own(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.old.company_id = second
        self.keep(12)
        self.run_cron()
        self.assertTrue(self.old.email)

    def test_a_batch_after_the_other_until_all_are_done(self):
        for invitation in self.unhappy.invitation_id | self.nameless:
            self.grow_old(invitation, 500)
        self.keep(12)
        cron = self.env.ref("nps.ir_cron_nps_retention")
        cron.code = "model._cron_retention(batch_size=1)"
        self.run_cron()
        left = self.env["nps.erasure"]._count_outdated(
            self.company, self.company._nps_retention_limit()
        )
        self.assertFalse(sum(left.values()))

    def test_the_number_of_queries_does_not_grow_with_the_batch(self):
        self.keep(12)
        people = [self.make_customer(f"P{n}", f"p{n}@x.example") for n in range(6)]
        asked = [self.pick(person) for person in people]
        for invitation in asked:
            self.grow_old(invitation, 400)
        erase = self.env["nps.erasure"]._erase_outdated
        self.env.flush_all()
        counts = []
        for size in (1, 4):
            batch = self.env["nps.invitation"].browse([i.id for i in asked[:size]])
            asked = asked[size:]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            erase(batch, self.company)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 6)

    def test_the_last_score_of_a_contact_goes_with_his_last_answer(self):
        self.grow_old(self.unhappy.invitation_id, 400)
        self.assertTrue(self.marked.nps_category)
        self.keep(12)
        self.run_cron()
        self.assertFalse(self.marked.nps_category)

    def test_who_wants_no_surveys_stays_known(self):
        self.keep(12)
        self.run_cron()
        self.assertTrue(self.env["nps.opt.out"].search([("email", "!=", False)]))

    def test_nobody_stands_in_what_is_old_any_more(self):
        for invitation in self.env["nps.invitation"].search([]):
            self.grow_old(invitation, 400)
        self.keep(12)
        self.run_cron()
        words = {what: MARKERS[what] for what in ("comment", "quote", "contest")}
        own = [place for place in self.places_of(words) if place.startswith("nps_")]
        self.assertEqual(own, [])

    def test_one_record_of_the_day_says_how_much(self):
        self.keep(12)
        self.run_cron()
        self.run_cron()
        record = self.env["nps.erasure"].search([("kind", "=", "retention")])
        self.assertEqual(record.counts["nps.invitation"], 1)
        self.assertEqual(record.company_id, self.company)


@tagged("post_install", "-at_install")
class TestRetentionSettings(NpsPrivacyCommon):
    """Nobody switches it on by mistake."""

    def settings(self, **values):
        return self.env["res.config.settings"].create(values)

    def test_it_says_before_how_many_would_be_erased(self):
        invitation = self.env["nps.invitation"].search([], limit=1)
        invitation.picked_at = fields.Datetime.now() - timedelta(days=400)
        settings = self.settings(nps_retention_months=12)
        self.assertIn("now: 1", settings.nps_retention_preview)

    def test_switching_it_on_is_confirmed(self):
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            self.settings(nps_retention_months=12).execute()
        confirmed = {"nps_retention_months": 12, "nps_retention_confirmed": True}
        self.settings(**confirmed).execute()
        self.assertEqual(self.company.nps_retention_months, 12)

    def test_a_shorter_time_is_confirmed_and_a_longer_one_is_not(self):
        self.company.nps_retention_months = 12
        with self.assertRaises(UserError):
            self.settings(nps_retention_months=6).execute()
        self.settings(nps_retention_months=24).execute()
        self.assertEqual(self.company.nps_retention_months, 24)

    def test_other_settings_are_stored_without_asking(self):
        self.company.nps_retention_months = 12
        self.settings(nps_bounce_limit=5).execute()
        self.assertEqual(self.company.nps_bounce_limit, 5)
