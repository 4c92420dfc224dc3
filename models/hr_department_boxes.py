from collections import defaultdict
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import organogram
from .nps_survey import METRICS

ROLE = "nps.nps_group_user"
METRIC_KEYS = [key for key, _label in METRICS]
MONTHS = (12, 6, 3, 1)
"""For how many months it may be, with the present one; the default first."""
COUNTS = ("promoters", "passives", "detractors", "invited", "responded", "withheld")
NOTHING = (0,) * len(COUNTS)
SHOWN_BY = (
    "uid",
    "lang",
    "allowed_company_ids",
    "nps_metric",
    "nps_months",
    "nps_as_now",
)
"""By what in the context a box differs."""


class View(NamedTuple):
    """What the organogram shows.

    :param metric: ``nps``, ``ces`` or ``csat``
    :param is_now: departments as they are today, instead of as they were
    :param before: first day of the period to compare with
    :param start: first day of the period
    """

    metric: str
    is_now: bool
    before: object
    start: object


class Boxes(dict):
    """The boxes of a viewer, as :meth:`HrDepartment._nps_boxes` returns them."""


class HrDepartment(models.Model):
    """Which departments have a box in the organogram of scores, and its numbers.

    All numbers come from ``nps.report`` with the rights of the viewer. A box stands for
    everything below it, so only those get one whose whole subtree the viewer may read:
    analysts all, managers those that they manage and what is below.

    The context says what is shown: ``nps_metric``, ``nps_months`` and ``nps_as_now``.
    """

    _inherit = "hr.department"

    nps_is_box = fields.Boolean(
        compute="_compute_nps_box",
        search="_search_nps_is_box",
        groups=ROLE,
        export_string_translation=False,
    )
    nps_box_parent_id = fields.Many2one(
        "hr.department",
        compute="_compute_nps_box",
        search="_search_nps_box_parent_id",
        groups=ROLE,
        export_string_translation=False,
    )
    nps_box_child_ids = fields.One2many(
        "hr.department",
        compute="_compute_nps_box",
        groups=ROLE,
        export_string_translation=False,
    )

    # === CRUD METHODS === #

    @api.model
    def hierarchy_read(
        self, domain, specification, parent_field, child_field=None, order=None
    ):
        if parent_field == "nps_box_parent_id":
            # Conditions and numbers of one screen come from one query.
            self = self.with_context(nps_boxes=Boxes(self._nps_boxes()))
        return super().hierarchy_read(
            domain, specification, parent_field, child_field, order
        )

    # === COMPUTE METHODS === #

    @api.depends_context(*SHOWN_BY)
    def _compute_nps_box(self):
        boxes = self._nps_boxes()
        tree = self._nps_box_tree(boxes)
        below = defaultdict(list)
        for box, above in tree.items():
            below[above].append(box)
        for department in self:
            department.nps_is_box = department.id in tree
            department.nps_box_parent_id = tree.get(department.id, False)
            department.nps_box_child_ids = self.browse(below[department.id])
            department._nps_write_box(*boxes.get(department.id, (NOTHING, NOTHING)))

    def _nps_write_box(self, now, before):
        """Set what stands on the box, from the counts of two periods."""

    def _search_nps_is_box(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", list(self._nps_boxes()))]

    def _search_nps_box_parent_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        tree = self._nps_box_tree(self._nps_boxes())
        return [("id", "in", [box for box, above in tree.items() if above in value])]

    # === BUSINESS METHODS === #

    @api.model
    def _nps_box_tree(self, boxes):
        """Return box -> the box above it, or False."""
        departments_sudo = self.sudo().browse(boxes)
        return {
            department_sudo.id: department_sudo.parent_id.id in boxes
            and department_sudo.parent_id.id
            for department_sudo in departments_sudo
        }

    @api.model
    def _nps_boxes(self):
        """Return box -> (counts of the period, counts of the period before).

        Counts are tuples as :data:`COUNTS`, summed over everything below the box.
        """
        # Of this class are only those that were counted here, for the same viewer.
        if isinstance(counted := self.env.context.get("nps_boxes"), Boxes):
            return counted
        shown = self._nps_view()
        before, now = {}, {}
        for place, month, *counts in self.env["nps.report"]._read_group(
            self._nps_view_domain(shown) & Domain("local_date", ">=", shown.before),
            [self._nps_place_field(shown), "local_date:month"],
            [f"{name}:sum" for name in COUNTS],
        ):
            part = now if month >= shown.start else before
            known = part.get(place, NOTHING)
            part[place] = tuple(map(sum, zip(known, counts, strict=True)))
        chains = {place: self._nps_chain(place) for place in before.keys() | now.keys()}
        sums = [organogram.roll_up(part, chains) for part in (now, before)]
        mine = self._nps_box_scope()
        return {
            box: tuple(part.get(box, NOTHING) for part in sums)
            for box in sums[0].keys() | sums[1].keys()
            if mine is None or box in mine
        }

    @api.model
    def _nps_box_scope(self):
        """Return the ids of the departments whose whole subtree the viewer may read.

        None: all of them.
        """
        user = self.env.user
        if self.env.su or user.has_group("nps.nps_group_analyst"):
            return None
        if not user.has_group("nps.nps_group_team_manager"):
            return frozenset()
        # As the record rules of managers: archived departments are theirs still.
        departments_sudo = self.sudo().with_context(active_test=False)
        managed = departments_sudo.search([("manager_id.user_id", "=", user.id)])
        return frozenset(departments_sudo.search([("id", "child_of", managed.ids)]).ids)

    # === WHAT IS SHOWN === #

    @api.model
    def _nps_view(self):
        """Return the :class:`View` that the context asks for."""
        context = self.env.context
        metric, months = context.get("nps_metric"), context.get("nps_months")
        months = months if months in MONTHS else MONTHS[0]
        today = fields.Date.context_today(self)
        start = today.replace(day=1) - relativedelta(months=months - 1)
        return View(
            metric=metric if metric in METRIC_KEYS else METRIC_KEYS[0],
            is_now=bool(context.get("nps_as_now")),
            before=start - relativedelta(months=months),
            start=start,
        )

    @api.model
    def _nps_view_domain(self, shown):
        """Return the domain of what is counted, of any time."""
        return Domain("metric", "=", shown.metric) & Domain("is_reask", "=", False)

    @api.model
    def _nps_place_field(self, shown):
        """Return the column of the report that says where an interaction belongs."""
        return "department_now_id" if shown.is_now else "department_path_id"

    @api.model
    def _nps_chain(self, place):
        """Return the ids of the departments that a place is in, from the top down.

        :param place: a department in today's tree, or a path as it was; may be empty
        """
        place_sudo = place.sudo()
        above = [
            int(part) for part in (place_sudo.parent_path or "").split("/") if part
        ]
        if place._name == self._name:
            return above
        return place_sudo.browse(above).department_id.ids

    @api.model
    def _nps_places_domain(self, shown, department):
        """Return the domain of all interactions that a box counts, of any time."""
        if shown.is_now:
            below = Domain("department_now_id", "child_of", department.id)
        else:
            # Where a department stood is no secret to those who see its box.
            paths_sudo = self.env["nps.department.path"].sudo()
            paths = paths_sudo.search([("department_id", "=", department.id)])
            below = Domain("department_path_id", "child_of", paths.ids)
        return self._nps_view_domain(shown) & below
