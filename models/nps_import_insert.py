import json
import random

from odoo import fields, models
from odoo.tools import SQL

from ..tools import metrics
from .nps_import_snapshot import Snapshots
from .nps_response import COPIED

OWNERS = ("partner_id", "commercial_partner_id")
OF_INVITATION = (*COPIED, "import_id")
"""What a response repeats of its invitation."""


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
        self._store(
            "nps.response",
            [
                self._response_values(row, ask, invitation_id)
                for row, (invitation_id, ask) in zip(rows, known.items(), strict=True)
            ],
        )
        self._store_tags(known)
        self.env["nps.group.news"].sudo()._note(invitations)
        owners = {ask[name] for ask in asks for name in OWNERS}
        self.env["res.partner"]._nps_refresh_scores(owners - {None, False})

    def _store(self, model, values_list):
        """Insert rows of a model in one statement; return its records in this order."""
        fields_ = self.env[model]._fields
        moment = fields.Datetime.now()
        log = dict.fromkeys(("create_uid", "write_uid"), self.user_id.id)
        log |= dict.fromkeys(("create_date", "write_date"), moment)
        values_list = [{**values, **log} for values in values_list]
        names = [name for name in values_list[0] if fields_[name].column_type]
        columns = SQL(", ").join(map(SQL.identifier, names))
        types = SQL(", ").join(
            SQL("%s %s", SQL.identifier(name), SQL(fields_[name].column_type[1]))
            for name in names
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(columns)s)
                SELECT %(columns)s
                  FROM ROWS FROM (jsonb_to_recordset(%(rows)s) AS (%(types)s))
                       WITH ORDINALITY AS given(%(columns)s, place)
              ORDER BY place
             RETURNING id
                """,
                table=SQL.identifier(self.env[model]._table),
                columns=columns,
                types=types,
                rows=json.dumps(values_list, default=str),
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
        outcome = known["outcome"] or self.outcome_id
        values = {
            **snapshots.of_customer(known["partner_id"]),
            **snapshots.of_agent(known["agent"] and known["agent"].id),
            "state": "answered",
            "delivery": "mail",
            "attempts": 0,
            "draw": random.random() * 100,  # noqa: S311
            "picked_at": moment.at,
            # Whoever was asked before is not asked again too soon.
            "asked_at": moment.at,
            "answered_at": moment.at,
            "local_date": moment.local.date(),
            "local_hour": moment.local.hour if moment.has_time else None,
            "outcome_id": outcome.id,
            "survey_id": known["survey"].id,
            "company_id": self.company_id.id,
            "product_name": known["product"],
            "import_id": self.id,
            "import_row": row.number,
            "import_ref": known["reference"],
        }
        self._write_given(values, row, snapshots)
        values = {name: _none(value) for name, value in values.items()}
        return {**values, "plans_callback": False}

    def _write_given(self, values, row, snapshots):
        """Let what the file says have precedence over what Odoo knows today."""
        known = row.values
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
            values["partner_id"], values["picked_at"]
        )

    # === RESPONSES === #

    def _response_values(self, row, ask, invitation_id):
        """Return the columns of a response, as the customer's own page fills them."""
        known = row.values
        metric = known["survey"].metric
        return {
            "invitation_id": invitation_id,
            "metric": metric,
            "score": known["score"],
            "category": metrics.category(metric, known["score"]),
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
                  FROM nps_invitation i
                  JOIN res_partner_res_partner_category_rel tag
                    ON tag.partner_id IN (i.partner_id, i.commercial_partner_id)
                 WHERE i.id = ANY(%s)
                """,
                list(asks),
            )
        )


def _none(value):
    """Return what the database holds for a value: no text and no record are NULL."""
    return None if value is False or value == "" else value
