from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

FEW, MANY = 4, 12
"""How many words of praise, and how many answers, the page shows before it leads on."""


class NpsMyPage(models.AbstractModel):
    """What customers wrote."""

    _inherit = "nps.my.page"

    def _page_words(self, who, metric):
        answers = self._whose(who) & Domain(
            [
                ("state", "=", "counted"),
                ("metric", "=", metric),
                ("invitation_id.is_reask", "=", False),
            ]
        )
        praise = Domain("category", "=", "promoter") & Domain(
            "comment", "not in", [False, ""]
        )
        return {
            "praise": self._say_answers(who, answers & praise, FEW),
            "answers": self._say_answers(who, answers, MANY),
        }

    def _say_answers(self, who, domain, limit):
        """Return the newest answers, as the page shows each."""
        responses = self.env["nps.response"].search(domain, limit=limit)
        return [self._say_answer(who, response) for response in responses]

    def _say_answer(self, who, response):
        invitation = response.invitation_id
        return {
            "id": invitation.id,
            "score": response.score,
            "category": response.category,
            "metric": response.metric,
            "comment": (response.comment or "").strip(),
            "customer": invitation.customer_name or "",
            "subject": self._say_subject(invitation),
            "date": format_date(self.env, response.submitted_at),
            # Whoever looks at many may read each of them, and whose it is.
            "agent": "" if who else invitation.agent_name or "",
        }

    def _say_subject(self, invitation):
        # A contact is its own subject.
        is_contact = invitation.subject == invitation.customer_name
        return "" if is_contact else invitation.subject or ""

    def _page_guess(self, who, metric):
        """Return in words how a person's guesses compare with the answers."""
        if not who:
            return []
        rows = self.env["nps.guess.report"].search(
            [("user_id", "=", who.id), ("metric", "=", metric)]
        )
        return [
            {"id": row.id, "text": row.sentence, "department": row.department_id.name}
            for row in rows
        ]
