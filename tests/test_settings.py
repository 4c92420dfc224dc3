import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestSettings(NpsCommon):
    """The rules of asking: sensible from the start, each company its own."""

    def test_a_new_company_asks_fairly_from_the_start(self):
        company = self.env["res.company"].create({"name": "New"})
        self.assertRecordValues(
            company,
            [
                {
                    "nps_cooldown_asked_days": 14,
                    "nps_cooldown_answered_days": 30,
                    "nps_bounce_limit": 3,
                    "nps_requires_consent": False,
                }
            ],
        )

    def test_the_settings_page_changes_the_company_at_hand_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        values = {
            "nps_cooldown_asked_days": 7,
            "nps_cooldown_answered_days": 60,
            "nps_bounce_limit": 5,
            "nps_requires_consent": True,
        }
        self.env["res.config.settings"].create(values).execute()
        self.assertRecordValues(self.company, [values])
        self.assertEqual(other.nps_cooldown_asked_days, 14)

    def test_the_menu_opens_the_block_of_this_app(self):
        action = self.env.ref("nps.nps_settings_menu").action
        self.assertEqual(action.res_model, "res.config.settings")
        self.assertIn("'module': 'nps'", action.context)
        arch = self.env["res.config.settings"].get_view(view_type="form")["arch"]
        self.assertIn('name="nps"', arch)

    @mute_logger("odoo.sql_db")
    def test_nonsense_is_refused(self):
        for record, values in (
            (self.company, {"nps_cooldown_asked_days": -1}),
            (self.company, {"nps_bounce_limit": -1}),
            (self.survey, {"cooldown_answered_days": -1}),
            (self.survey, {"daily_cap": -1}),
            (self.survey, {"sampling_share": 101}),
            (self.survey, {"reminder_days": self.survey.validity_days}),
        ):
            with self.subTest(values=values):
                with self.assertRaises(psycopg2.errors.CheckViolation):
                    with self.cr.savepoint():
                        record.write(values)
                        record.flush_recordset()
                record.invalidate_recordset()
