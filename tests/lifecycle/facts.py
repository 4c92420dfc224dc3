# ruff: noqa: F821  the shell gives env
# pylint: disable=undefined-variable
# What must be the same before and after; printed by the shell of either version.
import json


def rows(model, *names):
    found = env[model].with_context(active_test=False).search([], order="id")
    return [[getattr(r[n], "ids", None) or str(r[n]) for n in names] for r in found]


def numbers(axis):
    found = env["nps.report"].formatted_read_group(
        [("invitation_id", "<=", LAST)],
        [axis],
        ["invited:sum", "answered:sum", "promoters:sum", "net_score:avg"],
    )
    return sorted(
        [
            str(r[axis]),
            r["invited:sum"],
            r["answered:sum"],
            r["promoters:sum"],
            r["net_score:avg"] and round(r["net_score:avg"], 4),
        ]
        for r in found
    )


env.cr.execute("SELECT MAX(id) FROM nps_invitation")
LAST = env.cr.fetchone()[0]
axes = ["user_id", "department_id", "outcome_id", "metric", "state", "local_date:month"]
print(
    "FACTS"
    + json.dumps(
        {
            "invitations": rows(
                "nps.invitation",
                "id",
                "state",
                "subject",
                "partner_id",
                "user_id",
                "department_id",
                "sent_at",
                "answered_at",
                "picked_at",
                "email_normalized",
                "failure_reason",
            ),
            "responses": rows(
                "nps.response",
                "id",
                "invitation_id",
                "score",
                "category",
                "comment",
                "state",
                "submitted_at",
            ),
            "customers": [
                [
                    p.id,
                    p.nps_score if p.nps_category else None,
                    p.nps_category,
                    str(p.nps_answered_at),
                ]
                for p in env["res.partner"].search([("email", "like", "@old.example")])
            ],
            "tickets": [
                [t.id, t.nps_score if t.nps_category else None, t.nps_category]
                for t in env["helpdesk.ticket"].search([("name", "like", "Old ticket")])
            ],
            "opt-outs": rows("nps.opt.out", "id", "email", "partner_id"),
            **{f"numbers by {axis}": numbers(axis) for axis in axes},
        }
    )
)
