from odoo import models


class IrWebsocket(models.AbstractModel):
    """Lets an agent's screens hear what changes in his companies, and in no others."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        channels = super()._build_bus_channel_list(channels)
        return [*channels, *self.env["nps.live"]._channels()]
