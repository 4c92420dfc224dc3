from odoo import models


class NpsQueuedMailMixin(models.AbstractModel):
    """Something whose news reaches people by mail, later and not in this request.

    Odoo sends the mails of a message as soon as the transaction is stored, and whoever
    pressed the button waits for the mail server. These are left to the mail queue.
    """

    _name = "nps.queued.mail.mixin"
    _description = "Leaves Its Mails to the Queue"

    def _queued_mail(self):
        """Return the records so that what they post, notify or assign is queued.

        It holds for ``message_post``, ``message_notify`` and ``activity_schedule``,
        whose assigned user gets a mail too. Wake the queue afterwards.
        """
        return self.with_context(mail_notify_force_send=False)

    def _wake_mail_queue(self):
        """Let the queue send what waits, as soon as this transaction is stored."""
        # Whoever has news for somebody may not know of scheduled jobs.
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
