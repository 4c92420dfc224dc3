from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from .common_import import NpsImportCommon

DAY = "2025-04-13"
OURS = ("nps.import", "nps.import.column", "nps.import.problem")


@tagged("post_install", "-at_install")
class TestImportRoles(NpsImportCommon):
    """Only administrators import; everybody sees that an answer was imported."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.analyst = cls.make_agent("analyst", groups="nps.nps_group_analyst")
        cls.boss = cls.make_agent("boss", groups="nps.nps_group_team_manager")

    def test_nobody_else_reads_or_makes_an_import(self):
        content = self.csv_of((DAY, "9"))
        record = self.check(content)
        for user in (self.agent, self.boss, self.analyst):
            for model in OURS:
                with self.subTest(user=user.login, model=model):
                    for operation in ("read", "write", "create", "unlink"):
                        allowed = self.env[model].with_user(user).has_access(operation)
                        self.assertFalse(allowed)
            with self.assertRaises(AccessError):
                self.make_import(content, user=user)
            for action in ("check", "import", "undo", "close", "stop"):
                with self.subTest(action=action), self.assertRaises(AccessError):
                    getattr(record.with_user(user), f"action_{action}")()

    def test_only_administrators_are_offered_the_menu(self):
        menu = self.env.ref("nps.nps_import_menu")
        menus = self.env["ir.ui.menu"]
        for user, offered in ((self.analyst, False), (self.admin, True)):
            visible = menus.with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in visible, offered)

    def test_an_administrator_does_the_whole_way_with_his_own_rights(self):
        record = self.bring((DAY, "9"), (DAY, "11")).with_user(self.admin)
        self.assertEqual((record.good_count, record.state), (1, "done"))
        record.action_undo()
        self.run_import_cron()
        self.assertEqual(record.state, "undone")

    def test_even_an_administrator_creates_no_answer_any_other_way(self):
        record = self.bring((DAY, "9"))
        invitation = self.answers_of(record).invitation_id.with_user(self.admin)
        for model in ("nps.invitation", "nps.response"):
            records = self.env[model].with_user(self.admin)
            self.assertFalse(records.has_access("create"))
            with self.assertRaises(AccessError):
                invitation.response_ids.write({"comment": "x"})
        with self.assertRaises(AccessError):
            invitation.import_id = False

    def test_odoos_own_import_cannot_bring_answers(self):
        survey = str(self.survey.id)
        for model, names, row in (
            ("nps.response", ["metric", "score", "category"], ["nps", "9", "promoter"]),
            ("nps.invitation", ["survey_id/.id", "res_model"], [survey, "x"]),
        ):
            with self.subTest(model=model):
                records = self.env[model].with_user(self.admin)
                before = records.search_count([])
                found = records.load(names, [row])
                self.assertFalse(found["ids"])
                self.assertEqual(records.search_count([]), before)

    def test_what_happened_to_an_import_cannot_be_claimed(self):
        imports = self.env["nps.import"].with_user(self.admin)
        for values in ({"state": "done"}, {"user_id": 1}, {"good_count": 7}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                imports.create({"file_name": "a.csv", **values})

    def test_who_reads_an_answer_sees_that_it_was_imported(self):
        record = self.bring((DAY, "9", "", "", "", "agent"))
        response = self.answers_of(record).with_user(self.agent)
        spec = {"import_id": {"fields": {"display_name": {}}}}
        [found] = response.web_read(spec)
        self.assertEqual(found["import_id"]["display_name"], "past.csv")
        [found] = response.invitation_id.web_read(spec)
        self.assertEqual(found["import_id"]["display_name"], "past.csv")
        groups = self.env["nps.report"].with_user(self.analyst)
        found = groups.formatted_read_group(
            [("import_id", "!=", False)], ["import_id"], ["answered:sum"]
        )
        self.assertIn((record.id, "past.csv"), [g["import_id"] for g in found])

    def test_an_import_belongs_to_its_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        foreign = self.check(self.csv_of((DAY, "9"))).sudo()
        foreign.company_id = other
        self.assertFalse(
            self.env["nps.import"].with_user(self.admin).search([]) & foreign
        )

    def test_an_import_does_not_cross_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(AccessError):
            self.make_import(self.csv_of((DAY, "9")), company_id=other.id)


@tagged("post_install", "-at_install")
class TestImportDownload(NpsImportCommon, HttpCase):
    """The rows with errors are personal data: administrators only."""

    def get(self, user, record):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/nps/import/{record.id}/errors.csv")

    def test_an_administrator_downloads_and_an_analyst_does_not(self):
        record = self.check(self.csv_of((DAY, "11")))
        url = record.action_download_problems()["url"]
        self.assertEqual(url, f"/nps/import/{record.id}/errors.csv")
        answer = self.get(self.admin, record)
        self.assertTrue(answer.ok)
        self.assertIn("What to Do", answer.content.decode("utf-8-sig"))
        analyst = new_test_user(self.env, "analyst", groups="nps.nps_group_analyst")
        with self.assertLogs("odoo.http", "WARNING"):
            self.assertEqual(self.get(analyst, record).status_code, 403)
