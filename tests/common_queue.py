from odoo.fields import Command

from .common import NpsCaseCommon


class QueueCommon(NpsCaseCommon):
    """Customers in every state, and rules about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Only the rules of a test hold in it.
        for name in cls.rule_models():
            cls.env[name].search([]).active = False

    @classmethod
    def rule_models(cls):
        return ["nps.opening", "nps.queue.rule", "nps.advice"]

    @classmethod
    def make_opening(cls, text="Hello", **conditions):
        return cls.env["nps.opening"].create({"text": text, **conditions})

    @classmethod
    def make_reason(cls, name, **values):
        return cls.env["nps.reason"].create(
            {"name": name, "survey_id": cls.survey.id, **values}
        )

    def say(self, score, customer=None, reasons=None):
        """Let a customer answer; return the answer."""
        invitation = self.pick(customer or self.customer)
        response = self.answer(invitation, score)
        if reasons:
            response.write({"reason_ids": [Command.set(reasons.ids)]})
        self.env.invalidate_all()
        return response

    def open_case(self, customer=None, **values):
        """Open a case for a customer; return it."""
        customer = customer or self.customer
        customer.with_user(self.boss).action_nps_create_case()
        case = self.env["nps.case"].search([("partner_id", "=", customer.id)], limit=1)
        case.write(values)
        self.env.invalidate_all()
        return case

    def facts(self, customer=None, **context):
        customer = (customer or self.customer).with_context(**context)
        return customer._nps_facts()[customer.id]
