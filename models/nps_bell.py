import os
import threading

import psycopg2
import psycopg2.sql

from odoo import api, models, sql_db

from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION
from odoo.addons.bus.models.bus import (
    channel_with_db,
    get_notify_payloads,
    json_dump,
)

RING = "nps_bell"
"""In the context of a cron: its workers are woken over the open connection."""


class Bell:
    """A connection of this process that stays open, to wake others with.

    Odoo opens one for each notification and closes it again. PostgreSQL starts a
    process for that, which takes longer than to store an answer.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._connection = self._pid = None

    def ring(self, channel, payloads):
        """Notify whoever listens on a channel of PostgreSQL.

        :param str channel: its name
        :param payloads: list of texts
        """
        with self._lock:
            try:
                self._ring(channel, payloads)
            except (psycopg2.OperationalError, psycopg2.InterfaceError):
                # PostgreSQL was restarted meanwhile, or closed what was idle.
                self.close()
                self._ring(channel, payloads)

    def close(self):
        """Close the connection; the next ring opens another one."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def _ring(self, channel, payloads):
        if not self._connection or self._pid != os.getpid():
            self._open()
        statement = psycopg2.sql.SQL("SELECT {}(%s, %s)").format(
            psycopg2.sql.Identifier(ODOO_NOTIFY_FUNCTION)
        )
        with self._connection.cursor() as cursor:
            for payload in payloads:
                cursor.execute(statement, [channel, payload])
        _count(len(payloads))

    def _open(self):
        # Notifications belong to a database; Odoo's are all in this one.
        _name, how = sql_db.connection_info_for("postgres")
        self._connection = psycopg2.connect(**how)
        self._connection.autocommit = True
        self._pid = os.getpid()


def _count(number):
    """Let the log of requests count these queries like any other."""
    thread = threading.current_thread()
    if hasattr(thread, "query_count"):
        thread.query_count += number


_bell = Bell()


class IrCron(models.Model):
    """Wakes the workers without a new connection, where somebody waits for it."""

    _inherit = "ir.cron"

    @api.model
    def _notifydb(self):
        if not self.env.context.get(RING):
            return super()._notifydb()
        _bell.ring("cron_trigger", [self.env.cr.dbname])
        return None


class BusBus(models.Model):
    """Sends messages to open screens without a new connection."""

    _inherit = "bus.bus"

    @api.model
    def _nps_send(self, messages):
        """Send messages, as ``_sendone`` does it; call it before the commit.

        :param messages: list of (target, type, payload)
        """
        dbname = self.env.cr.dbname
        channels = [
            channel_with_db(dbname, target) for target, _type, _load in messages
        ]
        self.create(
            [
                {
                    "channel": json_dump(channel),
                    "message": json_dump({"type": kind, "payload": payload}),
                }
                for channel, (_target, kind, payload) in zip(
                    channels, messages, strict=True
                )
            ]
        )
        self.env.cr.postcommit.add(
            lambda: _bell.ring("imbus", get_notify_payloads(channels))
        )
