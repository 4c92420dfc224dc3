from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestReportAxes(NpsCommon):
    """What numbers can be split by without anything set up."""

    def row(self, invitation):
        return self.env["nps.report"].browse(invitation.id)

    def test_the_place_is_country_and_begin_of_the_postal_code(self):
        self.customer.write({"country_id": self.env.ref("base.de").id, "zip": "10115"})
        self.assertEqual(self.row(self.pick()).zip_area, "DE 10")

    def test_without_postal_code_there_is_no_area(self):
        self.customer.write({"country_id": self.env.ref("base.de").id, "zip": " "})
        self.assertFalse(self.row(self.pick()).zip_area)

    def test_a_customer_has_the_industry_of_his_company(self):
        industry = self.env["res.partner.industry"].create({"name": "Bakeries"})
        self.customer_company.industry_id = industry
        self.assertEqual(self.row(self.pick()).industry_id, industry)

    def test_the_tags_of_customer_and_company_are_kept_as_they_were(self):
        tags = self.env["res.partner.category"].create(
            [{"name": "Gold"}, {"name": "Web"}]
        )
        self.customer.category_id = tags[0]
        self.customer_company.category_id = tags[1]
        invitation = self.pick()
        self.customer.category_id = False
        self.assertEqual(self.row(invitation).customer_tag_ids, tags)

    def test_a_customer_is_new_for_ninety_days(self):
        now = fields.Datetime.now()
        for days, kind in ((0, "new"), (89, "new"), (91, "old")):
            with self.subTest(days=days), freeze_time(now + timedelta(days=days)):
                self.assertEqual(self.row(self.pick()).customer_kind, kind)

    def test_an_industry_that_changes_later_moves_nothing(self):
        industry = self.env["res.partner.industry"].create({"name": "Bakeries"})
        invitation = self.pick()
        self.customer.industry_id = industry
        self.assertFalse(self.row(invitation).industry_id)

    def test_the_parts_of_the_day_are_of_the_company_s_clock(self):
        self.company.resource_calendar_id.tz = "Europe/Berlin"
        hours = {
            "2026-01-05 23:30:00": ("night", "2"),
            "2026-01-05 05:30:00": ("morning", "1"),
            "2026-01-05 11:30:00": ("afternoon", "1"),
            "2026-01-11 17:30:00": ("evening", "7"),
        }
        for moment, (part, day) in hours.items():
            with self.subTest(moment=moment), freeze_time(moment):
                row = self.row(self.pick())
                self.assertEqual((row.day_part, row.weekday), (part, day))

    def test_a_customer_with_two_tags_counts_in_both_and_once_in_the_total(self):
        tags = self.env["res.partner.category"].create(
            [{"name": "Gold"}, {"name": "Web"}]
        )
        self.customer.category_id = tags
        invitation = self.pick()
        self.answer(invitation, 9)
        domain = [("id", "=", invitation.id)]
        both, total = self.env["nps.report"]._read_grouping_sets(
            domain, [["customer_tag_ids"], []], ["answered:sum"]
        )
        self.assertEqual(both, [(tags[0], 1), (tags[1], 1)])
        self.assertEqual(total, [(1,)])

    def test_behind_a_path_it_counts_once_in_the_total_too(self):
        tags = self.env["res.partner.category"].create(
            [{"name": "Gold"}, {"name": "Web"}]
        )
        self.customer.category_id = tags
        invitation = self.pick()
        self.answer(invitation, 9)
        _both, total = self.env["nps.report"]._read_grouping_sets(
            [("id", "=", invitation.id)],
            [["partner_id.category_id"], []],
            ["answered:sum", "__count"],
        )
        self.assertEqual(total, [(1, 1)])
