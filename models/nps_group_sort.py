import logging

import psycopg2

from odoo import api, fields, models, modules
from odoo.fields import Domain
from odoo.tools import SQL

from .database_errors import CONFLICTS, passes
from .nps_queue_mixin import MOST_CONFLICTS

_logger = logging.getLogger(__name__)

AT_ONCE = 500
"""How many new interactions one query per group decides about."""
AGAIN_AT_ONCE = 4 * AT_ONCE
"""How many old ones: nobody waits for them, and nobody writes to them."""
MOST_SECONDS = 10
"""How long the rule of one group may take for a batch. The worker limit of a cron
(120 seconds) is to be far away: who reaches that one takes all groups down."""


class NpsGroup(models.Model):
    """A cron sorts: a rule that is slow or broken is in nobody's way.

    What is new comes first, then what is sorted again on purpose. Each batch is stored
    as soon as it is done.
    """

    _inherit = "nps.group"

    is_too_heavy = fields.Boolean(
        readonly=True,
        copy=False,
        export_string_translation=False,
        help="The rule took too much time or memory. It is tried again when it is "
        "rewritten, or on purpose.",
    )

    # === CRON === #

    @api.model
    def _cron_sort(self, batch_size=AT_ONCE):
        """Sort what is new and what is to be sorted again, while the cron has time."""
        self._look_at_failing()
        conflicts = 0
        while True:
            try:
                done = self._sort_some(batch_size)
                self.env.flush_all()
                conflicts = 0
            except CONFLICTS:
                conflicts += 1
                if modules.module.current_test or conflicts > MOST_CONFLICTS:
                    raise
                self.env.cr.rollback()
                continue
            left = self._count_left()
            if not done or not self.env["ir.cron"]._commit_progress(
                done, remaining=left
            ):
                return

    @api.model
    def _sort_some(self, batch_size):
        """Sort one batch; return how many interactions it had, 0: there is no more."""
        if news := self.env["nps.group.news"]._next(batch_size):
            news._decide()
            return len(news)
        return self._to_sort_again()[:1]._sort_again_some(AGAIN_AT_ONCE)

    @api.model
    def _count_left(self):
        """Return how much work is left, for Odoo to see that the job gets on."""
        news = self.env["nps.group.news"]
        return news.search_count(news._due_domain()) + len(self._to_sort_again())

    @api.model
    def _look_at_failing(self):
        """Let those go on whose rule can be applied again: an addon came back."""
        invitations = self.env["nps.invitation"]
        # What is too heavy can be planned all the same: only who rewrites it knows.
        failing = [("failure", "!=", False), ("is_too_heavy", "=", False)]
        for group in self.search(failing):
            if problem := group._problem(invitations):
                group._fail(problem)
            else:
                group.failure = False

    # === SORTING === #

    @api.model
    def _sorting(self):
        """Return the leaves that sort: with a rule, and not archived."""
        return self.search([("domain", "not in", [False, "", "[]"])])

    def _may_look_at_answer(self):
        """Tell whether the rule looks at the answer; a broken one may."""
        try:
            return self._looks_at_answer()
        except (ValueError, TypeError, SyntaxError):
            return True

    def _sort_safely(self, invitations):
        """Sort by the rule of one leaf; if it fails, the others go on.

        :return: whether it could be sorted
        """
        if not invitations:
            return True
        if not self.failure:
            try:
                with self.env.cr.savepoint():
                    self._sort_in_time(invitations)
                return True
            except Exception as error:
                if passes(error):
                    # Somebody else wrote at the same moment: the cron repeats it.
                    raise
                _logger.warning("NPS group %s cannot be sorted: %s", self.id, error)
                self._fail_at_work(error)
        self.env["nps.group.news"]._keep(self, invitations)
        return False

    def _fail(self, error):
        """Note why the rule cannot be applied, where people see it."""
        if self.failure != error:
            self.failure = error
            self._message_log(body=self.env._("The rule cannot be applied: %s", error))

    def _fail_at_work(self, error):
        """Note a failure; a rule that is too heavy is not tried again by itself."""
        self.is_too_heavy = isinstance(error, psycopg2.OperationalError)
        if isinstance(error, psycopg2.errors.QueryCanceled):
            error = self.env._(
                "it took longer than %s seconds. Make the rule simpler, or let the "
                "group be sorted again to try once more.",
                MOST_SECONDS,
            )
        self._fail(str(error))

    def _sort_in_time(self, invitations):
        """Sort, or raise ``QueryCanceled`` before others have to wait too long."""
        before = self._limit_queries(f"{MOST_SECONDS}s")
        self._sort(invitations)
        self._limit_queries(before)

    @api.model
    def _limit_queries(self, limit):
        """Set how long a query may take, until the transaction ends; return the old."""
        name = "statement_timeout"
        [(before, _now)] = self.env.execute_query(
            SQL(
                "SELECT current_setting(%s), set_config(%s, %s, TRUE)",
                name,
                name,
                limit,
            )
        )
        return before

    def _sort(self, invitations):
        """Decide by the rule which of some invitations are in the group."""
        chosen = self._rule_domain() & Domain("id", "in", invitations.ids)
        # Membership does not depend on who looks, or on whose turn it is to sort.
        meant_sudo = invitations.sudo().with_context(lang=self.rule_lang or None)
        found = invitations.browse(meant_sudo.search(chosen).ids)
        self.env.cr.execute(
            SQL(
                "DELETE FROM nps_group_invitation_rel"
                " WHERE group_id = %s AND invitation_id = ANY(%s::int[])",
                self.id,
                (invitations - found).ids,
            )
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO nps_group_invitation_rel (group_id, invitation_id)"
                " SELECT %s, UNNEST(%s::int[]) ON CONFLICT DO NOTHING",
                self.id,
                found.ids,
            )
        )
        invitations.invalidate_recordset(["group_ids"], flush=False)
