import runpy

from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path
from odoo.tools.sql import column_exists

from .common import NpsCommon

SCRIPTS = "nps/migrations/19.0.1.4.0"
AXES = ("department_path_id", "zip_area", "industry_id", "customer_kind")


@tagged("post_install", "-at_install")
class TestAxesOfThePast(NpsCommon):
    """An upgrade gives earlier interactions the axes that are known today."""

    def upgrade(self, name="post-axes"):
        migrate = runpy.run_path(file_path(f"{SCRIPTS}/{name}.py"))["migrate"]
        migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all(flush=False)

    def forget(self, invitation):
        """Be as the version before was: without the axes."""
        invitation.write({**dict.fromkeys(AXES, False), "customer_tag_ids": [(5,)]})
        self.env.flush_all()

    def known(self, invitation):
        return [invitation[name] for name in (*AXES, "customer_tag_ids")]

    def test_earlier_interactions_get_what_a_pick_would_have_kept(self):
        self.customer.write({"country_id": self.env.ref("base.de").id, "zip": " 10115"})
        self.customer_company.write(
            {
                "industry_id": self.env["res.partner.industry"].create({"name": "I"}),
                "category_id": [(0, 0, {"name": "Gold"})],
            }
        )
        invitation = self.pick()
        expected = self.known(invitation)
        self.assertTrue(all(expected))
        self.forget(invitation)
        self.upgrade()
        self.assertEqual(self.known(invitation), expected)

    def test_what_was_kept_already_stays(self):
        invitation = self.pick()
        invitation.write({"customer_kind": "old", "zip_area": "FR 75"})
        self.env.flush_all()
        self.upgrade()
        self.assertEqual(invitation.customer_kind, "old")
        self.assertEqual(invitation.zip_area, "FR 75")

    def test_without_customer_and_place_they_stay_unknown(self):
        invitation = self.pick()
        invitation.write({"partner_id": False, "zip": False, "country_id": False})
        self.forget(invitation)
        self.upgrade()
        self.assertFalse(invitation.zip_area)
        self.assertFalse(invitation.customer_kind)

    def test_odoo_has_nothing_left_to_fill_row_by_row(self):
        self.env.cr.execute(SQL("DROP TABLE nps_invitation_customer_tag_rel"))
        for axis in AXES:
            column = SQL.identifier(axis)
            self.env.cr.execute(SQL("ALTER TABLE nps_invitation DROP %s", column))
        self.upgrade("pre-axes")
        for model, name in (
            ("nps_invitation_customer_tag_rel", "nps_invitation_id"),
            ("nps_invitation_customer_tag_rel", "res_partner_category_id"),
            *(("nps_invitation", axis) for axis in AXES),
        ):
            with self.subTest(column=name):
                self.assertTrue(column_exists(self.env.cr, model, name))
