import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import NpsCommon

MANAGER = "nps.nps_group_team_manager"
EXPORTER = "base.group_allow_export"
SUMS = ["answered:sum", "promoters:sum", "detractors:sum", "invited:sum"]


class AccessCommon(NpsCommon):
    """Answers below Support, in Sales and in another company, and who may see them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.support_agent = cls.make_agent("support", cls.support)
        cls.sales_agent = cls.make_agent("sales", cls.sales)
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        only_there = {
            "company_id": cls.other_company.id,
            "company_ids": [Command.set(cls.other_company.ids)],
        }
        cls.abroad = cls.make_agent("abroad", **only_there)
        agents = cls.agent | cls.support_agent | cls.sales_agent | cls.abroad
        cls.rows = {}
        for agent in agents:
            invitation = cls.pick(user=agent)
            invitation._on_handed_over()
            cls.answer(invitation, 9, comment=agent.login)
            cls.rows[agent.login] = invitation.id
        cls.viewers(only_there)
        cls.env.ref(EXPORTER).user_ids |= cls.env["res.users"].union(
            *(user for user, _rows in cls.expected().values())
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def viewers(cls, only_there):
        cls.team_lead = cls.make_agent("team_lead", cls.phone, groups=MANAGER)
        cls.phone.manager_id = cls.team_lead.employee_id
        cls.head = cls.make_agent("head", cls.support, groups=MANAGER)
        cls.support.manager_id = cls.head.employee_id
        cls.nobodys = cls.make_agent("nobodys", cls.sales, groups=MANAGER)
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.there = cls.make_agent(
            "there", groups="nps.nps_group_analyst", **only_there
        )

    @classmethod
    def expected(cls):
        """Return role -> (a user, the logins of the agents whose rows he sees)."""
        return {
            "agent": (cls.agent, {"agent"}),
            "manager": (cls.team_lead, {"agent"}),
            "manager above": (cls.head, {"agent", "support"}),
            "manager of nothing": (cls.nobodys, set()),
            "analyst": (cls.analyst, {"agent", "support", "sales"}),
            "analyst elsewhere": (cls.there, {"abroad"}),
        }

    @property
    def ours(self):
        """The domain of all rows of the test, whoever may see them."""
        return [("id", "in", list(self.rows.values()))]

    def each_viewer(self):
        """Yield (user, ids of exactly the rows that he sees), each in a subtest."""
        for role, (user, logins) in self.expected().items():
            with self.subTest(role=role):
                self.env.invalidate_all()
                yield user, {self.rows[login] for login in logins}

    def report(self, user):
        return self.env["nps.report"].with_user(user)


@tagged("post_install", "-at_install")
class TestReportAccess(AccessCommon):
    """Every way to the numbers shows exactly what its user may see."""

    def test_search_finds_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            self.assertEqual(set(self.report(user).search(self.ours).ids), ids)
            self.assertEqual(self.report(user).search_count(self.ours), len(ids))

    def test_search_read_and_web_search_read_give_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            rows = self.report(user).search_read(self.ours, ["score", "comment"])
            self.assertEqual({row["id"] for row in rows}, ids)
            found = self.report(user).web_search_read(self.ours, {"comment": {}})
            self.assertEqual({row["id"] for row in found["records"]}, ids)
            self.assertEqual(found["length"], len(ids))

    def test_read_by_id_refuses_every_other_row(self):
        for user, ids in self.each_viewer():
            for row_id in self.rows.values():
                row = self.report(user).browse(row_id)
                if row_id in ids:
                    self.assertEqual(row.read(["score"])[0]["score"], 9)
                    continue
                for method in ("read", "export_data"):
                    with self.assertRaises(AccessError):
                        self.env.invalidate_all()
                        getattr(row, method)(["score"])

    def test_groups_and_totals_count_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            report = self.report(user)
            groups = report._read_group(self.ours, ["user_id"], ["id:array_agg", *SUMS])
            self.assertEqual({row for _u, rows, *_n in groups for row in rows}, ids)
            self.assertEqual(sum(group[2] for group in groups), len(ids))
            (total,) = report._read_group(self.ours, [], SUMS)
            self.assertEqual(total[0] or 0, len(ids))

    def test_formatted_groups_count_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            groups = self.report(user).formatted_read_group(
                self.ours, ["department_path_id"], ["id:array_agg", *SUMS]
            )
            found = {row for group in groups for row in group["id:array_agg"]}
            self.assertEqual(found, ids)

    def test_grouping_sets_count_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            sets = self.report(user).formatted_read_grouping_sets(
                self.ours,
                [["department_1_id", "user_id"], ["department_now_id"], []],
                ["answered:sum"],
            )
            for groups in sets:
                total = sum(group["answered:sum"] or 0 for group in groups)
                self.assertEqual(total, len(ids))

    def test_export_gives_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            rows = self.report(user).search(self.ours)
            exported = rows.export_data([".id", "comment"])["datas"]
            self.assertEqual({int(row[0]) for row in exported}, ids)

    def test_a_domain_over_other_models_finds_no_more(self):
        # What a colleague's invitation or answer holds cannot be asked for either.
        for user, ids in self.each_viewer():
            for path in ("invitation_id.email", "invitation_id.response_ids.comment"):
                found = self.report(user).search([*self.ours, (path, "!=", False)])
                self.assertLessEqual(set(found.ids), ids)

    def test_names_give_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            names = self.report(user).name_search("", self.ours)
            self.assertEqual({row for row, _name in names}, ids)

    def test_who_has_no_role_gets_nothing(self):
        strangers = (
            new_test_user(self.env, "inside", groups=f"base.group_user,{EXPORTER}"),
            new_test_user(self.env, "visitor", groups="base.group_portal"),
            self.env.ref("base.public_user"),
        )
        for user in strangers:
            report = self.report(user)
            for call in (
                lambda report=report: report.search(self.ours),
                lambda report=report: report.search_count(self.ours),
                lambda report=report: report._read_group(self.ours, [], SUMS),
                lambda report=report: report.formatted_read_group(self.ours, [], SUMS),
                lambda report=report: report.formatted_read_grouping_sets(
                    self.ours, [[]], SUMS
                ),
                lambda report=report: report.browse(self.rows["agent"]).read(["score"]),
                lambda report=report: report.name_search(""),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    call()

    def test_a_company_that_is_switched_off_is_left_out(self):
        self.analyst.company_ids |= self.other_company
        both = (self.company | self.other_company).ids
        for companies, logins in (
            (both, {"agent", "support", "sales", "abroad"}),
            (self.other_company.ids, {"abroad"}),
        ):
            report = self.report(self.analyst)
            report = report.with_context(allowed_company_ids=companies)
            with self.subTest(companies=companies):
                self.env.invalidate_all()
                found = set(report.search(self.ours).ids)
                self.assertEqual(found, {self.rows[login] for login in logins})

    def test_boxes_of_the_organogram_follow_the_same_rights(self):
        boxes = {
            "manager": {self.phone},
            "manager above": {self.phone, self.support},
            "manager of nothing": set(),
            "analyst": {self.phone, self.support, self.sales},
            "agent": set(),
        }
        ours = (self.phone | self.support | self.sales).ids
        for role, expected in boxes.items():
            self.env.invalidate_all()
            departments = self.env["hr.department"].with_user(self.expected()[role][0])
            found = departments.search([("nps_is_box", "=", True), ("id", "in", ours)])
            with self.subTest(role=role):
                self.assertEqual(set(found.sudo(True).ids), {d.id for d in expected})
                self.assertEqual(
                    {box.nps_answers for box in found - self.support},
                    {1} if expected else set(),
                )


@tagged("post_install", "-at_install")
class TestReportAccessHttp(AccessCommon, HttpCase):
    """The same from outside: by an API key, and as the web client asks."""

    def json2(self, user, method, **arguments):
        keys_sudo = self.env["res.users.apikeys"].with_user(user).sudo()
        key = keys_sudo._generate("rpc", "report", None)
        response = self.url_open(
            f"/json/2/nps.report/{method}",
            json=arguments,
            headers={"Authorization": f"bearer {key}"},
        )
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def rpc(self, user, method, *args, **kwargs):
        self.authenticate(user.login, user.login)
        answer = self.url_open(
            f"/web/dataset/call_kw/nps.report/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": "nps.report",
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("result", answer.get("error"))

    def test_json2_gives_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            rows = self.json2(user, "search_read", domain=self.ours, fields=["score"])
            self.assertEqual({row["id"] for row in rows}, ids)
            groups = self.json2(
                user,
                "formatted_read_group",
                domain=self.ours,
                groupby=["user_id"],
                aggregates=["answered:sum"],
            )
            self.assertEqual(sum(g["answered:sum"] for g in groups), len(ids))

    def test_the_web_client_gets_exactly_the_own_rows(self):
        for user, ids in self.each_viewer():
            rows = self.rpc(user, "search_read", self.ours, ["score"])
            self.assertEqual({row["id"] for row in rows}, ids)
            sets = self.rpc(
                user,
                "formatted_read_grouping_sets",
                self.ours,
                [["department_1_id"], []],
                ["answered:sum"],
            )
            self.assertEqual(sets[1][0]["answered:sum"] or 0, len(ids))

    def test_the_web_client_is_refused_the_row_of_another(self):
        error = self.rpc(self.agent, "read", [self.rows["sales"]], ["score"])
        self.assertEqual(error["data"]["name"], "odoo.exceptions.AccessError")
