from odoo.fields import Command
from odoo.tests import tagged

from .common import NpsCaseCommon
from .common_subscription import SubscriptionCase


@tagged("post_install", "-at_install")
class TestScopeOfRules(NpsCaseCommon):
    """A rule about something never becomes one about everything by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["res.partner.category"].create({"name": "Gold"})
        cls.elsewhere = cls.survey.copy()
        cls.elsewhere.name = "Elsewhere"
        cls.reason = cls.env["nps.reason"].create(
            {"name": "Too slow", "survey_id": cls.elsewhere.id}
        )
        cls.env["nps.case.rule"].search([]).active = False

    def rule_about(self, **conditions):
        """Make a rule whose many2many fields hold one record each."""
        values = {
            name: [Command.set(record.ids)] for name, record in conditions.items()
        }
        return self.make_rule("Narrow", **values)

    def rules(self):
        """Return (what is gone, a rule about nothing else), one for each kind."""
        heading = self.reason.copy({"name": "Waiting"})
        below = self.reason.copy({"name": "For parts", "parent_id": heading.id})
        vip = self.tag.copy({"name": "VIP"})
        platinum = self.tag.copy({"name": "Platinum", "parent_id": vip.id})
        return [
            (heading, self.rule_about(reason_ids=below)),
            (vip, self.rule_about(partner_tag_ids=platinum)),
            (self.tag, self.rule_about(partner_tag_ids=self.tag)),
            (self.reason, self.rule_about(reason_ids=self.reason)),
            (self.elsewhere, self.rule_about(survey_ids=self.elsewhere)),
        ]

    def test_a_rule_fits_nothing_more_when_what_it_is_about_is_archived(self):
        for gone, _rule in self.rules():
            with self.subTest(gone=gone):
                gone.active = False
                self.assertFalse(self.case_of(1))

    def test_a_rule_is_archived_with_the_last_of_what_it_is_about(self):
        for gone, rule in self.rules():
            with self.subTest(gone=gone):
                gone.unlink()
                self.assertFalse(rule.active)
                self.assertEqual(rule.stop_reason, "scope_gone")
        self.assertFalse(self.case_of(1))

    def test_a_survey_takes_the_rules_about_its_reasons_along(self):
        rule = self.rule_about(reason_ids=self.reason)
        self.elsewhere.unlink()
        self.assertFalse(rule.active)

    def test_a_rule_stays_while_something_of_the_kind_is_left(self):
        rule = self.rule_about(partner_tag_ids=self.tag | self.tag.copy())
        self.tag.unlink()
        self.assertTrue(rule.active)
        self.assertFalse(self.case_of(1))

    def test_what_is_left_may_be_archived(self):
        other = self.tag.copy({"active": False})
        rule = self.rule_about(partner_tag_ids=self.tag | other)
        self.tag.unlink()
        self.assertTrue(rule.active)
        self.assertFalse(self.case_of(1))

    def test_an_archived_rule_tells_what_it_lost(self):
        rule = self.rule_about(partner_tag_ids=self.tag)
        rule.active = False
        self.tag.unlink()
        self.assertEqual(rule.stop_reason, "scope_gone")

    def test_who_takes_a_rule_back_has_read_why(self):
        rule = self.rule_about(partner_tag_ids=self.tag)
        self.tag.unlink()
        rule.active = True
        self.assertFalse(rule.stop_reason)

    def test_who_knows_nothing_of_rules_may_delete_his_tags(self):
        rule = self.rule_about(partner_tag_ids=self.tag)
        clerk = self.make_agent("clerk", groups="base.group_partner_manager")
        self.tag.with_user(clerk).unlink()
        self.assertFalse(rule.active)

    def test_a_rule_goes_with_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        rule = self.make_rule("Of the other", company_id=other.id)
        other.unlink()
        self.assertFalse(rule.exists())

    def test_a_rule_names_what_is_archived_of_it(self):
        rule = self.rule_about(partner_tag_ids=self.tag | self.tag.copy())
        self.assertFalse(rule.archived_names)
        self.tag.active = False
        self.assertEqual(rule.archived_names, "Gold")

    def test_the_form_keeps_and_shows_what_is_archived(self):
        rule = self.rule_about(partner_tag_ids=self.tag)
        self.tag.active = False
        self.env.invalidate_all()
        spec = {"partner_tag_ids": {"fields": {"display_name": {}}}}
        [shown] = rule.web_read(spec)
        self.assertEqual(shown["partner_tag_ids"][0]["display_name"], "Gold")


@tagged("post_install", "-at_install")
class TestScopeOfSubscriptions(SubscriptionCase):
    """A subscription to something never becomes one to everything by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls.env["hr.department"].create({"name": "Far Away"})
        cls.elsewhere = cls.survey.copy()
        cls.elsewhere.name = "Elsewhere"

    def subscribe_to(self, **scope):
        return self.subscribe(
            **{name: [Command.set(record.ids)] for name, record in scope.items()}
        )

    def both(self):
        """Return (what is gone, a subscription to nothing else), one for each kind."""
        return [
            (self.far, self.subscribe_to(department_ids=self.far)),
            (self.elsewhere, self.subscribe_to(survey_ids=self.elsewhere)),
        ]

    def answers_of(self, subscription):
        action = subscription.with_user(self.reader).action_open_answers()
        return self.env["nps.response"].search(action["domain"])

    def test_it_tells_of_nothing_more_when_what_it_is_about_is_archived(self):
        both = self.both()
        self.far.active = self.elsewhere.active = False
        self.answer_of(2)
        self.tell()
        self.assertFalse(self.mails())
        for gone, subscription in both:
            with self.subTest(gone=gone):
                self.assertFalse(self.answers_of(subscription))
                self.assertIn(gone.name, subscription.name)

    def test_it_tells_of_the_past_of_an_archived_department(self):
        subscription = self.subscribe_to(department_ids=self.phone)
        answer = self.answer_of(2)
        self.phone.active = False
        self.assertEqual(self.answers_of(subscription), answer)

    def test_it_stops_with_the_last_of_what_it_is_about(self):
        for gone, subscription in self.both():
            with self.subTest(gone=gone):
                gone.unlink()
                self.assertFalse(subscription.active)
                self.assertEqual(subscription.stop_reason, "scope_gone")
        self.answer_of(2)
        self.tell()
        self.assertFalse(self.mails())

    def test_it_goes_on_while_something_of_the_kind_is_left(self):
        subscription = self.subscribe_to(department_ids=self.far | self.phone)
        self.far.unlink()
        self.assertTrue(subscription.active)
        self.assertEqual(subscription.department_ids, self.phone)

    def test_a_stopped_one_tells_what_it_lost(self):
        subscription = self.subscribe_to(department_ids=self.far)
        subscription._stop("unsubscribed")
        self.far.unlink()
        self.assertEqual(subscription.stop_reason, "scope_gone")

    def test_it_stays_narrow_for_who_may_not_read_what_it_is_about(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids |= other
        subscription = self.subscribe_to(department_ids=self.far)
        self.far.company_id = other
        self.answer_of(2)
        self.env.invalidate_all()
        his = subscription.with_user(self.reader)
        here = his.with_context(allowed_company_ids=self.company.ids)
        domain = here._answers_domain()
        self.assertFalse(self.env["nps.response"].search(domain))

    def test_it_goes_with_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.reader.company_ids |= other
        subscription = self.subscribe(company_id=other.id)
        self.reader.company_ids -= other
        other.unlink()
        self.assertFalse(subscription.exists())

    def test_it_names_what_is_archived_of_it(self):
        subscription = self.subscribe_to(
            department_ids=self.far, survey_ids=self.elsewhere
        )
        self.far.active = self.elsewhere.active = False
        self.assertEqual(subscription.archived_names, "Far Away, Elsewhere")
