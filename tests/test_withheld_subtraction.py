import random

from odoo.tests import tagged

from .common_withheld import WithheldCommon


@tagged("post_install", "-at_install")
class TestSubtraction(WithheldCommon):
    """Whatever is asked and subtracted, a withheld answer is in no number."""

    AXES = ("user_id", "department_id", "metric", "state", "local_date:month", "guess")
    SUMS = ("answered", "promoters", "passives", "detractors", "score", "answers_all")

    def leaf(self, dice):
        """Return a random condition."""
        return dice.choice(
            [
                ("user_id", dice.choice(["=", "!="]), self.few.id),
                ("user_id", dice.choice(["=", "!="]), self.agent.id),
                ("score", dice.choice(["<", ">", "=", "!="]), dice.randint(0, 10)),
                ("score", "=", False),
                ("score_all", dice.choice(["<", ">="]), dice.randint(0, 10)),
                ("category", dice.choice(["=", "!="]), "detractor"),
                ("net_score", dice.choice(["<", ">", "="]), dice.choice([0, -100])),
                ("gap", dice.choice(["<", ">"]), dice.randint(-5, 5)),
                ("comment", "ilike", dice.choice(["secret", "e"])),
                ("detractors", "=", dice.randint(0, 1)),
                ("invitation_id.response_ids.score", "<", dice.randint(0, 10)),
                ("invitation_id.answer_id.score", "<", dice.randint(0, 10)),
                ("answered", "=", dice.randint(0, 1)),
                ("withheld", "=", dice.randint(0, 1)),
                ("response_rate", dice.choice(["<", ">="]), 50),
                ("local_hour", dice.choice(["<", ">="]), dice.randint(0, 23)),
                ("picked_at", "<=", dice.choice(self.moments)),
            ]
        )

    def domain(self, dice):
        """Return a random domain of up to four conditions."""
        leaves = [self.leaf(dice) for _n in range(dice.randint(0, 4))]
        operators = [dice.choice("&|") for _n in leaves[1:]]
        return [*operators, *leaves]

    def ask(self, dice_seed):
        """Return what a manager gets for a random question on a random surface."""
        dice = random.Random(dice_seed)
        report = self.env["nps.report"].with_user(self.manager)
        domain = self.domain(dice)
        axes = dice.sample(self.AXES, dice.randint(0, 2))
        sums = [f"{name}:sum" for name in dice.sample(self.SUMS, 3)]
        aggregates = [*sums, "net_score:avg", "score:max", "response_rate:avg"]
        surface = dice.choice(["_read_group", "formatted", "sets", "search"])
        if surface == "search":
            order = dice.choice(["score", "score desc", "net_score", "comment, id"])
            return report.search_read(
                domain, ["score", "comment"], order=f"{order}, id"
            )
        if surface == "formatted":
            return report.formatted_read_group(domain, axes, aggregates)
        if surface == "sets":
            return report.formatted_read_grouping_sets(domain, [axes, []], aggregates)
        return report._read_group(domain, axes, aggregates)

    def answers(self, count=200):
        """Return everything that a manager gets for many random questions."""
        self.moments = self.of(self.few, "nps.invitation").mapped("picked_at")
        found = []
        for seed in range(count):
            self.settle()
            found.append(repr(self.ask(seed)))
        return found

    def test_other_scores_of_the_withheld_change_nothing_that_a_manager_gets(self):
        # What does not depend on a score cannot tell it, by whatever arithmetic.
        before = self.answers()
        others = [(10, "promoter", "Good"), (8, "passive", ""), (9, "promoter", "e")]
        for response, (score, category, words) in zip(
            self.of(self.few).sudo(), others, strict=True
        ):
            response.write({"score": score, "category": category, "comment": words})
        self.assertEqual(self.answers(), before)

    def test_the_attack_would_have_told_without_the_setting(self):
        self.company.nps_fewest_shown = 0
        before = self.answers(60)
        self.of(self.few).sudo().write({"score": 10, "category": "promoter"})
        self.assertNotEqual(self.answers(60), before)

    def test_all_minus_the_others_is_nothing(self):
        report = self.env["nps.report"].with_user(self.manager)
        ours = [("user_id", "in", (self.agent | self.few).ids)]
        sums = [f"{name}:sum" for name in self.SUMS]
        (total,) = report._read_group(ours, [], sums)
        (other,) = report._read_group([("user_id", "=", self.agent.id)], [], sums)
        self.assertEqual(total, other)

    def test_the_withheld_are_counted_and_in_the_response_rate(self):
        self.settle()
        report = self.env["nps.report"].with_user(self.manager)
        ((withheld, rate),) = report._read_group(
            [("user_id", "=", self.few.id)], [], ["withheld:sum", "response_rate:avg"]
        )
        self.assertEqual((withheld, rate), (3, 100))
