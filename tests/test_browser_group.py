from odoo.tests import HttpCase, tagged

from .common_group import GroupCase


@tagged("post_install", "-at_install")
class TestBrowserGroup(GroupCase, HttpCase):
    """Tours: an analyst makes groups and finds them in the reports."""

    def test_an_analyst_makes_an_axis_with_a_group_and_sees_it_in_the_pivot(self):
        self.env["nps.invitation"].search([]).unlink()
        long, _short = (
            self.pick(self.make_ticket(name=name))
            for name in ("Long call", "Short call")
        )
        self.sort()
        self.start_tour("/odoo/nps-groups", "nps_make_group", login="analyst")
        axis = self.env["nps.group"].search([("name", "=", "Time on the phone")])
        self.assertEqual(axis.child_ids.name, "Long calls")
        self.assertTrue(axis.child_ids.is_sorted_again)
        self.sort()
        self.assertEqual(self.members(axis.child_ids), long)
        self.start_tour("/odoo/nps-analysis", "nps_group_in_pivot", login="analyst")
