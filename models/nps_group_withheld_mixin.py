from odoo import api, models
from odoo.fields import Domain


class NpsGroupWithheldMixin(models.AbstractModel):
    """Something with ``group_ids``, some of which its reader may not know.

    Odoo looks up the ids of groups without the record rules of groups: whoever guesses
    one would learn what is in it. Here they are looked up with them.
    """

    _name = "nps.group.withheld.mixin"
    _description = "Belongs to Groups That May Be Hidden"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and self.env["nps.group"]._telling_withheld():
            domain = Domain(domain).map_conditions(self._with_known_groups)
        return super()._search(domain, *args, **kwargs)

    @api.model
    def _with_known_groups(self, condition):
        if condition.field_expr != "group_ids":
            return condition
        operator, value = condition.operator, condition.value
        if operator not in ("=", "!=", "in", "not in"):
            return condition
        values = {value} if operator in ("=", "!=") else set(value)
        known = self.env["nps.group"].search([("id", "in", list(values - {False}))])
        domain = Domain("group_ids", "in", known.ids)
        if False in values:
            domain |= Domain("group_ids", "not any", Domain.TRUE)
        return domain if operator in ("=", "in") else ~domain
