from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import windows


class NpsSendWindow(models.Model):
    """Weekdays and hours in which mails may leave, on the customer's own clock."""

    _name = "nps.send.window"
    _description = "NPS Send Window"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    mon = fields.Boolean(string="Monday", default=True)
    tue = fields.Boolean(string="Tuesday", default=True)
    wed = fields.Boolean(string="Wednesday", default=True)
    thu = fields.Boolean(string="Thursday", default=True)
    fri = fields.Boolean(string="Friday", default=True)
    sat = fields.Boolean(string="Saturday", default=False)
    sun = fields.Boolean(string="Sunday", default=False)
    hour_from = fields.Float(
        string="From",
        default=9.0,
        required=True,
        help="The hour at which mails may begin to leave, on the customer's clock.",
    )
    hour_to = fields.Float(
        string="Until",
        default=20.0,
        required=True,
        help="From this hour on mails wait for the next day of the window.",
    )

    @api.constrains(*windows.DAYS)
    def _check_days(self):
        for window in self:
            if not window._window().days:
                raise ValidationError(
                    self.env._(
                        "Choose at least one weekday for “%s”: without one its mails "
                        "would never leave.",
                        window.name,
                    )
                )

    @api.constrains("hour_from", "hour_to")
    def _check_hours(self):
        for window in self:
            if not 0 <= window.hour_from < window.hour_to <= 24:
                raise ValidationError(
                    self.env._(
                        "The hours of “%s” have to lie within one day, the first "
                        "before the last: for instance from 9:00 until 20:00.",
                        window.name,
                    )
                )

    def _window(self):
        """Return the :class:`~.tools.windows.Window`, or None for no record."""
        if not self:
            return None
        days = tuple(place for place, day in enumerate(windows.DAYS) if self[day])
        return windows.Window(days, self.hour_from, self.hour_to)

    def _next_open(self, moment, zone):
        """Return the first moment (UTC) from a moment on at which mails may leave.

        :param str zone: name of the customer's time zone
        """
        return windows.next_open(self._window(), moment, zone or "UTC")
