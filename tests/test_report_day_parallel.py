from contextlib import ExitStack

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon
from .test_parallel import new_transaction


@tagged("post_install", "-at_install")
class TestReportDayParallel(NpsCommon):
    """Days are counted while others write, in real transactions."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.forget)
        with new_transaction(self.env) as env:
            partner = env["res.partner"].create({"name": "Counted in Parallel"})
            self.partner_id = partner.id
            self.day = self.happen(env).local_date
            env["nps.report.day.changed"]._note_all()
            while env["nps.report.day"]._refresh_some():
                pass
            env.cr.commit()
        self.stack = self.enterContext(ExitStack())

    def forget(self):
        with new_transaction(self.env) as env:
            invitations = [("partner_id", "=", self.partner_id)]
            env["nps.invitation"].search(invitations).unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env["nps.report.day"]._clear()
            env.cr.commit()

    def begin(self):
        """Begin a transaction that sees what is true now."""
        env = self.stack.enter_context(new_transaction(self.env))
        env.cr.execute("SELECT 1")
        return env

    def happen(self, env):
        invitation = env["nps.invitation"]._create_for(
            env["res.partner"].browse(self.partner_id),
            env.ref("nps.nps_outcome_solved"),
            env.ref("base.user_root"),
        )
        env.flush_all()
        return invitation

    def count(self, env):
        env["nps.report.day"]._count_days([self.day])

    def seen(self, env):
        """Return how many interactions a transaction counts on the day, two ways."""
        domain = [("local_date", "=", self.day)]
        by_day = env["nps.report"]._read_group(domain, [], ["interactions:sum"])
        return by_day[0][0], env["nps.report"].search_count(domain)

    def assertSeen(self, env, number):
        self.assertEqual(self.seen(env), (number, number))

    def changed(self, env):
        return env["nps.report.day.changed"]._next(100)

    def test_what_is_written_while_a_day_is_counted_is_not_lost(self):
        [before, _same] = self.seen(self.begin())
        writer, first = self.begin(), self.begin()
        self.happen(first)
        first.cr.commit()
        counter = self.begin()
        self.happen(writer)
        self.count(counter)
        counter.cr.commit()
        self.assertSeen(self.begin(), before + 1)
        writer.cr.commit()
        after = self.begin()
        self.assertEqual(self.changed(after), [self.day])
        self.assertSeen(after, before + 2)
        self.count(after)
        after.cr.commit()
        self.assertFalse(self.changed(self.begin()))
        self.assertSeen(self.begin(), before + 2)

    def test_who_began_to_read_before_goes_on_reading_the_same(self):
        reader = self.begin()
        [before, _same] = self.seen(reader)
        writer = self.begin()
        self.happen(writer)
        writer.cr.commit()
        counter = self.begin()
        self.count(counter)
        counter.cr.commit()
        self.assertSeen(reader, before)
        self.assertSeen(self.begin(), before + 1)

    def test_who_writes_sees_his_own_and_nobody_else_does(self):
        writer = self.begin()
        [before, _same] = self.seen(writer)
        self.happen(writer)
        self.assertSeen(writer, before + 1)
        self.assertSeen(self.begin(), before)

    def test_of_two_who_count_the_same_day_one_gives_up(self):
        writer = self.begin()
        [before, _same] = self.seen(writer)
        self.happen(writer)
        writer.cr.commit()
        first, second = self.begin(), self.begin()
        self.count(first)
        first.cr.commit()
        with (
            self.assertRaises(psycopg2.errors.SerializationFailure),
            mute_logger("odoo.sql_db"),
        ):
            self.count(second)
        self.assertSeen(self.begin(), before + 1)

    def test_nobody_who_writes_waits_for_another(self):
        one, other, counter = self.begin(), self.begin(), self.begin()
        for env in (one, other, counter):
            env.cr.execute("SET LOCAL lock_timeout = '2s'")
        self.happen(one)
        self.count(counter)
        self.happen(other)
