from odoo.fields import Domain
from odoo.tests import TransactionCase, new_test_user, tagged

from ..tools import intervals
from .common import NpsCommon
from .common_dashboard import REAL, SAMPLE, charts, odoo_charts, read, sources


@tagged("post_install", "-at_install")
class TestDashboardFile(TransactionCase):
    """What the file of the dashboard names is there, and means what it should."""

    def test_the_dashboard_shows_the_file(self):
        dashboard = self.env.ref("nps.nps_dashboard")
        dashboard._check_spreadsheet_data()
        self.assertEqual(dashboard.sample_dashboard_file_path, SAMPLE)
        self.assertEqual(dashboard.main_data_model_ids.model, "nps.report")

    def test_every_domain_measure_and_group_can_be_read(self):
        for name, model, domain, groups, measures, _matching in sources(read()):
            records = self.env[model]
            with self.subTest(name):
                for measure in measures:
                    field = measure.partition(":")[0]
                    self.assertTrue(field == "__count" or field in records._fields)
                records.search(domain, limit=1)
                records.formatted_read_group(domain, groups, ["__count"])

    def test_every_global_filter_reaches_a_field_of_its_kind(self):
        book = read()
        kinds = {
            entry["id"]: entry.get("modelName") or "date"
            for entry in book["globalFilters"]
        }
        for name, model, _domain, _groups, _measures, matching in sources(book):
            for key, match in matching.items():
                with self.subTest(source=name, filter=key):
                    field = self.field_of(model, match["chain"])
                    self.assertEqual(field.type, match["type"])
                    self.assertIn(kinds[key], (field.comodel_name, "date"))

    def field_of(self, model, chain):
        *path, last = chain.split(".")
        for name in path:
            model = self.env[model]._fields[name].comodel_name
        return self.env[model]._fields[last]

    def test_every_number_of_answers_is_filtered_by_all_four_filters(self):
        book = read()
        everything = {entry["id"] for entry in book["globalFilters"]}
        for name, model, _domain, _groups, _measures, matching in sources(book):
            if model not in ("nps.target", "nps.benchmark"):
                self.assertEqual(set(matching), everything, name)

    def test_all_numbers_are_of_nps_and_without_surveys_after_cases(self):
        for name, model, domain, *_rest in sources(read()):
            with self.subTest(name):
                self.assertIn(["metric", "=", "nps"], domain)
                if model == "nps.report":
                    self.assertIn(["is_reask", "=", False], domain)
                if model == "nps.response":
                    self.assertIn(["invitation_id.is_reask", "=", False], domain)

    def test_every_click_leads_to_a_screen(self):
        book = read()
        for key, xmlid in book["chartOdooMenusReferences"].items():
            self.assertIn(key, charts(book))
            self.assertTrue(self.env.ref(xmlid).action, xmlid)
        for chart in odoo_charts(book).values():
            model = chart["metaData"]["resModel"]
            self.assertEqual(self.env.ref(chart["actionXmlId"]).res_model, model)

    def test_no_total_is_made_from_cells(self):
        for sheet in read()["sheets"]:
            for key, cell in sheet["cells"].items():
                for mean in ("AVERAGE(", "SUM("):
                    self.assertNotIn(mean, cell, key)

    def test_the_sample_looks_like_the_dashboard_and_reads_nothing(self):
        real, sample = read(REAL), read(SAMPLE)
        self.assertEqual(list(charts(sample)), list(charts(real)))
        self.assertFalse(list(sources(sample)))
        for key, chart in charts(sample).items():
            self.assertEqual(chart["title"], charts(real)[key]["title"])
            self.assertEqual(chart["type"], charts(real)[key]["type"].split("_")[-1])


@tagged("post_install", "-at_install")
class TestDashboardRoles(NpsCommon):
    """Managers and those above them have the dashboard, with what they may read."""

    def dashboards(self, *groups):
        user = new_test_user(self.env, "viewer", groups=",".join(groups))
        found = self.env["spreadsheet.dashboard"].with_user(user).search([])
        return found & self.env.ref("nps.nps_dashboard")

    def test_a_manager_has_it(self):
        self.assertTrue(self.dashboards("nps.nps_group_team_manager"))

    def test_an_analyst_has_it(self):
        self.assertTrue(self.dashboards("nps.nps_group_analyst"))

    def test_an_agent_has_it_not(self):
        self.assertFalse(self.dashboards("nps.nps_group_user"))

    def test_somebody_without_a_role_has_it_not(self):
        self.assertFalse(self.dashboards("base.group_user"))

    def test_who_may_read_no_answer_sees_the_sample(self):
        self.answer(self.pick(), 9)
        boss = new_test_user(self.env, "boss", groups="nps.nps_group_team_manager")
        dashboard = self.env.ref("nps.nps_dashboard")
        self.env["nps.report"].search([]).invalidate_recordset()
        self.assertTrue(dashboard.with_user(boss)._dashboard_is_empty())
        self.assertFalse(dashboard._dashboard_is_empty())
        self.assertTrue(dashboard._get_sample_dashboard())


