import re
from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from ..models.nps_response import LONGEST_COMMENT
from ..tools import metrics

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}
"""What every answer of these routes carries: a link with a secret stays private."""

OWN_PAGE = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
"""A page of this website: no other host, and nothing that a browser reads as one."""

# The routes below have no CSRF token: it needs a session cookie, which in-app browsers
# of mail programs do not keep. The secret in the address is what proves the customer.
PUBLIC_POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "sitemap": False,
    "save_session": False,
}
PUBLIC_GET = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": True,
    "sitemap": False,
    "save_session": False,
}


class NpsController(http.Controller):
    """The customer's door: the survey page behind a personal link."""

    # === PAGES (a GET never writes) === #

    @http.route("/nps/<string:token>", **PUBLIC_GET)
    def survey(self, token, s=None, **_query):
        """Show the page of an invitation, with the score of the link selected."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        return self._survey_page(invitation_sudo, token, selected=s)

    @http.route("/nps/<string:token>/answer", **PUBLIC_GET)
    def answer_reloaded(self, token, **_query):
        """Show the page to somebody who reloads what he has sent."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        return self._redirect(f"/nps/{token}")

    @http.route("/nps/<string:token>/go", **PUBLIC_GET)
    def go(self, token, to="/", ask="1", **_query):
        """Lead the customer to a page of the website that then offers the survey.

        The secret travels behind the ``#``, which browsers send to no server.
        """
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        if not OWN_PAGE.fullmatch(to):
            return self._closed_page("not_found", 404)
        key = "nps" if ask == "1" else "nps-click"
        return self._redirect(f"{to.partition('#')[0]}#{key}={token}")

    @http.route("/nps/personal/<int:invitation_id>", **PUBLIC_GET)
    def placeholder(self, invitation_id, s=None, **_query):
        """Show colleagues a preview, where a mail in the chatter has its link."""
        invitation = request.env["nps.invitation"].browse(invitation_id).exists()
        if not self._is_colleague() or not invitation.has_access("read"):
            return self._closed_page("not_found", 404)
        return self._survey_page(invitation.sudo(), "", selected=s)

    # === ANSWERS === #

    @http.route("/nps/<string:token>/answer", **PUBLIC_POST)
    def answer(self, token, score=None, comment="", change=None, **_form):
        """Store the score or the comment that a customer sent."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        if self._is_colleague():
            return self._survey_page(invitation_sudo, token, status=403)
        comment = comment if isinstance(comment, str) else ""
        parsed = metrics.parse_score(invitation_sudo.survey_id.metric, score)
        if parsed is None:
            return self._survey_page(
                invitation_sudo, token, comment=comment, error="score", status=422
            )
        result = request.env["nps.response"]._submit(
            invitation_sudo,
            parsed,
            comment=comment,
            change=bool(change),
            lang=request.env.lang,
        )
        if result in ("differs", "locked"):
            return self._survey_page(
                invitation_sudo, token, selected=score, comment=comment, error=result
            )
        cut = {"cut": 1} if len(comment) > LONGEST_COMMENT else {}
        done = {"done": "comment" if comment.strip() else "score", **cut}
        return self._redirect(f"/nps/{token}?{urlencode(done)}", code=303)

    # === OPT-OUT === #

    @http.route("/nps/<string:token>/opt-out", **PUBLIC_GET)
    def opt_out(self, token, **_query):
        """Ask once more before the opt-out: scanners open links, people press."""
        return self._opt_out_page(token, done=False)

    @http.route("/nps/<string:token>/opt-out", **PUBLIC_POST)
    def opt_out_confirmed(self, token, only_metric=None, **_form):
        """Opt out at once, also for the one-click POST of mail programs (RFC 8058)."""
        invitation_sudo = self._find(token)
        if invitation_sudo and not self._is_colleague():
            invitation_sudo._opt_out(only_metric=bool(only_metric))
        return self._opt_out_page(token, done=not self._is_colleague())

    @http.route("/nps/<string:token>/clicked", **PUBLIC_POST)
    def clicked(self, token, **_form):
        """Count the clickthru of a link that led to a page of the website."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        if not self._is_colleague():
            invitation_sudo._note_click()
        return request.make_response("", headers=list(HEADERS.items()))

    @http.route(
        ["/nps", "/nps/<path:_path>"],
        type="http",
        auth="public",
        csrf=False,
        readonly=True,
        sitemap=False,
        save_session=False,
    )
    def unknown(self, _path="", **_query):
        """Answer for every other address of ours with our own page."""
        return self._closed_page("not_found", 404)

    # === STEPS === #

    def _find(self, token):
        """Return the invitation of a token, in the customer's language, or none."""
        invitation_sudo = request.env["nps.invitation.link"]._find_invitation(token)
        if invitation_sudo:
            self._speak(invitation_sudo)
        return invitation_sudo.with_env(request.env(su=True))

    def _opt_out_page(self, token, done):
        """Show the opt-out; it works as long as the mail is kept, also when expired."""
        invitation_sudo = self._find(token)
        if not invitation_sudo:
            return self._closed_page("not_found", 404)
        return self._page(
            "nps.opt_out_page",
            200,
            token=token,
            done=done,
            opt_out_text=invitation_sudo._opt_out_text(done),
            **invitation_sudo._page_values(preview=self._is_colleague()),
        )

    def _open(self, token):
        """Return the open invitation of a token, or the page that says why not."""
        invitation_sudo = self._find(token)
        if not invitation_sudo:
            return self._closed_page("not_found", 404)
        if not invitation_sudo._is_open():
            return self._closed_page("gone", 410, invitation_sudo)
        return invitation_sudo

    def _speak(self, invitation_sudo):
        """Show the page in the language in which the customer was written to."""
        request.update_context(lang=invitation_sudo._spoken_lang())

    def _is_colleague(self):
        """Tell whether a logged-in employee looks; he only sees a preview."""
        return request.env.user._is_internal()

    def _survey_page(self, invitation_sudo, token, selected="", status=200, **values):
        page_values = invitation_sudo._page_values(
            selected=selected or "", preview=self._is_colleague()
        )
        return self._page(
            "nps.survey_page",
            status,
            **page_values,
            selected=selected or "",
            token=token,
            query=request.httprequest.args,
            **values,
        )

    def _closed_page(self, why, status, invitation_sudo=None):
        """Say in our own words that a link opens nothing (any more)."""
        invitations_sudo = invitation_sudo or request.env["nps.invitation"].sudo()
        website_sudo = request.env["website"].sudo().get_current_website()
        company_sudo = invitations_sudo.company_id or website_sudo.company_id
        return self._page(
            "nps.closed_page",
            status,
            why=why,
            **invitations_sudo._frame_values(company_sudo, invitations_sudo.survey_id),
        )

    def _page(self, template, status, **values):
        html = request.env["ir.qweb"].sudo()._render(template, values)
        return request.make_response(
            f"<!DOCTYPE html>\n{html}",
            headers=[("Content-Type", "text/html; charset=utf-8"), *HEADERS.items()],
            status=status,
        )

    def _redirect(self, location, code=303):
        response = request.redirect(location, code=code, local=True)
        response.headers.update(HEADERS)
        return response
