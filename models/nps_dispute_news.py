from odoo import models
from odoo.tools import plaintext2html

TASK = "nps.mail_activity_type_dispute"


class NpsDispute(models.Model):
    """Who hears of a dispute: one analyst of a new one, its followers of the rest.

    A follower is whoever contested the answer and the agent whom it rates.
    """

    _inherit = "nps.dispute"

    def _announce(self):
        """Tell of a new dispute: the agent, and one analyst who may decide it."""
        agents = (self.raised_by_id | self.user_id).filtered("active")
        self.message_subscribe(partner_ids=agents.partner_id.ids)
        self._tell(
            self.env._("Contested: %s", self._reason_label()),
            self.words,
        )
        analyst = self._pick_analyst()
        if analyst:
            self.with_context(lang=analyst.lang)._assign(analyst)

    def _assign(self, analyst):
        kind = self.env.ref(TASK)
        self._queued_mail().activity_schedule(
            TASK,
            user_id=analyst.id,
            date_deadline=kind._get_date_deadline(),
            summary=self.env._("Contested: %s", self._reason_label()),
        )
        self._wake_mail_queue()

    def _pick_analyst(self):
        """Return the analyst with the fewest disputes to decide, or nobody.

        One and not all, who would each wait for the others. Administrators, who are
        analysts too, only where there is nobody else.
        """
        candidates = self._possible_deciders()
        administrators = self.env.ref("nps.nps_group_manager").all_user_ids
        load = self._tasks_of(candidates)
        ranked = candidates.sorted(
            lambda user: (user in administrators, load.get(user, 0), user.id)
        )
        return ranked[:1]

    def _possible_deciders(self):
        """Return the analysts of the company whom the answer does not concern."""
        analysts = self.env.ref("nps.nps_group_analyst").all_user_ids
        return analysts.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        ) - (self.user_id | self.raised_by_id)

    def _tasks_of(self, users):
        """Return user -> how many disputes wait for him."""
        return dict(
            self.env["mail.activity"]._read_group(
                [
                    ("user_id", "in", users.ids),
                    ("activity_type_id", "=", self.env.ref(TASK).id),
                ],
                ["user_id"],
                ["__count"],
            )
        )

    def _release(self):
        """Take the task back from the analyst: it is decided."""
        self.activity_unlink([TASK])

    def _tell(self, headline, words=""):
        """Post a message that everybody gets who follows the dispute.

        :param str words: what somebody wrote; may be empty
        """
        self._queued_mail().message_post(
            body=plaintext2html("\n".join(filter(None, [headline, words]))),
            subtype_xmlid="mail.mt_comment",
        )
        self._wake_mail_queue()
