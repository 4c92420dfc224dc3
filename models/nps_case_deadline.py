from datetime import timedelta

import pytz

from odoo import api, fields, models

from .measure_field import Measure

LONGEST_WAIT = timedelta(days=30)
"""When a calendar has no working hours at all."""


class NpsCase(models.Model):
    """Deadlines in the owner's working hours, and whether they were kept."""

    _inherit = "nps.case"

    contact_due_at = fields.Datetime(
        readonly=True, help="Until when the customer has to be contacted."
    )
    close_due_at = fields.Datetime(
        readonly=True, help="Until when the case has to be closed."
    )
    due_at = fields.Datetime(
        string="Deadline",
        compute="_compute_due_at",
        store=True,
        index=True,
        help="What is due next: the first contact, then the end of the case. In the "
        "working hours of the owner.",
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_overdue")
    punctuality = fields.Selection(
        selection=[("on_time", "On time"), ("late", "Late")],
        readonly=True,
        copy=False,
        help="Empty while the case is open and no deadline has passed.",
    )
    on_time = Measure(
        string="On Time (%)",
        compute="_compute_on_time",
        store=True,
        aggregator="avg",
        digits=(16, 1),
        help="The share of cases that were contacted and closed within their "
        "deadlines. Open ones count once a deadline has passed.",
    )

    # === COMPUTE METHODS === #

    @api.depends("contact_due_at", "close_due_at", "contacted_at", "is_open")
    def _compute_due_at(self):
        for case in self:
            case.due_at = (
                case.close_due_at if case.contacted_at else case.contact_due_at
            )

    @api.depends("due_at", "is_open")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for case in self:
            case.is_overdue = bool(case.is_open and case.due_at and case.due_at < now)

    @api.model
    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("is_open", "=", True), ("due_at", "<", fields.Datetime.now())]

    @api.depends("punctuality")
    def _compute_on_time(self):
        shares = {"on_time": 100.0, "late": 0.0}
        for case in self:
            case.on_time = shares.get(case.punctuality)

    # === CRUD METHODS === #

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals or "rule_id" in vals:
            # The owner's calendar is the one that counts.
            for case_sudo in self.sudo().filtered("is_open"):
                case_sudo._set_deadlines()
                case_sudo._plan_contact()
        return result

    # === BUSINESS METHODS === #

    def _began_at(self):
        """Return since when deadlines and hours count."""
        return self.reopened_at or self.opened_at

    def _set_deadlines(self):
        """Count the deadlines of the rule; one that was missed is not moved."""
        rule, begin = self.rule_id, self._began_at()
        hours = {
            "contact_due_at": rule.contact_hours,
            "close_due_at": rule.close_hours,
        }
        self.write(
            {
                name: self._after_hours(length, begin)
                for name, length in hours.items()
                if not self._is_missed(self[name], begin)
            }
        )

    @api.model
    def _is_missed(self, deadline, begin):
        return bool(deadline) and begin < deadline < fields.Datetime.now()

    def _note_punctuality(self):
        """Note whether a deadline has been missed, once that is certain.

        What was late stays late, until the case is opened anew.
        """
        for case in self:
            end = case.closed_at or fields.Datetime.now()
            first = case.contacted_at or end
            late = first > case.contact_due_at or end > case.close_due_at
            if case.state == "withdrawn":
                case.punctuality = False
            elif late or case.punctuality == "late":
                case.punctuality = "late"
            else:
                case.punctuality = False if case.is_open else "on_time"

    def _calendar(self):
        """Return (working calendar, resource) of the owner; each may be empty."""
        company = self.company_id
        # His hours are his employee's, whoever looks at the case.
        employee_sudo = self.user_id.sudo().with_company(company).employee_id
        calendar = employee_sudo.resource_calendar_id or company.resource_calendar_id
        return calendar, employee_sudo.resource_id

    def _after_hours(self, hours, moment):
        """Return the moment (UTC) after so many working hours of the owner.

        Nights, weekends, public holidays and his time off do not count. Who has no
        calendar works round the clock.
        """
        calendar, resource = self._calendar()
        if not calendar:
            return moment + timedelta(hours=hours)
        planned = calendar.plan_hours(
            hours, moment, compute_leaves=True, resource=resource
        )
        return planned or moment + LONGEST_WAIT

    def _hours_between(self, start, end):
        """Return the working hours of the owner between two moments (UTC)."""
        calendar, resource = self._calendar()
        if not calendar:
            return (end - start) / timedelta(hours=1)
        spans = calendar._work_intervals_batch(
            _aware(start), _aware(end), resources=resource
        )
        worked = spans[resource.id]
        return sum((stop - begin) / timedelta(hours=1) for begin, stop, _meta in worked)


def _aware(moment):
    return pytz.utc.localize(moment)
