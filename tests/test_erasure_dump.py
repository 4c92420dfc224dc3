import base64
import os
import subprocess
import unittest

from odoo.tests import tagged
from odoo.tools import config
from odoo.tools.misc import exec_pg_environ, find_pg_tool

from .common import NpsCommon
from .test_parallel import new_transaction

MARKS = ("Dumpella Grepwitz", "dumpella@grepwitz.example", "DUMPEDWORDS", "DUMPEDFILE")
FILE = b"DUMPEDFILE " * 200


@tagged("post_install", "-at_install")
class TestErasureDump(NpsCommon):
    """What is stored for good: a real dump of the database, and the files beside it."""

    def setUp(self):
        super().setUp()
        try:
            self.pg_dump = find_pg_tool("pg_dump")
        except Exception:
            raise unittest.SkipTest("There is no pg_dump here") from None
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            self.make_person(env)
            env.cr.commit()

    def make_person(self, env):
        partner = env["res.partner"].create({"name": MARKS[0], "email": MARKS[1]})
        ticket = env["helpdesk.ticket"].create(
            {
                "name": MARKS[2],
                "description": f"<p>{MARKS[2]}</p>",
                "partner_id": partner.id,
            }
        )
        ticket.message_post(body=MARKS[2], attachments=[(f"{MARKS[3]}.txt", FILE)])
        invitation = env["nps.invitation"]._create_for(
            ticket, env.ref("nps.nps_outcome_solved"), env.ref("base.user_root")
        )
        invitation._on_handed_over()
        env["nps.response"]._submit(invitation, 9, comment=MARKS[2])
        self.partner_id = partner.id
        self.ticket_id, self.invitation_id = ticket.id, invitation.id

    def forget(self):
        with new_transaction(self.env) as env:
            invitation = env["nps.invitation"].browse(self.invitation_id).exists()
            invitation.response_ids.unlink()
            invitation.unlink()
            env["helpdesk.ticket"].browse(self.ticket_id).exists().unlink()
            env["res.partner"].browse(self.partner_id).exists().unlink()
            env["nps.erasure"].search([]).unlink()
            env["privacy.log"].search([("anonymized_name", "like", "D***")]).unlink()
            env.cr.commit()

    def dump(self):
        # Ours own program and database, and no text of anybody else.
        return subprocess.run(  # noqa: S603
            [self.pg_dump, "--data-only", "--inserts", self.env.cr.dbname],
            env=exec_pg_environ(),
            capture_output=True,
            check=True,
        ).stdout

    def files_with(self, content):
        found = []
        for folder, _folders, names in os.walk(config.filestore(self.env.cr.dbname)):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    if content in file.read():
                        found.append(name)
        return found

    def test_neither_the_dump_nor_the_files_know_who_was_erased(self):
        before = self.dump()
        for mark in MARKS:
            self.assertIn(mark.encode(), before)
        self.assertTrue(self.files_with(FILE))
        with new_transaction(self.env) as env:
            env["res.partner"].browse(self.partner_id).action_nps_erase_person()
            env.cr.commit()
            env["ir.attachment"]._gc_file_store_unsafe()
            env.cr.commit()
        after = self.dump()
        for mark in (*MARKS, base64.b64encode(FILE[:30]).decode()):
            with self.subTest(mark):
                self.assertNotIn(mark.encode(), after)
        self.assertFalse(self.files_with(FILE))
