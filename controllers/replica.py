"""Reading from a replica that may be behind: what a person did just now is not lost.

With Odoo's ``db_replica_host``, pages are read from a copy of the database. The copy
may not know yet of a link that was just mailed, or of the answer of a moment ago.
"""

from werkzeug.urls import url_encode

from odoo import http
from odoo.http import request
from odoo.tools import config

from odoo.addons.web.controllers.dataset import DataSet

LATEST = "latest"
"""In an address or in the context of a call: read the primary, not the replica."""


def has_replica():
    """Tell whether this server reads from a replica."""
    return bool(config["db_replica_host"]) or "replica" in config["dev_mode"]


def may_lag(_controller, _rule, _args):
    """Tell Odoo whether the replica may serve this request.

    For the ``readonly`` of a route. The primary serves it when the address says so.
    """
    return LATEST not in request.httprequest.args


def never_lags(_controller, _rule, _args):
    """Tell Odoo to serve a request by the primary where there is a replica."""
    return not has_replica()


def look_again():
    """Return a redirect to the same page, read from the primary, or None.

    For what would say that something is not there: it is None only when the primary has
    been asked, or when there is no replica.
    """
    if not (has_replica() and request.env.cr.readonly):
        return None
    asked = request.httprequest
    query = url_encode([*asked.args.items(multi=True), (LATEST, 1)])
    return request.redirect(f"{asked.path}?{query}", code=303, local=True)


def _call_may_lag(controller, rule, args):
    """Tell Odoo whether the replica may serve a call of a method."""
    kwargs = request.get_json_data()["params"].get("kwargs")
    context = kwargs.get("context") if isinstance(kwargs, dict) else None
    if isinstance(context, dict) and context.get(f"nps_{LATEST}"):
        return False
    return DataSet._call_kw_readonly(controller, rule, args)


class NpsDataSet(DataSet):
    """Screens that were told of a change read it where it was written."""

    @http.route(readonly=_call_may_lag)
    def call_kw(self, model, method, args, kwargs, path=None):
        return super().call_kw(model, method, args, kwargs, path)
