from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_withheld import WithheldCommon

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
