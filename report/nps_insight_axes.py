from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .nps_report_departments import LEVELS

AXES = {
    "department": "department_id",
    "agent": "user_id",
    "company": "company_id",
    "outcome": "outcome_id",
    "survey": "survey_id",
    "product": "product_name",
    "country": "country_id",
    "state": "state_id",
    "zip_area": "zip_area",
    "industry": "industry_id",
    "tag": "customer_tag_ids",
    "customer_kind": "customer_kind",
    "weekday": "weekday",
    "day_part": "day_part",
    "hour": "local_hour",
}
"""Axis -> the column by which it groups."""

STEPS = {"month": relativedelta(months=1), "week": timedelta(days=7)}


class Axis(NamedTuple):
    """By what the rows are grouped.

    :param label: its name, in the language of the user
    :param groupby: specifications as for ``_read_group``. Several make a tree: a group
        without a value at one level hangs at the level above
    """

    label: str
    groupby: tuple

    @property
    def is_time(self):
        """Whether it is ordered by time."""
        return self.groupby[0].startswith("local_date:")


class NpsInsight(models.AbstractModel):
    """The axes, and what one group on an axis is called and made of."""

    _inherit = "nps.insight"

    @api.model
    def _axes(self):
        """Return key -> :class:`Axis`, the default first; extend it to add some."""
        labels = self.env["nps.report"]._fields
        return {
            "organogram": Axis(
                self.env._("Organogram as it was"), self._organogram("department")
            ),
            "organogram_now": Axis(
                self.env._("Organogram as it is now"),
                self._organogram("department_now"),
            ),
            **{
                key: Axis(labels[name]._description_string(self.env), (name,))
                for key, name in AXES.items()
            },
            **{
                step: Axis(label, (f"local_date:{step}",))
                for step, label in self._step_labels().items()
            },
        }

    @api.model
    def _step_labels(self):
        return {"month": self.env._("Month"), "week": self.env._("Week")}

    @api.model
    def _organogram(self, name):
        """Return the levels of a tree of departments, from the company to the agent.

        :param str name: ``department`` or ``department_now``
        """
        levels = [f"{name}_{number}_id" for number in LEVELS]
        return ("company_id", *levels, "user_id")

    @api.model
    def _axis(self, key):
        """Return the :class:`Axis` of a key, of those levels that the tree has."""
        axis = self._axes()[key]
        if len(axis.groupby) == 1:
            return axis
        beyond = self.env["nps.report"]._levels_beyond()
        levels = tuple(spec for spec in axis.groupby if spec not in beyond)
        return axis._replace(groupby=levels)

    # === ONE GROUP === #

    @api.model
    def _group_label(self, spec, value):
        """Return what a group is called."""
        name, _sep, step = spec.partition(":")
        field = self.env["nps.report"]._fields[name]
        if step:
            return self._days_label(value, step)
        if field.relational:
            # As Odoo's own grouping does: the name of a group is no secret.
            value_sudo = value.sudo().with_context(hierarchical_naming=False)
            return value_sudo.display_name if value else self._none_label(name)
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(value) or self._none_label(name)
        if name == "local_hour" and value is not None:
            return self.env._("%(hour)s:00 to %(hour)s:59", hour=f"{value:02}")
        return value or self._none_label(name)

    @api.model
    def _none_label(self, name):
        if name == "user_id":
            return self.env._("Without an agent")
        return self.env._("None")

    @api.model
    def _days_label(self, first, step):
        if not first:
            return self._none_label("local_date")
        if step == "month":
            return format_date(self.env, first, date_format="LLLL yyyy")
        return self.env._("Week from %s", format_date(self.env, first))

    @api.model
    def _group_domain(self, spec, value):
        """Return the domain of the rows of a group."""
        name, _sep, step = spec.partition(":")
        if step and value:
            last = value + STEPS[step] - timedelta(days=1)
            ends = [fields.Date.to_string(day) for day in (value, last)]
            return Domain([(name, ">=", ends[0]), (name, "<=", ends[1])])
        if self.env["nps.report"]._fields[name].relational:
            return Domain(name, "=", value.id)
        return Domain(name, "=", False if value is None else value)

    @api.model
    def _group_key(self, spec, value):
        """Return a text that names a group within its level."""
        return f"{spec}={self._group_value(value)}"

    @api.model
    def _group_value(self, value):
        """Return a group's value as the web client takes it."""
        if isinstance(value, models.BaseModel):
            return value.id
        return fields.Date.to_string(value) if isinstance(value, date) else value
