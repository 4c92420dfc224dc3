from collections import defaultdict

from odoo import api, models

CHANGED = "nps/changed"
"""The type of the message; ``static/src/backend/live/nps_live.js`` knows it."""
PENDING = "nps.live"


class NpsLive(models.AbstractModel):
    """Tells open screens what changed, so that they look anew by themselves.

    One message for each transaction and company, to the agents of that company, with
    ids and nothing else: who may not read a record learns that it exists, which its
    number has told him before. What a screen shows then, it reads with the rights of
    its user.
    """

    _name = "nps.live"
    _description = "Tells Open Screens What Changed"

    @api.model
    def _tell(self, records, companies):
        """Tell of changed records, as soon as this transaction is stored.

        A screen that shows something of a customer looks for his id and for that of his
        company; what a company shows of its people changes with it.

        :param records: records of one model; none tells nothing
        :param companies: where it happened; agents of others are told nothing
        """
        if not records.ids or not companies:
            return
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = defaultdict(lambda: defaultdict(set))
            # Whoever answers is nobody who may send messages. In the company where it
            # happened: nobody has to look up that of the visitor.
            precommit.add(self.sudo().with_company(companies[:1])._send_pending)
        for company_id in companies.ids:
            precommit.data[PENDING][company_id][records._name].update(records.ids)

    @api.model
    def _send_pending(self):
        pending = self.env.cr.precommit.data.pop(PENDING, {})
        messages = [
            (
                (self._group(), self._subchannel(company_id)),
                CHANGED,
                {model: sorted(ids) for model, ids in changed.items()},
            )
            for company_id, changed in pending.items()
        ]
        if messages:
            # A customer waits for it, so not by ``_bus_send``.
            self.env["bus.bus"]._nps_send(messages)

    @api.model
    def _channels(self):
        """Return the channels on which the current user is told."""
        if not self.env.user.has_group("nps.nps_group_user"):
            return []
        group = self._group()
        companies = self.env.user._get_company_ids()
        return [(group, self._subchannel(company_id)) for company_id in companies]

    @api.model
    def _group(self):
        # Not by ``env.ref``: that would ask the database whether the group is there.
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("nps.nps_group_user")
        return self.env["res.groups"].browse(group_id)

    @api.model
    def _subchannel(self, company_id):
        return f"nps_company_{company_id}"
