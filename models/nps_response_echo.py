from odoo import api, fields, models

from .nps_bell import RING

MOST_ECHO_ATTEMPTS = 5


class NpsResponse(models.Model):
    """Tells colleagues of an answer, after it is safely stored.

    A cron does it: the customer's page does not wait for it, and a failure here
    neither loses the answer nor is itself forgotten.
    """

    _inherit = "nps.response"

    echo_attempts = fields.Integer(readonly=True, export_string_translation=False)
    note_id = fields.Many2one(
        "mail.message", readonly=True, index="btree_not_null", ondelete="set null"
    )

    def _schedule_echo(self):
        """Let the echo cron tell colleagues, as soon as the answer is stored."""
        if self.echo_state != "pending":
            self.echo_state = "pending"
            self._wake_echo()

    def _wake_echo(self):
        # Not by ``env.ref``, and only what a trigger asks of the cron: the customer
        # waits for each look into the database.
        cron_id = self.env["ir.model.data"]._xmlid_to_res_id("nps.ir_cron_nps_echo")
        crons_sudo = self.env["ir.cron"].sudo()
        wanted = {"prefetch_fields": False, RING: True}
        crons_sudo.browse(cron_id).with_context(**wanted)._trigger()

    @api.model
    def _cron_echo(self, batch_size=100):
        """Post the notes of new answers, each on its own."""
        self._work_off([("echo_state", "=", "pending")], "_echo_safely", batch_size)

    def _echo_safely(self):
        """Post the note; a failure is tried again by the next runs, some times."""
        error = self._try_or_log("_echo", "The note")
        self.echo_attempts += bool(error)
        if not error or self.echo_attempts >= MOST_ECHO_ATTEMPTS:
            self.echo_state = "done"

    def _echo(self):
        """Write the note on ticket or contact and tell the agent."""
        if self.note_id:
            # Words that follow the score complete the note; they do not repeat it.
            self.note_id.body = self._note()
        else:
            self.note_id = self._post_note()
        if self.state == "counted":
            self._notify_agent()

    def _post_note(self):
        touchpoint = self.invitation_id._touchpoint()
        if touchpoint is None or not touchpoint._nps_shows_answers():
            return self.env["mail.message"]
        return touchpoint._message_log(
            body=self._note(), author_id=self._note_author().id
        )

    def _note_author(self):
        return self.partner_id or self.env.ref("base.partner_root")

    def _note(self):
        """Return the note for the chatter: score and comment, and no link."""
        return self.env["ir.qweb"]._render(
            "nps.response_note",
            {"response": self, "drivers": self.driver_answer_ids, "state": self.state},
        )

    def _notify_agent(self):
        """A hook: an answer counts, and its agent may want to hear of it."""

    @api.depends("score", "customer_name")
    def _compute_display_name(self):
        for response in self:
            highest = response.survey_id._scale().highest
            parts = [f"{response.score}/{highest}", response.customer_name]
            response.display_name = " · ".join(part for part in parts if part)

    def _headline(self):
        """Return the answer in a few words: "9 of 10 (Promoter)"."""
        return self.env._(
            "%(score)s of %(highest)s (%(category)s)",
            score=self.score,
            highest=self.survey_id._scale().highest,
            category=self._category_label(),
        )

    def _category_label(self):
        """Return the category in the words of its metric."""
        return self._label_of(self.category)

    def _label_of(self, category):
        """Return a category in the words of the answer's metric."""
        labels = {
            "ces": {
                "promoter": self.env._("Easy"),
                "passive": self.env._("Neutral"),
                "detractor": self.env._("Difficult"),
            },
            "csat": {
                "promoter": self.env._("Satisfied"),
                "passive": self.env._("Neutral"),
                "detractor": self.env._("Dissatisfied"),
            },
        }
        of_nps = dict(self._fields["category"]._description_selection(self.env))
        return labels.get(self.metric, of_nps)[category]
