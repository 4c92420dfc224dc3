import json

from werkzeug.exceptions import UnprocessableEntity

from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScorecardController(http.Controller):
    """The scorecard as a file, with the rights of whoever asks."""

    @http.route(
        "/nps/scorecard/xlsx",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=True,
    )
    def scorecard_xlsx(self, data, **_form):
        """Return the spreadsheet of a scorecard.

        :param str data: JSON of a dict with ``domain``, ``options`` and ``context``
        """
        try:
            asked = json.loads(data)
            context, domain, options = (
                asked[name] for name in ("context", "domain", "options")
            )
            context = dict(context)
        except (ValueError, KeyError, TypeError):
            raise UnprocessableEntity("domain, options, context") from None
        # Which companies are shown: Odoo refuses those that are not the user's.
        insight = request.env["nps.insight"].with_context(**context)
        content = insight._scorecard_xlsx(domain, options)
        name = insight.env._("Scorecard")
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )
