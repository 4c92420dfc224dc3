from odoo import http
from odoo.http import request

from .nps import PUBLIC_GET, PUBLIC_POST
from .replica import look_again


class ScorecardStopController(http.Controller):
    """The link at the end of each scorecard by mail: no more of these.

    It needs no login, and only a press stops anything: scanners open links.
    """

    @http.route("/nps/scorecard/stop/<string:token>", **PUBLIC_GET)
    def scorecard_stop(self, token, **_query):
        """Ask once more, with the name of what would stop."""
        return self._answer(token)

    @http.route("/nps/scorecard/stop/<string:token>", **PUBLIC_POST)
    def scorecard_stop_confirmed(self, token, **_form):
        """Stop at once, also for the one-click POST of mail programs (RFC 8058)."""
        return self._answer(token, stop=True)

    def _answer(self, token, stop=False):
        env = request.env
        recipient_sudo = env["nps.scorecard.recipient"]._of_stop_link(token)
        if not recipient_sudo:
            pages = env["nps.public.page"]
            return look_again() or pages._respond_closed("not_found", 404)
        user_sudo = recipient_sudo.user_id
        request.update_context(lang=user_sudo.lang)
        if stop:
            recipient_sudo.is_stopped = True
        frame_sudo = env["nps.invitation"].with_context(lang=user_sudo.lang).sudo()
        values = {
            **frame_sudo._frame_values(user_sudo.company_id, env["nps.survey"].sudo()),
            "token": token,
            "name": recipient_sudo.scorecard_id.name,
            "done": recipient_sudo.is_stopped,
        }
        return env["nps.public.page"]._respond("nps.scorecard_stop_page", 200, values)
