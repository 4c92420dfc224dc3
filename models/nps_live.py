from collections import defaultdict

from odoo import api, models

CHANGED = "nps/changed"
"""The type of the message; ``static/src/backend/live/nps_live.js`` knows it."""
PENDING = "nps.live"


class NpsLive(models.AbstractModel):
    """Tells open screens what changed, so that they look anew by themselves.

    One message for each transaction, to all agents whatever their company, with ids and
    nothing else: who may not read a record learns that it exists, which its number has
    told him before. What a screen shows then, it reads with the rights of its user.
    """

    _name = "nps.live"
    _description = "Tells Open Screens What Changed"

    @api.model
    def _tell(self, records):
        """Tell of changed records, as soon as this transaction is stored.

        A screen that shows something of a customer looks for his id and for that of his
        company; what a company shows of its people changes with it.

        :param records: records of one model; none tells nothing
        """
        if not records.ids:
            return
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = defaultdict(set)
            # Whoever answers is nobody who may send messages.
            precommit.add(self.sudo()._send_pending)
        precommit.data[PENDING][records._name].update(records.ids)

    @api.model
    def _send_pending(self):
        changed = self.env.cr.precommit.data.pop(PENDING, {})
        payload = {model: sorted(ids) for model, ids in changed.items()}
        # Not by ``env.ref``: that would ask the database whether the group is there.
        group_id = self.env["ir.model.data"]._xmlid_to_res_id("nps.nps_group_user")
        self.env["res.groups"].browse(group_id)._bus_send(CHANGED, payload)
