from markupsafe import Markup

from odoo import api, models

from .catalog import SUPPORT

QUOTABLE = 12
APPROVED = 6
DRAFTS = 3
PAGE = Markup(
    """<t t-name="nps.demo_customers_page"><t t-call="website.layout">
<div id="wrap" class="oe_structure oe_empty">
<section data-snippet="s_nps_quotes" class="s_nps_quotes s_nps_quote_cards s_dynamic
    o_dynamic_snippet_empty pt64 pb64" data-custom-template-data="{}"
    data-filter-id="%s" data-number-of-records="6"
    data-template-key="nps.dynamic_filter_template_nps_quote_cards">
<div class="s_dynamic_snippet_container container"><div class="row s_nb_column_fixed">
<section class="s_dynamic_snippet_title d-flex flex-column flex-md-row pb-3
    s_col_no_resize"><div><h2 class="h3">What our customers say</h2>
<p class="lead">In their own words.</p></div></section>
<section class="s_dynamic_snippet_content o_not_editable col s_col_no_resize">
<div class="dynamic_snippet_template"/></section>
</div></div></section></div></t></t>"""
)


class NpsDemo(models.AbstractModel):
    """Customers who may be quoted, and a page of the website that quotes them."""

    _inherit = "nps.demo"

    @api.model
    def _make_answers(self, history, customers, tickets):
        invitations = super()._make_answers(history, customers, tickets)
        self._make_quotes(invitations)
        return invitations

    @api.model
    def _make_quotes(self, invitations):
        self.env.ref(SUPPORT).asks_quote = True
        happy = invitations.response_ids.filtered(
            lambda r: (
                r.state == "counted"
                and r.category == "promoter"
                and r.survey_id == self.env.ref(SUPPORT)
                and (r.lang or "").startswith("en")
                and len(r.comment or "") > 30
            )
        )
        # The same words twice would not be believed.
        said = happy.sorted("submitted_at", reverse=True).grouped("comment")
        answers = [theirs[0] for theirs in said.values()][:QUOTABLE]
        for response in answers:
            self._agree_to_quote(response)
        chosen = answers[: APPROVED + DRAFTS]
        quotes = self.env["nps.quote"].create([{"response_id": r.id} for r in chosen])
        quotes[:APPROVED].with_user(self._agents()["helena"]).action_approve()
        self._make_quotes_page()

    @api.model
    def _agree_to_quote(self, response):
        sentence = response.survey_id._quote_sentence()
        response.write(
            {
                "quote_consent_text": response.invitation_id._fill_text(sentence),
                "quote_consent_at": response.submitted_at,
            }
        )

    @api.model
    def _make_quotes_page(self):
        block = self.env.ref("nps.nps_quote_snippet_filter")
        view = self._record(
            "ir.ui.view",
            "nps.demo_customers_page",
            {
                "name": "Our Customers",
                "type": "qweb",
                "key": "nps.demo_customers_page",
                "arch": PAGE % block.id,
            },
        )
        self._record(
            "website.page",
            "nps.demo_customers_website_page",
            {"url": "/customers", "view_id": view.id, "is_published": True},
        )
