from odoo import http
from odoo.http import content_disposition, request


class HandOutController(http.Controller):
    """The file with everything that is held about a person."""

    @http.route(
        "/nps/personal-data/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
        sitemap=False,
    )
    def personal_data(self, token, **_query):
        """Return the file of a link that the button on the contact made."""
        partners = request.env["res.partner"]._nps_of_hand_out(token)
        return request.make_response(
            partners._nps_hand_out_file(),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Disposition", content_disposition("personal_data.zip")),
                ("Cache-Control", "no-store"),
            ],
        )
