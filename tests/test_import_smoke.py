import base64

from odoo.tests import tagged

from .common import NpsCommon


@tagged("post_install", "-at_install")
class TestSmoke(NpsCommon):
    def test_x(self):
        content = "Date;Score;E-Mail;Comment;Agent\n03.04.2025 09:30;9;carla@bluesky.example;Fine;agent\n13.04.2025;11;x;;nobody\n14.04.2025;3;new@x.example;Bad;\n"
        r = self.env["nps.import"].create(
            {
                "file": base64.b64encode(content.encode("latin-1")),
                "file_name": "a.csv",
                "creates_contacts": True,
            }
        )
        print(r.read()[0])
        print(r.column_ids.read(["header", "target", "sample"]))
        r.action_check()
        print(r.summary, r.problem_ids.read(["row", "column", "value", "reason"]))
        r.action_import()
        r._run()
        print(r.summary, r.state)
        self.env.invalidate_all()
        print(self.env["nps.response"].search([("import_id", "=", r.id)]).read())
        print(r._problems_csv())
        self.assertEqual(self.customer.nps_score, 9)
        r.action_undo()
        r._run()
        print(r.summary)
        self.assertFalse(self.customer.nps_category)
