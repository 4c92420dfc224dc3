import logging
import os
import threading
import time

import psycopg2
import psycopg2.sql

from odoo import api, models, sql_db

from odoo.addons.base.models.ir_cron import ODOO_NOTIFY_FUNCTION
from odoo.addons.bus.models.bus import (
    channel_with_db,
    get_notify_payloads,
    json_dump,
)

_logger = logging.getLogger(__name__)

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
        self._rung_at = 0

    def ring(self, channel, payloads):
        """Notify whoever listens on a channel of PostgreSQL.

        What they are told of is stored already, and they look for it by themselves in a
        while: that nobody could be woken is no error for whoever waits here.

        :param str channel: its name
        :param payloads: list of texts
        """
        with self._lock:
            try:
                self._ring_again(channel, payloads)
            except psycopg2.Error:
                self.close()
                _logger.warning("Nobody could be woken on %s", channel, exc_info=True)

    def _ring_again(self, channel, payloads):
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
        idle = time.monotonic() - self._rung_at
        if self._pid == os.getpid() and idle > sql_db.MAX_IDLE_TIMEOUT:
            # As Odoo does it: on the way there it may have been dropped silently.
            self.close()
        if not self._connection or self._pid != os.getpid():
            self._open()
        statement = psycopg2.sql.SQL("SELECT {}(%s, %s)").format(
            psycopg2.sql.Identifier(ODOO_NOTIFY_FUNCTION)
        )
        with self._connection.cursor() as cursor:
            for payload in payloads:
                cursor.execute(statement, [channel, payload])
        self._rung_at = time.monotonic()
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
