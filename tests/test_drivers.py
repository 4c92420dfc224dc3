from odoo.tests import tagged

from ..tools import intervals
from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestDrivers(NpsCommon):
    """What drivers add up to: a mean, with how many and how sure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env.ref("nps.nps_driver_person")
        cls.values = (5, 4, 5, 3, 5, 2)
        for value in cls.values:
            cls.answer(cls.pick(), 9, drivers={cls.person.id: value})

    def group(self, *domain):
        aggregates = ["mean:avg", "mean_low:avg", "mean_high:avg", "answers:sum"]
        [row] = self.env["nps.driver.answer"]._read_group(
            [("driver_id", "=", self.person.id), *domain], [], aggregates
        )
        return row

    def test_the_mean_comes_with_its_number_and_interval(self):
        mean, low, high, count = self.group()
        self.assertEqual(count, 6)
        self.assertAlmostEqual(mean, 4)
        # Sample deviation of the six values.
        expected = intervals.mean_interval(6, 4, 1.2649110640673518)
        self.assertAlmostEqual(low, expected[0])
        self.assertAlmostEqual(high, expected[1])

    def test_below_five_answers_there_is_no_interval(self):
        for value, number in ((5, 3), (2, 1)):
            with self.subTest(number=number):
                mean, low, high, count = self.group(("value", "=", value))
                self.assertEqual((mean, count), (value, number))
                self.assertIs(low, False)
                self.assertIs(high, False)

    def test_a_choice_has_no_mean(self):
        driver = self.env["nps.driver"].create(
            {
                "name": "Where?",
                "kind": "choice",
                "survey_id": self.survey.id,
                "choice_ids": [(0, 0, {"name": name}) for name in ("Shop", "Web")],
            }
        )
        response = self.answer(
            self.pick(), 9, drivers={driver.id: driver.choice_ids[0].id}
        )
        [answer] = response.driver_answer_ids
        self.assertEqual(answer.answers, 0)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT mean FROM nps_driver_answer WHERE id = %s", [answer.id]
        )
        self.assertIsNone(self.env.cr.fetchone()[0])

    def test_an_agent_sees_the_drivers_of_his_own_answers(self):
        other = self.make_agent("other", self.sales)
        answers = self.env["nps.driver.answer"]
        mine = answers.with_user(self.agent).search_count([])
        self.assertEqual(mine, len(self.values))
        self.assertEqual(answers.with_user(other).search_count([]), 0)
