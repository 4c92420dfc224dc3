import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class NpsPersonLock(models.Model):
    """Who decides right now whether a person is asked.

    A row and not a PostgreSQL advisory lock: Odoo's transactions keep the picture of
    the database that they began with (REPEATABLE READ). Whoever waits for an advisory
    lock has that old picture when he gets it, and would not see that the person was
    asked meanwhile. Writing a row that somebody else wrote meanwhile fails with a
    serialization error instead, and whoever repeats his work sees everything.
    """

    _name = "nps.person.lock"
    _description = "NPS Decision About a Person"
    _log_access = False

    key = fields.Char(required=True)
    locked_at = fields.Datetime(required=True)

    _key_uniq = models.UniqueIndex("(key)")

    @api.model
    def _take(self, names):
        """Wait until nobody else decides about these, and let nobody until we end.

        :param names: normalised addresses, or ``survey:<id>``; stored as hashes
        :raise psycopg2.errors.SerializationFailure: somebody decided about one of them
            since this transaction began: begin again
        """
        # In the same order for everybody, so that no two wait for each other.
        keys = sorted({hashlib.sha256(name.encode()).hexdigest() for name in names})
        if keys:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO nps_person_lock (key, locked_at)
                    SELECT key, now() AT TIME ZONE 'UTC'
                      FROM unnest(%s) WITH ORDINALITY AS keys(key, place)
                  ORDER BY place
               ON CONFLICT (key) DO UPDATE SET locked_at = excluded.locked_at
                    """,
                    keys,
                )
            )

    @api.autovacuum
    def _gc_unused(self):
        """Delete the locks of decisions that were taken long ago."""
        yesterday = fields.Datetime.now() - timedelta(days=1)
        old = self.search([("locked_at", "<", yesterday)], limit=10000)
        old = old.try_lock_for_update()
        old.unlink()
        return len(old), self.search_count([("locked_at", "<", yesterday)], limit=1)
