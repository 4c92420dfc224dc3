from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestReportOrder(NpsCommon):
    """Groups stand in the order of their names, as everywhere in Odoo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agents = cls.env["res.users"]
        for name in ("Zoe", "Adam", "Mia"):
            agent = cls.make_agent(name.lower(), cls.phone, name=name)
            cls.agents |= agent
            for _n in range(2 if name == "Mia" else 1):
                cls.answer(cls.pick(user=agent), 9)
        cls.domain = [("user_id", "in", [False, *cls.agents.ids])]

    def names(self, order, **paging):
        rows = self.env["nps.report"]._read_group(
            self.domain, ["user_id"], ["answered:sum"], order=order, **paging
        )
        return [user.name for user, _answers in rows]

    def test_groups_stand_in_the_order_of_names(self):
        self.assertEqual(self.names("user_id"), ["Adam", "Mia", "Zoe"])

    def test_the_order_can_be_turned(self):
        self.assertEqual(self.names("user_id desc"), ["Zoe", "Mia", "Adam"])

    def test_a_page_of_groups_is_a_part_of_all(self):
        self.assertEqual(self.names("user_id", offset=1, limit=1), ["Mia"])

    def test_without_a_limit_all_groups_are_there(self):
        for limit in (None, False, 0):
            with self.subTest(limit=limit):
                self.assertEqual(len(self.names("user_id", limit=limit)), 3)

    def test_the_search_panel_offers_the_departments_that_have_interactions(self):
        panel = self.env["nps.report"].search_panel_select_range(
            "department_path_id", search_domain=self.domain, hierarchize=True
        )
        names = [value["display_name"] for value in panel["values"]]
        self.assertIn("Phone", " ".join(names))

    def test_groups_can_be_ordered_by_a_number(self):
        self.assertEqual(self.names("answered:sum desc")[0], "Mia")

    def test_who_has_no_value_comes_last(self):
        self.pick(user=self.agents[0]).sudo().user_id = False
        self.assertEqual(self.names("user_id")[-1], False)

    def test_an_archived_agent_keeps_his_place(self):
        self.agents[1].active = False
        self.assertEqual(self.names("user_id"), ["Adam", "Mia", "Zoe"])

    def test_two_levels_are_ordered_one_within_the_other(self):
        rows = self.env["nps.report"].formatted_read_group(
            self.domain, ["user_id", "customer_kind"], ["answered:sum"]
        )
        names = [row["user_id"][1] for row in rows]
        self.assertEqual(names, sorted(names))

    def test_each_level_of_a_pivot_is_ordered(self):
        _total, rows = self.env["nps.report"].formatted_read_grouping_sets(
            self.domain, [[], ["user_id"]], ["answered:sum"]
        )
        names = [row["user_id"][1] for row in rows]
        self.assertEqual(names, sorted(names))

    def test_a_pivot_can_be_ordered_by_a_number(self):
        for order, names in (
            ("answered:sum desc", ["Mia"]),
            ("answered:sum asc, user_id desc", ["Zoe", "Adam", "Mia"]),
        ):
            with self.subTest(order=order):
                _total, rows = self.env["nps.report"]._read_grouping_sets(
                    self.domain, [[], ["user_id"]], ["answered:sum"], order=order
                )
                found = [user.name for user, _answers in rows]
                self.assertEqual(found[: len(names)], names)

    def test_no_comes_before_yes(self):
        self.env["nps.invitation"].sudo().search(self.domain, limit=1).is_reask = True
        _total, rows = self.env["nps.report"]._read_grouping_sets(
            self.domain, [[], ["is_reask"]], ["answered:sum"]
        )
        self.assertEqual([is_reask for is_reask, _answers in rows], [False, True])

    def test_weekdays_begin_where_the_language_begins_them(self):
        self.env["res.lang"]._lang_get("en_US").week_start = "7"
        days = [
            self.pick(user=self.agents[0]).sudo().write({"local_date": day})
            for day in ("2026-01-04", "2026-01-05", "2026-01-10")
        ]
        self.assertEqual(len(days), 3)
        domain = [*self.domain, ("answered", "=", 0)]
        _total, rows = self.env["nps.report"]._read_grouping_sets(
            domain, [[], ["local_date:day_of_week"]], ["__count"]
        )
        self.assertEqual([day for day, _count in rows], [0, 1, 6])
