from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestScoreField(NpsCommon):
    """A number that may be missing, where 0 is a number like any other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invitations = cls.pick(guess=0) | cls.pick() | cls.pick(guess=7)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def assertFinds(self, domain, guesses):
        """Check the guesses found by the database and in Python, 0 apart from False."""
        in_database = self.invitations.search(
            [("id", "in", self.invitations.ids), *domain]
        )
        in_python = self.invitations.filtered_domain(domain)
        for found in (in_database, in_python):
            self.assertEqual(
                sorted(map(repr, found.mapped("guess"))), sorted(map(repr, guesses))
            )

    def test_searching_zero_does_not_find_the_missing(self):
        self.assertFinds([("guess", "=", 0)], [0])

    def test_searching_the_missing_does_not_find_zero(self):
        self.assertFinds([("guess", "=", False)], [False])

    def test_searching_what_is_there_finds_zero(self):
        self.assertFinds([("guess", "!=", False)], [0, 7])

    def test_searching_several_scores(self):
        self.assertFinds([("guess", "in", [0, 7])], [0, 7])

    def test_comparing_leaves_the_missing_out(self):
        self.assertFinds([("guess", "<", 5)], [0])

    def test_an_answer_of_zero_has_a_name(self):
        self.assertEqual(
            self.answer(self.invitations[0], 0).display_name, "0/10 · Carla Customer"
        )

    def test_an_export_tells_zero_from_nothing(self):
        rows = self.invitations.export_data(["guess"])["datas"]
        self.assertEqual(sorted(map(repr, (row[0] for row in rows))), ["''", "0", "7"])
