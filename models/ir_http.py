from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request

from ..tools.private_headers import HEADERS, is_private_path

CLOSED = {404: "not_found", 413: "too_large"}
"""HTTP status -> what the page says; see ``_respond_closed``."""


class IrHttp(models.AbstractModel):
    """Keeps every answer about a customer's link private, and in our own words.

    Odoo redirects a bent address and refuses a wrong method or a body that is too large
    before any controller is asked, so the controller cannot see to it.
    """

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        if not is_private_path(path_info):
            return super()._match(path_info)
        # What comes now, a page, a redirect or an error, carries them.
        for name, value in HEADERS.items():
            request.future_response.headers.set(name, value)
        try:
            return super()._match(path_info)
        except Exception as error:
            if not isinstance(error, HTTPException) or error.code not in (None, 404):
                # Odoo hands these on without asking how to answer them.
                error.error_response = cls._handle_error(error)
            raise

    @classmethod
    def _serve_fallback(cls):
        # The website looks for pages and redirects of this address. There are none,
        # and it breaks on some of the characters that can stand in one.
        if is_private_path(request.httprequest.path):
            return None
        return super()._serve_fallback()

    @classmethod
    def _dispatch(cls, endpoint):
        if is_private_path(request.httprequest.path):
            # A parameter of this name would take the place of the controller.
            request.params.pop("self", None)
            if request.httprequest.method == "OPTIONS":
                # Odoo lets OPTIONS through to what only a POST may do.
                return request.make_response(
                    "", headers=[("Allow", _allowed(endpoint))]
                )
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        status = _status_of(exception)
        if status < 400 or not is_private_path(request.httprequest.path):
            return super()._handle_error(exception)
        why = CLOSED.get(status, "refused" if status < 500 else "broken")
        # What broke may have left the transaction unusable.
        request.env.cr.rollback()
        if not request.env.uid:
            cls._auth_method_public()
        if not hasattr(request, "params"):
            # The body could not be read; others look for parameters afterwards.
            request.params = {}
        # Nobody has looked yet whether the browser's language is one of ours.
        wanted = request.env.context.get("lang") or ""
        request.update_context(lang=request.env["res.lang"]._get_code(wanted) or None)
        response = request.env["nps.public.page"]._respond_closed(why, status)
        cls._post_dispatch(response)
        return response


def _status_of(exception):
    """Return the HTTP status of an exception; Odoo's own ones carry it too."""
    if isinstance(exception, HTTPException):
        return exception.code or 500
    return getattr(exception, "http_status", 500)


def _allowed(endpoint):
    """Return the methods of a route as the header Allow lists them."""
    methods = endpoint.routing["methods"] or ["GET", "HEAD"]
    return ", ".join(sorted({*methods, "OPTIONS"}))
