from odoo import models

GIVEN = ("email_to", "email_cc", "scheduled_date")
"""What a template has no say in when whoever sends its mails knows the addresses."""


class Addresses(dict):
    """Id of a record -> the only address to which its mail goes.

    Of a class of its own: no request from outside brings one along in its context.
    """


class MailTemplate(models.Model):
    """Makes mails to known addresses without asking the template for some."""

    _inherit = "mail.template"

    def _generate_template(self, res_ids, render_fields, *args, **kwargs):
        addresses = self.env.context.get("nps_addresses")
        if not isinstance(addresses, Addresses):
            return super()._generate_template(res_ids, render_fields, *args, **kwargs)
        wanted = [name for name in render_fields if name not in GIVEN]
        values = super()._generate_template(res_ids, wanted, *args, **kwargs)
        for res_id in res_ids:
            values[res_id]["email_to"] = addresses[res_id]
        return values
