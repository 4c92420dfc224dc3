import re
import time
from urllib.parse import urlencode

from odoo import http
from odoo.http import request

from ..models.nps_response import LONGEST_COMMENT
from ..tools import metrics, robots
from .forms import TRAP, read_form
from .replica import LATEST, has_replica, look_again, may_lag, never_lags

OWN_PAGE = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
"""A page of this website: no other host, and nothing that a browser reads as one."""

LARGEST_FORM = 12 * 1024 * 1024
"""Bytes of a form: far more than is kept, so that long words are cut, not refused."""

# The routes below have no CSRF token: it needs a session cookie, which in-app browsers
# of mail programs do not keep. The secret in the address is what proves the customer,
# and the signed note in each form that he opened the page.
PUBLIC_POST = {
    "type": "http",
    "auth": "public",
    "methods": ["POST"],
    "csrf": False,
    "sitemap": False,
    "save_session": False,
    "max_content_length": LARGEST_FORM,
}
PUBLIC_GET = {
    "type": "http",
    "auth": "public",
    "methods": ["GET"],
    "readonly": may_lag,
    "sitemap": False,
    "save_session": False,
}


class NpsController(http.Controller):
    """The customer's door: the survey page behind a personal link."""

    # === PAGES (a GET never writes) === #

    @http.route("/nps/<string:token>", **PUBLIC_GET)
    def survey(self, token, s="", step="", **_query):
        """Show the page of an invitation, with the score of the link selected."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        return self._survey_page(invitation_sudo, token, {"score": s}, step=step)

    @http.route("/nps/<string:token>/answer", **PUBLIC_GET)
    def answer_reloaded(self, token, **_query):
        """Show the page to somebody who reloads what he has sent."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        return self._back(token)

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

    # === ANSWERS === #

    @http.route("/nps/<string:token>/answer", **PUBLIC_POST)
    def answer(self, token, **_form):
        """Store the score or the words that a customer sent."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        typed, pressed = read_form(request.httprequest.form)
        if self._is_colleague():
            return self._survey_page(invitation_sudo, token, typed, status=403)
        if pressed == "keep":
            typed["score"] = invitation_sudo._given_score(typed["score"])
        metric = invitation_sudo.survey_id._page_content()["metric"]
        score = metrics.parse_score(metric, typed["score"])
        if score is None:
            typed["score"] = ""
            return self._page_again(invitation_sudo, token, typed, "score")
        page, is_doubtful = self._read_page(invitation_sudo, robots.ASK, robots.CHANGE)
        if is_doubtful:
            return self._page_again(invitation_sudo, token, typed, "again", page)
        return self._store(invitation_sudo, token, typed, score, pressed, page)

    def _store(self, invitation_sudo, token, typed, score, pressed, page):
        """Store what was sent and lead to the page that comes next."""
        result = request.env["nps.response"]._submit(
            invitation_sudo,
            score,
            comment=typed["comment"],
            change=pressed == "change" and page.purpose == robots.CHANGE,
            page=page,
            lang=request.env.lang,
            **{
                name: typed[name] for name in ("reasons", "drivers", "contact", "quote")
            },
        )
        if result in ("differs", "locked"):
            return self._survey_page(
                invitation_sudo,
                token,
                typed,
                error=result,
                step="thanks",
                made_at=page.made_at,
            )
        query = {"step": "thanks"} if result == "merged" else {}
        if len(typed["comment"]) > LONGEST_COMMENT:
            query["cut"] = 1
        return self._back(token, **query)

    @http.route("/nps/<string:token>/withdraw", **PUBLIC_POST)
    def withdraw_quote(self, token, **_form):
        """Take the consent to be quoted back; it works as long as the mail is kept."""
        invitation_sudo = self._find(token)
        if not invitation_sudo:
            return self._closed_page("not_found", 404)
        if not self._is_colleague():
            invitation_sudo.response_ids._withdraw_quote()
        return self._back(token, step="thanks")

    # === OPT-OUT === #

    @http.route("/nps/<string:token>/opt-out", **PUBLIC_GET)
    def opt_out(self, token, **_query):
        """Ask once more before the opt-out: scanners open links, people press."""
        return self._opt_out_page(token)

    @http.route("/nps/<string:token>/opt-out", **PUBLIC_POST)
    def opt_out_confirmed(self, token, only_metric=None, **form):
        """Opt out at once, also for the one-click POST of mail programs (RFC 8058)."""
        invitation_sudo = self._find(token)
        if not invitation_sudo or self._is_colleague():
            return self._opt_out_page(token)
        is_one_click = form.get("List-Unsubscribe") == "One-Click"
        if not is_one_click and self._read_page(invitation_sudo, robots.OPT_OUT)[1]:
            return self._opt_out_page(token, error="again", status=422)
        invitation_sudo._opt_out(only_metric=bool(only_metric))
        return self._opt_out_page(token, done=True)

    @http.route("/nps/<string:token>/clicked", **PUBLIC_POST)
    def clicked(self, token, **_form):
        """Count the clickthru of a link that led to a page of the website."""
        invitation_sudo = self._open(token)
        if isinstance(invitation_sudo, http.Response):
            return invitation_sudo
        if not self._is_colleague():
            invitation_sudo._note_click()
        return request.make_response("")

    # === WHAT ONLY COLLEAGUES SEE === #

    @http.route("/nps/personal/<int:invitation_id>", **PUBLIC_GET)
    def placeholder(self, invitation_id, s="", **_query):
        """Show colleagues a preview, where a mail in the chatter has its link."""
        invitation = request.env["nps.invitation"].browse(invitation_id).exists()
        if not self._is_colleague() or not invitation.has_access("read"):
            return self._closed_page("not_found", 404)
        return self._survey_page(invitation.sudo(), "", {"score": s})

    @http.route(
        "/nps/preview/<int:survey_id>", **{**PUBLIC_GET, "readonly": never_lags}
    )
    def preview(self, survey_id, s="", show="", lang=None, **_query):
        """Show the page of a survey to those who may see surveys."""
        survey = request.env["nps.survey"].browse(survey_id).exists()
        if not self._is_colleague() or not survey.has_access("read"):
            return self._closed_page("not_found", 404)
        if chosen := self._known_lang(survey, lang):
            request.update_context(lang=chosen)
        values = survey.with_env(request.env)._preview_values(show, score=s)
        return self._page("nps.survey_page", 200, **values)

    # === EVERYTHING ELSE === #

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
        """Answer for every other address of ours, and every other method."""
        pages = request.env["nps.public.page"]
        if request.httprequest.method in ("GET", "HEAD", "OPTIONS"):
            return pages._respond_closed("not_found", 404)
        response = pages._respond_closed("refused", 405)
        response.headers["Allow"] = "GET, HEAD, OPTIONS"
        return response

    # === STEPS === #

    def _find(self, token):
        """Return the invitation of a token, in the customer's language, or none."""
        invitation_sudo = request.env["nps.invitation.link"]._find_invitation(token)
        if invitation_sudo:
            wanted = request.httprequest.values.get("lang")
            spoken = self._known_lang(invitation_sudo.survey_id, wanted)
            request.update_context(lang=spoken or invitation_sudo._spoken_lang())
        return invitation_sudo.with_env(request.env(su=True))

    def _known_lang(self, survey, wanted):
        """Return the language that the customer chose, if the survey offers it."""
        return wanted if wanted in dict(survey._page_languages()) else None

    def _open(self, token):
        """Return the open invitation of a token, or the page that says why not."""
        invitation_sudo = self._find(token)
        if not invitation_sudo:
            return self._closed_page("not_found", 404)
        if not invitation_sudo._is_open():
            return self._closed_page("gone", 410, invitation_sudo, token)
        return invitation_sudo

    def _is_colleague(self):
        """Tell whether a logged-in employee looks; he only sees a preview."""
        return bool(request.session.uid) and request.env.user._is_internal()

    def _read_page(self, invitation_sudo, *purposes):
        """Return (the signed note of the form, whether to ask for one more press)."""
        page = invitation_sudo._read_page(request.httprequest.form.get("page"))
        now = time.time()
        is_fresh = (
            page
            and page.purpose in purposes
            and not page.is_too_fast(now)
            and not page.is_too_old(now)
        )
        return page, not is_fresh or bool(request.httprequest.form.get(TRAP))

    # === ANSWERING === #

    def _survey_page(self, invitation_sudo, token, typed, status=200, **values):
        page_names = ("step", "made_at")
        page_values = invitation_sudo._page_values(
            typed,
            preview=self._is_colleague(),
            **{name: values.pop(name) for name in page_names if name in values},
        )
        html = invitation_sudo._page_html(
            {
                **page_values,
                "token": token,
                "is_cut": request.httprequest.args.get("cut") == "1",
                **values,
            }
        )
        return request.env["nps.public.page"]._respond_html(html, status)

    def _page_again(self, invitation_sudo, token, typed, error, page=None):
        """Show the page once more, with everything that the person typed.

        A person who was too fast keeps the moment in which he saw the page first, so
        that the second press is enough. Where the clock was set back since, he would
        be too fast until that moment comes again.
        """
        now = time.time()
        is_known = page and not (page.is_too_old(now) or page.is_of_the_future(now))
        return self._survey_page(
            invitation_sudo,
            token,
            typed,
            status=422,
            error=error,
            made_at=page.made_at if is_known else None,
        )

    def _opt_out_page(self, token, done=False, error="", status=200):
        """Show the opt-out; it works as long as the mail is kept, also when expired."""
        invitation_sudo = self._find(token)
        if not invitation_sudo:
            return self._closed_page("not_found", 404)
        is_preview = self._is_colleague()
        return self._page(
            "nps.opt_out_page",
            status,
            token=token,
            done=done,
            error=error,
            preview=is_preview,
            page_note=not is_preview and invitation_sudo._sign_page(robots.OPT_OUT),
            opt_out_text=invitation_sudo._opt_out_text(done),
            **invitation_sudo._frame_values(
                invitation_sudo.company_id, invitation_sudo.survey_id
            ),
        )

    def _closed_page(self, why, status, invitation_sudo=None, token=""):
        pages = request.env["nps.public.page"]
        return look_again() or pages._respond_closed(
            why, status, invitation_sudo, token
        )

    def _page(self, template, status, **values):
        return request.env["nps.public.page"]._respond(template, status, values)

    def _back(self, token, **query):
        """Lead back to the page, in the language that the customer chose."""
        chosen = request.httprequest.form.get("lang")
        if chosen and chosen == request.env.lang:
            query["lang"] = chosen
        if has_replica():
            query[LATEST] = 1
        return self._redirect(
            f"/nps/{token}" + (f"?{urlencode(query)}" if query else "")
        )

    def _redirect(self, location, code=303):
        return request.redirect(location, code=code, local=True)
