from odoo import fields, models


class NpsResponse(models.Model):
    """What a customer may say after his score. Nothing of it is ever required."""

    _inherit = "nps.response"

    reason_ids = fields.Many2many("nps.reason", string="Reasons", readonly=True)
    driver_answer_ids = fields.One2many(
        "nps.driver.answer", "response_id", string="Drivers", readonly=True
    )
    is_completed = fields.Boolean(
        readonly=True, help="Whether the customer said more than his score."
    )
    is_contact_requested = fields.Boolean(string="Wants to Be Contacted", readonly=True)
    quote_consent_text = fields.Text(
        string="May Be Quoted", readonly=True, help="What the customer agreed to."
    )
    quote_consent_at = fields.Datetime(string="Agreed At", readonly=True)
    quote_withdrawn_at = fields.Datetime(string="Withdrawn At", readonly=True)

    def _store_details(self, reasons=(), drivers=None, contact=False, quote=False):
        """Add what the customer ticked; what he said before stays.

        :param reasons: ids of reasons; others than the survey offers are left out
        :param dict drivers: driver id -> value or id of a choice, as whole numbers
        :param bool contact: he wants to be contacted
        :param bool quote: he may be quoted; only asked of promoters
        """
        content = self.invitation_id.survey_id._page_content()
        values = (
            {"is_completed": True} if reasons or drivers or contact or quote else {}
        )
        offered = _reason_ids(content["after"][self.category]["reasons"])
        ticked = [reason for reason in reasons if reason in offered]
        if ticked:
            values["reason_ids"] = [fields.Command.link(reason) for reason in ticked]
        if contact and content["offers_contact"]:
            values["is_contact_requested"] = True
        if quote and content["quote"] and self.category == "promoter":
            values.update(self._quote_consent(content["quote"]))
        if values:
            self.write(values)
            self._schedule_echo()
        self._store_drivers(drivers or {}, content["drivers"])

    def _quote_consent(self, text):
        return {
            "quote_consent_text": self.invitation_id._fill_text(text),
            "quote_consent_at": fields.Datetime.now(),
            "quote_withdrawn_at": False,
        }

    def _store_drivers(self, drivers, offered):
        if not drivers:
            return
        known = self.driver_answer_ids.driver_id.ids
        self.env["nps.driver.answer"].sudo().create(
            [
                {"response_id": self.id, "driver_id": driver["id"], **answer}
                for driver in offered
                if driver["id"] not in known
                and (answer := _driver_answer(driver, drivers.get(driver["id"])))
            ]
        )

    def _withdraw_quote(self):
        """Take the consent to be quoted back, at once."""
        agreed = self.filtered(lambda response: response._agrees_to_be_quoted())
        agreed.quote_withdrawn_at = fields.Datetime.now()

    def _agrees_to_be_quoted(self):
        """Tell whether the customer's consent to be quoted stands."""
        self.ensure_one()
        return bool(self.quote_consent_at and not self.quote_withdrawn_at)

    def _may_be_quoted(self):
        """Tell whether the customer's words may be shown to others."""
        return self._agrees_to_be_quoted()


def _reason_ids(entries):
    """Return the ids of the reasons that can be ticked: headings cannot."""
    return {reason["id"] for entry in entries for reason in entry["below"] or [entry]}


def _driver_answer(driver, value):
    """Return the values of an answer, or None when the question offers no such one."""
    if value not in [offered for offered, _words in driver["values"]]:
        return None
    return {"choice_id": value} if driver["kind"] == "choice" else {"value": value}
