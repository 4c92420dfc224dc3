from odoo import api, models
from odoo.tools import SQL


class NpsSilentAccount(models.Model):
    """A ticket is contact: opened, or written to by the customer or to him."""

    _inherit = "nps.silent.account"
    _depends = {"helpdesk.ticket": ["partner_id", "create_date"]}

    @api.model
    def _contacts(self):
        return [
            *super()._contacts(),
            SQL(
                "SELECT MAX(t.create_date) FROM helpdesk_ticket t"
                " WHERE t.partner_id = person.id"
            ),
            SQL(
                """
                SELECT MAX(m.date)
                  FROM helpdesk_ticket t
                  JOIN mail_message m
                    ON m.model = 'helpdesk.ticket' AND m.res_id = t.id
                 WHERE t.partner_id = person.id
                   AND (m.message_type IN ('email', 'email_outgoing')
                        OR m.message_type = 'comment' AND m.subtype_id = %s
                        OR m.subtype_id = %s)
                """,
                self.env.ref("mail.mt_comment").id,
                self.env.ref("mail.mt_activities").id,
            ),
        ]
