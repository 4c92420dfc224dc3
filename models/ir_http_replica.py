import logging
from contextlib import contextmanager

import psycopg2

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)


@contextmanager
def _replica_may_die():
    """Let Odoo repeat a request on the primary when the replica is lost meanwhile.

    Odoo does so by itself when it finds no replica for a new request, and when a page
    that should only read wants to write. A connection that breaks in the middle of a
    request would be an error for whoever waits; to read again harms nobody.
    """
    try:
        yield
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as error:
        if not (_is_lost(request.env.cr) or _is_in_the_way(request.env.cr, error)):
            raise
        raise psycopg2.errors.ReadOnlySqlTransaction("replica lost") from error


def _is_lost(cr):
    return cr.readonly and bool(cr.connection.closed)


def _is_in_the_way(cr, error):
    """Tell whether the replica ended a long read to go on with what it receives."""
    return cr.readonly and isinstance(error, psycopg2.errors.SerializationFailure)


class IrHttp(models.AbstractModel):
    """A replica that dies is no error for whoever waits for his page."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        try:
            return super()._match(path_info)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            if not _is_lost(request.env.cr):
                raise
        _logger.warning("The replica is lost; looking up %s on the primary", path_info)
        env = request.env
        with env.registry.cursor() as cr:
            request.env = env(cr=cr)
            try:
                return super()._match(path_info)
            finally:
                request.env = env

    @classmethod
    def _authenticate(cls, endpoint):
        with _replica_may_die():
            return super()._authenticate(endpoint)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        with _replica_may_die():
            return super()._pre_dispatch(rule, args)

    @classmethod
    def _dispatch(cls, endpoint):
        with _replica_may_die():
            return super()._dispatch(endpoint)

    @classmethod
    def _post_dispatch(cls, response):
        with _replica_may_die():
            result = super()._post_dispatch(response)
            if request.env.cr.readonly:
                # Everything is read. Left to Odoo, an end that fails is an error.
                request.env.cr.commit()
            return result
