from odoo import api, fields, models
from odoo.tools import SQL

from ..models.nps_department_path import DEPTH

LEVELS = range(1, DEPTH + 1)
LEVEL_COLUMNS = (
    "department_now_id",
    *(f"department_{n}_id" for n in LEVELS),
    *(f"department_now_{n}_id" for n in LEVELS),
)


class NpsReport(models.Model):
    """The department tree, a column for each level: as it was, and as it is now.

    As it was: the agent's department at that time, below what was above it then. As it
    is now: the department in which the agent is today, in today's tree; of who has
    left, and of interactions without an agent, the department of that time.
    """

    _inherit = "nps.report"
    _depends = {
        "nps.invitation": ["department_path_id", "employee_id"],
        "hr.employee": ["current_version_id"],
        "hr.version": ["department_id"],
        "hr.department": ["nps_path_id"],
        "nps.department.path": [f"level_{n}_id" for n in LEVELS],
    }

    department_path_id = fields.Many2one(
        "nps.department.path", string="Department as It Was", readonly=True
    )
    department_1_id = fields.Many2one(
        "hr.department", string="Department Level 1", readonly=True
    )
    department_2_id = fields.Many2one(
        "hr.department", string="Department Level 2", readonly=True
    )
    department_3_id = fields.Many2one(
        "hr.department", string="Department Level 3", readonly=True
    )
    department_4_id = fields.Many2one(
        "hr.department", string="Department Level 4", readonly=True
    )
    department_5_id = fields.Many2one(
        "hr.department", string="Department Level 5", readonly=True
    )
    department_6_id = fields.Many2one(
        "hr.department", string="Department Level 6", readonly=True
    )
    department_now_id = fields.Many2one(
        "hr.department",
        string="Department as It Is Now",
        readonly=True,
        help="Where the agent is today. Of who has left: where he was.",
    )
    department_now_1_id = fields.Many2one(
        "hr.department", string="Department Now, Level 1", readonly=True
    )
    department_now_2_id = fields.Many2one(
        "hr.department", string="Department Now, Level 2", readonly=True
    )
    department_now_3_id = fields.Many2one(
        "hr.department", string="Department Now, Level 3", readonly=True
    )
    department_now_4_id = fields.Many2one(
        "hr.department", string="Department Now, Level 4", readonly=True
    )
    department_now_5_id = fields.Many2one(
        "hr.department", string="Department Now, Level 5", readonly=True
    )
    department_now_6_id = fields.Many2one(
        "hr.department", string="Department Now, Level 6", readonly=True
    )

    @api.model
    def _select(self):
        return SQL(
            "%s, i.department_path_id, %s", super()._select(), self._select_levels()
        )

    @api.model
    def _select_levels(self):
        """Return the columns that come from the joins of :meth:`_join_levels`."""
        now = SQL(
            "CASE WHEN today.department_id IS NULL THEN stayed.id"
            " ELSE today.department_id END AS department_now_id"
        )
        levels = [part for n in LEVELS for part in self._select_level(n)]
        return SQL(", ").join([now, *levels])

    @api.model
    def _select_level(self, number):
        level = SQL.identifier(f"level_{number}_id")
        yield SQL("was.%s AS %s", level, SQL.identifier(f"department_{number}_id"))
        yield SQL(
            "CASE WHEN today.department_id IS NULL THEN path_now.%s ELSE today.%s END"
            " AS %s",
            level,
            level,
            SQL.identifier(f"department_now_{number}_id"),
        )

    @api.model
    def _from(self):
        return SQL("%s %s", super()._from(), self._join_levels())

    @api.model
    def _join_levels(self):
        """Return the joins to what ``i`` names: path, employee and department."""
        # PostgreSQL leaves out a join that nobody reads: if it knows that it finds one
        # row at most, which DISTINCT tells it, and if its condition is a plain =.
        return SQL(
            """
            LEFT JOIN nps_department_path was ON was.id = i.department_path_id
            LEFT JOIN (SELECT DISTINCT ON (employee.id)
                              employee.id, version.department_id, path.*
                         FROM hr_employee employee
                         JOIN hr_version version
                           ON version.id = employee.current_version_id
                         JOIN hr_department department
                           ON department.id = version.department_id
                         JOIN (SELECT id AS path_id, %s FROM nps_department_path) path
                           ON path.path_id = department.nps_path_id
                        WHERE employee.active) today ON today.id = i.employee_id
            LEFT JOIN hr_department stayed ON stayed.id = i.department_id
            LEFT JOIN nps_department_path path_now ON path_now.id = stayed.nps_path_id
            """,
            SQL(", ").join(SQL.identifier(f"level_{n}_id") for n in LEVELS),
        )

    # === LEVELS THAT THE TREE HAS === #

    @api.model
    def _levels_beyond(self):
        """Return the columns of levels that no department is on."""
        deepest = self.env["nps.department.path"]._deepest()
        return {
            f"{name}_{n}_id"
            for name in ("department", "department_now")
            for n in LEVELS
            if n > deepest
        }

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer no level that the tree does not have."""
        found = super().fields_get(allfields, attributes)
        for name in self._levels_beyond() & found.keys():
            found[name].update(searchable=False, groupable=False)
        return found

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env["nps.department.path"]._deepest())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        beyond = self._levels_beyond()
        for node in arch.xpath("//field | //filter"):
            if node.get("name", "").removeprefix("group_") in beyond:
                node.getparent().remove(node)
        return arch, view
