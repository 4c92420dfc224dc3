import logging

import psycopg2

from odoo import api, models, modules

_logger = logging.getLogger(__name__)

MOST_CONFLICTS = 20
"""How often a run begins again before it leaves the rest to the next one."""


class NpsQueueMixin(models.AbstractModel):
    """Work that a cron does record by record: none lost, none twice, none in the way.

    What is to be done stands in the database, so whoever ends the server now, the next
    run does the rest.
    """

    _name = "nps.queue.mixin"
    _description = "Worked Off by a Cron"

    @api.model
    def _work_off(self, domain, handle, batch_size=100):
        """Let each record of a domain be handled, while the cron has time.

        Each is stored as soon as it is done: whoever ends the server loses the one
        that was under way, and Odoo sees that the job gets on.

        :param list domain: what is to be done; a handled record leaves it, or is tried
            again by the next run
        :param str handle: the method that handles one record
        :param int batch_size: how many are looked up at once
        """
        last_id, left, conflicts = 0, self.search_count(domain), 0
        while due := self.search(
            [*domain, ("id", ">", last_id)], order="id", limit=batch_size
        ):
            for record in due:
                try:
                    # Another worker may have done it since it was looked up.
                    if record.try_lock_for_update().filtered_domain(domain):
                        getattr(record, handle)()
                        self.env.flush_all()
                except psycopg2.errors.SerializationFailure:
                    # Somebody wrote meanwhile: look again, with what he wrote.
                    conflicts += 1
                    if modules.module.current_test or conflicts > MOST_CONFLICTS:
                        raise
                    self.env.cr.rollback()
                    break
                last_id, left = record.id, max(0, left - 1)
                if not self.env["ir.cron"]._commit_progress(1, remaining=left):
                    return

    def _try_or_log(self, method, what):
        """Call a method on one record; its failure is its own and nobody else's.

        :param str method: the name of the method
        :param str what: what failed, for the log
        :return: the error, or None
        """
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
        except psycopg2.OperationalError:
            # Somebody else wrote at the same moment: the cron repeats it.
            raise
        except Exception as error:
            _logger.exception("%s of %s failed", what, self)
            return error
        return None
