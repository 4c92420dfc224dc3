from odoo import api, models
from odoo.http import request


class NpsPublicPage(models.AbstractModel):
    """How the customer's pages are made: whole, light, in our own words."""

    _name = "nps.public.page"
    _description = "NPS Public Page"

    @api.model
    def _respond(self, template, status, values):
        """Return the response with a page.

        :param str template: xmlid of a QWeb template
        :param int status: HTTP status
        """
        return self._respond_html(self._html(template, values), status)

    @api.model
    def _html(self, template, values):
        """Return a page as text.

        :param str template: xmlid of a QWeb template
        """
        # Templates are no secret, and the customer has no rights. Minimal: without what
        # the website puts around its own pages, which would need the website itself.
        qweb_sudo = self.env["ir.qweb"].sudo()
        return str(qweb_sudo._render(template, values, minimal_qcontext=True))

    @api.model
    def _respond_html(self, html, status):
        """Return the response with a page that is made.

        :param str html: what :meth:`_html` returned
        :param int status: HTTP status
        """
        return request.make_response(
            f"<!DOCTYPE html>\n{html}",
            headers=[("Content-Type", "text/html; charset=utf-8")],
            status=status,
        )

    @api.model
    def _respond_closed(self, why, status, invitation_sudo=None, token=""):
        """Return the page that says why there is no survey here.

        :param str why: ``not_found``, ``gone``, ``too_large``, ``refused``, ``broken``
        :param invitation_sudo: the invitation whose survey is closed, if it is known
        :param str token: the secret with which it was opened
        """
        # Brand and name of the company are on every page of its website.
        invitations_sudo = invitation_sudo or self.env["nps.invitation"].sudo()
        website_sudo = self.env["website"].sudo().get_current_website()
        company_sudo = invitations_sudo.company_id or website_sudo.company_id
        values = invitations_sudo._frame_values(
            company_sudo, invitations_sudo.survey_id
        )
        # There is nothing here that could be read in another language.
        values["languages"] = []
        values["quote"] = invitations_sudo._quote_consent_state()
        return self._respond(
            "nps.closed_page", status, {"why": why, "token": token, **values}
        )
