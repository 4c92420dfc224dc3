from odoo import api, fields, models
from odoo.tools import SQL

TABLES = ("nps_invitation", "nps_response")
ROWS = {
    "insert": ("NEW TABLE AS new_rows",),
    "update": ("OLD TABLE AS old_rows", "NEW TABLE AS new_rows"),
    "delete": ("OLD TABLE AS old_rows",),
    # The database does not say which rows these were.
    "truncate": (),
}
DAYS_OF = {
    "nps_invitation": "SELECT local_date FROM %s",
    "nps_response": "SELECT i.local_date FROM %s JOIN nps_invitation i"
    " ON i.id = invitation_id",
}
ALL_COUNTED = "SELECT local_date FROM nps_report_day"


class NpsReportDayChanged(models.Model):
    """A day whose numbers may have changed since they were counted.

    The database notes it, in the transaction of the change: also merging contacts and
    writing by SQL are changes. Notes are only added, so that nobody who answers waits
    for another; a day can stand here many times.
    """

    _name = "nps.report.day.changed"
    _description = "Day with Changed NPS Numbers"
    _log_access = False

    local_date = fields.Date(required=True, index=True, export_string_translation=False)
    # Nothing is known to have changed: the day is counted again to be sure.
    is_check = fields.Boolean(export_string_translation=False)

    def init(self):
        # When both tables are there.
        self.pool.post_init(self._make_triggers)

    # === TRIGGERS === #

    @api.model
    def _make_triggers(self):
        self._drop_triggers()
        for table in TABLES:
            for event, rows in ROWS.items():
                self._make_trigger(table, event, rows)

    @api.model
    def _make_trigger(self, table, event, rows):
        # A change of whichever column is noted. Only a few do not matter, and one that
        # was forgotten would be a wrong number.
        name = _trigger_name(table, event)
        days = " UNION ".join(DAYS_OF[table] % part.split()[-1] for part in rows)
        # An answer is stored also where its day cannot be noted: the nightly check
        # finds what is wrong then.
        self.env.cr.execute(
            SQL(
                f"""
                CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO nps_report_day_changed (local_date)
                    SELECT DISTINCT local_date FROM ({days or ALL_COUNTED}) days
                     WHERE local_date IS NOT NULL;
                    RETURN NULL;
                EXCEPTION WHEN OTHERS THEN
                    RAISE WARNING USING MESSAGE = 'Changed NPS day: ' || SQLERRM;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER {name} AFTER {event} ON {table}
                    {"REFERENCING" if rows else ""} {" ".join(rows)}
                    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
                """
            )
        )

    @api.model
    def _drop_triggers(self):
        """Take the functions away, and the triggers that call them."""
        for table in TABLES:
            for event in ROWS:
                name = SQL.identifier(_trigger_name(table, event))
                self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s CASCADE", name))

    # === NOTES === #

    @api.model
    def _days(self, limit):
        """Return the days that have changed, None among them: there is no day.

        As of the beginning of the transaction, as is whatever it reads afterwards, and
        with what it has changed itself.

        :param limit: so many at most, or None
        """
        for model in ("nps.invitation", "nps.response"):
            self.env[model].flush_model()
        found = self.env.execute_query(
            SQL(
                "(SELECT DISTINCT local_date FROM nps_report_day_changed"
                "  WHERE is_check IS NOT TRUE LIMIT %s) UNION ALL"
                " (SELECT NULL FROM nps_invitation WHERE local_date IS NULL LIMIT 1)",
                limit,
            )
        )
        return tuple(day for (day,) in found)

    @api.model
    def _next(self, limit, is_check=False):
        """Return some days that wait, the latest first: they are looked at most."""
        found = self.env.execute_query(
            SQL(
                "SELECT DISTINCT local_date FROM nps_report_day_changed"
                " WHERE is_check IS NOT DISTINCT FROM %s ORDER BY 1 DESC LIMIT %s",
                is_check or None,
                limit,
            )
        )
        return [day for (day,) in found]

    @api.model
    def _how_many(self):
        """Return how many days wait."""
        [(days,)] = self.env.execute_query(
            SQL("SELECT COUNT(DISTINCT local_date) FROM nps_report_day_changed")
        )
        return days

    @api.model
    def _note(self, days):
        """Note that some days have changed."""
        self._add(SQL("SELECT UNNEST(%s::date[]), NULL::boolean", days))

    @api.model
    def _note_all(self):
        """Note all days on which there was anything: none of them has been counted."""
        self._add(
            SQL(
                "SELECT DISTINCT local_date, NULL::boolean FROM nps_invitation"
                " WHERE local_date IS NOT NULL"
            )
        )

    @api.model
    def _note_checks(self):
        """Note that all days are to be counted again to be sure."""
        self._add(
            SQL(
                "SELECT local_date, TRUE FROM (SELECT local_date FROM nps_invitation"
                " UNION SELECT local_date FROM nps_report_day) days"
                " WHERE local_date IS NOT NULL"
            )
        )

    @api.model
    def _add(self, days):
        self.env.flush_all()
        self.env.cr.execute(
            SQL("INSERT INTO nps_report_day_changed (local_date, is_check) (%s)", days)
        )
        self.env["nps.report.day.changed"].invalidate_model()

    @api.model
    def _forget(self, days):
        """Take the notes of some days away: those that this transaction can see."""
        self._remove(days, SQL("TRUE"))

    @api.model
    def _forget_checks(self, days):
        """Take away that some days are to be counted again to be sure."""
        self._remove(days, SQL("is_check"))

    @api.model
    def _remove(self, days, condition):
        self.env.cr.execute(
            SQL(
                "DELETE FROM nps_report_day_changed"
                " WHERE local_date = ANY (%s::date[]) AND %s",
                days,
                condition,
            )
        )
        self.invalidate_model()


def _trigger_name(table, event):
    return f"nps_report_day_{table.removeprefix('nps_')}_{event}"
