from odoo import http
from odoo.http import content_disposition, request


class ImportErrorsController(http.Controller):
    """The rows of an import that have errors, as a file to correct."""

    @http.route(
        "/nps/import/<int:import_id>/errors.csv",
        type="http",
        auth="user",
        readonly=True,
    )
    def import_errors(self, import_id):
        """Return the rows with errors, to whoever may read the import."""
        record = request.env["nps.import"].browse(import_id).exists()
        record.check_access("read")
        if not record:
            raise request.not_found()
        name = record.env._("Rows with errors")
        return request.make_response(
            record._problems_csv(),
            headers=[
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"{name}.csv")),
            ],
        )
