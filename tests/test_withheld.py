import random

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_withheld import FEWEST, WithheldCommon

ANSWER_COLUMNS = {
    "score": False,
    "category": False,
    "comment": False,
    "net_score": False,
    "promoter_share": False,
    "hours_to_answer": False,
    "gap": False,
    "score_all": False,
    "net_score_all": False,
    "counted_at": False,
    "answered": 0,
    "answers_all": 0,
    "promoters": 0,
    "passives": 0,
    "detractors": 0,
}


@tagged("post_install", "-at_install")
class TestWhatIsWithheld(WithheldCommon):
    """Whose answers are withheld from whom."""

    def test_a_manager_sees_no_answer_of_an_agent_with_too_few(self):
        self.assertEqual(self.seen(self.manager), self.agent)

    def test_the_agent_himself_and_analysts_see_them(self):
        self.assertEqual(self.seen(self.few), self.few)
        self.assertEqual(self.seen(self.analyst), self.agent | self.few)

    def test_from_enough_answers_on_they_are_seen(self):
        for count in (4, 5):
            self.give(self.few, 10)
            expected = self.agent | self.few if count >= FEWEST else self.agent
            with self.subTest(count=count):
                self.assertEqual(self.seen(self.manager), expected)

    def test_an_answer_that_comes_changes_at_once_who_is_seen(self):
        rows = self.env["nps.response"].with_user(self.manager)
        own = [("user_id", "=", self.few.id)]
        self.assertFalse(rows.search(own))
        more = self.give(self.few, 10) | self.give(self.few, 10)
        self.assertEqual(len(rows.search(own)), 5)
        more[:1].sudo().state = "excluded"
        self.assertFalse(rows.search(own))
        more[:1].sudo().state = "counted"
        more[1:].sudo().unlink()
        self.assertFalse(rows.search(own))

    def test_an_excluded_answer_is_none_of_the_counted(self):
        for score in (10, 10):
            self.give(self.few, score)
        self.assertEqual(self.seen(self.manager), self.agent | self.few)
        self.of(self.few)[:1].sudo().state = "excluded"
        self.assertEqual(self.seen(self.manager), self.agent)

    def test_a_company_that_withholds_nothing_shows_all(self):
        self.company.nps_fewest_shown = 0
        self.assertEqual(self.seen(self.manager), self.agent | self.few)

    def test_each_company_has_its_own_number(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.company_ids |= other
        theirs = self.make_agent(
            "theirs", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        employee = self.env["hr.employee"].search([("user_id", "=", theirs.id)])
        employee.department_id = self.support
        self.give(theirs, 2)
        self.settle()
        seen = self.env["nps.response"].with_user(self.manager)
        seen = seen.with_context(allowed_company_ids=(self.company | other).ids)
        self.assertEqual(len(seen.search([("user_id", "=", theirs.id)])), 1)
        other.nps_fewest_shown = 2
        self.settle()
        self.assertFalse(seen.search([("user_id", "=", theirs.id)]))

    def test_answers_without_an_agent_count_together_for_each_department(self):
        invitations = self.of(self.few, "nps.invitation") | self.of(
            self.agent, "nps.invitation"
        )
        invitations.write({"user_id": False, "department_id": self.phone.id})
        own = [("user_id", "=", False), ("department_id", "=", self.phone.id)]
        for department, number in ((self.phone, 9), (self.support, 6)):
            invitations[:3].department_id = department
            self.settle()
            found = self.env["nps.response"].with_user(self.manager).search(own)
            self.assertEqual(len(found), number)
        own[1] = ("department_id", "=", self.support.id)
        self.assertFalse(self.env["nps.response"].with_user(self.manager).search(own))

    def test_a_number_that_hides_nothing_or_all_is_refused(self):
        for number in (1, 51, -1):
            with self.subTest(number=number), self.assertRaises(ValidationError):
                self.company.nps_fewest_shown = number

    def test_it_is_a_setting_of_the_company(self):
        settings = self.env["res.config.settings"].create({"nps_fewest_shown": 7})
        settings.execute()
        self.assertEqual(self.company.nps_fewest_shown, 7)


@tagged("post_install", "-at_install")
class TestWithheldRows(WithheldCommon):
    """No surface of any model gives a withheld answer out."""

    def hidden(self, model="nps.report", user=None):
        """Return the rows of the agent with too few answers, as the manager."""
        self.settle()
        rows = self.env[model].with_user(user or self.manager)
        return rows.search([("user_id", "=", self.few.id)])

    def test_the_row_stays_and_says_nothing(self):
        rows = self.hidden()
        self.assertEqual(len(rows), 3)
        for name, empty in ANSWER_COLUMNS.items():
            values = {row[name] for row in rows}
            with self.subTest(name=name):
                self.assertEqual(values, {empty})
        self.assertEqual(rows.mapped("withheld"), [1, 1, 1])
        self.assertEqual(set(rows.mapped("response_rate")), {100})
        self.assertEqual(rows.mapped("invited"), [1, 1, 1])

    def test_every_column_that_comes_from_an_answer_is_known_to_the_test(self):
        """A column made of answers by another part is withheld without more ado."""
        stored = self.hidden()._fields
        names = [
            name
            for name, field in stored.items()
            if field.store and field.column_type and name not in ("id", "withheld")
        ]
        shown = self.hidden(user=self.analyst).read(names)
        kept = self.hidden().read(names)
        self.of(self.few).sudo().write(
            {"score": 9, "category": "promoter", "comment": "x", "lang": "de_DE"}
        )
        self.assertEqual(self.hidden().read(names), kept)
        self.assertNotEqual(self.hidden(user=self.analyst).read(names), shown)

    def test_an_answer_of_somebody_else_can_not_be_read_by_its_id(self):
        secret = self.of(self.few).with_user(self.manager)
        for method in ("read", "web_read", "export_data"):
            arguments = {
                "read": (["score"],),
                "web_read": ({"score": {}},),
                "export_data": (["score"],),
            }[method]
            with self.subTest(method=method), self.assertRaises(AccessError):
                self.settle()
                self.manager.group_ids |= self.env.ref("base.group_allow_export")
                getattr(secret, method)(*arguments)

    def test_no_condition_tells_scores_of_withheld_rows(self):
        for model, path in (
            ("nps.report", ""),
            ("nps.invitation", "response_ids."),
            ("nps.invitation", "answer_id."),
            ("nps.response", ""),
            ("nps.driver.answer", "response_id."),
        ):
            records = self.env[model].with_user(self.manager)
            for leaf in (
                (f"{path}score", "<", 5),
                (f"{path}score", "=", 0),
                (f"{path}category", "=", "detractor"),
                (f"{path}comment", "ilike", "secret"),
            ):
                self.settle()
                found = records.search([("user_id", "=", self.few.id), leaf])
                with self.subTest(model=model, leaf=leaf):
                    self.assertFalse(found)

    def test_drivers_disputes_and_quotes_are_withheld_too(self):
        self.survey.asks_quote = True
        response = self.give(self.few, 10, comment="Secret", quote=True)
        driver = self.env["nps.driver"].create(
            {"name": "Pace", "survey_id": self.survey.id}
        )
        self.env["nps.driver.answer"].sudo().create(
            {"response_id": response.id, "driver_id": driver.id, "value": 1}
        )
        response.with_user(self.few).action_contest("wrong_person", "Not mine")
        self.env["nps.quote"].create({"response_id": response.id})
        for model in ("nps.driver.answer", "nps.dispute", "nps.quote"):
            with self.subTest(model=model):
                self.assertFalse(self.hidden(model))
                self.assertTrue(self.hidden(model, self.few))
                self.assertTrue(self.hidden(model, self.analyst))

    def test_guesses_are_compared_with_no_withheld_answer(self):
        self.assertFalse(self.hidden("nps.guess.report"))
        self.assertTrue(self.hidden("nps.guess.report", self.few))

    def test_his_page_shows_no_answer_of_the_agent(self):
        self.settle()
        page = self.env["nps.my.page"].with_user(self.manager).get_page(self.few.id)
        self.assertFalse(page["answers"])
        self.assertTrue(page["withheld"].startswith("3 answers are not shown"))
        self.settle()
        page = self.env["nps.my.page"].with_user(self.few).get_page()
        self.assertEqual((len(page["answers"]), page["withheld"]), (3, ""))

    def test_praise_does_not_reach_the_manager(self):
        self.company.nps_praise_to = "both"
        response = self.give(self.few, 10, comment="Wonderful")
        self.settle()
        self.assertEqual(response._praise_readers(), self.few)
        response = self.give(self.agent, 10, comment="Wonderful")
        self.assertEqual(response._praise_readers(), self.agent | self.manager)

    def test_the_score_card_does_not_say_whose_work_it_was(self):
        self.settle()
        card = self.customer.with_user(self.manager).nps_score_card()
        named = {answer["colleague"] for answer in card["answers"]}
        self.assertNotIn(self.few.name, named)

    def test_a_case_still_shows_the_answer_to_be_worked_on(self):
        case = self.make_case(self.of(self.few)[:1])
        self.settle()
        self.assertEqual(case.with_user(self.manager).comment, "Secret")


@tagged("post_install", "-at_install")
class TestWithheldTickets(WithheldCommon):
    """The answer on a ticket."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tickets = cls.make_ticket(user_id=cls.few.id) | cls.make_ticket()
        for ticket, agent in zip(cls.tickets, (cls.few, cls.agent), strict=True):
            cls.answer(cls.pick(ticket, user=agent), 2)
        cls.settle()

    def test_the_answer_on_a_ticket_is_withheld(self):
        tickets = self.tickets.with_user(self.manager)
        categories = tickets.mapped("nps_category")
        self.assertEqual(categories, [False, "detractor"])
        self.assertEqual(tickets.mapped("nps_score"), [False, 2])

    def test_it_is_withheld_from_filters_and_groups(self):
        mine = [("id", "in", self.tickets.ids)]
        tickets = self.env["helpdesk.ticket"].with_user(self.manager)
        unhappy = tickets.search([*mine, ("nps_category", "=", "detractor")])
        self.assertEqual(unhappy.ids, self.tickets[1:].ids)
        groups = tickets._read_group(mine, ["nps_category"], ["__count"])
        self.assertEqual(sorted(groups, key=str), [("detractor", 1), (False, 1)])

    def test_his_own_tickets_show_it(self):
        ticket = self.tickets[:1].with_user(self.few)
        self.assertEqual(ticket.nps_category, "detractor")

    def test_what_the_system_reads_gives_nothing_out(self):
        self.settle()
        ticket = self.tickets[:1].with_user(self.manager)
        self.assertTrue(ticket.sudo().name)
        self.assertFalse(ticket.nps_category)

    def test_nobody_is_suggested_by_withheld_answers(self):
        ticket = self.tickets[1:].with_user(self.manager)
        domain = ticket._nps_expert_domain([])
        self.settle()
        rows = self.env["nps.report"].sudo().with_user(self.manager).search(domain)
        self.assertNotIn(self.few, rows.user_id.sudo())


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


@tagged("post_install", "-at_install")
class TestWithheldCostsNothing(WithheldCommon):
    def sql(self, user):
        return self.env["nps.report"].with_user(user)._table_query.code

    def test_nothing_is_added_where_nothing_is_withheld(self):
        self.assertIn("nps_withheld", self.sql(self.manager))
        self.assertNotIn("nps_withheld", self.sql(self.analyst))
        self.company.nps_fewest_shown = 0
        self.assertNotIn("nps_withheld", self.sql(self.manager))

    def test_answers_are_counted_once_in_a_transaction(self):
        self.settle()
        rows = self.env["nps.response"].with_user(self.manager)
        rows.search([])
        few = self.queries(rows)
        self.env.cr.cache.clear()
        self.assertEqual(self.queries(rows), few + 1)

    def queries(self, rows):
        before = self.env.cr.sql_log_count
        rows.search([])
        return self.env.cr.sql_log_count - before
