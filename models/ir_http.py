from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import request

from ..tools.private_headers import is_private_path

CLOSED = {404: "not_found", 413: "too_large"}
"""HTTP status -> what the page says; see ``_respond_closed``."""


class IrHttp(models.AbstractModel):
    """Says in our own words, and as privately, what goes wrong on the way to a page.

    Odoo answers a wrong method, a body that is too large or a path without route before
    any controller is asked.
    """

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        if not is_private_path(request.httprequest.path):
            return super()._handle_error(exception)
        is_http = isinstance(exception, HTTPException)
        status = exception.code if is_http and exception.code else 500
        if is_http and status < 400:
            return super()._handle_error(exception)
        why = CLOSED.get(status, "refused" if status < 500 else "broken")
        # What broke may have left the transaction unusable.
        request.env.cr.rollback()
        if not request.env.uid:
            cls._auth_method_public()
        return request.env["nps.public.page"]._respond_closed(why, status)
