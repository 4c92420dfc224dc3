import json
import random

from odoo import fields, models
from odoo.tools import SQL

from ..tools import metrics
from .nps_import_snapshot import Snapshots
from .nps_response import COPIED

OF_INVITATION = (*COPIED, "import_id")
"""What a response repeats of its invitation."""
FLAGS = {"plans_callback": False}


class NpsImport(models.Model):
    """The one place that writes imported answers: whole rows, many at once.

    Not by ``create``: that would plan cases, flags, notes and messages. What a row has
    to look like, a test compares with an answer that came in the ordinary way.
    """

    _inherit = "nps.import"

    def _insert(self, rows):
        """Store the answers of good rows; their customers are looked up already."""
        snapshots = Snapshots(self, {row.values["partner_id"] for row in rows})
        asks = [self._invitation_values(row, snapshots) for row in rows]
        invitations = self._store("nps.invitation", asks)
        known = dict(zip(invitations.ids, asks, strict=True))
        responses = self._store(
            "nps.response",
            [
                self._response_values(row, ask, invitation_id)
                for row, (invitation_id, ask) in zip(rows, known.items(), strict=True)
            ],
        )
        self._store_tags(known)
        self.env["nps.group.news"].sudo()._note(invitations)
        self.env["res.partner"]._nps_note_last(responses)

    def _store(self, model, values_list):
        """Insert rows of a model in one statement; return its records in this order."""
        moment = fields.Datetime.now()
        stored = {
            name: field.column_type[1]
            for name, field in self.env[model]._fields.items()
            if name in values_list[0] and field.column_type
        }
        own = _differing(values_list, stored)
        shared = {name: values_list[0][name] for name in stored if name not in own}
        shared |= dict.fromkeys(("create_uid", "write_uid"), self.user_id.id or None)
        shared |= dict.fromkeys(("create_date", "write_date"), moment)
        rows = [{name: values[name] for name in own} for values in values_list]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(own)s, %(shared)s)
                SELECT %(own)s, %(values)s
                  FROM ROWS FROM (json_to_recordset(%(rows)s) AS (%(types)s))
                       WITH ORDINALITY AS given(%(own)s, place)
              ORDER BY place
             RETURNING id
                """,
                table=SQL.identifier(self.env[model]._table),
                own=_list(map(SQL.identifier, own)),
                shared=_list(map(SQL.identifier, shared)),
                values=_list(SQL("%s", value) for value in shared.values()),
                types=_list(
                    SQL("%s %s", SQL.identifier(name), SQL(stored[name]))
                    for name in own
                ),
                rows=json.dumps(rows, default=str),
            ),
            # In the log would stand who all these customers are, and what they said.
            log_exceptions=False,
        )
        found = self.env[model].browse(id_ for (id_,) in self.env.cr.fetchall())
        self.env[model].invalidate_model()
        return found

    # === INVITATIONS === #

    def _invitation_values(self, row, snapshots):
        """Return the columns of an invitation, as picking an outcome fills them."""
        known, moment = row.values, row.values["moment"]
        at = str(moment.at)
        values = {
            **snapshots.of_customer(known["partner_id"]),
            **snapshots.of_agent(known["agent"] and known["agent"].id),
            **snapshots.of_import,
            "draw": random.random() * 100,  # noqa: S311
            "picked_at": at,
            # Whoever was asked before is not asked again too soon.
            "asked_at": at,
            "answered_at": at,
            "local_date": moment.local.date(),
            "local_hour": moment.local.hour if moment.has_time else None,
            "survey_id": known["survey_id"],
            "product_name": known["product"],
            "import_row": row.number,
            "import_ref": known["reference"],
        }
        self._write_given(values, row, snapshots)
        # What the database holds of no text and no record is NULL.
        return {
            name: None if value is False or value == "" else value
            for name, value in values.items()
        } | FLAGS

    def _write_given(self, values, row, snapshots):
        """Let what the file says have precedence over what Odoo knows today."""
        known = row.values
        if known["outcome"]:
            values["outcome_id"] = known["outcome"].id
        if known["customer"]:
            values["customer_name"] = known["customer"]
        if known["email"]:
            values.update({name: known[name] for name in ("email", "email_normalized")})
        values["customer_name"] = values["customer_name"] or values["email"]
        if known["lang"]:
            values["lang"] = known["lang"]
        if not known["agent"]:
            values["agent_name"] = row.text("agent")
        if known["department"]:
            values["department_id"] = known["department"].id
        values["subject"] = (
            known["subject"]
            or values["subject"]
            or values["customer_name"]
            or known["survey"].name
        )
        values["department_path_id"] = snapshots.path_of(values["department_id"])
        values["customer_kind"] = snapshots.kind_of(
            values["partner_id"], known["moment"].at
        )

    # === RESPONSES === #

    def _response_values(self, row, ask, invitation_id):
        """Return the columns of a response, as the customer's own page fills them."""
        known = row.values
        return {
            "invitation_id": invitation_id,
            "metric": known["metric"],
            "score": known["score"],
            "category": metrics.category(known["metric"], known["score"]),
            "comment": known["comment"],
            "state": "counted",
            "submitted_at": ask["answered_at"],
            "lang": known["lang"] or None,
            # Nobody is told of it.
            "echo_state": "done",
            **{name: ask[name] for name in OF_INVITATION},
        }

    def _store_tags(self, asks):
        """Note the tags that the customers have."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO nps_invitation_customer_tag_rel
                       (nps_invitation_id, res_partner_category_id)
                SELECT DISTINCT i.id, tag.category_id
                  FROM UNNEST(%s) given(id)
                  JOIN nps_invitation i ON i.id = given.id
                  JOIN res_partner_res_partner_category_rel tag
                    ON tag.partner_id IN (i.partner_id, i.commercial_partner_id)
                """,
                list(asks),
            )
        )


def _differing(values_list, names):
    """Return those columns that are not the same in all rows; of one row all are."""
    first, *others = values_list
    return [
        name
        for name in names
        if not others or any(values[name] != first[name] for values in others)
    ]


def _list(parts):
    return SQL(", ").join(parts)
