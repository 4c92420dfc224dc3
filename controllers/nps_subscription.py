from odoo import http
from odoo.http import request

from .nps import PUBLIC_GET, PUBLIC_POST
from .replica import look_again


class NpsSubscriptionController(http.Controller):
    """The link at the end of each message to a subscriber: no more of these.

    It needs no login, and only a press stops anything: scanners open links.
    """

    @http.route("/nps/subscription/<string:token>", **PUBLIC_GET)
    def stop(self, token, **_query):
        """Ask once more, with the names of what would stop."""
        return self._answer(token)

    @http.route("/nps/subscription/<string:token>", **PUBLIC_POST)
    def stop_confirmed(self, token, **_form):
        """Stop at once, also for the one-click POST of mail programs (RFC 8058)."""
        return self._answer(token, stop=True)

    def _answer(self, token, stop=False):
        env = request.env
        user_sudo, found_sudo = env["nps.subscription"]._of_stop_link(token)
        if not found_sudo:
            pages = env["nps.public.page"]
            return look_again() or pages._respond_closed("not_found", 404)
        request.update_context(lang=user_sudo.lang)
        if stop:
            found_sudo._stop("unsubscribed")
        subscriptions_sudo = found_sudo.with_context(lang=user_sudo.lang)
        frame = env["nps.invitation"].with_context(lang=user_sudo.lang).sudo()
        values = {
            **frame._frame_values(
                subscriptions_sudo._company(), env["nps.survey"].sudo()
            ),
            "token": token,
            "names": subscriptions_sudo.mapped("name"),
            "done": not any(subscriptions_sudo.mapped("active")),
            "manage": "/odoo/nps-subscriptions",
        }
        return env["nps.public.page"]._respond(
            "nps.subscription_stop_page", 200, values
        )
