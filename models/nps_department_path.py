from odoo import api, fields, models
from odoo.tools import SQL

DEPTH = 6
"""So many levels of the department tree are columns of the reports."""


class NpsDepartmentPath(models.Model):
    """A department at its place in the tree, as it was once.

    A department that moves gets a path anew, and the old one stays: what was frozen
    with it still adds up to the departments that were above it then.
    """

    _name = "nps.department.path"
    _description = "NPS Department as It Was"
    _parent_store = True
    _order = "complete_name, id"

    parent_id = fields.Many2one(
        "nps.department.path", readonly=True, ondelete="restrict", index=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("nps.department.path", "parent_id", readonly=True)
    department_id = fields.Many2one(
        "hr.department",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="Empty once it is deleted, which it can only be without interactions.",
    )
    name = fields.Char(compute="_compute_name", store=True)
    complete_name = fields.Char(compute="_compute_name", store=True, recursive=True)
    depth = fields.Integer(
        readonly=True, aggregator="max", help="On which level it is, from 1."
    )
    level_1_id = fields.Many2one("hr.department", readonly=True)
    level_2_id = fields.Many2one("hr.department", readonly=True)
    level_3_id = fields.Many2one("hr.department", readonly=True)
    level_4_id = fields.Many2one("hr.department", readonly=True)
    level_5_id = fields.Many2one("hr.department", readonly=True)
    level_6_id = fields.Many2one("hr.department", readonly=True)

    _place_uniq = models.UniqueIndex(
        "(department_id, COALESCE(parent_id, 0)) WHERE department_id IS NOT NULL",
        "A department has one path for each place in the tree.",
    )

    @api.depends("department_id.name", "parent_id.complete_name")
    def _compute_name(self):
        for path in self:
            path.name = path.department_id.name or path.name
            above = path.parent_id.complete_name
            path.complete_name = f"{above} / {path.name}" if above else path.name

    @api.depends("name", "complete_name")
    @api.depends_context("hierarchical_naming")
    def _compute_display_name(self):
        whole = self.env.context.get("hierarchical_naming", True)
        for path in self:
            path.display_name = path.complete_name if whole else path.name

    @api.model
    def _at(self, parent, department):
        """Return the path of a department below another path, made if need be.

        :param parent: the path of the department above, or an empty recordset
        """
        place = [("parent_id", "=", parent.id), ("department_id", "=", department.id)]
        return self.search(place) or self.create(
            {
                "parent_id": parent.id,
                "department_id": department.id,
                **self._levels(parent, department),
            }
        )

    def _departments(self):
        """Return the departments from the top down to this one, down to level six."""
        return [self[f"level_{n}_id"] for n in range(1, min(self.depth, DEPTH) + 1)]

    @api.model
    def _levels(self, parent, department):
        depth = parent.depth + 1
        chain = [*parent._departments(), department][:DEPTH]
        levels = {f"level_{n}_id": part.id for n, part in enumerate(chain, 1)}
        return {"depth": depth, **levels}

    @api.model
    def _deepest(self):
        """Return how many levels interactions have, then or today: 1…6."""
        self.env["nps.invitation"].flush_model(["department_id", "department_path_id"])
        self.env["hr.department"].flush_model(["nps_path_id"])
        ((deepest,),) = self.env.execute_query(
            SQL(
                """
                SELECT MAX(path.depth)
                  FROM nps_department_path path
                  LEFT JOIN hr_department now ON now.nps_path_id = path.id
                 WHERE %s OR %s
                """,
                self._is_kept("department_path_id", "path"),
                self._is_kept("department_id", "now"),
            )
        )
        return max(1, min(deepest or 1, DEPTH))

    @api.model
    def _is_kept(self, column, table):
        """Return the SQL condition that an interaction keeps the id of some row."""
        # In the order of the index, so that PostgreSQL takes one look into it and does
        # not read the interactions once for each row.
        return SQL(
            """
            (SELECT kept.%(column)s FROM nps_invitation kept
              WHERE kept.%(column)s >= %(id)s
              ORDER BY kept.%(column)s LIMIT 1) = %(id)s
            """,
            column=SQL.identifier(column),
            id=SQL.identifier(table, "id"),
        )
