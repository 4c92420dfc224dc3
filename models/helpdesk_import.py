from odoo import fields, models


class NpsImportColumn(models.Model):
    """A file may say which team it was, and by which channel."""

    _inherit = "nps.import.column"

    target = fields.Selection(
        selection_add=[("team", "Helpdesk team"), ("channel", "Channel")]
    )


class NpsImport(models.Model):
    """Team and channel of imported answers."""

    _inherit = "nps.import"

    def _known_by_name(self):
        return {
            **super()._known_by_name(),
            "team": self._list_teams,
            "channel": self._list_channels,
        }

    def _list_teams(self):
        return self._list("helpdesk.ticket.team", "name")

    def _list_channels(self):
        return self._list("helpdesk.ticket.channel", "name")

    def _write_given(self, values, row, snapshots):
        result = super()._write_given(values, row, snapshots)
        values["team_id"] = row.values["team"] and row.values["team"].id
        values["channel_id"] = row.values["channel"] and row.values["channel"].id
        return result
