from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import NpsCommon

WORDS = "Quick and kind.\nI am not unhappy with the printer."


class QuoteCase(NpsCommon):
    """An answer that may be quoted, and an analyst."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey.asks_quote = True
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.response = cls.make_quotable()

    @classmethod
    def make_quotable(cls, comment=WORDS, invitation=None, **values):
        """Answer as a customer who agrees to be quoted."""
        invitation = invitation or cls.pick(cls.make_ticket())
        return cls.answer(invitation, 10, comment=comment, quote=True, **values)

    @classmethod
    def prepare(cls, response=None, **values):
        """Prepare a quote as an analyst."""
        values = {"response_id": (response or cls.response).id, **values}
        return cls.env["nps.quote"].with_user(cls.analyst).create(values)

    @classmethod
    def approve(cls, response=None, **values):
        quote = cls.prepare(response, **values)
        quote.action_approve()
        return quote

    def shown(self, website=None):
        """Return the texts that the website shows."""
        website = website or self.env["website"].get_current_website()
        quotes = self.env["nps.quote"].with_context(website_id=website.id)
        return [value["text"] for value in quotes._website_values()]


@tagged("post_install", "-at_install")
class TestQuote(QuoteCase):
    """A customer's words on the website: his own, with his consent, approved."""

    # === PREPARING === #

    def test_the_button_prepares_a_quote_and_then_opens_it(self):
        response = self.response.with_user(self.analyst)
        first = response.action_prepare_quote()
        quote = self.env["nps.quote"].browse(first["res_id"])
        self.assertRecordValues(
            quote,
            [{"text": WORDS, "state": "draft", "response_id": self.response.id}],
        )
        self.assertEqual(response.action_prepare_quote()["res_id"], quote.id)

    def test_without_consent_there_is_no_quote(self):
        response = self.answer(self.pick(), 10, comment="Great")
        with self.assertRaisesRegex(UserError, "not agreed"):
            self.prepare(response)

    def test_with_a_consent_that_was_withdrawn_there_is_no_quote(self):
        self.response._withdraw_quote()
        with self.assertRaisesRegex(UserError, "not agreed"):
            self.prepare()

    def test_of_an_answer_that_does_not_count_there_is_no_quote(self):
        for state in ("superseded", "suspect", "excluded"):
            with self.subTest(state=state):
                response = self.make_quotable()
                response.state = state
                with self.assertRaisesRegex(UserError, "does not count"):
                    self.prepare(response)

    def test_without_words_there_is_no_quote(self):
        for comment in ("", " :-) "):
            with self.subTest(comment=comment):
                response = self.make_quotable(comment)
                self.assertFalse(response.is_quotable)
                with self.assertRaisesRegex(ValidationError, "needs some words"):
                    self.prepare(response)

    def test_an_answer_says_whether_it_can_be_quoted(self):
        self.assertTrue(self.response.is_quotable)
        self.response._withdraw_quote()
        self.assertFalse(self.response.is_quotable)

    # === THE CUSTOMER'S OWN WORDS === #

    def test_words_may_be_left_out(self):
        for text in ("Quick and kind.", "Quick … the printer.", "Quick [...] printer."):
            with self.subTest(text=text):
                quote = self.prepare(self.make_quotable(), text=text)
                self.assertEqual(quote.text, text)

    def test_words_may_be_neither_changed_nor_added_nor_turned_round(self):
        quote = self.prepare()
        for text, wrong in (
            ("Very quick and kind.", "Very quick and kind."),
            ("the printer … Quick", "Quick"),
            ("… happy with the printer.", "happy with the printer."),
        ):
            with self.subTest(text=text):
                with self.assertRaisesRegex(ValidationError, f"“{wrong}”"):
                    quote.text = text

    def test_a_link_in_the_words_loses_its_secret(self):
        invitation = self.pick(self.make_ticket())
        token = self.make_link(invitation)
        response = self.make_quotable(f"Great /nps/{token} thanks", invitation)
        quote = self.approve(response)
        self.assertNotIn(token, quote.text)
        self.assertNotIn(token, str(self.shown()))

    # === THE NAME === #

    def test_our_own_sentence_permits_the_first_name(self):
        self.assertEqual(self.prepare().shown_name, "Carla")

    def test_it_does_so_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["ir.module.module"]._load_module_terms(["nps"], ["de_DE"])
        invitation = self.pick(self.make_ticket()).with_context(lang="de_DE")
        self.answer(invitation, 10, comment="Gut", quote=True, lang="de_DE")
        response = invitation._counted_response().with_context(lang=None)
        self.assertNotIn("first name", response.quote_consent_text)
        self.assertEqual(self.prepare(response).shown_name, "Carla")

    def test_a_text_of_ones_own_proposes_no_name(self):
        self.survey.quote_text = "{company} may quote me anonymously"
        quote = self.approve(self.make_quotable())
        self.assertFalse(quote.shown_name)
        self.assertTrue(quote.display_name.startswith("A customer: "))

    def test_a_company_has_no_first_name(self):
        self.customer.is_company = True
        self.assertFalse(self.prepare(self.make_quotable()).shown_name)

    def test_a_name_is_no_address(self):
        with self.assertRaisesRegex(ValidationError, "e-mail address"):
            self.prepare(shown_name="carla@bluesky.example")

    # === APPROVING === #

    def test_nothing_is_shown_before_somebody_approved_it(self):
        quote = self.prepare()
        self.assertEqual(self.shown(), [])
        quote.action_approve()
        self.assertEqual(self.shown(), [WORDS])
        self.assertRecordValues(
            quote, [{"state": "approved", "approved_by_id": self.analyst.id}]
        )
        self.assertEqual(quote.approved_at.date(), fields.Date.today())

    def test_a_decision_cannot_be_written_past_the_buttons(self):
        quote = self.prepare()
        for values in (
            {"state": "approved"},
            {"approved_by_id": self.agent.id},
            {"approved_at": fields.Datetime.now()},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                quote.write(values)
        with self.assertRaises(AccessError):
            self.prepare(self.make_quotable(), state="approved")

    def test_no_default_decides(self):
        moment = fields.Datetime.now()
        decided = {
            "state": "approved",
            "approved_by_id": self.agent.id,
            "approved_at": moment,
            "submitted_at": moment,
            "user_id": self.analyst.id,
        }
        quotes = self.env["nps.quote"].with_user(self.analyst)
        by_context = {f"default_{name}": value for name, value in decided.items()}
        with self.subTest("of the context"):
            quote = quotes.with_context(**by_context).create(
                {"response_id": self.response.id}
            )
            self.assertUndecided(quote)
        for name, value in decided.items():
            self.env["ir.default"].with_user(self.analyst).set(
                "nps.quote", name, value, user_id=True
            )
        with self.subTest("of the user"):
            self.assertUndecided(self.prepare(self.make_quotable()))
        self.assertEqual(self.shown(), [])

    def assertUndecided(self, quote):
        answer = quote.response_id
        self.assertRecordValues(
            quote,
            [
                {
                    "state": "draft",
                    "approved_by_id": False,
                    "approved_at": False,
                    "submitted_at": answer.submitted_at,
                    "user_id": answer.user_id.id,
                }
            ],
        )

    def test_an_approved_quote_stays_with_its_answer(self):
        quote, other = self.approve(), self.make_quotable("Never again")
        with self.assertRaises(AccessError):
            quote.write({"response_id": other.id})
        self.assertEqual((quote.response_id, quote.text), (self.response, WORDS))

    def test_what_it_takes_from_the_answer_cannot_be_written(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.analyst.company_ids += company
        quote = self.approve()
        for values in (
            {"submitted_at": "2020-01-01 00:00:00"},
            {"user_id": self.analyst.id},
            {"partner_id": self.analyst.partner_id.id},
            {"department_id": self.sales.id},
            {"company_id": company.id},
            {"comment": "Great"},
        ):
            with self.subTest(values=values):
                with self.assertRaisesRegex(AccessError, next(iter(values))):
                    quote.write({"sequence": 3, **values})
                with self.assertRaises(AccessError):
                    self.prepare(self.make_quotable(), **values)
        self.assertNotEqual(quote.sequence, 3)

    def test_the_chatter_can_be_written(self):
        quote, partner = self.prepare(), self.agent.partner_id
        quote.write({"message_partner_ids": [(4, partner.id)]})
        quote.message_post(body="Nice one")
        self.assertIn(partner, quote.message_partner_ids)

    def test_what_was_ever_approved_is_not_deleted(self):
        quote = self.approve()
        for step in ("approved", "taken off", "changed"):
            if step == "taken off":
                quote.action_take_off()
            elif step == "changed":
                quote.action_approve()
                quote.text = "Quick …"
            with self.subTest(step), self.assertRaisesRegex(UserError, "take it off"):
                quote.unlink()
        self.assertTrue(quote.exists())

    def test_a_mere_draft_can_be_deleted(self):
        quote = self.prepare()
        quote.unlink()
        self.assertFalse(quote.exists())

    def test_changed_words_or_names_are_approved_again(self):
        for values in ({"text": "Quick …"}, {"shown_name": "C."}):
            with self.subTest(values=values):
                quote = self.approve(self.make_quotable())
                quote.write(values)
                self.assertEqual(quote.state, "draft")
                self.assertNotIn(quote.text, self.shown())

    def test_the_order_may_change_without_a_new_approval(self):
        quote = self.approve()
        quote.write({"sequence": 1, "text": quote.text})
        self.assertEqual(quote.state, "approved")

    def test_a_quote_taken_off_is_gone_and_can_be_approved_again(self):
        quote = self.approve()
        quote.action_take_off()
        self.assertEqual(self.shown(), [])
        self.assertEqual(quote.withdrawn_because, "by_hand")
        quote.action_approve()
        self.assertEqual(self.shown(), [WORDS])
        self.assertFalse(quote.withdrawn_because)

    def test_who_decided_what_is_kept(self):
        quote = self.approve()
        quote.action_take_off()
        log = str(quote.sudo().message_ids.mapped("body"))
        self.assertIn("approved the quote", log)
        self.assertIn("took it off", log)
        self.assertIn(self.analyst.partner_id, quote.sudo().message_ids.author_id)

    # === THE CONSENT === #

    def test_a_withdrawn_consent_takes_the_quote_off_at_once(self):
        for state in ("draft", "approved"):
            with self.subTest(state=state):
                response = self.make_quotable()
                quote = self.prepare(response)
                if state == "approved":
                    quote.action_approve()
                response._withdraw_quote()
                self.assertEqual(
                    (quote.state, quote.withdrawn_because), ("withdrawn", "consent")
                )
                self.assertEqual(self.shown(), [])

    def test_the_website_asks_for_the_consent_itself(self):
        quote = self.approve()
        self.env.flush_all()
        self.env.cr.execute("UPDATE nps_response SET quote_withdrawn_at = now()")
        self.env.invalidate_all()
        self.assertEqual(quote.state, "approved")
        self.assertEqual(self.shown(), [])

    def test_a_withdrawn_consent_cannot_be_approved(self):
        quote = self.approve()
        self.response._withdraw_quote()
        with self.assertRaisesRegex(UserError, "not agreed"):
            quote.action_approve()

    def test_a_consent_given_anew_needs_a_new_approval(self):
        quote = self.approve()
        self.response._withdraw_quote()
        self.response._complete("", quote=True)
        self.assertTrue(self.response._may_be_quoted())
        self.assertEqual((quote.state, self.shown()), ("withdrawn", []))
        quote.action_approve()
        self.assertEqual(self.shown(), [WORDS])

    def test_an_approval_does_not_outlive_the_consent_it_rested_on(self):
        quote = self.approve()
        self.env.flush_all()
        # As when the customer withdrew and agreed anew beside an approval.
        self.env.cr.execute(
            "UPDATE nps_response SET quote_consent_at = now() + interval '1 day'"
        )
        self.env.invalidate_all()
        self.assertEqual((quote.state, self.shown()), ("approved", []))

    def test_saying_the_same_again_changes_nothing(self):
        self.response.quote_consent_at = "2026-01-01"
        quote = self.approve()
        self.response._complete("", quote=True)
        self.assertEqual(self.response.quote_consent_at.year, 2026)
        self.assertEqual(self.response.quote_consent_at.day, 1)
        self.assertEqual((quote.state, self.shown()), ("approved", [WORDS]))

    def test_a_customer_who_withdraws_by_telephone_is_heard(self):
        quote = self.approve()
        quote.action_withdraw_consent()
        self.assertTrue(self.response.quote_withdrawn_at)
        self.assertEqual((quote.state, self.shown()), ("withdrawn", []))
        self.assertIn(
            f"{self.analyst.name} noted", str(quote.sudo().message_ids.mapped("body"))
        )

    # === THE ANSWER === #

    def test_a_quote_goes_with_the_answer_it_was_taken_from(self):
        for state in ("superseded", "suspect", "excluded"):
            with self.subTest(state=state):
                response = self.make_quotable()
                quote = self.approve(response)
                response.state = state
                self.assertEqual(
                    (quote.state, quote.withdrawn_because), ("withdrawn", "answer")
                )
                self.assertEqual(self.shown(), [])
                response.state = "counted"
                self.assertEqual(self.shown(), [], "it has to be approved again")

    def test_a_corrected_answer_takes_its_quote_along(self):
        self.approve()
        self.answer(self.response.invitation_id, 9, change=True)
        self.assertEqual(self.shown(), [])

    # === WEBSITES === #

    def test_a_quote_stands_on_the_websites_of_its_company_alone(self):
        other = self.env["res.company"].create({"name": "Other"})
        website = self.env["website"].create({"name": "O", "company_id": other.id})
        self.approve()
        self.assertEqual(self.shown(website), [])
        self.assertEqual(self.shown(), [WORDS])

    def test_a_quote_may_stand_on_one_website_alone(self):
        here = self.env["website"].get_current_website()
        there = self.env["website"].create(
            {"name": "There", "company_id": self.company.id}
        )
        self.approve(website_id=there.id)
        self.assertEqual((self.shown(here), self.shown(there)), ([], [WORDS]))

    def test_it_may_not_stand_on_another_companys_website(self):
        other = self.env["res.company"].create({"name": "Other"})
        website = self.env["website"].create({"name": "O", "company_id": other.id})
        with self.assertRaisesRegex(ValidationError, "not a website of"):
            self.prepare(website_id=website.id)

    def test_the_form_can_be_filled_in(self):
        with Form(self.prepare()) as form:
            form.text = "Quick and kind. …"
            form.shown_name = "C. C."
        self.assertEqual(form.record.shown_name, "C. C.")


@tagged("post_install", "-at_install")
class TestQuoteRoles(QuoteCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls.make_agent("seller", cls.sales)
        cls.quote = cls.prepare()

    def may(self, user, operation):
        return self.quote.with_user(user).has_access(operation)

    def test_an_agent_reads_quotes_of_his_own_answers_alone(self):
        self.assertTrue(self.may(self.agent, "read"))
        self.assertFalse(self.may(self.seller, "read"))

    def test_a_manager_reads_those_of_his_department_tree(self):
        manager = self.make_agent("m", groups="nps.nps_group_team_manager")
        self.assertFalse(self.may(manager, "read"))
        self.support.manager_id = manager.employee_id
        self.env.invalidate_all()
        self.assertTrue(self.may(manager, "read"))

    def test_an_analyst_reads_and_changes_all_of_his_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for operation in ("read", "write", "unlink"):
            self.assertTrue(self.may(self.analyst, operation))
            self.assertFalse(self.may(outsider, operation))

    def test_a_foreign_answer_tells_an_analyst_nothing(self):
        other = self.env["res.company"].create({"name": "Other"})
        outsider = self.make_agent(
            "outsider",
            groups="nps.nps_group_analyst",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        quotes = self.env["nps.quote"].with_user(outsider)
        for values in ({"text": "Awful"}, {"text": "Quick"}, {}, {"state": "approved"}):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(AccessError, "nps.response"),
            ):
                quotes.create({"response_id": self.response.id, **values})
        with self.assertRaisesRegex(AccessError, "nps.response"):
            quotes.onchange(
                {"response_id": self.response.id},
                ["response_id"],
                {"comment": {}, "text": {}, "customer_name": {}},
            )

    def test_only_analysts_and_administrators_decide(self):
        manager = self.make_agent("m", groups="nps.nps_group_team_manager")
        self.support.manager_id = manager.employee_id
        for user in (self.agent, manager):
            quote = self.quote.with_user(user)
            for action in (
                "action_approve",
                "action_take_off",
                "action_withdraw_consent",
            ):
                with self.subTest(user=user.login, action=action):
                    self.assertRaises(AccessError, getattr(quote, action))
            with self.assertRaises(AccessError):
                self.response.with_user(user).action_prepare_quote()
        self.quote.with_user(self.env.ref("base.user_admin")).action_approve()
        self.assertEqual(self.quote.state, "approved")

    def test_visitors_and_others_read_no_quote(self):
        self.quote.action_approve()
        insider = self.make_agent("insider", groups="base.group_user")
        for user in (insider, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.quote.with_user(user).read(["text"])

    def test_every_reader_opens_the_form(self):
        for user in (self.agent, self.analyst):
            quotes = self.env["nps.quote"].with_user(user)
            for kind in ("form", "list", "kanban", "search"):
                self.assertTrue(quotes.get_view(view_type=kind)["arch"])
            self.assertTrue(self.quote.with_user(user).read())

    def test_an_export_holds_no_formula(self):
        self.env.ref("base.group_allow_export").user_ids = [(4, self.analyst.id)]
        quote = self.prepare(self.make_quotable("=HYPERLINK(1)"))
        rows = quote.export_data(["text", "comment"])["datas"]
        self.assertEqual(rows, [["'=HYPERLINK(1)", "'=HYPERLINK(1)"]])
