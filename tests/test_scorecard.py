import json

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import intervals
from .common_insight import InsightCase

GOOD, BAD = [10] * 9 + [7] * 2 + [0], [0] * 9 + [7] * 2 + [10]


@tagged("post_install", "-at_install")
class TestScorecard(InsightCase):
    """One row for each group, and a total that is no mean of its rows."""

    def test_a_tree_leads_from_the_company_over_departments_to_agents(self):
        self.say([9])
        card = self.card()
        found = [(row["depth"], row["name"]) for row in card["rows"]]
        names = (self.company.name, "Support", "Phone", self.agent.name)
        self.assertEqual(found, list(enumerate(names)))
        self.assertTrue(card["is_tree"])

    def test_each_row_counts_all_below_it(self):
        self.say(GOOD)
        self.say([3, 9], user=self.seller)
        card = self.card()
        counts = {row["name"]: row["n"] for row in card["rows"]}
        self.assertEqual(
            (counts[self.company.name], counts["Support"], counts["Sales"]),
            (14, 12, 2),
        )

    def test_an_agent_stays_where_he_was_in_the_past_and_moves_in_todays_tree(self):
        self.say([9])
        self.agent.employee_id.department_id = self.sales
        self.assertIn("Phone", self.names(self.card(axis="organogram")))
        now = self.names(self.card(axis="organogram_now"))
        self.assertEqual(("Phone" in now, "Sales" in now), (False, True))

    def test_the_total_is_computed_and_no_mean_of_its_rows(self):
        self.say([10] * 30)
        self.say([0] * 10, user=self.seller)
        card = self.card(axis="agent")
        self.assertEqual(card["total"]["net"], 50)
        self.assertEqual([row["net"] for row in card["rows"]], [100, -100])

    def test_score_and_interval_come_from_the_counts(self):
        self.say(GOOD)
        row = self.row(self.card(axis="agent"), self.agent.name)
        low, high = intervals.net_interval(9, 2, 1)
        self.assertAlmostEqual(row["net"], 100 * 8 / 12)
        self.assertAlmostEqual(row["low"], low)
        self.assertAlmostEqual(row["high"], high)

    def test_below_five_answers_only_their_number_is_shown(self):
        self.say([9, 9, 0])
        row = self.card(axis="agent")["rows"][0]
        self.assertEqual((row["n"], row["level"]), (3, "count"))
        shown = ("promoters", "detractors", "net", "low", "grade", "best", "shrunken")
        self.assertEqual({row[name] for name in shown}, {None})

    def test_below_ten_answers_the_bands_are_counted_and_nothing_more(self):
        self.say([9] * 6 + [0])
        row = self.card(axis="agent")["rows"][0]
        self.assertEqual((row["level"], row["promoters"], row["net"]), ("few", 6, None))

    def test_a_response_rate_needs_ten_who_were_asked(self):
        self.say([9] * 3, silent=6)
        self.assertIsNone(self.card()["total"]["rate"])
        self.say([], silent=3)
        self.assertEqual(self.card()["total"]["rate"], 25)

    def test_the_silent_count_for_the_rate_alone(self):
        self.say(GOOD, silent=12)
        total = self.card()["total"]
        self.assertEqual((total["n"], total["rate"]), (12, 50))

    def test_effort_shows_mean_and_share_easy_and_satisfaction_its_share(self):
        for metric, label, mean in (("ces", "Easy", 5), ("csat", "Satisfied", None)):
            with self.subTest(metric=metric):
                survey = self.make_survey(metric)
                self.make_outcome(metric, survey_id=survey.id)
                self.say([5] * 12, code=metric)
                card = self.card(metric=metric)
                self.assertEqual(card["shown_share"], label)
                self.assertEqual(card["total"]["share"], 100)
                self.assertEqual(card["total"].get("mean"), mean)

    def test_an_interaction_with_two_tags_counts_in_both_and_once_in_the_total(self):
        tags = self.env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        self.customer.category_id = [Command.set(tags.ids)]
        self.say([9])
        card = self.card(axis="tag")
        self.assertEqual(
            [(r["name"], r["n"]) for r in card["rows"]], [("A", 1), ("B", 1)]
        )
        self.assertEqual(card["total"]["n"], 1)

    def test_the_answers_behind_a_row_are_as_many_as_it_says(self):
        self.say(GOOD, silent=2)
        self.say([3, 9], user=self.seller, on="2026-02-10")
        for axis in ("organogram", "organogram_now", "agent", "month", "week", "hour"):
            card = self.card(axis=axis)
            for row in [*card["rows"], card["total"]]:
                with self.subTest(axis=axis, row=row["name"]):
                    domain = json.loads(json.dumps(row["domain"]))
                    found = self.env["nps.report"].search_count(domain)
                    self.assertEqual(found, row["n"])

    def test_the_answers_behind_a_row_are_the_latest_where_these_count(self):
        self.say([0, 9])
        options = {"axis": "agent", "counting": "latest"}
        [row] = self.card(**options)["rows"]
        domain = self.insight.get_counted_domain(self.ours, options, row["domain"])
        self.assertEqual(self.env["nps.report"].search(domain).mapped("score"), [9])

    def test_nobody_asked_is_no_row(self):
        self.customer.email = False
        self.pick()
        self.assertEqual(self.card()["rows"], [])

    def test_no_axis_breaks_without_an_answer(self):
        for axis, _label in self.insight.get_choices()["axis"]:
            with self.subTest(axis=axis):
                card = self.card(axis=axis)
                self.assertEqual((card["rows"], card["total"]["n"]), ([], 0))

    def test_every_axis_has_the_same_total(self):
        self.say(GOOD)
        for axis, _label in self.insight.get_choices()["axis"]:
            with self.subTest(axis=axis):
                self.assertEqual(self.card(axis=axis)["total"]["n"], 12)

    def test_more_rows_cost_no_more_queries(self):
        self.say([9])
        one = self.queries_of_a_card()
        for number in range(6):
            user = self.make_agent(f"more{number}", self.sales)
            self.ours[0][2].append(user.id)
            self.say([9], user=user)
        self.assertEqual(self.queries_of_a_card(), one)
        self.assertLess(one, 16)

    def queries_of_a_card(self):
        self.card()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.card()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestScorecardOrder(InsightCase):
    """Who stands where, and where chance may decide."""

    def test_few_answers_need_more_than_a_better_score_to_stand_first(self):
        self.say([10] * 9 + [7])
        self.say([10] * 30 + [0] * 2, user=self.seller)
        third = self.make_agent("third", self.sales)
        self.ours[0][2].append(third.id)
        self.say([10] * 3 + [0] * 9, user=third)
        rows = self.card(axis="agent")["rows"]
        self.assertEqual(
            [(row["name"], round(row["net"])) for row in rows],
            [(self.seller.name, 88), (self.agent.name, 90), (third.name, -50)],
        )

    def test_rows_can_be_ordered_by_name_and_by_number(self):
        self.say(GOOD)
        self.say(BAD + BAD, user=self.seller)
        by_name = sorted([self.agent.name, self.seller.name], key=str.lower)
        self.assertEqual(self.names(self.card(axis="agent", order="name")), by_name)
        by_count = self.names(self.card(axis="agent", order="count"))
        self.assertEqual(by_count, [self.seller.name, self.agent.name])

    def test_clearly_different_rows_have_a_place_each(self):
        self.say(GOOD * 2)
        self.say(BAD * 2, user=self.seller)
        rows = self.card(axis="agent")["rows"]
        places = [(row["best"], row["worst"], row["of"]) for row in rows]
        self.assertEqual(places, [(1, 1, 2), (2, 2, 2)])

    def test_equals_share_their_places(self):
        self.say(GOOD)
        self.say(GOOD, user=self.seller)
        rows = self.card(axis="agent")["rows"]
        self.assertEqual({(row["best"], row["worst"]) for row in rows}, {(1, 2)})

    def test_who_has_too_few_answers_stands_at_the_end_without_a_place(self):
        self.say([10] * 4)
        self.say(BAD, user=self.seller)
        rows = self.card(axis="agent")["rows"]
        self.assertEqual([row["name"] for row in rows][1], self.agent.name)
        self.assertEqual((rows[0]["of"], rows[1]["best"]), (1, None))

    def test_months_stand_in_their_order(self):
        for day in ("2026-02-05", "2025-12-05", "2026-01-05"):
            self.say(GOOD, on=day)
        names = self.names(self.card(axis="month"))
        self.assertEqual(names, ["December 2025", "January 2026", "February 2026"])


