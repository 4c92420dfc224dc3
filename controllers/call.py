from urllib.parse import quote

from odoo import http
from odoo.http import request

from ..tools import quiet_log

SCREEN = "/odoo/nps-call"

quiet_log.install()


class NpsCallController(http.Controller):
    """The agent's door: telephone systems open it for every call."""

    # Who is not logged in comes back after the login: for that the route is public,
    # since everything else below /nps answers strangers in the customer's words.
    @http.route(
        "/nps/call",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def call(self, number="", **_query):
        """Lead an agent to the screen that says who is calling.

        A person who is found is opened by his id, so that his number stands in no
        further address.
        """
        if not request.session.uid:
            path = request.httprequest.full_path
            return request.redirect_query("/web/login", {"redirect": path}, code=303)
        if not request.env.user.has_group("nps.nps_group_user"):
            return self._refuse()
        caller = request.env["res.partner"]._nps_find_caller(number)
        if caller.kind == "person":
            return request.redirect(f"{SCREEN}/{caller.partner.id}", code=303)
        # In front of a bare number, the web client would drop the + and leading 0.
        query = f"?number={quote(f'tel:{caller.number}', safe='')}"
        return request.redirect(f"{SCREEN}{query if caller.number else ''}", code=303)

    def _refuse(self):
        """Return the page for a person who is logged in without the role."""
        pages = request.env["nps.public.page"]
        # Brand and name of a company are on every page of its website.
        company_sudo = request.env.company.sudo()
        values = (
            request.env["nps.invitation"]
            .sudo()
            ._frame_values(company_sudo, request.env["nps.survey"])
        )
        return pages._respond("nps.call_refused_page", 403, values)
