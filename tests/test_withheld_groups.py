from odoo.tests import tagged

from .common_withheld import WithheldCommon


@tagged("post_install", "-at_install")
class TestWithheldGroups(WithheldCommon):
    """Groups made of answers tell how each interaction in them was answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = cls.env["nps.group"]
        cls.axis = groups.create({"name": "Mood"})
        cls.telling = groups.create(
            {
                "name": "Unhappy",
                "parent_id": cls.axis.id,
                "domain": "[('response_ids.score', '<', 7)]",
            }
        )
        cls.harmless = groups.create(
            {"name": "Early", "domain": "[('local_hour', '<', 25)]"}
        )
        rows = cls.env["nps.invitation"].search(
            [("user_id", "in", (cls.agent | cls.few).ids)]
        )
        for invitation in rows.sudo():
            unhappy = invitation._counted_response().score < 7
            invitation.group_ids = cls.harmless | (cls.telling if unhappy else groups)
        cls.settle()

    def test_a_group_made_of_answers_is_hidden_with_what_collects_it(self):
        every = self.axis | self.telling | self.harmless
        mine = [("id", "in", every.ids)]
        groups = self.env["nps.group"]
        self.assertEqual(groups.with_user(self.manager).search(mine), self.harmless)
        self.assertEqual(len(groups.with_user(self.analyst).search(mine)), 3)
        self.company.nps_fewest_shown = 0
        self.settle()
        self.assertEqual(len(groups.with_user(self.manager).search(mine)), 3)

    def test_it_is_in_no_column_filter_or_grouping(self):
        own, hidden = [("user_id", "=", self.few.id)], self.telling.id
        for model in ("nps.report", "nps.invitation"):
            records = self.env[model].with_user(self.manager)
            for row in self.of(self.few, "nps.invitation"):
                row.group_ids |= self.harmless
            self.settle()
            with self.subTest(model=model):
                rows = records.search(own)
                self.assertEqual(rows.group_ids, self.harmless)
                for leaf in (
                    ("group_ids", "in", self.telling.ids),
                    ("group_ids", "=", self.telling.id),
                    ("group_ids", "not in", [*self.harmless.ids, False]),
                    ("group_ids", "child_of", self.axis.ids),
                    ("group_ids.name", "=", "Unhappy"),
                    ("group_ids", "ilike", "Unhappy"),
                    ("id", "any", [("group_ids", "in", self.telling.ids)]),
                    ("id", "any", [("id", "any", [("group_ids", "=", hidden)])]),
                    ("id", "not any", [("group_ids", "not in", [hidden])]),
                    ("group_ids", "any", [("id", "=", hidden)]),
                    ("group_ids.id", "in", [hidden]),
                ):
                    self.settle()
                    self.assertFalse(records.search([*own, leaf]), leaf)
                self.env["nps.invitation"].browse(rows.ids).group_ids -= self.harmless
                self.settle()
                for leaf in (
                    ("group_ids", "=", False),
                    ("group_ids", "not in", self.telling.ids),
                    ("group_ids", "!=", self.telling.id),
                    ("id", "not any", [("group_ids", "in", self.telling.ids)]),
                    ("group_ids", "not any", [("name", "=", "Unhappy")]),
                ):
                    self.assertEqual(records.search([*own, leaf]), rows, leaf)
                groups = records._read_group(own, ["group_ids"], ["__count"])
                self.assertNotIn(self.telling.id, [g.id for g, _n in groups])

    def test_no_row_of_an_insight_can_be_asked_by_a_hidden_group(self):
        insight = self.env["nps.insight"].with_user(self.manager)
        for domain in (
            [("group_ids", "in", self.telling.ids)],
            [("id", "any", [("group_ids", "in", self.telling.ids)])],
            [("invitation_id", "any", [("group_ids", "in", self.telling.ids)])],
        ):
            self.settle()
            with self.subTest(domain=domain):
                card = insight.get_scorecard(domain, {"axis": "agent"})
                self.assertFalse(card["rows"])

    def test_no_other_record_of_an_interaction_tells_a_hidden_group(self):
        case = self.make_case(self.of(self.few)[:1])
        for domain in (
            [("group_ids", "in", self.telling.ids)],
            [("group_ids", "child_of", self.axis.ids)],
            [("invitation_id.group_ids", "in", self.telling.ids)],
        ):
            self.settle()
            cases = self.env["nps.case"].with_user(self.manager)
            with self.subTest(domain=domain):
                self.assertFalse(cases.search([("id", "=", case.id), *domain]))
        self.settle()
        mine = case.with_user(self.manager)
        groups = mine._read_group([("id", "=", case.id)], ["group_ids"])
        self.assertEqual(groups, [(self.harmless,)])
        self.assertEqual(mine.sudo().group_ids, self.harmless)
        self.assertEqual(mine.group_ids, self.harmless)
        self.assertIn(self.telling, case.with_user(self.analyst).group_ids)


@tagged("post_install", "-at_install")
class TestTellingRules(WithheldCommon):
    """By which rules a group would tell how somebody answered."""

    TELLING = (
        [("answer_id.category", "=", "detractor")],
        [("is_reask", "=", True)],
        [("suppression_reason", "=", "open_case")],
        [("ticket_id.nps_category", "=", "detractor")],
        [("ticket_id.nps_customer_is_unhappy", "=", True)],
        [("partner_id.nps_score", "<", 7)],
        [("partner_id.nps_is_at_risk", "=", True)],
        [("id", "any", [("response_ids.score", "<", 7)])],
        [("ticket_id", "any", [("nps_score", "<", 7)])],
        [("ticket_id", "not any", ["!", ("nps_score", "<", 7)])],
        [("survey_id.invitation_ids.response_ids.score", "<", 7)],
        [("survey_id", "any", [("invitation_ids", "any", [("answer_id", "!=", 0)])])],
        [("ticket_id.message_ids.body", "ilike", "unhappy")],
        [("group_ids.name", "=", "Unhappy")],
        ["|", ("local_hour", "<", 8), "!", ("case_ids", "=", False)],
    )
    HARMLESS = (
        [("local_hour", "<", 8)],
        [("state", "=", "answered")],
        [("id", "any", [("outcome_id.name", "=", "Solved")])],
        [("partner_id.category_id.name", "=", "Gold")],
        [("partner_id.name", "ilike", "sea")],
        [("ticket_id", "any", [("stage_id.name", "=", "Done")])],
        [("user_id.employee_id.department_id", "child_of", 1)],
        [("department_path_id.level_1_id", "=", 1)],
        [("survey_id.metric", "=", "nps")],
        [("picked_at.month_number", "=", 3)],
        [("was_reopened", "=", True)],
    )

    def tells(self, rule):
        group = self.env["nps.group"].new({"name": "Rule", "domain": repr(rule)})
        return group._looks_at_what_was_said()

    def test_a_rule_tells_by_whatever_way_it_reaches_an_answer(self):
        for rule in self.TELLING:
            with self.subTest(rule=rule):
                self.assertTrue(self.tells(rule))

    def test_a_rule_that_reaches_no_answer_is_shown(self):
        for rule in self.HARMLESS:
            with self.subTest(rule=rule):
                self.assertFalse(self.tells(rule))

    def test_of_a_rule_that_cannot_be_understood_the_group_is_hidden(self):
        for rule in (
            [("gone_with_its_addon", "=", 1)],
            "no domain",
            [("id", "any", 3)],
        ):
            with self.subTest(rule=rule):
                self.assertTrue(self.tells(rule))

    def test_a_new_rule_hides_its_group_in_the_same_moment(self):
        group = self.env["nps.group"].create(
            {"name": "Moody", "domain": "[('local_hour', '<', 8)]"}
        )
        seen = group.with_user(self.manager)
        self.assertEqual(seen.search([("id", "=", group.id)]), group)
        group.domain = "[('ticket_id.nps_category', '=', 'detractor')]"
        self.assertFalse(seen.search([("id", "=", group.id)]))
