from datetime import datetime, timedelta

from odoo.tests import freeze_time

from .common import NpsCommon

NOW = datetime(2026, 6, 15, 12)


class RiskCommon(NpsCommon):
    """A clock that stands, and customers with a past."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.colleague = cls.make_customer("Cyril Colleague", "cyril@bluesky.example")

    @classmethod
    def ask(cls, days_ago, score=None, customer=None, **values):
        """Ask a customer some days ago; he answers at once, or does not for ever.

        :param values: what else the invitation keeps
        """
        with freeze_time(NOW - timedelta(days=days_ago)):
            invitation = cls.pick(customer or cls.customer, **values)
            invitation._on_handed_over()
            if score is not None:
                cls.answer(invitation, score)
        return invitation

    @classmethod
    def say(cls, *scores, customer=None, every=10, until=1, code="fixed"):
        """Have a customer answer several times; the last answer is the newest."""
        start = until + every * (len(scores) - 1)
        return [
            cls.ask(start - every * n, score, customer, code=code)
            for n, score in enumerate(scores)
        ]

    @classmethod
    def look(cls):
        """Look at everybody with news, as the cron does, but in this transaction."""
        cls.env.flush_all()
        news = cls.env["nps.risk.news"]
        news.search(news._due_domain())._look()
        cls.env.invalidate_all()

    @classmethod
    def risks_of(cls, partner):
        cls.look()
        return cls.env["nps.risk"].search([("partner_id", "=", partner.id)])

    def assertRules(self, partner, *rules):
        self.assertEqual(sorted(self.risks_of(partner).mapped("rule")), sorted(rules))

    @classmethod
    def make_case(cls, due_at, **values):
        return (
            cls.env["nps.case"]
            .sudo()
            .create(
                {
                    "partner_id": cls.customer.id,
                    "commercial_partner_id": cls.customer_company.id,
                    "company_id": cls.company.id,
                    "contact_due_at": due_at,
                    "close_due_at": due_at,
                    **values,
                }
            )
        )