@tagged("post_install", "-at_install")
class TestScorecardChange(InsightCase):
    """How a number moved, and what chance alone would do."""

    def change(self, **options):
        return self.card(axis="agent", period="last_month", **options)["rows"][0][
            "change"
        ]

    def test_a_large_change_is_real(self):
        self.say(BAD * 2, on="2026-01-10")
        self.say(GOOD * 2, on="2026-02-10")
        change = self.change()
        self.assertEqual((change["verdict"], change["label"]), ("real", "real"))
        self.assertAlmostEqual(change["points"], 2 * 100 * 8 / 12)
        self.assertAlmostEqual(change["before"]["net"], -100 * 8 / 12)

    def test_a_small_change_could_be_noise(self):
        self.say(GOOD, on="2026-01-10")
        self.say([*GOOD[1:], 7], on="2026-02-10")
        self.assertEqual(self.change()["label"], "could be noise")

    def test_below_ten_answers_on_one_side_nothing_is_said(self):
        self.say([0] * 9, on="2026-01-10")
        self.say(GOOD * 2, on="2026-02-10")
        change = self.change()
        self.assertEqual((change["verdict"], change["points"]), ("few", None))
        self.assertEqual(change["before"]["n"], 9)

    def test_what_is_real_alone_may_be_noise_among_many_rows(self):
        self.say([7] * 14 + [0] * 6, on="2026-01-10")
        self.say([7] * 18 + [10] * 2, on="2026-02-10")
        alone = self.change()["verdict"]
        for number in range(5):
            user = self.make_agent(f"steady{number}", self.sales)
            self.ours[0][2].append(user.id)
            for day in ("2026-01-10", "2026-02-10"):
                self.say(GOOD[:10], user=user, on=day)
        card = self.card(axis="agent", period="last_month")
        among = self.row(card, self.agent.name)["change"]["verdict"]
        self.assertEqual((alone, among), ("real", "noise"))

    def test_a_month_is_compared_with_the_month_before(self):
        self.say(BAD * 2, on="2025-12-10")
        self.say(GOOD * 2, on="2026-01-10")
        self.say(GOOD * 2, on="2026-02-10")
        card = self.card(axis="month", period="12_months")
        verdicts = [row["change"]["verdict"] for row in card["rows"]]
        self.assertEqual(verdicts, ["few", "real", "noise"])

    def test_a_month_is_compared_with_that_of_a_year_before(self):
        self.say(BAD * 2, on="2025-02-10")
        self.say(GOOD * 2, on="2026-02-10")
        card = self.card(axis="month", period="last_month", compare="year")
        self.assertEqual(card["rows"][0]["change"]["verdict"], "real")
