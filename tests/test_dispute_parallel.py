from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NpsCommon
from .test_parallel import new_transaction


@tagged("post_install", "-at_install")
class TestDisputeParallel(NpsCommon):
    """Decisions at the same moment, in two real transactions."""

    def setUp(self):
        super().setUp()
        self.build()
        self.addCleanup(self.forget)

    def build(self):
        with new_transaction(self.env) as env:
            self.partner_id = env["res.partner"].create({"name": "Parallel"}).id
            partner = env["res.partner"].browse(self.partner_id)
            partner.email = "parallel@x.example"
            invitation = env["nps.invitation"]._create_for(
                partner, env.ref("nps.nps_outcome_solved"), env.ref("base.user_root")
            )
            invitation._on_handed_over()
            env["nps.response"]._submit(invitation, 2)
            self.response_id = invitation._counted_response().id
            self.invitation_id = invitation.id
            env.cr.commit()

    def forget(self):
        with new_transaction(self.env) as env:
            invitation = env["nps.invitation"].browse(self.invitation_id)
            invitation.response_ids.dispute_ids.unlink()
            invitation.response_ids.unlink()
            invitation.unlink()
            env["res.partner"].browse(self.partner_id).unlink()
            env.cr.commit()

    def contest(self, env):
        return env["nps.response"].browse(self.response_id)._contest("abusive", "x")

    def contested(self):
        with new_transaction(self.env) as env:
            dispute_id = self.contest(env).id
            env.cr.commit()
        return dispute_id

    def at_once(self, first, second):
        """Do both, the second by a picture of the database from before the first.

        :return: what came out of each, the error where it was refused
        """
        results = []
        with new_transaction(self.env) as late:
            late.cr.execute("SELECT 1 FROM nps_response LIMIT 1")
            with new_transaction(self.env) as env:
                results.append(self.outcome_of(first, env))
            results.append(self.outcome_of(second, late))
        return results

    def outcome_of(self, work, env):
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            try:
                return retrying(lambda: work(env), env)
            except UserError as error:
                return error

    def refused(self, results):
        return [str(r) for r in results if isinstance(r, Exception)]

    def accept(self, env):
        return self.disputes(env)._accept("yes")

    def reject(self, env):
        return self.disputes(env)._reject("no")

    def correct(self, env):
        return env["nps.response"]._submit(self.invitation(env), 9, change=True)

    def invitation(self, env):
        return env["nps.invitation"].browse(self.invitation_id)

    def disputes(self, env):
        return self.invitation(env).response_ids.dispute_ids

    def test_of_two_decisions_at_once_one_holds_and_the_other_is_told(self):
        for works, states in (
            ((self.accept, self.reject), ("accepted", "excluded")),
            ((self.reject, self.accept), ("rejected", "counted")),
        ):
            with self.subTest(first=states[0]):
                self.forget()
                self.build()
                self.contested()
                [error] = self.refused(self.at_once(*works))
                self.assertIn("not open any more", error)
                with new_transaction(self.env) as env:
                    dispute = self.disputes(env)
                    found = (dispute.state, dispute.response_id.state)
                    self.assertEqual(found, states)

    def test_of_two_contests_at_once_one_is_kept(self):
        [error] = self.refused(self.at_once(self.contest, self.contest))
        self.assertIn("contested already", error)
        with new_transaction(self.env) as env:
            self.assertEqual(len(self.disputes(env)), 1)

    def test_a_contest_follows_a_correction_of_the_same_moment(self):
        self.assertFalse(self.refused(self.at_once(self.contest, self.correct)))
        with new_transaction(self.env) as env:
            counted = self.invitation(env)._counted_response()
            self.assertEqual(self.disputes(env).response_id, counted)
            self.assertEqual(counted.score, 9)

    def test_a_contest_of_what_was_just_corrected_is_refused(self):
        [error] = self.refused(self.at_once(self.correct, self.contest))
        self.assertIn("does not count", error)

    def test_a_correction_of_the_same_moment_is_no_way_around_an_exclusion(self):
        for works in ((self.accept, self.correct), (self.correct, self.accept)):
            with self.subTest(first=works[0].__name__):
                self.forget()
                self.build()
                self.contested()
                self.assertFalse(self.refused(self.at_once(*works)))
                with new_transaction(self.env) as env:
                    self.assertFalse(self.invitation(env)._counted_response())
                    given = self.invitation(env)._given_response()
                    self.assertEqual((given.state, given.score), ("excluded", 9))
