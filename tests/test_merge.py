"""Merged contacts: no answer is lost, whatever table knows the customer."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common_companies import CompaniesCommon

RECOMPUTED = {"nps.risk", "nps.risk.news"}
"""What follows from facts: made anew for the customer who is left."""


@tagged("post_install", "-at_install")
class TestMerge(CompaniesCommon):
    """A customer of both companies is merged into another who has a past too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twin = cls.make_customer("Twin", "twin@bluesky.example")
        cls.answer(cls.pick(cls.twin), 6, comment="Twin's own")
        cls.env["nps.opt.out"].sudo().create(
            {"email": cls.customer.email, "partner_id": cls.customer.id}
        )
        ticket = cls.make_ticket()
        cls.on_ticket = cls.pick(ticket)
        cls.link = cls.make_link(cls.on_ticket)
        cls.env.flush_all()

    def merge(self, *sources, into=None):
        target = into or self.twin
        contacts = target.union(*sources)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(contacts.ids, target)
        self.env.flush_all()
        self.env.invalidate_all()

    def columns(self):
        """Yield (model, column, table) of everything of ours that names a contact."""
        for name, model in sorted(self.env.registry.items()):
            if not name.startswith("nps.") or not model._auto or model._abstract:
                continue
            for field in model._fields.values():
                if field.comodel_name != "res.partner" or not field.store:
                    continue
                if field.type == "many2one":
                    yield name, field.name, model._table
                elif field.type == "many2many":
                    yield name, field.column2, field.relation

    def count(self, table, where=None):
        where = where or SQL("TRUE")
        query = SQL("SELECT COUNT(*) FROM %s WHERE %s", SQL.identifier(table), where)
        return self.env.execute_query(query)[0][0]

    def counts(self):
        return {
            table: self.count(table)
            for model, _column, table in self.columns()
            if model not in RECOMPUTED and not self.env[model]._transient
        }

    # === NOTHING IS LOST === #

    def test_no_row_is_lost_and_none_names_who_is_gone(self):
        before = self.counts()
        gone = self.customer.id
        self.assertGreater(len(before), 4)
        self.merge(self.customer)
        self.assertEqual(self.counts(), before)
        for model, column, table in self.columns():
            with self.subTest(model=model, column=column):
                where = SQL("%s = %s", SQL.identifier(column), gone)
                self.assertFalse(self.count(table, where))

    def test_what_was_picked_on_the_contact_is_on_the_one_who_is_left(self):
        gone = self.customer.id
        self.merge(self.customer)
        for name, model in self.env.registry.items():
            fields = model._fields.values()
            if not name.startswith("nps.") or not model._auto or model._abstract:
                continue
            for field in fields:
                if field.type == "many2one_reference" and field.store:
                    with self.subTest(model=name, field=field.name):
                        self.assertFalse(
                            self.env[name]
                            .sudo()
                            .search(
                                [
                                    (field.model_field, "=", "res.partner"),
                                    (field.name, "=", gone),
                                ]
                            )
                        )

    def test_an_interaction_on_the_contact_still_opens_him(self):
        invitation = self.pick(self.customer)
        self.merge(self.customer)
        self.assertEqual(invitation._touchpoint(), self.twin)

    def test_the_link_of_who_is_gone_takes_an_answer(self):
        self.merge(self.customer)
        found = self.env["nps.invitation.link"]._find_invitation(self.link)
        self.answer(found, 1)
        self.assertEqual((self.twin.nps_score, found.partner_id), (1, self.twin))

    def test_words_and_scores_stay_as_they_were(self):
        answers = self.env["nps.response"].sudo().search([])
        before = answers.read(["score", "comment", "state", "submitted_at"])
        self.merge(self.customer)
        self.assertEqual(
            answers.read(["score", "comment", "state", "submitted_at"]), before
        )

    def test_the_name_of_the_day_stays_on_the_interaction(self):
        self.merge(self.customer)
        self.assertEqual(self.on_ticket.customer_name, "Carla Customer")
        self.assertEqual(self.on_ticket.email, "carla@bluesky.example")

    # === WHAT IS SHOWN === #

    def test_each_company_still_shows_its_own_answers(self):
        self.merge(self.customer)
        for company, answers in ((self.company, 3), (self.other, 2)):
            card = (
                self.twin.with_user(self.admins[company])
                .with_context(allowed_company_ids=company.ids)
                .nps_score_card()
            )
            self.assertEqual(len(card["answers"]), answers)

    def test_the_last_answer_of_both_is_shown(self):
        self.merge(self.customer)
        responses = self.env["nps.response"].sudo()
        his = [("partner_id", "=", self.twin.id), ("state", "=", "counted")]
        last = responses.search(his, order="submitted_at desc, id desc", limit=1)
        self.assertEqual(self.twin.nps_score, last.score)

    def test_the_opt_out_holds_for_who_is_left(self):
        self.merge(self.customer)
        opt_outs = self.env["nps.opt.out"].sudo()
        domain = opt_outs._domain_of(self.twin, ["twin@bluesky.example"])
        self.assertTrue(opt_outs.search(domain))

    def test_a_chain_of_merges_keeps_everything(self):
        before = self.counts()
        third = self.make_customer("Third", "third@bluesky.example")
        self.merge(self.customer)
        self.merge(self.twin, into=third)
        self.assertEqual(self.counts(), before)
        answers = self.env["nps.response"].sudo()
        his = answers.search_count([("partner_id", "=", third.id)])
        self.assertEqual(his, 5)

    def test_contacts_of_two_companies_of_ours_leave_each_its_answers(self):
        self.customer.company_id = self.company
        foreign = self.make_customer(
            "Foreign", "foreign@x.example", parent_id=False, company_id=self.other.id
        )
        invitations = self.env["nps.invitation"].sudo().search([])
        before = {row: row.company_id for row in invitations}
        self.merge(self.customer, into=foreign)
        self.assertEqual({row: row.company_id for row in invitations}, before)

    # === WHO DID IT === #

    def test_the_chatter_says_who_merged_whom_and_what_came_along(self):
        self.merge(self.customer)
        note = " ".join(self.twin.message_ids.mapped("body"))
        for words in ("Carla Customer", "carla@bluesky.example", "cannot be undone"):
            self.assertIn(words, note)
        self.assertEqual(self.twin.message_ids[0].author_id, self.env.user.partner_id)
        self.assertIn("5 interactions and 4 answers", note)

    def test_contacts_who_were_never_asked_are_merged_without_a_word(self):
        new = self.make_customer("New", "new@bluesky.example")
        before = self.twin.message_ids
        self.merge(new)
        notes = (self.twin.message_ids - before).mapped("body")
        self.assertNotIn("interactions", " ".join(notes))
