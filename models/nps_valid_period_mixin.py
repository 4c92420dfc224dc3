from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang


class NpsValidPeriodMixin(models.AbstractModel):
    """A number to compare with, which holds from one day to another."""

    _name = "nps.valid.period.mixin"
    _description = "Holds in a Period"

    active = fields.Boolean(default=True)
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "year"
        ),
        help="The first day on which it holds.",
    )
    date_to = fields.Date(
        string="Until",
        help="The last day on which it holds. Empty: until further notice.",
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for record in self:
            if record.date_to and record.date_to < record.date_from:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” ends before it begins. Choose an end on or after "
                        "%(start)s, or leave it empty.",
                        name=record.display_name,
                        start=format_date(self.env, record.date_from),
                    )
                )

    def _say(self, net_score):
        """Return a net score as the reader's language writes it, with a real minus."""
        digits = 0 if net_score == round(net_score) else 1
        number = formatLang(self.env, abs(net_score), digits=digits)
        return f"−{number}" if net_score < 0 else number

    @api.model
    def _period_domain(self, start, end):
        """Return the domain of what holds on some day from start to end.

        :param start: first day, or None for "from ever"
        :param end: last day, or None for "for ever"
        """
        domain = Domain.TRUE
        if start:
            domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", start)
        if end:
            domain &= Domain("date_from", "<=", end)
        return domain
