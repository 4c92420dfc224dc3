from odoo import fields, models


class MessageDocument(fields.Many2oneReference):
    """Tells a document of its new message only if it knows its other ones.

    Odoo asks each of the dozens of models with a chatter whether the message is one of
    its own, and what belongs to it, before it sees that nobody has read any yet.
    """

    def _update_inverses(self, records, value):
        if not self._is_any_inverse_known(records, value):
            return None
        return super()._update_inverses(records, value)

    def _is_any_inverse_known(self, records, value):
        """Tell whether something that depends on a reference may be in the cache.

        :param value: the id to which the field of these records refers
        """
        names = {record[self.model_field] for record in records}
        return not value or any(
            inverse.model_name in names and value in inverse._get_cache(records.env)
            for inverse in records.pool.field_inverses[self]
        )


class MailMessage(models.Model):
    _inherit = "mail.message"

    res_id = MessageDocument()