@tagged("post_install", "-at_install")
class TestDashboardNumbers(NpsCommon):
    """The numbers of the dashboard are those of the answers."""

    SCORES = {"phone": [10, 9, 9, 8, 6, 0, 10, 10, 9, 7, 3, 10], "sales": [9, 10]}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        seller = cls.make_agent("seller", cls.sales)
        agents = {"phone": cls.agent, "sales": seller}
        for name, scores in cls.SCORES.items():
            for score in scores:
                cls.answer(cls.asked(agents[name]), score)
        cls.asked(cls.agent)
        cls.env.flush_all()

    @classmethod
    def asked(cls, user):
        invitation = cls.pick(user=user)
        cls.make_link(invitation)
        return invitation

    def read_pivot(self, key, *groups, user=None):
        pivot = read()["pivots"][key]
        mine = Domain("outcome_id", "=", self.outcome.id)
        return (
            self.env["nps.report"]
            .with_user(user or self.env.user)
            .formatted_read_group(
                Domain(pivot["domain"]) & mine,
                list(groups),
                [measure["id"] for measure in pivot["measures"]],
            )
        )

    def counts(self, scores):
        up = sum(score >= 9 for score in scores)
        down = sum(score <= 6 for score in scores)
        return up, len(scores) - up - down, down

    def test_the_total_is_the_net_score_of_all_answers_with_its_interval(self):
        counts = self.counts(sum(self.SCORES.values(), []))
        (total,) = self.read_pivot("1")
        self.assertAlmostEqual(total["net_shown:avg"], intervals.net_score(*counts))
        low, high = intervals.net_interval(*counts)
        self.assertAlmostEqual(total["net_low:avg"], low)
        self.assertAlmostEqual(total["net_high:avg"], high)
        self.assertEqual(total["answered:sum"], 14)
        self.assertEqual(total["invited:sum"], 15)
        self.assertAlmostEqual(total["response_rate:avg"], 100 * 14 / 15)

    def test_a_department_of_few_answers_has_a_count_and_no_score(self):
        rows = {
            row["department_id"][0]: row
            for row in self.read_pivot("7", "department_id")
        }
        few, enough = rows[self.sales.id], rows[self.phone.id]
        self.assertEqual(few["answered:sum"], 2)
        self.assertIs(few["net_shown:avg"], False)
        expected = intervals.net_score(*self.counts(self.SCORES["phone"]))
        self.assertAlmostEqual(enough["net_shown:avg"], expected)

    def test_a_pivot_of_levels_has_the_same_scores_as_each_level_alone(self):
        domain = [("outcome_id", "=", self.outcome.id)]
        measures = ["net_shown:avg", "answered:sum"]
        report = self.env["nps.report"]
        totals, rows = report.formatted_read_grouping_sets(
            domain, [[], ["department_id"]], measures
        )
        alone = report.formatted_read_group(domain, [], measures)
        self.assertAlmostEqual(totals[0]["net_shown:avg"], alone[0]["net_shown:avg"])
        shown = {row["department_id"][0]: row["net_shown:avg"] for row in rows}
        self.assertIs(shown[self.sales.id], False)
        expected = intervals.net_score(*self.counts(self.SCORES["phone"]))
        self.assertAlmostEqual(shown[self.phone.id], expected)

    def test_the_rows_of_departments_and_months_count_every_answer_once(self):
        for key, group in (("7", "department_id"), ("6", "local_date:month")):
            rows = self.read_pivot(key, group)
            self.assertEqual(sum(row["answered:sum"] for row in rows), 14)

    def test_a_manager_reads_the_answers_of_his_departments(self):
        boss = self.make_agent("boss", groups="nps.nps_group_team_manager")
        self.sales.manager_id = boss.employee_id
        (total,) = self.read_pivot("1", user=boss)
        self.assertEqual(total["answered:sum"], 2)

    def test_a_net_score_of_zero_is_shown(self):
        invitations = [self.asked(self.agent) for _index in range(10)]
        for place, invitation in enumerate(invitations):
            self.answer(invitation, 10 if place % 2 else 0)
        found = self.env["nps.report"].formatted_read_group(
            [("id", "in", [invitation.id for invitation in invitations])],
            [],
            ["net_shown:avg"],
        )
        self.assertEqual(found[0]["net_shown:avg"], 0.0)
        self.assertIsNot(found[0]["net_shown:avg"], False)
