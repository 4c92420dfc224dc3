# ruff: noqa: F821  the shell gives env
# pylint: disable=undefined-variable
# What a company has after some weeks with the first version; made in its shell.
import json

env.company.write({"name": "Acme", "email": "hello@acme.example"})
support = env["hr.department"].create({"name": "Support"})
phone = env["hr.department"].create({"name": "Phone", "parent_id": support.id})
agents = []
for login, department in (("one", phone), ("two", support)):
    user = env["res.users"].create(
        {
            "name": f"Agent {login}",
            "login": login,
            "password": login,
            "group_ids": [
                (4, env.ref("nps.nps_group_user").id),
                (4, env.ref("helpdesk_mgmt.group_helpdesk_user").id),
            ],
        }
    )
    env["hr.employee"].create(
        {"name": user.name, "user_id": user.id, "department_id": department.id}
    )
    agents.append(user)
outcomes = env["nps.outcome"].create(
    [
        {
            "name": code,
            "code": code,
            "survey_id": env.ref("nps.nps_survey_support").id,
            "delay_hours": delay,
        }
        for code, delay in (("old_fixed", 0), ("old_later", 48))
    ]
)
team = env["helpdesk.ticket.team"].create({"name": "First Line"})
customers = env["res.partner"].create(
    [
        {
            "name": f"Customer {n}",
            "email": f"c{n}@old.example",
            "phone": f"+49 30 55{n}",
        }
        for n in range(16)
    ]
)
send = env.ref("nps.ir_cron_nps_send")


def ask(n, code="old_fixed"):
    agent = agents[n % 2]
    ticket = env["helpdesk.ticket"].create(
        {
            "name": f"Old ticket {n}",
            "description": "<p>It hums</p>",
            "partner_id": customers[n].id,
            "team_id": team.id,
            "user_id": agent.id,
        }
    )
    record = ticket if n % 3 else customers[n]
    answer = record.with_user(agent).nps_pick_outcome(code)
    return env["nps.invitation"].browse(answer["invitation_id"])


asked = [ask(n) for n in range(14)]
later = ask(14, "old_later")
env.cr.commit()
send.method_direct_trigger()
env.cr.commit()
env.invalidate_all()
responses = env["nps.response"]
# 0 is a score, 10 is the best one; the last two of those who were asked are silent.
for invitation, score in zip(asked, (0, 10, 9, 8, 7, 6, 10, 3, 9, 10, 0), strict=False):
    words = f"Words about {score}" if score % 2 == 0 else ""
    responses._submit(invitation, score, comment=words)
responses._submit(asked[7], 9, change=True)
asked[11]._opt_out()
asked[12].write({"state": "failed", "failure_reason": "550 no such mailbox"})
env.flush_all()
env.cr.commit()
env.invalidate_all()
print("DATA" + json.dumps({"later": later.id, "opted_out": customers[11].id}))
