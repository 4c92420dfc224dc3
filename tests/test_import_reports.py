from odoo.tests import tagged

from .common_import import NpsImportCommon

DAY = "2025-04-13"
CARLA = "carla@bluesky.example"


@tagged("post_install", "-at_install")
class TestImportReports(NpsImportCommon):
    """Imported answers count in every score, and in no rate of those who answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["nps.report"]

    def setUp(self):
        super().setUp()
        self.record = self.bring(
            *[(DAY, "9", f"c{n}@x.example", "", "", "agent") for n in range(12)]
        )
        self.ask_three_and_get_one()

    def ask_three_and_get_one(self):
        for number in range(3):
            customer = self.make_customer(f"N{number}", f"n{number}@bluesky.example")
            invitation = self.pick(customer)
            invitation.sent_at = invitation.picked_at
            if not number:
                self.answer(invitation, 1)

    def test_they_count_in_the_score_unless_left_out(self):
        [(answers, promoters)] = self.report._read_group(
            [("user_id", "=", self.agent.id)], [], ["answered:sum", "promoters:sum"]
        )
        self.assertEqual((answers, promoters), (13, 12))
        [(answers,)] = self.report._read_group(
            [("user_id", "=", self.agent.id), ("is_imported", "=", False)],
            [],
            ["answered:sum"],
        )
        self.assertEqual(answers, 1)

    def test_they_are_in_no_response_rate(self):
        [(asked, responded, rate, share)] = self.report._read_group(
            [("user_id", "=", self.agent.id)],
            [],
            ["invited:sum", "responded:sum", "response_rate:avg", "ask_rate:avg"],
        )
        self.assertEqual((asked, responded), (3, 1))
        self.assertAlmostEqual(rate, 100 / 3)
        self.assertEqual(share, 100)
        total = self.env["nps.insight"].get_scorecard([], {"period": "all"})["total"]
        self.assertEqual((total["n"], total["invited"]), (13, 3))

    def test_imported_or_not_is_an_axis(self):
        found = dict(
            self.report._read_group(
                [("user_id", "=", self.agent.id)], ["is_imported"], ["answered:sum"]
            )
        )
        self.assertEqual(found, {True: 12, False: 1})
        card = self.env["nps.insight"].get_scorecard(
            [], {"axis": "import", "period": "all"}
        )
        labels = {row["name"]: row["n"] for row in card["rows"]}
        self.assertEqual(labels.get("past.csv"), 12)

    def test_the_audit_of_asking_leaves_them_out(self):
        audit = self.env["nps.ask.audit"].create({"period": "365"})
        rows = self.report.search(audit._domain())
        self.assertFalse(rows.filtered("is_imported"))
