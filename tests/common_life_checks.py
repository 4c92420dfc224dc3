"""What always holds in the life of invitations, whatever happened."""

from hypothesis.stateful import invariant

from . import common_life_notes as life

KEPT = (
    "user_id, agent_name, employee_id, department_id, company_id, lang, country_id,"
    " outcome_id, survey_id, picked_at, local_date, local_hour, guess, res_model"
)
"""What an invitation keeps of its moment, whatever happens later."""
PERSONAL = "customer_name, email, email_normalized, tz, subject"
"""What it keeps of the person until he is erased."""

MEASURES = [
    f"{name}:sum"
    for name in ("promoters", "passives", "detractors", "answered", "invited")
]
MEASURES += ["net_score:avg"]
GROUPINGS = {
    "department_id": lambda ask: ask.department,
    "user_id": lambda ask: ask.agent,
    "outcome_id": lambda ask: ask.record.outcome_id,
    "partner_id": lambda ask: _partner(ask),
    "state": lambda ask: ask.state,
    "suppression_reason": lambda ask: ask.reason or False,
    "local_date:month": lambda ask: ask.month,
}


class LifeChecks:
    """Compares the database with the book, after every step."""

    @invariant()
    def all_of_it_holds(self):
        self.every_invitation_is_where_the_book_says()
        self.states_follow_each_other_as_allowed()
        self.no_answer_is_lost_and_one_counts()
        self.what_was_copied_stays()
        self.the_last_score_is_the_last_answer_and_nothing_is_0()
        self.a_link_opens_only_while_it_may_be_answered()
        self.an_answer_has_at_most_one_case()
        self.what_it_was_about_can_still_be_opened()
        self.every_total_is_the_recount()

    def sql(self, query, *values):
        self.env.flush_all()
        self.env.cr.execute(query, values)
        return self.env.cr.fetchall()

    def ids(self):
        return tuple(ask.record.id for ask in self.book.asks) or (0,)

    def every_invitation_is_where_the_book_says(self):
        rows = self.sql(
            "SELECT id, state, suppression_reason, scheduled_at, asked_at, sent_at,"
            " expires_at, answered_at, partner_id FROM nps_invitation"
            " WHERE id IN %s ORDER BY id",
            self.ids(),
        )
        expected = [
            (
                ask.record.id,
                ask.state,
                ask.reason or ask.held_back,
                ask.due,
                ask.asked_at,
                ask.sent_at,
                ask.expires_at,
                ask.answered_at,
                _partner(ask).id or None,
            )
            for ask in self.book.asks
        ]
        self.test.assertEqual(rows, expected)

    def states_follow_each_other_as_allowed(self):
        rows = self.sql(
            "SELECT id, state FROM nps_invitation WHERE id IN %s", self.ids()
        )
        for number, state in rows:
            before = self.states.get(number)
            if state != before:
                self.test.assertIn(state, life.MAY_FOLLOW[before], before)
        self.states = dict(rows)

    def no_answer_is_lost_and_one_counts(self):
        rows = self.sql(
            "SELECT invitation_id, score, state FROM nps_response"
            " WHERE invitation_id IN %s ORDER BY id",
            self.ids(),
        )
        found = {ask.record.id: [] for ask in self.book.asks}
        for number, *answer in rows:
            found[number].append(tuple(answer))
        for ask in self.book.asks:
            expected = [(answer.score, answer.state) for answer in ask.answers]
            self.test.assertEqual(found[ask.record.id], expected)
            given = [a for a in ask.answers if a.state in ("counted", "excluded")]
            self.test.assertLessEqual(len(given), 1)

    def what_was_copied_stays(self):
        for what in (KEPT, PERSONAL):
            rows = self.sql(
                f"SELECT id, {what} FROM nps_invitation WHERE id IN %s", self.ids()
            )
            erased = {ask.record.id for ask in self.book.asks if ask.is_erased}
            for number, *values in rows:
                if what == PERSONAL and number in erased:
                    self.test.assertEqual(values, [None] * len(values))
                    continue
                known = self.snapshots.setdefault((what, number), values)
                self.test.assertEqual(values, known)

    def the_last_score_is_the_last_answer_and_nothing_is_0(self):
        everywhere = [(self.test.customer_company, self._of_company())]
        for contact in self.book.contacts:
            his = [ask for ask in self.asks() if ask.contact is contact]
            everywhere.append((contact.record, his))
        for ticket in self.book.tickets:
            about_it = [ask for ask in self.asks() if ask.ticket is ticket]
            everywhere.append((ticket.record, about_it))
        for record, asks in everywhere:
            last = self.book.last_answer(asks)
            rows = self.sql(
                "SELECT nps_score, nps_category, nps_answered_at"
                f" FROM {record._table} WHERE id = %s",
                record.id,
            )
            expected = (last.score, last.category, last.at) if last else (None,) * 3
            self.test.assertEqual(rows, [expected], record)

    def _of_company(self):
        return [ask for ask in self.book.asks if ask.is_of_company]

    def a_link_opens_only_while_it_may_be_answered(self):
        for token in self.dead_tokens:
            link = self.env["nps.invitation.link"]._find_invitation(token)
            self.test.assertFalse(link)
        for ask in self.linked():
            for token in ask.tokens:
                found = self.env["nps.invitation.link"]._find_invitation(token)
                self.test.assertEqual(found, ask.record)
            self.test.assertEqual(found._is_open(), self.book.is_open(ask, self.now))

    def an_answer_has_at_most_one_case(self):
        rows = self.sql(
            "SELECT invitation_id, state, score FROM nps_case"
            " WHERE invitation_id IN %s ORDER BY invitation_id",
            self.ids(),
        )
        expected = [
            (ask.record.id, ask.case.state, ask.case.answer.score)
            for ask in self.book.asks
            if ask.case
        ]
        self.test.assertEqual(rows, expected)

    def what_it_was_about_can_still_be_opened(self):
        for ask in (ask for ask in self.book.asks if not ask.is_erased):
            where = (ask.ticket or ask.contact).record
            self.test.assertEqual(ask.record._touchpoint(), where)

    def every_total_is_the_recount(self):
        self.steps += 1
        names = sorted(GROUPINGS)
        self._check_report([])
        self._check_report([names[self.steps % len(names)]])

    def _check_report(self, groupby):
        report = self.env["nps.report"].with_context(active_test=False)
        rows = report._read_group([("id", "in", self.ids())], groupby, MEASURES)
        key = GROUPINGS[groupby[0]] if groupby else lambda ask: None
        expected = self.book.recount(key)
        if not expected:
            return
        found = {row[0] if groupby else None: row[len(groupby) :] for row in rows}
        self.test.assertEqual(set(found), set(expected), groupby)
        for group, numbers_ in expected.items():
            self.test.assertEqual(found[group][:5], numbers_[:5], (groupby, group))
            net, expected_net = found[group][5], numbers_[5]
            if expected_net is None:
                self.test.assertIn(net, (None, False))
                self.test.assertIsNot(net, 0)
            else:
                self.test.assertAlmostEqual(net, expected_net)


def _partner(ask):
    """Return the contact of an interaction, or none where he is erased."""
    return ask.contact.record if ask.contact else ask.record.partner_id.browse()
